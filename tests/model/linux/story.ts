// Sequences written down by hand, and what a System answered, step by step.
import { OP_WIDTH } from '#model/alphabet/bounds';
import { obsWidth } from '#model/alphabet/observations';
import type { Domain } from '#model/alphabet/operands';
import { OP, OPERATIONS, type OpName } from '#model/alphabet/operations';
import type { Recording, TraceSystem } from '#model/alphabet/system';
import type { HostSystem } from '#model/linux/host';

/** Operands that are not said are 0, or the least that they can be when that is more; descriptors to nothing are -1. */
export type Step = readonly [
  name: OpName,
  proc: number,
  operands?: Readonly<Record<string, number | string>>,
];

export interface Answer {
  readonly status: number;
  readonly value: number;
  readonly view: readonly number[];
}

function operand(name: string, domain: Domain, said: number | string | undefined): number {
  if (said === undefined) return name === 'output' ? -1 : Math.max(0, domain.min);
  if (typeof said === 'number') return said;
  const at = domain.names?.indexOf(said) ?? -1;
  if (at < 0) throw new Error(`${name} cannot be ${said}`);
  return domain.kind === 'bits' ? 1 << at : domain.min + at;
}

export function pack(steps: readonly Step[]): Int32Array {
  const ops = new Int32Array(steps.length * OP_WIDTH);
  steps.forEach(([name, proc, said = {}], i) => {
    const domains: Readonly<Record<string, Domain>> = OPERATIONS[name].operands;
    for (const key of Object.keys(said)) if (!(key in domains)) throw new Error(`${name} has no ${key}`);
    const values = Object.entries(domains).map(([key, domain]) => operand(key, domain, said[key]));
    ops.set([OP[name], proc, ...values], i * OP_WIDTH);
  });
  return ops;
}

export function answersOf(ops: Int32Array, { obs, steps }: Recording): Answer[] {
  const answers: Answer[] = [];
  let at = 0;
  for (let i = 0; i < steps; i += 1) {
    const width = obsWidth(ops[i * OP_WIDTH] ?? 0);
    const [status = NaN, value = NaN, ...view] = obs.subarray(at, at + width);
    answers.push({ status, value, view });
    at += width;
  }
  if (at !== obs.length) throw new Error(`${obs.length} ints for ${steps} steps`);
  return answers;
}

/** What the System answers to one sequence, which it must run to its end. */
export async function tell(system: TraceSystem, steps: readonly Step[]): Promise<Answer[]> {
  const ops = pack(steps);
  const [recording] = await system.run([ops]);
  if (recording === undefined || recording.ended !== undefined) {
    throw new Error(recording?.ended ?? 'no recording');
  }
  return answersOf(ops, recording);
}

/** An ordinary user's agent cannot do some things, and answers UNOBSERVED. */
export function byPrivilege<T>(host: HostSystem, root: T, ordinary: T): T {
  return host.facts.privileged ? root : ordinary;
}

/** The same as `tell`, as pairs of status and value. */
export async function pairs(
  system: TraceSystem,
  steps: readonly Step[],
): Promise<(readonly [number, number])[]> {
  return (await tell(system, steps)).map(({ status, value }) => [status, value] as const);
}
