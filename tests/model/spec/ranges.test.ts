import { describe, it } from 'vitest';
import { follow } from './story.js';

const LAYOUT = `
  open fd=0 => ok
  mmap fd=0 page=2 npages=3 prot=read => ok
  mmap fd=-1 page=5 npages=2 prot=read => ok`;

describe('mincore', () => {
  it('calls every perf page resident, and says nothing certain of anonymous ones', () => {
    follow(`${LAYOUT}
      mincore page=2 npages=3 => ok 7
      mincore page=3 npages=1 => ok 1
      mincore page=3 npages=3 => ok any
      mincore page=3 npages=0 => ok 0
      mincore page=5 npages=3 => ENOMEM
      mincore page=1 npages=2 => ENOMEM
      mincore page=31 npages=2 => SKIP
      mmap fd=-1 page=28 npages=4 prot=read => ok
      mincore page=28 npages=4 => ok any
      msync page=28 npages=4 flags=sync => ok`);
  });
});

describe('msync', () => {
  it('has nothing to do for anonymous memory, and cannot synchronise an event', () => {
    follow(`${LAYOUT}
      msync page=2 npages=3 flags=async => ok
      msync page=2 npages=3 flags=invalidate => ok
      msync page=5 npages=2 flags=sync => ok
      msync page=2 npages=1 flags=sync => EINVAL
      msync page=5 npages=2 flags=async+sync => EINVAL
      msync page=5 npages=0 flags=sync => ok
      msync page=31 npages=2 flags=sync => SKIP`);
  });

  it('passes over holes', () => {
    follow(`${LAYOUT}
      msync page=5 npages=3 flags=sync => ENOMEM
      msync page=5 npages=3 flags=async => ENOMEM
      msync page=1 npages=2 flags=sync => EINVAL
      msync page=8 npages=2 flags=0 => ENOMEM`);
  });

  it('invalidates no locked memory', () => {
    follow(`${LAYOUT}
      mlock page=2 npages=4 => ok
      msync page=2 npages=5 flags=invalidate => EBUSY
      msync page=2 npages=3 flags=invalidate => ok
      msync page=5 npages=2 flags=async => ok`);
  });
});
