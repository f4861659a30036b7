import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Verdict } from '../model/verdict.js';
import { pageHtml } from '../reports/html/page-html.js';
import { counterexamplesOf } from '../reports/outcome.js';
import { checkToResult } from '../reports/results/write.js';
import { storyOf } from '../reports/terminal/story.js';
import { paint } from '../reports/terminal/text.js';
import { catalogueOf } from './catalogue.js';
import { pageData } from './publish.js';
import { shownOf } from './shown.js';
import { systemEngines } from './system-engines.js';

/** A property does not hold: its message is the story of the counterexample. */
export class CounterexampleError extends Error {
  override readonly name = 'CounterexampleError';

  constructor(message: string) {
    super(message);
    // Where it was thrown says nothing; the story says it all.
    this.stack = `${this.name}: ${message}`;
  }
}

/** Where reports of failed properties go, in the folder of the tests. */
const FOLDER = 'results';

/** What a file may be called that is about this System. */
const fileName = (system: string): string => `property-${system.replace(/[^\w.-]/g, '_')}.html`;

async function reportOf(verdict: Verdict, folder: string): Promise<string> {
  const { system, seed } = verdict;
  const shown = [];
  for (const example of counterexamplesOf(verdict)) shown.push(await shownOf(example, systemEngines, []));
  const about = { started: new Date(), seconds: 0, command: `a test, on ${system} with the seed ${seed}` };
  const result = checkToResult(about, seed, catalogueOf(systemEngines), 'failed', [verdict], [], shown);
  const path = resolve(join(folder, fileName(system)));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, pageHtml(pageData([{ source: `${system}, seed ${seed}`, result }])));
  return pathToFileURL(path).href;
}

/**
 * For tests: fail unless this verdict is that all is well. The failure prints the story that the command prints, and the address
 * of its report.
 * @param folder where the report is written
 * @throws CounterexampleError when it failed or was not run
 */
export async function assertPassed(verdict: Verdict, folder = FOLDER): Promise<void> {
  if (verdict.outcome === 'passed') return;
  if (verdict.outcome === 'not-run')
    throw new CounterexampleError(`${verdict.system} was NOT RUN: ${verdict.reason ?? 'no reason is known'}`);
  const stories = counterexamplesOf(verdict).map((each) => paint(storyOf(each), false));
  const address = await reportOf(verdict, folder);
  throw new CounterexampleError(`\n${stories.join('\n')}\nReport:\n${address}\n`);
}
