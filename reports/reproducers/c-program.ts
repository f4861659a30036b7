import { type OperationJson, operationsToJson } from '../../model/trace/operation-json.js';
import { VERSION } from '../../model/trace/version.js';
import { callText } from '../terminal/call.js';
import { outcomeOf } from '../terminal/outcome.js';
import { tokenWriters } from '../terminal/steps.js';
import { adviceName, adviceNumber } from './c-calls.js';
import { notReproduced, stepStatements, whyNot } from './c-expectation.js';
import { link } from './c-library.js';
import { setupOf } from './c-setup.js';
import { comment, commentBlock } from './comment.js';
import type { Expectation, Scenario } from './scenario.js';

/** The last function of a program: of a program of its own, or of a test for the kernel's tree. */
export interface Ending {
  readonly includes: readonly string[];
  /** How it is built and run. */
  readonly usage: readonly string[];
  /** @param resumes the program runs itself again by execve */
  text(resumes: boolean): string;
}

type WroteAt = (token: number) => string;

/** What a step should show, and why, in words. */
function shouldBe(json: OperationJson, { allowed }: Expectation, wroteAt: WroteAt): string {
  const outcomes = [...new Set(allowed.map(({ obs }) => outcomeOf(json, obs, wroteAt).short))];
  return `${outcomes.join(' or ')} (${allowed.map(({ rule }) => rule).join('; or ')})`;
}

function stepComment(
  json: OperationJson,
  i: number,
  expectation: Expectation,
  scenario: Scenario,
  wroteAt: WroteAt,
) {
  const { seen } = expectation;
  const what = `${i + 1}. P${json.proc}: ${callText(json)}: ${shouldBe(json, expectation, wroteAt)}.`;
  const cannot = whyNot(json, expectation);
  if (cannot !== undefined) return `${what} Left out: it ${cannot}.`;
  if (seen === undefined || expectation.allowed.some(({ obs }) => sameObservation(obs, seen))) return what;
  return `${what} On ${scenario.system} it was: ${outcomeOf(json, seen, wroteAt).short}.`;
}

const sameObservation = (one: Int32Array, other: Int32Array): boolean =>
  one.length === other.length && one.every((int, i) => int === other[i]);

function sequence(scenario: Scenario, operations: readonly OperationJson[]): string {
  const wroteAt = tokenWriters(operations);
  const steps = scenario.expectations.flatMap((expectation, i) => {
    const json = operations[i];
    const text = comment(stepComment(json, i, expectation, scenario, wroteAt), 1);
    const statements =
      whyNot(json, expectation) === undefined
        ? stepStatements(json, i + 1, expectation)
        : [`\tskip_step(${i + 1});`];
    return [text, ...statements, ''];
  });
  const left = operations.length - scenario.expectations.length;
  const open =
    left > 0 ? [comment(`The specification leaves open what follows: ${left} more operations.`, 1)] : [];
  return [
    `#define LAST_STEP ${scenario.expectations.length}`,
    '',
    '/* The sequence. It ends the process. */',
    'static _Noreturn void sequence(void)',
    '{',
    ...steps,
    ...open,
    '\twait_for_step(LAST_STEP + 1);',
    '\t_exit(0);',
    '}',
  ].join('\n');
}

/** Advices that headers may not know. */
function adviceDefinitions(operations: readonly OperationJson[]): string[] {
  const advices = operations.flatMap(({ op, advice }) => (op === 'madvise' ? [String(advice)] : []));
  return [...new Set(advices)].flatMap((advice) => [
    `#ifndef ${adviceName(advice)}`,
    `#define ${adviceName(advice)} ${adviceNumber(advice)}`,
    '#endif',
    '',
  ]);
}

function header(scenario: Scenario, ending: Ending): string {
  return commentBlock([
    scenario.title,
    '',
    `Every step says what it should show, as specified for ${scenario.like}; the first one that shows anything else ends the ` +
      'program. ' +
      'P0, P1 and P2 are processes, fd(0) to fd(3) the descriptors of one, page(0) to page(31) the pages of an address range that ' +
      'all of them have at the same place.',
    '',
    ...ending.usage,
    '',
    `Written by mapahead ${VERSION}.`,
  ]);
}

/** A program of C that does the operations of a scenario and checks what each of them shows. */
export function cProgram(scenario: Scenario, ending: Ending): string {
  const operations = operationsToJson(scenario.trace.ops);
  const body = sequence(scenario, operations);
  const setup = setupOf(scenario, notReproduced(scenario)[0]);
  const last = ending.text(setup.resumes);
  const { includes, before, after } = link([body, setup.before, setup.resume, last, 'run'].join('\n'));
  const parts = [
    ['// SPDX-License-Identifier: MIT', header(scenario, ending)].join('\n'),
    ['#define _GNU_SOURCE', ...includes].join('\n'),
    ...ending.includes,
    ...before,
    ...adviceDefinitions(operations).join('\n').trim().split('\n\n').filter(Boolean),
    body,
    setup.before,
    ...after,
    setup.resume,
    last,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
