import { describe, expect, it } from 'vitest';
import { BOUND, OK, SIGBUS_ADRERR, SKIP } from '#model/alphabet/observations';
import { OP } from '#model/alphabet/operations';
import { outcomeOfKey, pairOfKey, Transitions } from '#properties/conformance/transitions';
import { traceOf } from '../../shrinkers/traces.js';

/** Operations by number: 0 and 1 are of one kind. */
const [OPEN, OPEN_OTHER, FORK, EXIT, VM_WRITEV] = [0, 1, 2, 3, 4];
const { ops: OPS } = traceOf([
  ['open', 0, 0, 0, -1],
  ['open', 0, 1, 0, -1],
  ['fork', 0, 1],
  ['exit', 0],
  ['vm_writev', 0, 1, 0, 16],
]);
const EPERM = -1;
const NOWHERE = -1;

const outcomesOf = (transitions: Transitions) =>
  [...transitions.outcomes()].map(([key, steps]) => [...outcomeOfKey(key), steps]);
const pairsOf = (transitions: Transitions, depthOf: (state: number) => number) =>
  [...transitions.pairs(depthOf)].map(([key, { state, operations }]) => [
    ...pairOfKey(key),
    state,
    operations,
  ]);

describe('Transitions', () => {
  it('notes each kind with each outcome, where it came first', () => {
    const transitions = new Transitions(OPS);
    transitions.note(0, OPEN, OK, 1);
    transitions.note(1, OPEN_OTHER, OK, 2);
    transitions.note(1, OPEN_OTHER, EPERM, 1);
    transitions.note(2, VM_WRITEV, -4095, 2);
    transitions.note(2, VM_WRITEV, SIGBUS_ADRERR, 2);
    transitions.note(2, EXIT, SKIP, NOWHERE);
    transitions.note(2, FORK, BOUND, NOWHERE);
    expect(outcomesOf(transitions)).toEqual([
      [OP.open, OK, { state: 0, operations: [OPEN] }],
      [OP.open, EPERM, { state: 1, operations: [OPEN_OTHER] }],
      [OP.vm_writev, -4095, { state: 2, operations: [VM_WRITEV] }],
      [OP.vm_writev, SIGBUS_ADRERR, { state: 2, operations: [VM_WRITEV] }],
      [OP.exit, SKIP, { state: 2, operations: [EXIT] }],
    ]);
  });

  it('notes which kind can do something right after which, but for what names nothing or leads nowhere', () => {
    const transitions = new Transitions(OPS);
    transitions.note(0, OPEN, OK, 1);
    transitions.note(1, FORK, OK, 2);
    transitions.note(1, OPEN_OTHER, SKIP, 1);
    transitions.note(1, EXIT, BOUND, NOWHERE);
    transitions.note(2, VM_WRITEV, EPERM, NOWHERE);
    transitions.note(3, EXIT, OK, 1);
    expect(pairsOf(transitions, (state) => state)).toEqual([
      [OP.open, OP.fork, 0, [OPEN, FORK]],
      [OP.exit, OP.fork, 3, [EXIT, FORK]],
      [OP.fork, OP.vm_writev, 1, [FORK, VM_WRITEV]],
    ]);
  });

  it('takes the first operation of a kind that leads to a state, and the first that is done there', () => {
    const transitions = new Transitions(OPS);
    transitions.note(0, OPEN, OK, 2);
    transitions.note(1, OPEN_OTHER, OK, 2);
    transitions.note(2, OPEN_OTHER, OK, 3);
    transitions.note(2, OPEN, OK, 3);
    expect(pairsOf(transitions, () => 0)).toEqual([[OP.open, OP.open, 0, [OPEN, OPEN_OTHER]]]);
  });

  it('prefers that both succeed to a shorter way, and then a shorter way to a longer one', () => {
    const shorter = new Transitions(OPS);
    // One that fails leaves the state as it was.
    shorter.note(0, OPEN, EPERM, 1);
    shorter.note(1, FORK, OK, NOWHERE);
    shorter.note(10, OPEN_OTHER, OK, 11);
    shorter.note(11, FORK, EPERM, NOWHERE);
    expect(pairsOf(shorter, (state) => state)).toEqual([[OP.open, OP.fork, 0, [OPEN, FORK]]]);
    shorter.note(20, OPEN, OK, 21);
    shorter.note(21, FORK, OK, NOWHERE);
    expect(pairsOf(shorter, (state) => state)).toEqual([[OP.open, OP.fork, 20, [OPEN, FORK]]]);
    // Told later, and nearer by what is said of depths.
    shorter.note(30, OPEN_OTHER, OK, 31);
    shorter.note(31, FORK, OK, NOWHERE);
    expect(pairsOf(shorter, (state) => -state)).toEqual([[OP.open, OP.fork, 30, [OPEN_OTHER, FORK]]]);
    expect(pairsOf(shorter, () => 0)).toEqual([[OP.open, OP.fork, 20, [OPEN, FORK]]]);
  });
});
