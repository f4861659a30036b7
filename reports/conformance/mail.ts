import type { Trace } from '../../model/alphabet/trace.js';
import type { Rechecked } from '../../model/conformance.js';
import { ENV_FIELDS } from '../../model/trace/env-fields.js';
import { operationsToJson } from '../../model/trace/operation-json.js';
import { printable } from '../../model/trace/printable.js';
import { callText } from '../terminal/call.js';
import { outcomeOf } from '../terminal/outcome.js';
import { tokenWriters } from '../terminal/steps.js';
import { wrap } from '../terminal/text.js';

/** What a report for a mailing list is made of. */
export interface MailReport {
  /** One line: what is wrong. */
  readonly subject: string;
  /** What the documentation, or the specification of the kernel, promises, one sentence each. */
  readonly promised: readonly string[];
  /** What the kernel does, one sentence each. */
  readonly happens: readonly string[];
  readonly trace: Trace;
  /** One observation a step, of a kernel that does it. */
  readonly observations: readonly Int32Array[];
  /** What the kernel's log said of it, if it said something. */
  readonly log?: readonly string[];
  /** Every kernel on which the sequence was run. */
  readonly kernels: readonly Rechecked[];
  /** Replays it. */
  readonly token: string;
  /** A C program that does the same calls. */
  readonly program?: string;
}

/** Columns of a mail. */
const MAIL_WIDTH = 72;

/** A paragraph, the lines after the first one indented by `indent`. */
function text(words: string, first = '', indent = ' '.repeat(first.length)): string[] {
  return wrap(printable(words), MAIL_WIDTH - Math.max(first.length, indent.length)).map(
    (part, i) => (i === 0 ? first : indent) + part,
  );
}

const sentences = (list: readonly string[]): string[] => list.flatMap((each) => text(each, '  - '));

function kernelText({ system, runs, failed, notObserved }: Rechecked): string {
  const name = system.replace(/^linux-/, '');
  if (failed > 0) return `${name}: ${failed} of ${runs} runs`;
  if (notObserved !== undefined) return `${name}: ${notObserved}`;
  return `${name}: 0 of ${runs} runs`;
}

function kernelLines(title: string, kernels: readonly Rechecked[]): string[] {
  return kernels.length === 0 ? [] : [title, '', ...sentences(kernels.map(kernelText)), ''];
}

function stepTexts({ trace, observations }: MailReport): string[] {
  const operations = operationsToJson(trace.ops);
  const wroteAt = tokenWriters(operations);
  return operations.slice(0, Math.max(observations.length, 1)).flatMap((json, i) => {
    const { short, more } = outcomeOf(json, observations[i], wroteAt);
    const head = `${`${i + 1}.`.padStart(4)} P${json.proc}  `;
    const indent = ' '.repeat(head.length + 2);
    return [
      ...text(`${callText(json)} = ${short}`, head, indent),
      ...more.flatMap((row) => text(row, `${indent}  `)),
    ];
  });
}

/** The kernel's words as they are: who reads a list looks for them, and so do its archives. */
function logLines({ log = [] }: MailReport): string[] {
  if (log.length === 0) return [];
  return [
    "The kernel's log, without times and addresses:",
    '',
    ...log.map((each) => `  ${printable(each)}`),
    '',
  ];
}

function environmentText({ env }: Trace): string {
  const parts = ENV_FIELDS.map(({ name }) => `${name} ${String(env[name])}`);
  return `It starts with: ${parts.join(', ')}; gift is what the user may map before RLIMIT_MEMLOCK counts, both in pages.`;
}

/**
 * A finding as plain text of 72 columns, fit for a mailing list. It states what was measured and nothing else. Only the kernel's
 * own words, the command that replays it, and the program, may have longer lines: they are to be copied as they are.
 */
export function mailText(report: MailReport): string {
  const { kernels, program, token } = report;
  const affected = kernels.filter(({ failed }) => failed > 0);
  const unknown = kernels.filter((each) => each.failed === 0 && each.notObserved !== undefined);
  const free = kernels.filter((each) => each.failed === 0 && each.notObserved === undefined);
  const lines = [
    ...text(report.subject, 'Subject: '),
    '',
    'What is promised:',
    '',
    ...sentences(report.promised),
    '',
    'What the kernel does:',
    '',
    ...sentences(report.happens),
    '',
    ...kernelLines('Kernels that do it, as measured:', affected),
    ...kernelLines('Kernels that do not, as measured:', free),
    ...kernelLines('Kernels on which it could not be observed:', unknown),
    'The sequence (P0, P1, ... are processes; pages are those of an arena',
    'that each of them has at the same address):',
    '',
    ...stepTexts(report),
    '',
    ...text(environmentText(report.trace)),
    '',
    ...logLines(report),
    'Replay it with mapahead:',
    '',
    `npx mapahead replay ${token}`,
    ...(program === undefined ? [] : ['', 'A program that does the same:', '', program.trimEnd()]),
  ];
  return `${lines.map((each) => each.trimEnd()).join('\n')}\n`;
}
