import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { SKIP } from '#model/alphabet/observations';
import { Spec } from '#model/spec/index';
import { traces } from '#properties/arbitraries/traces';
import { withoutIdle } from '#shrinkers/idle';
import { traceOf } from './traces.js';

describe('withoutIdle', () => {
  it('drops what names a process, a descriptor or a range that cannot be there', () => {
    const trace = traceOf([
      ['close', 0, 0],
      ['open', 0, 0, 0, -1],
      ['mmap', 0, 1, 0, 1, 1],
      ['dup', 0, 0, 1],
      ['mmap', 0, 1, 0, 1, 1],
      ['munmap', 0, 31, 2],
      ['load', 1, 0, 0],
      ['fork', 0, 1],
      ['close', 1, 1],
      ['close', 1, 1],
      ['vm_readv', 0, 1, 0, 0],
      ['exit', 1],
      ['vm_readv', 0, 1, 0, 0],
    ]);
    expect(withoutIdle(trace)).toEqual(
      traceOf([
        ['open', 0, 0, 0, -1],
        ['dup', 0, 0, 1],
        ['mmap', 0, 1, 0, 1, 1],
        ['fork', 0, 1],
        ['close', 1, 1],
        ['vm_readv', 0, 1, 0, 0],
        ['exit', 1],
      ]),
    );
  });

  it('drops nothing that can do something: all that it drops is skipped', () => {
    const spec = new Spec(0x3fff);
    const obs = new Int32Array(OBS_WIDTH);
    const wild = fc.array(
      fc
        .constantFrom(...(['close', 'mmap', 'fork', 'exit', 'dup', 'munmap', 'load', 'open'] as const))
        .chain((name) => fc.tuple(fc.constant(name), fc.integer({ min: 0, max: 2 }), fc.nat(1), fc.nat(1))),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(wild, (steps) => {
        const trace = traceOf(
          steps.map(([name, proc, a, b]) => [name, proc, a, b, name === 'open' ? -1 : 1]),
        );
        spec.reset(trace.env);
        const kept: number[] = [];
        for (let at = 0; at < trace.ops.length; at += OP_WIDTH) {
          spec.step(trace.ops, at, obs);
          if (obs[0] !== SKIP) kept.push(...trace.ops.slice(at, at + OP_WIDTH));
        }
        // What is skipped for another reason may stay; what is done must.
        const left = withoutIdle(trace).ops.join();
        for (let at = 0; at < kept.length; at += OP_WIDTH)
          expect(left).toContain(kept.slice(at, at + OP_WIDTH).join());
      }),
    );
  });

  it('gives a trace back as it is when all of it can be done', () => {
    fc.assert(
      fc.property(traces(new Spec(0x3fff), { maxLength: 20 }), (trace) => {
        const once = withoutIdle(trace);
        expect(withoutIdle(once)).toBe(once);
      }),
    );
  });
});
