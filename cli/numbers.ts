import { quote } from '../model/trace/printable.js';
import { UsageError } from './usage-error.js';

/** What a number on the command line may be. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** Fractions are allowed. */
  readonly fraction?: boolean;
}

/**
 * A number of the command line, in decimal digits.
 * @throws UsageError that names the option and its bounds
 */
export function parseNumber(
  option: string,
  text: string,
  { min, max, fraction = false }: NumberRange,
): number {
  const shape = fraction ? /^\d+(?:\.\d+)?$/ : /^\d+$/;
  const value = shape.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  const kind = fraction ? 'a number' : 'a whole number';
  throw new UsageError(`${option}: ${quote(text)} is not ${kind} from ${min} to ${max}`);
}

export const SEED: NumberRange = { min: 0, max: 0xffff_ffff };
export const RUNS: NumberRange = { min: 1, max: 1_000_000_000 };
export const SECONDS: NumberRange = { min: 0.1, max: 31_536_000, fraction: true };
/** Operations of a random sequence; the agent of a real kernel takes no longer ones. */
export const LENGTH: NumberRange = { min: 1, max: 500 };
