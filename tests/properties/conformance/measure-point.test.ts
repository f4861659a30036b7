import { describe, expect, it } from 'vitest';
import { HANG, OK, UNOBSERVED } from '#model/alphabet/observations';
import { OP, type OpName } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { type Trace, traceLength } from '#model/alphabet/trace';
import { KNOWN_FINDINGS, VARIATION_POINTS } from '#model/spec/index';
import { encodeToken } from '#model/trace/token';
import { splitObservations } from '#properties/checkers/explain';
import { exactSide, type Point, PointMeasurement } from '#properties/conformance/measure-point';
import { traceOf } from '../../shrinkers/traces.js';
import { type Alter, FakeKernel, FakeSystem, KERNEL_FLAVOUR } from '../checkers/fakes.js';
import { bitOf } from './kernels.js';

const ENV = { ...DEFAULT_ENV, aux: false };

function pointOf(id: string): Point {
  const bit = Math.log2(bitOf(id));
  const finding = KNOWN_FINDINGS.find((each) => each.id === id);
  return { point: finding ?? VARIATION_POINTS[bit], bit, finding: finding !== undefined };
}

type Step = readonly [OpName, ...number[]];
const OPEN: Step = ['open', 0, 0, 0, -1];
const MMAP: Step = ['mmap', 0, 0, 0, 2, 1, 0, 0];
const COLD: Step = ['madvise', 0, 0, 2, 17];
const DIRECT: Step = ['direct_write', 0, 0];
const SPLICE: Step = ['vmsplice', 0, 0];
const OPEN_AUX: Step = ['open', 0, 0, 4, -1];

const traced = (...steps: Step[]): Trace => traceOf(steps, ENV);
const LRU = pointOf('lru-advice-refused');
const GUP = pointOf('gup-refused');

/** Ask a kernel of this flavour about a point, with sequences of these operations. */
async function measure(
  point: Point,
  steps: readonly Step[],
  { alter, cutShort, flavour = KERNEL_FLAVOUR }: Fake = {},
) {
  const kernel = new FakeKernel(new FakeSystem(alter, flavour), cutShort);
  const alphabet = { ops: traced(...steps).ops, depth: 3 };
  const measurement = new PointMeasurement(kernel, KERNEL_FLAVOUR, [alphabet]);
  return { kernel, measurement, ...(await measurement.measure(point, KERNEL_FLAVOUR)) };
}

interface Fake {
  readonly alter?: Alter;
  readonly cutShort?: ConstructorParameters<typeof FakeKernel>[1];
  readonly flavour?: number;
}

/** What a kernel of a flavour answers to a trace. */
async function witnessOf(trace: Trace, { alter, flavour = KERNEL_FLAVOUR }: Fake = {}) {
  const [recording] = await new FakeKernel(new FakeSystem(alter, flavour)).run([trace.ops]);
  return {
    trace,
    observations: splitObservations(trace.ops, recording.obs, traceLength(trace.ops)),
    token: encodeToken('linux-6.18.44', trace),
    repeats: 10,
  };
}

const about = ({ point: { id, sides }, finding, bit }: Point) => ({
  id,
  finding,
  sides,
  expected: (KERNEL_FLAVOUR >> bit) & 1,
});

/** The operation at hand is of this kind: it is answered with this status. */
const answering =
  (kinds: readonly number[], status: number): Alter =>
  (ops, at, obs) => {
    if (kinds.includes(ops[at])) obs[0] = status;
  };

