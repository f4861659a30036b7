import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OP_WIDTH } from '../model/alphabet/bounds.js';
import { OP_NAMES } from '../model/alphabet/operations.js';
import type { KernelConformance, Rechecked } from '../model/conformance.js';
import { KNOWN_FINDINGS } from '../model/spec/index.js';
import type { Counterexample, Verdict } from '../model/verdict.js';
import type { OpenableKernel } from '../properties/conformance/kernel-pool.js';
import { recheck, type Suspect } from '../properties/conformance/recheck.js';
import { type MailReport, mailText } from '../reports/conformance/mail.js';
import { counterexamplesOf } from '../reports/outcome.js';
import { save } from './save.js';
import { UsageError } from './usage-error.js';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Something to be reported: all but on which kernels it is. */
interface Draft {
  /** Name of its files, without an ending. */
  readonly name: string;
  readonly suspect: Suspect;
  readonly example: Counterexample;
  readonly about: Pick<MailReport, 'subject' | 'promised' | 'happens'>;
}

/**
 * Make the folder for reports, if it is not there. Asked before hours of work.
 * @throws UsageError when it cannot be made
 */
export function checkReportFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`--report: ${reasonOf(error)}`);
  }
}

function draftsOf(verdict: Verdict): Draft[] {
  const known = (verdict.findings ?? []).flatMap(({ id, counterexample: example }): Draft[] => {
    const finding = KNOWN_FINDINGS.find((each) => each.id === id);
    if (finding === undefined) return [];
    const [promised, happens] = finding.sides;
    const suspect = { trace: example.trace, finding };
    return [
      {
        name: id,
        suspect,
        example,
        about: {
          subject: happens,
          promised: [promised],
          happens: [happens, `at the end of the sequence below: ${example.failure.detail}`],
        },
      },
    ];
  });
  const found = counterexamplesOf(verdict).map((example, i): Draft => {
    const { failure, trace } = example;
    const operation = OP_NAMES[trace.ops[failure.step * OP_WIDTH]];
    return {
      name: `${verdict.system}.${i + 1}.${operation}`.replace(/[^\w.+-]/g, '_'),
      suspect: { trace },
      example,
      about: {
        subject: failure.detail,
        promised: failure.text.split('; or '),
        happens: [`at the end of the sequence below: ${failure.detail}`],
      },
    };
  });
  return [...known, ...found];
}

/** What all kernels answer to what was found on one of them. */
async function ask(kernels: readonly OpenableKernel[], drafts: readonly Draft[]): Promise<Rechecked[][]> {
  const answers: Rechecked[][] = [];
  for (const kernel of kernels)
    answers.push(
      await recheck(
        kernel,
        drafts.map(({ suspect }) => suspect),
      ),
    );
  return answers;
}

/**
 * Write each finding as a text for a mailing list and as a trace file. Every kernel is asked about all of them.
 * @returns one line for each that was written
 * @throws UsageError when a file cannot be written; KernelLost when a kernel cannot be asked any more
 */
export async function writeReports(
  folder: string,
  kernels: readonly OpenableKernel[],
  conformances: readonly KernelConformance[],
): Promise<string[]> {
  const drafts = new Map<string, Draft>();
  for (const { verdict } of conformances)
    for (const draft of draftsOf(verdict)) if (!drafts.has(draft.name)) drafts.set(draft.name, draft);
  const list = [...drafts.values()];
  if (list.length === 0) return ['there is nothing to report'];
  const ran = new Set(
    conformances.filter(({ verdict }) => verdict.outcome !== 'not-run').map(({ name }) => name),
  );
  const answers = await ask(
    kernels.filter(({ name }) => ran.has(name)),
    list,
  );
  return list.map(({ name, example, about }, i) => {
    const { trace, observations, token } = example;
    const report = { ...about, trace, observations, token, kernels: answers.map((each) => each[i]) };
    const path = join(folder, `${name}.txt`);
    try {
      writeFileSync(path, mailText(report));
    } catch (error) {
      throw new UsageError(`--report: ${reasonOf(error)}`);
    }
    save(join(folder, `${name}.json`), example);
    return `wrote ${path}`;
  });
}
