import { describe, expect, it } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { ERRNO } from '#model/alphabet/errno';
import { INJECT_ALLOC } from '#model/alphabet/operands';
import type { Trace } from '#model/alphabet/trace';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import { should_fail } from '#model/kernel/inject';
import { ModelSystem } from '#model/model-system';
import { encodeToken } from '#model/trace/token';
import { separatingPoints } from '#properties/claims/comparison';
import type { Bounds } from '#properties/explorer/bounds';
import { explainDifference } from '#properties/explorer/explain-difference';
import { Explorer } from '#properties/explorer/explorer';
import { differingParts } from '#properties/explorer/parts';
import { planted } from '../../support/planted-designs.js';
import { ENDLESS, LONELY, search, TINY } from './tiny.js';

const GUP: Bounds = {
  ...TINY,
  operations: [
    ...TINY.operations,
    { op: 'madvise', with: { page: [0], npages: [2], advice: ['DONTNEED', 'COLD'] } },
    { op: 'vm_readv', with: { target: [0, 1], page: [0] } },
  ],
};

describe('explore, one design against another', () => {
  it('lists the differences, each explained by the variation points that it takes', async () => {
    const { closed, counterexample, differences } = await search(advance, GUP, { against: demand_fault });
    expect(closed).toBe(true);
    expect(counterexample).toBeUndefined();
    expect(differences.map(({ op, outcomes, what, points }) => [op, ...outcomes, what, points])).toEqual([
      ['madvise DONTNEED', 'EINVAL', 'ok', 'outcome', ['dontneed-refused']],
      ['madvise COLD', 'EINVAL', 'ok', 'outcome', ['lru-advice-refused']],
      ['maps', 'ok', 'ok', 'VmFlags io pf', ['pfnmap-flags']],
      ['maps', 'ok', 'ok', 'Rss', ['not-resident']],
      ['vm_readv scratch', 'EFAULT', 'ok', 'outcome', ['gup-refused']],
    ]);
  });

  it('names the point that leaves a choice to one side alone', async () => {
    const { differences } = await search(advance, LONELY, { against: demand_fault });
    const points = ['tables-made-by-mmap'];
    expect(differences).toMatchObject([{ op: 'mmap', outcomes: ['ENOMEM', 'ok'], either: false, points }]);
  });

  it('tells a choice that the specification leaves to both from a variation point', async () => {
    const allocates_more: Design = {
      ...advance,
      id: 'allocates-more',
      mmap: (w, v) => (should_fail(w, INJECT_ALLOC) ? -ERRNO.ENOMEM : advance.mmap(w, v)),
    };
    const operations = [{ op: 'inject', with: { site: ['alloc'], nth: [3] } }, ...TINY.operations] as const;
    const bounds = { ...TINY, operations };
    const { differences, closed } = await search(advance, bounds, { against: allocates_more });
    expect(closed).toBe(true);
    expect(differences).toMatchObject([{ op: 'mmap', outcomes: ['ok', 'ENOMEM'], either: true, points: [] }]);
  });

  it('explains every occurrence, not only the first of its kind', async () => {
    const advice = ['DONTNEED', 'COLD', 'DOFORK', 'POPULATE_READ', 'POPULATE_WRITE'];
    const bounds: Bounds = {
      ...TINY,
      operations: [
        { op: 'open', with: { fd: [0] } },
        { op: 'mmap', with: { fd: [0], page: [0], npages: [2], prot: [['read', 'write']] } },
        { op: 'munmap', with: { page: [0], npages: [2] } },
        { op: 'inject', with: { proc: [0], site: ['pgtable'], nth: [1] } },
        { op: 'mprotect', with: { page: [0], npages: [2], prot: [[]] } },
        { op: 'mlock', with: { page: [0], npages: [2] } },
        { op: 'madvise', with: { page: [0], npages: [2], advice } },
        { op: 'load', with: { page: [0] } },
        { op: 'vm_readv', with: { target: [0, 1], page: [0] } },
        { op: 'fork', with: { child: [0, 1] } },
        { op: 'maps' },
      ],
    };
    const explorer = new Explorer({ design: advance, against: demand_fault, bounds, symmetry: true });
    await explorer.run(ENDLESS);
    const [one, other] = [new ModelSystem(advance), new ModelSystem(demand_fault)];
    const last = ({ env, ops }: Trace, system: ModelSystem): Int32Array => {
      const obs = new Int32Array(OBS_WIDTH);
      system.reset(env);
      for (let at = 0; at < ops.length; at += OP_WIDTH) system.step(ops, at, obs);
      return obs;
    };
    const seen = new Set<string>();
    let occurrences = 0;
    for (let state = 0; state < explorer.store.count; state++) {
      for (let operation = 0; operation < explorer.expander.ops.length / OP_WIDTH; operation++) {
        const trace = explorer.traceTo(state, operation);
        const kind = trace.ops.at(-OP_WIDTH) ?? 0;
        for (const { what } of differingParts(kind, last(trace, one), last(trace, other))) {
          const { either, points } = explainDifference(advance, demand_fault, trace, what);
          expect(either, what).toBe(false);
          expect(points, `${what}: ${encodeToken('advance', trace)}`).toHaveLength(1);
          occurrences++;
          seen.add(points[0] ?? '');
        }
      }
    }
    expect(occurrences).toBe(explorer.differences.list().reduce((sum, { count }) => sum + count, 0));
    expect(seen).toEqual(new Set(separatingPoints(advance, demand_fault)));
  }, 120_000);

  it('finds none between a design and itself', async () => {
    const { closed, differences, states } = await search(advance, GUP, {
      against: { ...advance, id: 'twin' },
    });
    expect(closed).toBe(true);
    expect(differences).toEqual([]);
    expect(states).toBe((await search(advance, GUP)).states);
  });

  it('finds what is wrong in the second design', async () => {
    const { counterexample } = await search(advance, TINY, { against: planted('mkwrite-page-1') });
    expect(counterexample?.system).toBe('mkwrite-page-1');
  });
});
