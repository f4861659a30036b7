import { describe, expect, test } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { OK } from '#model/alphabet/observations';
import { OP_NAMES, OPERAND_NAMES } from '#model/alphabet/operations';
import { advance } from '#model/designs/advance';
import { pack, run, Session } from '../../support/script.js';

describe('SKIP', () => {
  test('a process that does not live, for every operation', () => {
    const s = new Session(advance);
    for (const name of OP_NAMES) expect(`${name} ${s.step(`2: ${name}`)}`).toBe(`${name} SKIP`);
  });

  test('a target that does not live', () => {
    const s = new Session(advance);
    OP_NAMES.forEach((name, i) => {
      if (!OPERAND_NAMES[i].includes('target') || name === 'set_output') return;
      expect(`${name} ${s.step(`${name} target=1`)}`).toBe(`${name} SKIP`);
    });
  });

  test('a slot that must be open and is not, and the other way round', () => {
    run(
      advance,
      `
      close fd=0                -> SKIP
      close fd=1                -> SKIP
      dup fd=1 newfd=2          -> SKIP
      set_output fd=1           -> SKIP
      mmap fd=1 npages=1        -> SKIP
      open fd=0 output=1        -> SKIP
      open fd=0
      open fd=0                 -> SKIP
      set_output fd=0 target=1  -> SKIP
      dup fd=0 newfd=0          -> SKIP
      dup fd=0 newfd=1          -> ok
      dup fd=0 newfd=1          -> SKIP
      fork child=0              -> SKIP
      `,
    );
  });

  test('what is packed before an operation is no operand of it', () => {
    const s = new Session(advance);
    s.run('mmap page=5 npages=1 prot=read');
    const obs = new Int32Array(OBS_WIDTH);
    for (const before of [0, 2, 31, 40])
      for (const line of [
        'record count=1',
        'load page=5',
        'gift pages=12',
        'mprotect page=5 npages=1 prot=read',
      ]) {
        const ops = new Int32Array(2 * OP_WIDTH).fill(before);
        ops.set(pack(line), OP_WIDTH);
        s.system.step(ops, OP_WIDTH, obs);
        expect(`${line}: ${obs[0]}`).toBe(`${line}: ${OK}`);
      }
  });

  test('a range beyond the arena', () => {
    run(
      advance,
      `
      mmap page=31 npages=2                                         -> SKIP
      mmap page=31 npages=1                                         -> ok
      munmap page=24 npages=9                                       -> SKIP
      mremap page=31 npages=1 new_npages=2                          -> SKIP
      mremap page=31 npages=2 new_npages=1                          -> SKIP
      mremap page=0 npages=1 new_npages=2 mode=fixed new_page=31    -> SKIP
      mremap page=0 npages=2 new_npages=2 mode=dontunmap new_page=31 -> SKIP
      mremap page=0 npages=1 new_npages=2 mode=none new_page=31     -> EFAULT
      mremap page=0 npages=1 new_npages=2 mode=maymove              -> SKIP
      mremap page=31 npages=1 new_npages=1 mode=maymove             -> ok
      mremap page=31 npages=1 new_npages=1 mode=fixed new_page=20   -> ok
      mremap page=20 npages=1 new_npages=1 mode=fixed new_page=31   -> ok
      `,
    );
  });

  test('ptrace and process_vm of itself; /proc/self/mem is fine', () => {
    run(
      advance,
      `
      mmap npages=1 prot=read
      ptrace_peek target=0          -> SKIP
      ptrace_poke target=0          -> SKIP
      vm_readv target=0             -> SKIP
      vm_writev target=0            -> SKIP
      mem_read target=0             -> ok
      mem_write target=0 value=17   -> EIO
      `,
    );
  });
});
