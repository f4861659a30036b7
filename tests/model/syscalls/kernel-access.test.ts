import { describe, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { run } from '../../support/script.js';

describe('access to another process', () => {
  const OTHER = `
    mmap page=0 npages=1 prot=read+write flags=private
    mmap page=2 npages=1 prot=read flags=private
    store page=0 value=17
    fork child=1
  `;

  test('reads and writes what it maps', () => {
    run(
      advance,
      `
      ${OTHER}
      1: vm_readv target=0              -> ok 17
      1: vm_writev target=0 value=18    -> ok
      1: ptrace_peek target=0           -> ok 18
      1: ptrace_poke target=0 value=19  -> ok
      1: mem_read target=0              -> ok 19
      1: mem_write target=0 value=20    -> ok
      load                              -> ok 20
      1: load                           -> ok 17
      `,
    );
  });

  test('FOLL_FORCE writes private memory that is read-only: ptrace and mem have it, process_vm_writev has not', () => {
    run(
      advance,
      `
      ${OTHER}
      1: vm_writev target=0 page=2 value=18   -> EFAULT
      1: ptrace_poke target=0 page=2 value=18 -> ok
      1: mem_write target=0 page=2 value=19   -> ok
      load page=2                             -> ok 19
      mmap page=3 npages=1 flags=private
      1: vm_readv target=0 page=3             -> EFAULT
      1: ptrace_peek target=0 page=3          -> ok
      1: mem_read target=0 page=3             -> ok
      1: vm_readv target=0 page=4             -> EFAULT
      1: ptrace_peek target=0 page=4          -> EIO
      1: mem_read target=0 page=4             -> EIO
      `,
    );
  });

  test('another user is denied: EPERM, and EACCES for mem', () => {
    run(
      advance,
      `
      ${OTHER}
      1: setuid user=1
      1: vm_readv target=0              -> EPERM
      1: vm_writev target=0 value=18    -> EPERM
      1: ptrace_peek target=0           -> EPERM
      1: ptrace_poke target=0 value=18  -> EPERM
      1: mem_read target=0              -> EACCES
      1: mem_write target=0 value=18    -> EACCES
      mem_read target=0                 -> ok 17
      `,
    );
  });
});

test('a call that fails gives no value', () => {
  run(
    advance,
    `
    mmap page=0 npages=1 prot=read+write flags=private
    store page=0 value=17
    fork child=1
    1: vm_readv target=0            -> ok 17
    1: vm_readv target=0 page=4     -> EFAULT
    1: ptrace_peek target=0 page=4  -> EIO
    vmsplice                        -> ok 17
    vmsplice page=4                 -> EFAULT
    direct_write page=4             -> EFAULT
    write_from page=4               -> EFAULT
    mincore page=0 npages=1         -> ok 1
    mincore page=0 npages=2         -> ENOMEM
    mprotect page=0 npages=1 prot=read
    store page=0 value=18           -> SEGV_ACCERR
    xchg page=0 value=18            -> SEGV_ACCERR
    cas_fail page=0                 -> SEGV_ACCERR
    load page=0                     -> ok 17
    mprotect page=0 npages=1
    load page=0                     -> SEGV_ACCERR
    `,
  );
});

describe('copies and splices', () => {
  test('of anonymous memory', () => {
    run(
      advance,
      `
      mmap npages=1 prot=read+write flags=private
      read_into value=17      -> ok
      write_from              -> ok 17
      direct_read value=18    -> ok
      direct_write            -> ok 18
      vmsplice                -> ok 18
      futex                   -> EAGAIN
      mprotect npages=1 prot=read
      read_into value=19      -> EFAULT
      direct_read value=19    -> EFAULT
      write_from              -> ok 18
      write_from page=1       -> EFAULT
      `,
    );
  });
});