describe('PointMeasurement', () => {
  it('runs a sequence that tells the sides apart ten times, and says on which side the kernel is', async () => {
    const trace = traced(OPEN, MMAP, COLD);
    const here = await measure(LRU, [OPEN, MMAP, COLD]);
    expect(here.result).toEqual({ ...about(LRU), measured: 1, witness: await witnessOf(trace) });
    expect(here.unexplained).toBeUndefined();
    expect(here.kernel.sequences).toBe(10);
    const other = { flavour: KERNEL_FLAVOUR ^ bitOf('lru-advice-refused') };
    const there = await measure(LRU, [OPEN, MMAP, COLD], other);
    expect(there.result).toEqual({ ...about(LRU), measured: 0, witness: await witnessOf(trace, other) });
  });

  it('says so when no sequence tells', async () => {
    const { result, kernel } = await measure(LRU, [OPEN, MMAP, DIRECT]);
    expect(result).toEqual({
      ...about(LRU),
      notObservable: 'no sequence within the bounds tells the sides apart',
    });
    expect(kernel.sequences).toBe(0);
  });

  it('does without what the machine cannot do, and does not try it again', async () => {
    const { result, kernel, measurement } = await measure(GUP, [OPEN, MMAP, SPLICE, DIRECT], {
      alter: answering([OP.vmsplice], UNOBSERVED),
    });
    expect(result).toMatchObject({ measured: 1, witness: { trace: traced(OPEN, MMAP, DIRECT) } });
    expect(kernel.sequences).toBe(20);
    await measurement.measure(GUP, KERNEL_FLAVOUR);
    expect(kernel.sequences).toBe(30);
  });

  it('says what the machine cannot do, each reason once, when nothing else is left', async () => {
    const first = await measure(GUP, [OPEN, MMAP, DIRECT], {
      alter: answering([OP.open, OP.direct_write], UNOBSERVED),
    });
    expect(first.result).toEqual({
      ...about(GUP),
      notObservable: 'no PMU with AUX buffers, the file system has no O_DIRECT',
    });
    const second = await measure(GUP, [OPEN, MMAP, SPLICE], {
      alter: answering([OP.mmap, OP.vmsplice], UNOBSERVED),
    });
    expect(second.result.notObservable).toBe('not possible here');
    const third = await measure(LRU, [OPEN_AUX, MMAP, COLD]);
    expect(third.result.notObservable).toBe('no PMU with AUX buffers');
  });

  it('takes no side from a sequence that the kernel does not come to the end of', async () => {
    let runs = 0;
    const cutShort = () => (runs++ === 3 ? { steps: 2 } : undefined);
    const { result } = await measure(LRU, [OPEN, MMAP, COLD], { cutShort });
    expect(result).toEqual({ ...about(LRU), notObservable: 'its sequences end early there' });
  });

  it.each([OK, -22])('takes no side from a kernel that answers %i once and otherwise else', async (once) => {
    let runs = 0;
    const alter: Alter = (ops, at, obs) => {
      if (ops[at] === OP.madvise) obs[0] = runs++ === 7 ? once : -22 - once;
    };
    const { result, unexplained } = await measure(LRU, [OPEN, MMAP, COLD], { alter });
    expect(result).toEqual({ ...about(LRU), notObservable: 'it does not always answer alike' });
    expect(unexplained).toBeUndefined();
  });

  it.each([
    ['lru-advice-refused', 'process 0: madvise gave errno 99, allowed EINVAL'],
    ['dofork-refused', 'process 0: madvise gave errno 99, allowed ok'],
  ])('tells what neither side of %s explains, though it came once', async (id, detail) => {
    const point = pointOf(id);
    const advice: Step = id === 'dofork-refused' ? ['madvise', 0, 0, 2, 8] : COLD;
    const make = (): Alter => {
      let runs = 0;
      return (ops, at, obs) => {
        if (ops[at] === OP.madvise && runs++ === 6) obs[0] = -99;
      };
    };
    const expected = KERNEL_FLAVOUR & ~bitOf('dofork-refused');
    const kernel = new FakeKernel(new FakeSystem(make(), expected));
    const alphabet = { ops: traced(OPEN, MMAP, advice).ops, depth: 3 };
    const { result, unexplained } = await new PointMeasurement(kernel, expected, [alphabet]).measure(
      point,
      expected,
    );
    const trace = traced(OPEN, MMAP, advice);
    const shown = await witnessOf(trace, { alter: answering([OP.madvise], -99) });
    expect(result).toMatchObject({ id, witness: shown, unexplained: { step: 2, detail } });
    expect(result.measured).toBeUndefined();
    expect(result.notObservable).toBeUndefined();
    expect(unexplained).toEqual({ trace, recording: { obs: Int32Array.of(0, 0, 0, 0, -99, 0), steps: 3 } });
  });

  it('takes an operation that does not end for unexplained', async () => {
    const { result } = await measure(LRU, [OPEN, MMAP, COLD], { alter: answering([OP.madvise], HANG) });
    expect(result.unexplained?.kind).toBe('hang');
  });

  it('holds a kernel to the sides of the other points that it is told, not to those of its release', async () => {
    // The flags that `maps` shows are about another point than the page that a load brings.
    const other = KERNEL_FLAVOUR ^ bitOf('pfnmap-flags');
    const kernel = new FakeKernel(new FakeSystem(undefined, other));
    const alphabet = { ops: traced(OPEN, MMAP, ['load', 0, 0, 0], ['maps', 0]).ops, depth: 4 };
    const measurement = new PointMeasurement(kernel, KERNEL_FLAVOUR, [alphabet]);
    const point = pointOf('not-resident');
    expect((await measurement.measure(point, other)).result).toMatchObject({ expected: 1, measured: 1 });
    const { result } = await measurement.measure(point, KERNEL_FLAVOUR);
    expect(result.unexplained?.detail).toContain('page 0');
  });
});

