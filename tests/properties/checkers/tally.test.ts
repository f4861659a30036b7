import { describe, expect, it } from 'vitest';
import { OK, SIGBUS_ADRERR, SKIP, UNOBSERVED } from '#model/alphabet/observations';
import { OP, OP_NAMES } from '#model/alphabet/operations';
import { Tally } from '#properties/checkers/tally';
import { traceOf } from '../../shrinkers/traces.js';

const { load, store, maps, fork, exit, status } = OP;

/** A tally of sequences, each a row of [kind, status]. */
function tallyOf(...sequences: readonly (readonly (readonly [number, number])[])[]): Tally {
  const tally = new Tally();
  for (const sequence of sequences) {
    tally.sequence();
    for (const [kind, answer] of sequence) tally.operation(kind, answer);
  }
  return tally;
}

const pairsOf = (tally: Tally): string[] =>
  (tally.counts().pairs ?? []).flatMap((count, i) => {
    const [first, second] = [OP_NAMES[Math.floor(i / OP_NAMES.length)], OP_NAMES[i % OP_NAMES.length]];
    return count === 0 ? [] : [`${first} ${second} ${count}`];
  });

describe('Tally', () => {
  it('has counted nothing at first', () => {
    const counts = new Tally().counts();
    expect(counts).toMatchObject({
      sequences: 0,
      operations: 0,
      skipped: 0,
      unobserved: 0,
      cut: 0,
      outcomes: [],
    });
    expect(counts.perOp).toEqual(OP_NAMES.map(() => [0, 0]));
    expect(counts).not.toHaveProperty('unobservedPerOp');
    expect(counts).not.toHaveProperty('missing');
    expect(pairsOf(new Tally())).toEqual([]);
  });

  it('counts each kind, with how often it was ok, skipped or not observed', () => {
    const tally = tallyOf(
      [
        [load, OK],
        [load, SIGBUS_ADRERR],
        [store, SKIP],
        [load, UNOBSERVED],
      ],
      [
        [load, OK],
        [fork, SKIP],
      ],
    );
    const counts = tally.counts();
    expect([tally.sequences, tally.operations]).toEqual([2, 6]);
    expect(counts).toMatchObject({ sequences: 2, operations: 6, skipped: 2, unobserved: 1 });
    expect(counts.perOp[load]).toEqual([4, 2]);
    expect(counts.perOp[store]).toEqual([1, 0]);
    expect(counts.unobservedPerOp?.[load]).toBe(1);
    expect(counts.unobservedPerOp?.[store]).toBe(0);
    expect(counts.unobservedPerOp).toHaveLength(OP_NAMES.length);
    expect(counts.outcomes).toContainEqual({ op: 'load', outcome: 'ok', count: 2 });
  });

  it('counts sequences that were cut short', () => {
    const tally = tallyOf([[load, OK]], [[load, OK]]);
    tally.cut();
    expect(tally.counts().cut).toBe(1);
  });

  it('counts what named nothing as missing, where it is told how often', () => {
    const tally = tallyOf([
      [load, SKIP],
      [load, OK],
    ]);
    expect(tally.counts(4).missing).toBe(5);
    expect(tally.counts(0).missing).toBe(1);
  });

  it('counts which operation came right after which, within one sequence', () => {
    const tally = tallyOf(
      [
        [load, OK],
        [store, SIGBUS_ADRERR],
        [store, OK],
        [maps, OK],
      ],
      [
        [load, OK],
        [store, OK],
      ],
    );
    expect(pairsOf(tally).sort()).toEqual(['load store 2', 'store maps 1', 'store store 1']);
  });

  it('counts no pair with an operation that was skipped', () => {
    const tally = tallyOf([
      [load, OK],
      [store, SKIP],
      [maps, OK],
      [exit, OK],
    ]);
    expect(pairsOf(tally)).toEqual(['maps exit 1']);
  });

  it('counts pairs that begin with the first kind of the alphabet, too', () => {
    const first = OP[OP_NAMES[0]];
    expect(
      pairsOf(
        tallyOf([
          [first, OK],
          [maps, OK],
        ]),
      ),
    ).toEqual([`${OP_NAMES[0]} maps 1`]);
  });

  it('counts the answers of a recording, as many as there are', () => {
    const { ops } = traceOf([
      ['status', 0],
      ['load', 0, 3, 0],
      ['exit', 0],
    ]);
    const tally = new Tally();
    // The view of `status` is two ints beside its status and value.
    tally.recording(ops, { obs: Int32Array.of(OK, 0, SKIP, SKIP, SIGBUS_ADRERR, 0), steps: 2 });
    const { perOp, sequences, operations, skipped, outcomes } = tally.counts();
    expect([sequences, operations, skipped]).toEqual([1, 2, 0]);
    expect([perOp[status], perOp[load], perOp[exit]]).toEqual([
      [1, 1],
      [1, 0],
      [0, 0],
    ]);
    expect(outcomes?.map(({ op }) => op)).toEqual(['load', 'status']);
  });

  it('counts a step of a trace by the kind that it has', () => {
    const { ops } = traceOf([
      ['status', 0],
      ['load', 0, 3, 0],
    ]);
    const tally = new Tally();
    tally.step(ops, 1, OK);
    expect(tally.counts().perOp[load]).toEqual([1, 1]);
    expect(tally.operations).toBe(1);
  });
});
