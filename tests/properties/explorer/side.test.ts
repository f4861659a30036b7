import { describe, expect, it } from 'vitest';
import { BOUND, OK, SKIP } from '#model/alphabet/observations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import { ARMED, GIFT, NONE } from '#model/spec/state';
import { FAILED, GO_ON } from '#properties/checkers/lockstep';
import { Side } from '#properties/explorer/side';
import { Stream } from '#properties/explorer/stream';
import { Symmetry } from '#properties/explorer/symmetry';
import { planted } from '../../support/planted-designs.js';
import { pack } from '../../support/script.js';

const SCOPE = { processes: 2, pages: 4, records: false };
const UNCHANGED = new Symmetry(new Int32Array(0), 2, false).at(0);
const OPEN = 'open fd=0';
const MMAP = 'mmap fd=0 npages=2 prot=read';

/** A side after these operations, each of which went. */
function sideAfter(texts: readonly string[], design: Design = advance, only?: readonly string[]): Side {
  const side = new Side(design, DEFAULT_ENV, SCOPE, only);
  for (const text of texts) {
    expect(side.step(pack(text), 0), text).toBe(GO_ON);
    expect(side.lockstep.obs[0], text).toBe(OK);
  }
  return side;
}

const intsOf = ({ world, spec }: Side) => [
  [...world.words],
  [...new Int32Array(spec.state.procAlive.buffer, 0, spec.state.size)],
];

/** Write a side. @returns its parts: the system, each process, each event, each buffer */
function partsOf(side: Side, stream = new Stream(UNCHANGED)): number[][] {
  stream.write(UNCHANGED, false);
  side.number(stream);
  expect(side.visitProcesses(stream)).toBe(true);
  expect(stream.parts).toBe(1 + SCOPE.processes);
  expect(side.visitObjects(stream)).toBe(true);
  const ends = [...stream.ends.subarray(0, stream.parts)];
  return ends.map((end, i) => [...stream.ints.subarray(ends[i - 1] ?? 0, end)]);
}

describe('a side', () => {
  it('is a design with its specification and invariants, at the start of every sequence', () => {
    const env = { ...DEFAULT_ENV, gift: 3 };
    const side = new Side(advance, env, SCOPE);
    const { subject, world, spec, checker } = side;
    expect(subject.id).toBe('advance');
    expect(subject.invariants).toBe(checker);
    expect(subject.specification(0)).toBe(spec);
    expect(checker.world).toBe(world);
    expect([world.sys.gift[0], spec.state.scalar[GIFT]]).toEqual([3, 3]);
    expect(subject.picture?.(0)).toHaveLength(4);
  });

  it('judges each operation by itself, by the invariants that are asked', () => {
    const mmap = 'mmap fd=0 npages=2 prot=read+write';
    const side = sideAfter([OPEN, mmap], planted('mkwrite-page-1'));
    side.remember();
    expect(side.step(pack('store page=1 value=17'), 0)).toBe(FAILED);
    side.restore();
    expect(side.step(pack('store value=17'), 0)).toBe(GO_ON);
    const blind = sideAfter([OPEN, mmap], planted('mkwrite-page-1'), ['nothing-left']);
    expect(blind.step(pack('store page=1 value=17'), 0)).toBe(FAILED);
    expect(blind.lockstep.failure(pack('store page=1 value=17'), 0).kind).toBe('spec');
  });

  it('does not remember on whose behalf the kernel ran', () => {
    const side = sideAfter([]);
    side.remember();
    side.step(pack('maps'), 0);
    expect(side.world.sys.current[0]).toBe(0);
    expect(side.isUnchanged()).toBe(true);
  });

  it('goes back to what was remembered', () => {
    const side = sideAfter([OPEN]);
    const before = intsOf(side);
    side.remember();
    side.step(pack(MMAP), 0);
    expect(side.isUnchanged()).toBe(false);
    side.restore();
    expect(side.isUnchanged()).toBe(true);
    expect(intsOf(side)).toEqual(before);
    side.step(pack(MMAP), 0);
    side.remember();
    expect(side.isUnchanged()).toBe(true);
    side.step(pack('munmap npages=2'), 0);
    side.restore();
    expect(partsOf(side)).toEqual(partsOf(sideAfter([OPEN, MMAP])));
  });

  it('is changed when the model is, or the specification alone', () => {
    const side = sideAfter([OPEN]);
    side.remember();
    side.world.sys.gift[0]++;
    expect(side.isUnchanged()).toBe(false);
    side.world.sys.gift[0]--;
    expect(side.isUnchanged()).toBe(true);
    side.spec.state.scalar[GIFT]++;
    expect(side.isUnchanged()).toBe(false);
  });

  it('is changed by what is turned away when that uses up an injected failure', () => {
    const side = sideAfter(['inject site=pgtable nth=1']);
    side.remember();
    side.step(pack('1: inject site=alloc'), 0);
    expect(side.lockstep.obs[0]).toBe(SKIP);
    expect(side.isUnchanged()).toBe(true);
    side.step(pack('close fd=0'), 0);
    expect(side.lockstep.obs[0]).toBe(SKIP);
    expect(side.isUnchanged()).toBe(false);
    expect([side.world.sys.inject_site[0], side.spec.state.scalar[ARMED]]).toEqual([0, 0]);
    side.remember();
    side.step(pack('close fd=0'), 0);
    expect(side.isUnchanged()).toBe(true);
  });

  it('says when a table of the model was full', () => {
    const side = sideAfter([OPEN]);
    expect(side.isFull).toBe(false);
    side.lockstep.obs[0] = BOUND;
    expect(side.isFull).toBe(true);
  });
});

