import { describe, expect, it } from 'vitest';
import { ACCEPTED, BEFORE, follow, REJECTED, verdict } from './story.js';

const mapped = (prot: string): string => `
  open fd=0 flags=cpu => ok
  mmap fd=0 page=0 npages=2 prot=${prot} => ok
  fork child=1 => ok`;

describe('the kernel taking pages of a perf mapping', () => {
  it('is refused after the change, whatever the permissions', () => {
    follow(`${mapped('read+write')}
      store page=0 word=scratch value=20 => ok
      vmsplice page=0 => EFAULT
      direct_write page=0 => EFAULT
      direct_read page=0 value=30 => EFAULT
      futex page=0 scope=shared => EFAULT
      mem_read target=0 page=0 word=scratch => EIO
      mem_write target=0 page=0 value=30 => EIO
      p1 vm_readv target=0 page=0 word=scratch => EFAULT
      p1 vm_writev target=0 page=0 value=30 => EFAULT
      p1 ptrace_peek target=0 page=1 word=scratch => EIO
      p1 ptrace_poke target=0 page=0 value=30 => EIO
      load page=0 word=scratch => ok 20`);
  });

  it('does as loads and stores do before it', () => {
    follow(
      `${mapped('read+write')}
      direct_read page=0 value=30 => ok
      vmsplice page=0 => ok 30
      direct_write page=0 => ok 30
      p1 vm_writev target=0 page=0 value=31 => ok
      p1 vm_readv target=0 page=0 word=scratch => ok 31
      p1 ptrace_poke target=0 page=0 value=32 => ok
      p1 ptrace_peek target=0 page=0 word=scratch => ok 32
      mem_write target=0 page=0 value=33 => ok
      p1 mem_read target=0 page=0 word=scratch => ok 33
      direct_read page=1 value=30 => EFAULT
      p1 vm_writev target=0 page=1 value=31 => EFAULT
      p1 ptrace_poke target=0 page=1 value=32 => EIO
      p1 mem_write target=0 page=1 value=33 => EIO
      maps => ok 0-1: perf r w sh dc de dd first rss=1
      vmsplice page=1 => ok 0
      futex page=0 scope=shared => EAGAIN
      futex page=1 scope=shared => EAGAIN
      maps => ok 0-1: perf r w sh dc de dd first rss=2`,
      { flavour: BEFORE },
    );
  });

  it('needs permissions, which a debugger may override to read', () => {
    follow(
      `${mapped('0')}
      vmsplice page=0 => EFAULT
      p1 vm_readv target=0 page=0 word=scratch => EFAULT
      p1 ptrace_peek target=0 page=0 word=data_size => ok 1
      mem_read target=0 page=0 word=data_size => ok 1
      p1 ptrace_poke target=0 page=0 value=30 => EIO
      mem_write target=0 page=0 value=30 => EIO
      futex page=0 scope=shared => EFAULT`,
      { flavour: BEFORE },
    );
  });

  it('asks for no permission to read of a page that is in the page tables', () => {
    follow(
      `${mapped('write')}
      vmsplice page=1 => EFAULT
      load page=1 word=scratch => ok 0
      vmsplice page=1 => ok 0
      futex page=1 scope=shared => EAGAIN
      p1 vm_readv target=0 page=1 word=scratch => EFAULT
      mmap fd=0 page=5 npages=2 prot=write => ok
      load page=6 word=scratch => ok 0
      vmsplice page=5 => EFAULT
      vmsplice page=6 => ok 0`,
      { flavour: BEFORE },
    );
  });
});

