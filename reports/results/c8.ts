import { z } from 'zod';
import { explainIssue } from '../../model/trace/explain-issue.js';
import type { CodeCoverageResult, CoveredFile } from './code-coverage.js';
import { aboutRun } from './write.js';

const place = z.object({
  start: z.object({ line: z.int().min(1) }),
  end: z.object({ line: z.int().min(1) }),
});

/** One file in the report of c8 (the Istanbul format). */
const entry = z.object({
  path: z.string(),
  statementMap: z.record(z.string(), place),
  s: z.record(z.string(), z.number()),
  fnMap: z.record(z.string(), z.unknown()),
  f: z.record(z.string(), z.number()),
  branchMap: z.record(z.string(), z.object({ loc: place })),
  b: z.record(z.string(), z.array(z.number())),
});

const report = z.record(z.string(), entry);

type Entry = z.infer<typeof entry>;

const ratio = (hits: readonly number[]) => ({
  covered: hits.filter((hit) => hit > 0).length,
  total: hits.length,
});

/** By line: how often it ran; c8 counts whole lines. */
function hitsOf({ statementMap, s }: Entry, lines: number): number[] {
  const hits: number[] = new Array(lines).fill(-1);
  for (const [id, { start }] of Object.entries(statementMap))
    if (start.line <= lines) hits[start.line - 1] = s[id] ?? 0;
  return hits;
}

function fileOf(each: Entry, path: string, text: string): CoveredFile {
  const source = text.replace(/\n$/, '').split('\n');
  const hits = hitsOf(each, source.length);
  const missed = Object.keys(each.b).filter((id) => each.b[id].includes(0));
  const partial = missed.flatMap((id) => each.branchMap[id]?.loc.start.line ?? []);
  return {
    path,
    functions: ratio(Object.values(each.f)),
    branches: ratio(Object.values(each.b).flat()),
    lines: ratio(hits.filter((hit) => hit >= 0)),
    source,
    hits,
    partial: [...new Set(partial)].sort((a, b) => a - b),
  };
}

/**
 * The result in a report of c8.
 * @param json the content of coverage-final.json
 * @param source its name, for messages
 * @param sourceOf what a file is called in the report, and its text if it is there
 * @throws TraceError when it is no such report
 */
export function coverageResult(
  json: unknown,
  source: string,
  started: Date,
  sourceOf: (path: string) => { readonly path: string; readonly text: string | undefined },
): CodeCoverageResult {
  const read = report.safeParse(json);
  if (!read.success) throw explainIssue(read.error.issues, json).from(source);
  const files = Object.values(read.data).map((each) => {
    const { path, text } = sourceOf(each.path);
    return fileOf(each, path, text ?? '');
  });
  return {
    ...aboutRun({ started, seconds: 0, command: 'npm run coverage' }),
    kind: 'code-coverage',
    files: files.sort((a, b) => a.path.localeCompare(b.path)),
  };
}
