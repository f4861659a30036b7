import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { obsWidth, UNOBSERVED } from '../../model/alphabet/observations.js';
import { OPEN_AUX } from '../../model/alphabet/operands.js';
import { OP, OP_NAMES, type OpName } from '../../model/alphabet/operations.js';
import type { Recording } from '../../model/alphabet/system.js';
import type { Unobserved } from '../../model/conformance.js';

/** Why a machine may not be able to do an operation: docs/ALPHABET.md, UNOBSERVED. */
const REASONS: Readonly<Partial<Record<OpName, string>>> = {
  open: 'no PMU with AUX buffers',
  inject: 'a real kernel takes no injected failures',
  gift: 'the sysctl is of the whole system',
  setuid: 'no privilege',
  cap: 'no privilege',
  rlimit: 'above the hard limit',
  direct_read: 'the file system has no O_DIRECT',
  direct_write: 'the file system has no O_DIRECT',
};

/** Why the operation at `ops[at]` was answered UNOBSERVED, in a few words. */
export function reasonOf(ops: Int32Array, at: number): string {
  return REASONS[OP_NAMES[ops[at]]] ?? 'not possible here';
}

/** How the operation is named where it is listed. */
const nameOf = (ops: Int32Array, at: number): string =>
  ops[at] === OP.open && (ops[at + 3] & OPEN_AUX) !== 0 ? 'open (aux)' : OP_NAMES[ops[at]];

/** The operations of a recording that the machine could not do: where each stands in its trace. */
export function unobservedIn(ops: Int32Array, { obs, steps }: Recording): number[] {
  const found: number[] = [];
  let start = 0;
  for (let at = 0; at < steps * OP_WIDTH; at += OP_WIDTH) {
    if (obs[start] === UNOBSERVED) found.push(at);
    start += obsWidth(ops[at]);
  }
  return found;
}

/** Counts what a machine could not show. */
export class UnobservedList {
  readonly #list = new Map<string, Unobserved>();

  add(ops: Int32Array, recording: Recording): void {
    for (const at of unobservedIn(ops, recording)) {
      const what = nameOf(ops, at);
      const operations = (this.#list.get(what)?.operations ?? 0) + 1;
      this.#list.set(what, { what, why: reasonOf(ops, at), operations });
    }
  }

  all(): Unobserved[] {
    return [...this.#list.values()].sort((a, b) => (a.what < b.what ? -1 : 1));
  }
}