describe('the kernel taking anonymous pages', () => {
  const story = `
    mmap fd=-1 page=0 npages=1 prot=read+write flags=private => ok
    mmap fd=-1 page=1 npages=1 prot=read flags=private => ok
    mmap fd=-1 page=2 npages=1 prot=read => ok
    mmap fd=-1 page=3 npages=1 prot=0 flags=private => ok
    fork child=1 => ok`;

  it('does what the permissions say', () => {
    follow(`${story}
      direct_read page=0 value=30 => ok
      direct_write page=0 => ok 30
      p1 vm_readv target=0 page=0 word=scratch => ok 30
      p1 vm_writev target=0 page=1 value=30 => EFAULT
      futex page=0 scope=shared => EAGAIN
      futex page=1 scope=shared => EFAULT
      futex page=2 scope=shared => EAGAIN
      futex page=3 scope=shared => EFAULT
      vmsplice page=9 => EFAULT`);
  });

  it('lets a debugger write to private memory without permission, and not to shared', () => {
    follow(`${story}
      p1 ptrace_poke target=0 page=1 value=30 => ok
      p1 ptrace_poke target=0 page=3 value=31 => ok
      mem_write target=0 page=2 value=32 => EIO
      mem_read target=0 page=3 word=scratch => ok 31
      load page=1 word=scratch => ok 30
      mem_read target=0 page=9 word=scratch => EIO`);
  });

  it('leaves open whether a page that cannot be read is in the page tables', () => {
    const writeOnly = `
      mmap fd=-1 page=0 npages=1 prot=write => ok
      store page=0 word=scratch value=20 => ok
      vmsplice page=0`;
    expect(verdict(`${writeOnly} => ok 20`)).toBe(ACCEPTED);
    expect(verdict(`${writeOnly} => EFAULT`)).toBe(ACCEPTED);
    expect(verdict(`${writeOnly} => EIO`)).toBe(REJECTED);
    expect(verdict(`${writeOnly} => ok 21`)).toBe(REJECTED);
  });

  it('finds nothing beyond the end of shared memory', () => {
    const grown = (prot: string): string => `
      mmap fd=-1 page=0 npages=1 prot=${prot} => ok
      mremap page=0 npages=1 new_npages=2 mode=none => ok
      vmsplice page=1 => EFAULT
      futex page=1 scope=shared => EFAULT
      mem_read target=0 page=1 word=scratch => EIO
      mem_write target=0 page=1 value=30 => EIO`;
    follow(grown('read'));
    follow(grown('write'));
  });

  it('finds nothing that the processor could not read, in the page tables or not', () => {
    follow(`
      mmap fd=-1 page=0 npages=1 prot=0 flags=private => ok
      vmsplice page=0 => EFAULT`);
    follow(
      `${mapped('write')}
      load page=1 word=scratch => ok 0
      mprotect page=0 npages=2 prot=0 => ok
      vmsplice page=1 => EFAULT`,
      { flavour: BEFORE },
    );
  });

  it('knows no execute-only page of its own where there are protection keys', () => {
    const execOnly = `
      mmap fd=-1 page=0 npages=1 prot=exec flags=private => ok
      fork child=1 => ok`;
    follow(
      `${execOnly}
      vmsplice page=0 => EFAULT
      madvise page=0 npages=1 advice=POPULATE_READ => EINVAL
      mlock page=0 npages=1 => ENOMEM
      mem_read target=0 page=0 word=scratch => ok 0
      mmap fd=-1 page=1 npages=1 prot=read flags=private => ok
      vmsplice page=1 => ok 0`,
      { pku: true },
    );
  });
});

describe('other processes', () => {
  it('are closed to other users', () => {
    follow(`
      mmap fd=-1 page=0 npages=1 prot=read+write => ok
      fork child=1 => ok
      p1 setuid user=1 => ok
      p1 vm_readv target=0 page=0 word=scratch => EPERM
      p1 vm_writev target=0 page=0 value=20 => EPERM
      p1 ptrace_peek target=0 page=0 word=scratch => EPERM
      p1 ptrace_poke target=0 page=0 value=20 => EPERM
      p1 mem_read target=0 page=0 word=scratch => EACCES
      p1 mem_write target=0 page=0 value=20 => EACCES
      p1 setuid user=0 => ok
      p1 mem_write target=0 page=0 value=20 => ok`);
  });

  it('must live, and be others', () => {
    follow(`
      vm_readv target=1 page=0 word=scratch => SKIP
      vm_writev target=1 page=0 value=20 => SKIP
      ptrace_peek target=1 page=0 word=scratch => SKIP
      ptrace_poke target=1 page=0 value=20 => SKIP
      mem_read target=1 page=0 word=scratch => SKIP
      mem_write target=1 page=0 value=20 => SKIP
      vm_readv target=0 page=0 word=scratch => SKIP
      vm_writev target=0 page=0 value=20 => SKIP
      ptrace_peek target=0 page=0 word=scratch => SKIP
      ptrace_poke target=0 page=0 value=20 => SKIP`);
  });
});
