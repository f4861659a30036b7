import { describe, expect, it } from 'vitest';
import { VP } from '#model/spec/index';
import { BEFORE, follow } from './story.js';

const mapped = (prot: string): string => `
  open fd=0 => ok
  mmap fd=0 page=0 npages=3 prot=${prot} => ok`;

describe('loads and stores', () => {
  it('of a page that is not mapped are SEGV_MAPERR', () => {
    follow(`
      load page=3 word=scratch => SEGV_MAPERR
      store page=3 word=scratch value=16 => SEGV_MAPERR
      xchg page=3 value=16 => SEGV_MAPERR
      cas_fail page=3 => SEGV_MAPERR
      fetch page=3 => SEGV_MAPERR
      read_into page=3 value=16 => EFAULT
      write_from page=3 word=scratch => EFAULT
      futex page=3 scope=private => EFAULT`);
  });

  it('of the control page do what its permissions say', () => {
    follow(`${mapped('read+write')}
      store page=0 word=scratch value=20 => ok
      load page=0 word=scratch => ok 20
      xchg page=0 value=21 => ok 20
      cas_fail page=0 => ok 21
      store page=0 word=data_offset value=9 => ok
      load page=0 word=data_offset => ok 9
      read_into page=0 value=22 => ok
      write_from page=0 word=scratch => ok 22
      futex page=0 scope=private => EAGAIN`);
    follow(`${mapped('read')}
      store page=0 word=scratch value=20 => SEGV_ACCERR
      xchg page=0 value=20 => SEGV_ACCERR
      cas_fail page=0 => SEGV_ACCERR
      read_into page=0 value=20 => EFAULT
      load page=0 word=scratch => ok 0
      fetch page=0 => SEGV_ACCERR`);
    follow(`${mapped('0')}
      load page=0 word=scratch => SEGV_ACCERR
      fetch page=0 => SEGV_ACCERR
      write_from page=0 word=scratch => EFAULT
      futex page=0 scope=private => EFAULT`);
  });

  it('of a data page read, and write never', () => {
    follow(`${mapped('read+write')}
      load page=1 word=scratch => ok 0
      store page=1 word=scratch value=20 => SIGBUS
      xchg page=2 value=20 => SIGBUS
      cas_fail page=2 => SIGBUS
      read_into page=2 value=20 => EFAULT
      write_from page=2 word=scratch => ok 0
      futex page=2 scope=private => EAGAIN`);
  });

  it('need no more than any permission to read, but for an execute-only page where there are protection keys', () => {
    follow(`${mapped('write')}
      load page=1 word=scratch => ok 0`);
    const execOnly = 'mmap fd=-1 page=0 npages=1 prot=exec flags=private => ok';
    follow(`${execOnly}
      load page=0 word=scratch => ok 0
      fetch page=0 => ok`);
    follow(
      `${execOnly}
      load page=0 word=scratch => SEGV_PKUERR
      store page=0 word=scratch value=16 => SEGV_PKUERR
      write_from page=0 word=scratch => EFAULT
      fetch page=0 => ok`,
      { pku: true },
    );
  });

  it('fail for a missing permission with SEGV_PKUERR only where protection keys took it', () => {
    const story = (fault: string): string => `
      mmap fd=-1 page=0 npages=1 prot=read flags=private => ok
      load page=0 word=scratch => ok 0
      store page=0 word=scratch value=16 => SEGV_ACCERR
      mmap fd=-1 page=1 npages=1 prot=exec flags=private => ok
      store page=1 word=scratch value=16 => ${fault}`;
    follow(story('SEGV_PKUERR'), { pku: true });
    follow(story('SEGV_ACCERR'));
  });

  it('that fail give no value', () => {
    follow(`
      mmap fd=-1 page=0 npages=1 prot=read+write flags=private => ok
      store page=0 word=scratch value=20 => ok
      mprotect page=0 npages=1 prot=read => ok
      xchg page=0 value=21 => SEGV_ACCERR
      cas_fail page=0 => SEGV_ACCERR
      load page=0 word=scratch => ok 20
      mprotect page=0 npages=1 prot=0 => ok
      load page=0 word=scratch => SEGV_ACCERR
      write_from page=0 word=scratch => EFAULT`);
  });

  it('leave pages resident where they are mapped on access, but for stores that fail', () => {
    follow(
      `${mapped('read+write')}
      maps => ok 0-2: perf r w sh dc de dd first rss=0
      store page=1 word=scratch value=20 => SIGBUS
      maps => ok 0-2: perf r w sh dc de dd first rss=0
      load page=1 word=scratch => ok 0
      load page=1 word=scratch => ok 0
      fetch page=2 => SEGV_ACCERR
      maps => ok 0-2: perf r w sh dc de dd first rss=2
      store page=0 word=scratch value=20 => ok
      maps => ok 0-2: perf r w sh dc de dd first rss=3`,
      { flavour: BEFORE },
    );
    follow(
      `${mapped('0')}
      fetch page=0 => SEGV_ACCERR
      load page=1 word=scratch => SEGV_ACCERR
      maps => ok 0-2: perf sh dc de dd first rss=0`,
      { flavour: BEFORE },
    );
  });

  it('ask whether pages are resident', () => {
    const spec = follow(`${mapped('read')}
      load page=1 word=scratch => ok 0`);
    expect(spec.consulted() & (1 << VP.notResident)).not.toBe(0);
  });

  it('beyond the end of shared memory are SIGBUS', () => {
    follow(`
      mmap fd=-1 page=0 npages=1 prot=read+write+exec => ok
      mremap page=0 npages=1 new_npages=2 mode=none => ok
      store page=0 word=scratch value=20 => ok
      load page=1 word=scratch => SIGBUS
      store page=1 word=scratch value=20 => SIGBUS
      fetch page=1 => SIGBUS
      read_into page=1 value=20 => EFAULT`);
  });
});
