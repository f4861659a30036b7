import { detailClass } from '../../shrinkers/same-failure.js';

/** What went wrong in a schedule. */
export interface RaceFailure {
  /**
   * `freed`: memory was used after it was freed; `moment`: what another thread could use at that moment was wrong; `warning`: of
   * the kernel's own; `hang`, `deadlock`, `endless`: it does not end; `state`: an invariant does not hold at the end; `order`: no order
   * of the operations gives what was seen.
   */
  readonly kind: 'freed' | 'moment' | 'warning' | 'hang' | 'deadlock' | 'endless' | 'state' | 'order';
  /** Id of the invariant, or the kind. */
  readonly rule: string;
  /** What the rule says, in one sentence. */
  readonly text: string;
  /** What is wrong, in one line. */
  readonly detail: string;
}

/** The rules that are not invariants, by kind. */
export const RACE_RULES = {
  freed: 'Nobody uses the memory of an event or of a buffer after it was freed.',
  hang: 'Every operation ends.',
  deadlock: 'No task waits for itself, nor do tasks wait for each other.',
  endless: 'Tasks come to an end, whatever the schedule.',
  order:
    'What the operations gave, and what is there at the end, is what some order of them gives that keeps those apart that did not overlap.',
} as const;

/** What races of one defect have in common, as far as can be told: the rule, and what is said of it, but for the numbers. */
export function raceClass({ rule, detail }: RaceFailure): string {
  return `${rule} | ${detailClass(detail)}`;
}