describe('where one side allows everything', () => {
  const KEPT = pointOf('kept-mapping-stays-locked');
  const LOCKED: Step = ['mmap', 0, -1, 0, 2, 1, 9, 0];
  const MOVED: Step = ['mremap', 0, 0, 1, 1, 3, 4];
  const STEPS: readonly Step[] = [LOCKED, MOVED, ['maps', 0], ['status', 0], ['headroom', 0]];
  const WITHOUT = KERNEL_FLAVOUR & ~bitOf('kept-mapping-stays-locked');

  it('is on the other side who answers exactly as that says, whatever looks', async () => {
    const { result, kernel } = await measure(KEPT, STEPS, { flavour: WITHOUT });
    const trace = traced(LOCKED, MOVED, ['maps', 0]);
    expect(result).toEqual({
      ...about(KEPT),
      measured: 0,
      witness: await witnessOf(trace, { flavour: WITHOUT }),
    });
    expect(kernel.sequences).toBe(30);
  });

  it('is on that side who answers otherwise where something looks', async () => {
    const alter: Alter = (ops, at, obs) => {
      if (ops[at] === OP.status) obs[2]++;
    };
    const { result, kernel } = await measure(KEPT, STEPS, { flavour: WITHOUT, alter });
    expect(result).toMatchObject({ measured: 1, witness: { trace: traced(LOCKED, MOVED, ['status', 0]) } });
    expect(kernel.sequences).toBe(20);
  });

  it('is neither who answers otherwise now and then', async () => {
    let runs = 0;
    const alter: Alter = (ops, at, obs) => {
      if (ops[at] === OP.status && runs++ === 4) obs[2]++;
    };
    const { result } = await measure(KEPT, STEPS, { flavour: WITHOUT, alter });
    expect(result).toEqual({ ...about(KEPT), notObservable: 'it does not always answer alike' });
  });

  it('is the side that leaves nothing open which is exact', () => {
    const { ops } = traced(LOCKED, MOVED, ['maps', 0]);
    expect(exactSide(WITHOUT, { env: ENV, ops })).toBe(0);
    expect(exactSide(WITHOUT | bitOf('kept-mapping-stays-locked'), { env: ENV, ops })).toBe(1);
    const { ops: failing } = traced(OPEN, ['inject', 0, 1, 0], MMAP, ['maps', 0]);
    const tables = bitOf('tables-made-by-mmap');
    expect(exactSide(WITHOUT | tables, { env: ENV, ops: failing })).toBe(1);
    expect(exactSide(WITHOUT & ~tables, { env: ENV, ops: failing })).toBe(0);
  });
});
