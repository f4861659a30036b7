import { formatTraceFile } from '../../model/trace/trace-file.js';
import { cProgram } from './c-program.js';
import { KSELFTEST, PROGRAM } from './endings.js';
import type { Scenario } from './scenario.js';
import { syzkallerProgram } from './syzkaller.js';

export { notReproduced } from './c-expectation.js';
export type { Scenario } from './scenario.js';

/** How a reproducer can be written. */
export const REPRODUCERS: Readonly<Record<string, (scenario: Scenario) => string>> = {
  c: (scenario) => cProgram(scenario, PROGRAM),
  kselftest: (scenario) => cProgram(scenario, KSELFTEST),
  syz: syzkallerProgram,
  json: ({ trace, title, system }) => formatTraceFile({ trace, system, note: title.slice(0, 500) }),
};

/** A reproducer in C: a program of its own, see `docs/REPRODUCERS.md`. */
export const reproducerOf = (scenario: Scenario): string => cProgram(scenario, PROGRAM);
