import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { OP } from '#model/alphabet/operations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { traceLength } from '#model/alphabet/trace';
import { KNOWN_FINDINGS, Spec, VARIATION_POINTS } from '#model/spec/index';
import { judgeRecording } from '#properties/checkers/judge-recording';
import { SpecKernel } from '#properties/checkers/spec-kernel';
import { POINT_BOUNDS } from '#properties/conformance/point-bounds';
import { distinguishing } from '#properties/conformance/shortest-difference';
import { alphabetOf } from '#properties/explorer/alphabet';
import { KERNEL_FLAVOUR } from '../checkers/fakes.js';

const ENV = { ...DEFAULT_ENV, gift: 5, rlimit: 6 };
const ALPHABETS = POINT_BOUNDS.map(({ bounds, depth }) => ({ ops: alphabetOf(bounds), depth }));
const POINTS = [
  ...VARIATION_POINTS.map(({ id }, bit) => ({ id, bit })),
  ...KNOWN_FINDINGS.map(({ id, bit }) => ({ id, bit })),
];
const sides = (bit: number) => [KERNEL_FLAVOUR & ~(1 << bit), KERNEL_FLAVOUR | (1 << bit)] as const;

/** How a specification of one flavour takes what one of another answers. */
async function takes(judge: number, answers: number, ops: Int32Array) {
  const [recording] = await new SpecKernel({ id: 'x', env: ENV }, new Spec(answers)).run([ops]);
  return judgeRecording(new Spec(judge), { env: ENV, ops }, recording).failure;
}

/** How a specification takes it when the last operation is ENOMEM, and all before as it should. */
async function failsLast(judge: number, ops: Int32Array) {
  const [{ obs, steps }] = await new SpecKernel({ id: 'x', env: ENV }, new Spec(judge)).run([ops]);
  obs[obs.length - 2] = -12;
  return judgeRecording(new Spec(judge), { env: ENV, ops }, { obs, steps }).failure;
}

describe('sequences that tell the sides apart', { timeout: 120_000 }, () => {
  it.each(POINTS)('exist for $id', async ({ id, bit }) => {
    const found = distinguishing(ENV, ALPHABETS, sides(bit));
    expect(found.length, id).toBeGreaterThan(0);
    const [zero, one] = sides(bit);
    // Where side 1 says nothing any more, the sequences end with a look.
    const isOpen = id === 'kept-mapping-stays-locked';
    for (const { ops } of found) {
      expect(await takes(zero, zero, ops)).toBeUndefined();
      if (isOpen) {
        expect([OP.maps, OP.status, OP.headroom]).toContain(ops[ops.length - OP_WIDTH]);
        continue;
      }
      const last = traceLength(ops) - 1;
      if (id === 'tables-made-by-mmap') {
        // Side 1 allows the failure, and that it does not come to it.
        expect(await failsLast(one, ops)).toBeUndefined();
        expect((await failsLast(zero, ops))?.step).toBe(last);
        continue;
      }
      expect((await takes(zero, one, ops))?.step).toBe(last);
      expect((await takes(one, zero, ops))?.step).toBe(last);
    }
  });

  it('are as short as can be: every shorter sequence of the alphabet shows the same on both sides', async () => {
    const bit = POINTS.find(({ id }) => id === 'redirected-busy')?.bit ?? 0;
    const [zero, one] = sides(bit);
    const small = alphabetOf({
      name: 'x',
      processes: 1,
      records: 'unseen',
      operations: [
        { op: 'open', with: { fd: [0, 1], output: [-1, 0] } },
        { op: 'mmap', with: { fd: [0, 1], page: [0, 3], npages: [2], prot: [['read']] } },
      ],
    });
    const [found] = distinguishing(ENV, [{ ops: small, depth: 6 }], [zero, one]);
    const length = traceLength(found.ops);
    expect(length).toBe(4);
    const kinds = Array.from({ length: traceLength(small) }, (_, i) => small.slice(i * 8, i * 8 + 8));
    let sequences: number[][] = [[]];
    for (let n = 1; n < length; n++) {
      sequences = sequences.flatMap((sequence) => kinds.map((kind) => [...sequence, ...kind]));
      for (const sequence of sequences)
        expect(await takes(zero, one, Int32Array.from(sequence))).toBeUndefined();
    }
  });

  it('do not exist for what is the same', () => {
    expect(distinguishing(ENV, ALPHABETS.slice(1, 3), [KERNEL_FLAVOUR, KERNEL_FLAVOUR])).toEqual([]);
  });
});
