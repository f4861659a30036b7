import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OP_NAMES, OPERATIONS } from '#model/alphabet/operations';
import { type OperationJson, operationToJson } from '#model/trace/operation-json';
import { callText } from '#reports/terminal/call';
import { operation } from '../../model/trace/arbitraries.js';

const call = (op: OperationJson['op'], operands: Record<string, number | string | string[]>): string =>
  callText({ op, proc: 0, ...operands } as OperationJson);

describe('a call', () => {
  it('reads like C', () => {
    expect(
      call('mmap', { fd: 0, page: 4, npages: 1, prot: [], flags: ['private', 'noreplace'], pgoff: 2 }),
    ).toBe('mmap(page 4, 1 page, PROT_NONE, MAP_PRIVATE|MAP_FIXED_NOREPLACE, fd 0, pgoff 2)');
    expect(call('mmap', { fd: -1, page: 0, npages: 2, prot: ['exec'], flags: ['populate'], pgoff: 2 })).toBe(
      'mmap(page 0, 2 pages, PROT_EXEC, MAP_SHARED|MAP_FIXED|MAP_ANONYMOUS|MAP_POPULATE, -1)',
    );
    expect(call('open', { fd: 1, flags: ['cpu', 'aux'], output: 0 })).toBe(
      'perf_event_open(pid 0, cpu 0, aux, PERF_FLAG_FD_OUTPUT fd 0) as fd 1',
    );
    expect(call('set_output', { fd: 1, target: -1 })).toBe('ioctl(fd 1, PERF_EVENT_IOC_SET_OUTPUT, -1)');
    expect(call('mremap', { page: 4, npages: 3, new_npages: 1, mode: 'dontunmap', new_page: 9 })).toBe(
      'mremap(page 4, 3 pages, 1 page, MREMAP_MAYMOVE|MREMAP_FIXED|MREMAP_DONTUNMAP, page 9)',
    );
    expect(call('mremap', { page: 4, npages: 3, new_npages: 1, mode: 'none', new_page: 9 })).toBe(
      'mremap(page 4, 3 pages, 1 page, 0)',
    );
    expect(call('madvise', { page: 4, npages: 3, advice: 'DONTNEED' })).toBe(
      'madvise(page 4, 3 pages, MADV_DONTNEED)',
    );
    expect(call('madvise', { page: 4, npages: 3, advice: 'unknown' })).toBe(
      'madvise(page 4, 3 pages, unknown advice)',
    );
    expect(call('mlockall', { flags: ['current', 'onfault'] })).toBe('mlockall(MCL_CURRENT|MCL_ONFAULT)');
    expect(call('store', { page: 4, word: 'aux_size', value: 1 })).toBe('store(page 4, aux_size, 1 page)');
    expect(call('record', { count: 1 })).toBe('prctl(PR_SET_NAME), 1 COMM record');
    expect(call('inject', { site: 'pgtable', nth: 2 })).toBe('inject(ENOMEM, page table 2 of the next call)');
  });

  it('exists for every operation, whatever its operands, and is text without gaps', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(operation, (packed) => {
        const json = operationToJson(Int32Array.from(packed), 0);
        seen.add(json.op);
        expect(callText(json)).toMatch(/^[\x20-\x7e]+$/);
        expect(callText(json)).not.toMatch(/undefined|NaN|object|\( |, ,/);
      }),
      { numRuns: 2000 },
    );
    expect(seen.size).toBe(OP_NAMES.length);
  });

  it('shows every operand: two calls that differ in one do not look the same', () => {
    /** Operands without a meaning beside these others. */
    const idle: Record<string, (json: OperationJson) => boolean> = {
      'mmap.pgoff': (json) => Number(json['fd']) < 0,
      'mremap.new_page': (json) => json['mode'] === 'none' || json['mode'] === 'maymove',
    };
    fc.assert(
      fc.property(operation, operation, (one, other) => {
        const json = operationToJson(Int32Array.from(one), 0);
        const target = operationToJson(Int32Array.from(other), 0);
        for (const name of Object.keys(OPERATIONS[json.op].operands)) {
          const changed = { ...json, [name]: target.op === json.op ? target[name] : json[name] };
          const same = JSON.stringify(changed[name]) === JSON.stringify(json[name]);
          if (same || idle[`${json.op}.${name}`]?.(json) === true) continue;
          expect(callText(changed)).not.toBe(callText(json));
        }
      }),
      { numRuns: 5000 },
    );
  });
});
