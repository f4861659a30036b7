import { OP, OP_NAMES } from '../../model/alphabet/operations.js';
import { type ObservationJson, observationsFromJson } from '../../model/trace/observation-json.js';
import type { OperationJson } from '../../model/trace/operation-json.js';
import type { ReportCounterexample } from '../json/schema.js';
import { callText } from '../terminal/call.js';
import { outcomeOf } from '../terminal/outcome.js';
import { tokenWriters } from '../terminal/steps.js';

type Operation = ReportCounterexample['operations'][number];
type Observation = ReportCounterexample['observations'][number];

const known = (operation: Operation): operation is OperationJson & Operation =>
  (OP_NAMES as readonly string[]).includes(operation.op);

/** What a text is worth that comes from a file: results of another version may hold operations that are not known here. */
function orElse(text: () => string, otherwise: unknown): string {
  try {
    return text();
  } catch {
    return JSON.stringify(otherwise);
  }
}

/** The call that an operation makes. */
export function call(operation: Operation): string {
  return orElse(() => callText(operation as OperationJson), operation);
}

type Writers = ReturnType<typeof tokenWriters>;

/** Who wrote which token, by trace: looked up once for all its steps. */
const WRITERS = new WeakMap<readonly Operation[], Writers>();

function writersOf(operations: readonly Operation[]): Writers {
  const found = WRITERS.get(operations);
  if (found !== undefined) return found;
  const writers = operations.every(known) ? tokenWriters(operations as readonly OperationJson[]) : () => '';
  WRITERS.set(operations, writers);
  return writers;
}

/** An observation in words, its lines below each other. */
export function answer(
  operation: Operation,
  observation: Observation | undefined,
  operations: readonly Operation[],
): readonly string[] {
  if (observation === undefined) return ['no answer'];
  if (!known(operation)) return [JSON.stringify(observation)];
  const text = orElse(() => {
    const ints = observationsFromJson([OP[operation.op]], [observation as ObservationJson], '');
    const { short, more } = outcomeOf(operation, ints, writersOf(operations));
    return [short, ...more].join('\n');
  }, observation);
  return text.split('\n');
}

const TITLES: Readonly<Record<string, (rule: string) => string>> = {
  spec: () => 'shows what the specification does not allow',
  invariant: (rule) => `breaks the invariant ${rule}`,
  hang: () => 'does not terminate',
};

/** What a counterexample shows, without its System's name. */
export const headline = ({ failure }: ReportCounterexample): string => TITLES[failure.kind](failure.rule);

/** Why it is wrong, in one sentence. */
export function why(example: ReportCounterexample): string {
  const { failure, operations, observations } = example;
  const operation = operations[failure.step];
  if (operation === undefined) return failure.detail;
  const where = `At step ${failure.step + 1}, P${operation.proc} ${call(operation)}`;
  if (failure.kind !== 'spec') return `${where}: ${failure.detail}.`;
  const [happened] = answer(operation, observations[failure.step], operations);
  const allowed = failure.allowed.map(
    ({ observation, rule }) => `${answer(operation, observation, operations)[0]} (${rule})`,
  );
  return `${where} answered ${happened}; allowed is ${allowed.join(', or ') || 'something else'}.`;
}

/** A whole number with commas between thousands. */
export const thousands = (value: number): string => value.toLocaleString('en-US');

/** A share from 0 to 1, in percent. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** One word with its number: `1 page`, `2 pages`. */
export const counted = (count: number, noun: string): string =>
  `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`;