describe('the form of a side', () => {
  const shared = [OPEN, MMAP, 'open fd=1 flags=inherit', 'fork child=1'];

  it('is read back into a side that was anywhere', () => {
    const stream = new Stream(UNCHANGED);
    const parts = partsOf(sideAfter(shared), stream);
    expect(parts).toHaveLength(1 + 2 + 2 + 1);
    const length = stream.length;
    const other = sideAfter([
      'open fd=3',
      'mmap fd=3 page=2 npages=2 prot=read',
      'gift pages=1',
      'fork child=1',
    ]);
    stream.read(UNCHANGED);
    expect(other.visitProcesses(stream)).toBe(true);
    expect(other.visitObjects(stream)).toBe(true);
    expect(stream.length).toBe(length);
    expect(other.isRegular()).toBe(true);
    expect(partsOf(other)).toEqual(parts);
    expect(partsOf(other)).toEqual(parts);
    expect(other.step(pack('1: munmap npages=2'), 0)).toBe(GO_ON);
  });

  it('is there when everything in use has a name, in the model and in the specification', () => {
    const regular = (side: Side): boolean => {
      const stream = new Stream(UNCHANGED);
      stream.write(UNCHANGED, false);
      side.number(stream);
      return side.isRegular();
    };
    expect(regular(sideAfter(shared))).toBe(true);
    const leaky = sideAfter(shared);
    leaky.world.event.used[7] = 1;
    expect(regular(leaky)).toBe(false);
    const odd = sideAfter(shared);
    odd.spec.state.eventRefs[7] = 1;
    expect(regular(odd)).toBe(false);
  });

  it.each([
    [
      3,
      'event',
      (side: Side) => side.spec.state.fdEvent.fill(NONE),
      (side: Side) => side.world.files.event.fill(0),
    ],
    [
      4,
      'buffer',
      (side: Side) => side.spec.state.eventBuffer.fill(NONE),
      (side: Side) => side.world.event.rb.fill(0),
    ],
  ])(
    'has, as part %i, the %s of the model, then that of the specification, or of one alone',
    (at, _, ...lose) => {
      const texts = at === 3 ? [OPEN] : [OPEN, MMAP];
      const both = partsOf(sideAfter(texts));
      const [model, specification] = lose.map((forget) => {
        const side = sideAfter(texts);
        forget(side);
        return partsOf(side);
      });
      for (const parts of [both, model, specification]) expect(parts).toHaveLength(at + 1);
      expect(model[at].length * specification[at].length).toBeGreaterThan(0);
      expect([...model[at], ...specification[at]]).toEqual(both[at]);
    },
  );

  // Each comes after what is kept, in this part alone and by what stands after it.
  it.each([
    [1, 'gift pages=13'],
    [2, 'rlimit pages=7'],
    [3, '1: rlimit pages=7'],
    [4, 'gift pages=12', 'open fd=0 flags=backward'],
    [6, 'record count=2'],
  ])('loses a contest at the end of part %i: %s', (lost, text, open = OPEN) => {
    const records = { ...SCOPE, records: true };
    const texts = (first: string) => [first, MMAP, 'open fd=1', 'fork child=1'];
    const make = (each: readonly string[]): Side => {
      const side = new Side(advance, DEFAULT_ENV, records);
      for (const one of each) side.step(pack(one), 0);
      return side;
    };
    const [kept, later] = [make(texts(OPEN)), make([...texts(open), text])];
    const contest = (one: Side, other: Side) => {
      const stream = new Stream(UNCHANGED);
      partsOf(one, stream);
      stream.keep();
      stream.write(UNCHANGED, true);
      other.number(stream);
      const went = other.visitProcesses(stream) && other.visitObjects(stream);
      return [went, stream.parts];
    };
    expect(contest(kept, later)).toEqual([false, lost]);
    expect(contest(later, kept)).toEqual([true, 6]);
    expect(contest(kept, kept)).toEqual([true, 6]);
  });
});
