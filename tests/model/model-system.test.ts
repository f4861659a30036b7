import { describe, expect, test } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { ERRNO } from '#model/alphabet/errno';
import { OK, SKIP } from '#model/alphabet/observations';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/index';
import { ModelSystem } from '#model/model-system';
import { pack, run, Session } from '../support/script.js';

describe('ModelSystem', () => {
  test('has the id of its design', () => {
    expect(new ModelSystem(advance).id).toBe('advance');
  });

  test('a table that is full ends the sequence', () => {
    const s = new Session(advance);
    for (let i = 0; i < 16; i++) s.run(`mmap page=${2 * i} npages=1 prot=read`);
    expect(s.step('mmap page=1 npages=1 prot=read')).toBe('BOUND');
  });

  test('an operation that waits for itself hangs', () => {
    const selfish: Design = {
      ...advance,
      mmap(w, v) {
        w.event.mmap_mutex[w.vma.file[v] - 1] = w.sys.current[0];
        return advance.mmap(w, v);
      },
    };
    run(selfish, 'open fd=0\n mmap fd=0 npages=1 prot=read -> HANG');
  });

  test('any other error is an error', () => {
    const broken: Design = {
      ...advance,
      mmap() {
        throw new RangeError('broken');
      },
    };
    const s = run(broken, 'open fd=0');
    expect(() => s.step('mmap fd=0 npages=1 prot=read')).toThrow(RangeError);
  });

  test('writes the value of an operation that has none as 0', () => {
    const system = new ModelSystem(advance);
    system.reset(DEFAULT_ENV);
    const obs = new Int32Array(OBS_WIDTH).fill(77);
    system.step(pack('close fd=0'), 0, obs);
    expect([...obs.subarray(0, 2)]).toEqual([SKIP, 0]);
  });

  test('takes an operation from its place in the sequence, with all operands', () => {
    const system = new ModelSystem(advance);
    system.reset(DEFAULT_ENV);
    const texts = ['open fd=0', 'mmap fd=0 npages=1 prot=read pgoff=1', 'mmap fd=0 npages=1 prot=read'];
    const ops = Int32Array.from(texts.flatMap((text) => [...pack(text)]));
    const obs = new Int32Array(OBS_WIDTH);
    const statuses = texts.map((_, i) => {
      system.step(ops, i * OP_WIDTH, obs);
      return obs[0];
    });
    expect(statuses).toEqual([OK, -ERRNO.EINVAL, OK]);
  });

  test('has an armed failure for the next operation, and for no other', () => {
    run(advance, 'inject site=alloc\n open fd=0 -> ENOMEM\n open fd=0 -> ok');
    run(advance, 'inject site=alloc\n munlockall\n open fd=0 -> ok');
    run(advance, 'inject site=alloc\n close fd=0 -> SKIP\n open fd=0 -> ok');
  });

  test('runs an operation as the process that does it, counted from 1', () => {
    const seen: number[] = [];
    const watched: Design = {
      ...advance,
      mmap(w, v) {
        seen.push(w.sys.current[0]);
        return advance.mmap(w, v);
      },
    };
    run(watched, 'open fd=0\n fork child=2\n mmap fd=0 npages=1 prot=read\n 2: mmap fd=0 npages=1 prot=read');
    expect(seen).toEqual([1, 3]);
  });
});
