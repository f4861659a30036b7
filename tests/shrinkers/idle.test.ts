import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { SKIP } from '#model/alphabet/observations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { Spec } from '#model/spec/index';
import { traces } from '#properties/arbitraries/traces';
import { withoutIdle } from '#shrinkers/idle';
import { read, told, traceOf } from './traces.js';

/** What is left of a trace in words. */
const left = (text: string): string => told(withoutIdle(read(text)));

describe('withoutIdle', () => {
  it('keeps what a process does while it lives: from its fork to its exit, and from its next fork on', () => {
    expect(left('maps 1; fork 0 1; maps 1; fork 1 2; exit 1; maps 1; maps 2; fork 2 1; maps 1')).toBe(
      'fork 0 1; maps 1; fork 1 2; exit 1; maps 2; fork 2 1; maps 1',
    );
    expect(left('exit 0; maps 0; fork 0 1; maps 1')).toBe('exit 0');
  });

  it('drops a fork that nobody does, and one into a process that lives', () => {
    expect(left('fork 1 2; fork 0; fork 0 1; fork 0 1; open 0 0 0 -1; close 1')).toBe(
      'fork 0 1; open 0 0 0 -1',
    );
  });

  it('drops what is done to a process that does not live', () => {
    expect(left('mem_read 0 1 3; fork 0 1; mem_read 0 1 3; mem_read 1 0 3; exit 1; mem_read 0 1 3')).toBe(
      'fork 0 1; mem_read 0 1 3; mem_read 1 0 3; exit 1',
    );
  });

  it('keeps what names a descriptor that was opened or duplicated, until it is closed', () => {
    expect(left('close 0 1; open 0 1 0 -1; close 0 1; close 0 1; open 0 1 0 -1; close 0 1')).toBe(
      'open 0 1 0 -1; close 0 1; open 0 1 0 -1; close 0 1',
    );
    expect(left('dup 0 1 3; close 0 3; open 0 1 0 -1; dup 0 1 3; close 0 1; close 0 3; close 0 3')).toBe(
      'open 0 1 0 -1; dup 0 1 3; close 0 1; close 0 3',
    );
    // To close one opens no other.
    expect(left('open 0 0 0 -1; close 0; close 0 1; record 0 3; close 0 3')).toBe(
      'open 0 0 0 -1; close 0; record 0 3',
    );
  });

  it('asks for every descriptor that an operation uses, where it names one', () => {
    expect(left('open 0 0 0 1; open 0 0 0 -1; open 0 1')).toBe('open 0 0 0 -1; open 0 1');
    expect(left('open 0 0 0 -1; set_output 0 0 2; set_output 0 2; set_output 0 0 -1')).toBe(
      'open 0 0 0 -1; set_output 0 0 -1',
    );
    expect(left('mmap 0 0 3 1 1; mmap 0 -1 3 1 1')).toBe('mmap 0 -1 3 1 1');
  });

  it('gives a child the descriptors that its parent has then, and no others', () => {
    expect(
      left('open 0 1 0 -1; fork 0 1; open 0 2 0 -1; close 1 2; close 1 1; close 0 1; close 1 1; close 0 2'),
    ).toBe('open 0 1 0 -1; fork 0 1; open 0 2 0 -1; close 1 1; close 0 1; close 0 2');
    expect(left('fork 0 1; open 1 1 0 -1; exit 1; fork 0 1; close 1 1')).toBe(
      'fork 0 1; open 1 1 0 -1; exit 1; fork 0 1',
    );
  });

  it('drops a range that ends behind the arena, and what it would have made', () => {
    expect(left('munmap 0 31 1; munmap 0 31 2; munmap 0 20 12; munmap 0 21 12; load 0 31 2')).toBe(
      'munmap 0 31 1; munmap 0 20 12; load 0 31 2',
    );
    // Of mremap the old range counts.
    expect(left('mremap 0 31 2 1 2; mremap 0 2 1 2 2 31')).toBe('mremap 0 2 1 2 2 31');
  });

  it('gives back the trace itself when nothing is dropped, else another in the same environment', () => {
    const trace = read('maps 0; fork 0 1', { ...DEFAULT_ENV, gift: 3 });
    expect(withoutIdle(trace)).toBe(trace);
    const idle = read('maps 0; maps 1; status 0', trace.env);
    expect(withoutIdle(idle)).toEqual(read('maps 0; status 0', trace.env));
  });

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
