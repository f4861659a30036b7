import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as tracking from '#model/interleaving/tracking';

const { log, dirty, run } = tracking;

/** A column of six words, from word 4 of the state on. */
let column: Int32Array;

beforeEach(() => {
  column = new Int32Array(16).subarray(4, 10);
  column.set([10, 11, 12, 13, 14, 15]);
  tracking.begin();
});

afterEach(() => {
  Object.assign(run, { lane: -1, lanes: 1, wanted: -1, shared: false });
});

const told = () =>
  [...log.subarray(0, run.logged)].map((access) => `${access & 1 ? 'write' : 'read'} ${access >> 1}`);
const written = () => [...dirty.subarray(0, run.dirtied)];

describe('an access to a column', () => {
  it.each<[string, () => unknown, unknown, number[], string[]]>([
    ['read', () => tracking.read(column, 1), 11, [10, 11, 12, 13, 14, 15], ['read 5']],
    ['write', () => tracking.write(column, 1, 7), 7, [10, 7, 12, 13, 14, 15], ['write 5']],
    ['add', () => tracking.add(column, 2, 3), 15, [10, 11, 15, 13, 14, 15], ['write 6']],
    ['subtract', () => tracking.subtract(column, 2, 3), 9, [10, 11, 9, 13, 14, 15], ['write 6']],
    ['and', () => tracking.and(column, 5, 6), 6, [10, 11, 12, 13, 14, 6], ['write 9']],
    ['or', () => tracking.or(column, 0, 4), 14, [14, 11, 12, 13, 14, 15], ['write 4']],
    ['add_after', () => tracking.add_after(column, 0, 4), 10, [14, 11, 12, 13, 14, 15], ['write 4']],
    ['fill', () => tracking.fill(column, 1, 1, 3), undefined, [10, 1, 1, 13, 14, 15], ['write 5', 'write 6']],
    [
      'copyWithin',
      () => tracking.copyWithin(column, 1, 2, 4),
      undefined,
      [10, 12, 13, 13, 14, 15],
      ['read 6', 'write 5', 'read 7', 'write 6'],
    ],
    [
      'copyWithin',
      () => tracking.copyWithin(column, 1, 0, 2),
      undefined,
      [10, 10, 11, 13, 14, 15],
      ['read 4', 'write 5', 'read 5', 'write 6'],
    ],
  ])(
    '%s gives what the array would give, and is told by the word of the state',
    (_, access, value, after, accesses) => {
      expect(access()).toEqual(value);
      expect([...column]).toEqual(after);
      expect(told()).toEqual(accesses);
      const words = accesses
        .filter((each) => each.startsWith('write'))
        .map((each) => Number(each.split(' ')[1]));
      expect(written()).toEqual(words);
    },
  );

  it('that writes is noted once a run, whatever is told of it', () => {
    tracking.write(column, 3, 1);
    tracking.add(column, 3, 1);
    tracking.write(column, 1, 1);
    expect(told()).toEqual(['write 7', 'write 7', 'write 5']);
    expect(written()).toEqual([7, 5]);
    const { epoch } = run;
    tracking.begin();
    expect([told(), written()]).toEqual([[], []]);
    // Words that no run has written have number 0.
    expect(run.epoch).toBe(epoch + 1);
    tracking.write(column, 3, 2);
    expect(written()).toEqual([7]);
  });
});

describe('a free row', () => {
  beforeEach(() => column.fill(0));

  it('is the first one for who is alone', () => {
    tracking.write(column, 0, 1);
    tracking.write(column, 0, 0);
    expect(tracking.indexOf(column, 0)).toBe(0);
    expect(tracking.indexOf(column, 5)).toBe(-1);
  });

  it('is one of the share of the task', () => {
    run.lanes = 2;
    run.lane = 1;
    expect(tracking.indexOf(column, 0)).toBe(1);
    column[1] = 1;
    expect(tracking.indexOf(column, 0)).toBe(3);
    run.lane = 0;
    expect(tracking.indexOf(column, 0)).toBe(0);
    column.fill(1);
    expect(tracking.indexOf(column, 0)).toBe(-1);
  });

  it('is none that was freed in this run', () => {
    run.lane = 0;
    tracking.write(column, 0, 1);
    tracking.write(column, 0, 0);
    expect(tracking.indexOf(column, 0)).toBe(1);
    tracking.begin();
    expect(tracking.indexOf(column, 0)).toBe(0);
  });
});

describe('what a task waits for', () => {
  it('is the word of a lock, alone or beside others', () => {
    tracking.want_shared(column, 2);
    expect([run.wanted, run.shared]).toEqual([6, true]);
    tracking.want(column, 1);
    expect([run.wanted, run.shared]).toEqual([5, false]);
  });
});

describe('what a function gave', () => {
  it('is delegated to in either case', () => {
    function* twice(): Generator<number, string, void> {
      yield 1;
      yield 2;
      return 'over';
    }
    function* asked(gave: unknown): Generator<unknown, unknown, void> {
      return yield* tracking.may_suspend(gave) as Iterable<unknown, unknown>;
    }
    const [suspended, plain, none] = [twice(), 7, null].map(asked);
    expect([...[1, 2, 3].map(() => suspended.next())]).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
      { done: true, value: 'over' },
    ]);
    expect(plain.next()).toEqual({ done: true, value: 7 });
    expect(none.next()).toEqual({ done: true, value: null });
  });

  it('is the first of two that are there in this order', () => {
    expect(tracking.first_of('first', 'second')).toBe('first');
  });
});
