import { join } from 'node:path';
import { OP_WIDTH } from '../model/alphabet/bounds.js';
import { OP_NAMES } from '../model/alphabet/operations.js';
import type { KernelConformance, Rechecked } from '../model/conformance.js';
import { KNOWN_FINDINGS } from '../model/spec/index.js';
import type { Counterexample, Verdict } from '../model/verdict.js';
import { KernelLost } from '../properties/checkers/ask-kernel.js';
import type { OpenableKernel } from '../properties/conformance/kernel-pool.js';
import { recheck, type Suspect } from '../properties/conformance/recheck.js';
import { type MailReport, mailText } from '../reports/conformance/mail.js';
import { counterexamplesOf } from '../reports/outcome.js';
import { reproducerOf } from '../reports/reproducers/index.js';
import { writeText } from './files.js';
import { documentOf, save } from './save.js';
import { scenarioOf } from './scenario.js';

/** Something to be reported: all but on which kernels it is. */
interface Draft {
  /** Name of its files, without an ending. */
  readonly name: string;
  readonly suspect: Suspect;
  readonly example: Counterexample;
  readonly about: Pick<MailReport, 'subject' | 'promised' | 'happens' | 'log'>;
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
        ...(failure.alarm === undefined ? {} : { log: failure.alarm }),
      },
    };
  });
  return [...known, ...found];
}

/** What a kernel answered, or why it could not be asked again. */
type Answers = readonly Rechecked[] | string;

async function ask(kernel: OpenableKernel, drafts: readonly Draft[]): Promise<Answers> {
  const suspects = drafts.map(({ suspect }) => suspect);
  try {
    return await recheck(kernel, suspects);
  } catch (error) {
    if (!(error instanceof KernelLost)) throw error;
    return `${kernel.name} was not asked about what is reported: ${error.message}`;
  }
}

/** What there is to report, each finding once, whatever kernels show it. */
function allDrafts(conformances: readonly KernelConformance[]): Draft[] {
  const drafts = new Map<string, Draft>();
  for (const draft of conformances.flatMap(({ verdict }) => draftsOf(verdict))) {
    const key = draft.suspect.finding?.id ?? draft.suspect.trace.ops.join();
    if (!drafts.has(key)) drafts.set(key, draft);
  }
  return [...drafts.values()];
}

/** The report, and beside it the program and the trace as files. @returns the path of the report */
function write(folder: string, { name, example, about }: Draft, kernels: readonly Rechecked[]): string {
  const { trace, observations, token } = example;
  const program = reproducerOf(scenarioOf({ ...documentOf(example), note: about.subject.slice(0, 500) }));
  const path = join(folder, `${name}.txt`);
  writeText('--mail', path, mailText({ ...about, trace, observations, token, kernels, program }));
  writeText('--mail', join(folder, `${name}.c`), program);
  save(join(folder, `${name}.json`), example);
  return path;
}

/**
 * Write each finding as a text for a mailing list, as a program and as a trace file. Every kernel is asked about all of them.
 * @returns one line for each that was written, and for each kernel that could not be asked again
 * @throws UsageError when a file cannot be written
 */
export async function writeReports(
  folder: string,
  kernels: readonly OpenableKernel[],
  conformances: readonly KernelConformance[],
): Promise<string[]> {
  const drafts = allDrafts(conformances);
  if (drafts.length === 0) return ['there is nothing to report'];
  const ran = conformances.filter(({ verdict }) => verdict.outcome !== 'not-run').map(({ name }) => name);
  const answers: Answers[] = [];
  for (const kernel of kernels) if (ran.includes(kernel.name)) answers.push(await ask(kernel, drafts));
  const notes = answers.filter((each) => typeof each === 'string');
  const asked = answers.filter((each) => typeof each !== 'string');
  const lines = drafts.map((draft, i) => {
    const kernels = asked.map((each) => each[i]);
    // A report has to be true of some kernel now, not only when it was found.
    if (kernels.every(({ failed }) => failed === 0)) return `${draft.name} did not show again: not reported`;
    return `wrote ${write(folder, draft, kernels)}`;
  });
  return [...notes, ...lines];
}
