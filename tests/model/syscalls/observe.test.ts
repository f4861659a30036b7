import { describe, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { run } from '../../support/script.js';

describe('maps', () => {
  test('each mapping of an event, and runs of anonymous memory', () => {
    run(
      demand_fault,
      `
      maps -> ok: nothing
      open fd=0
      mmap fd=0 page=0 npages=3 prot=read+write
      mmap fd=0 page=3 npages=3 prot=read
      mmap page=8 npages=2 prot=read+exec flags=private
      load page=1
      load page=4
      load page=5
      maps -> ok: 0-2 perf rw-s dc de dd rss 1; 3-5 perf r--s dc de dd rss 2; 8-9 anon r-xp
      `,
    );
  });

  test('an AUX mapping by its offset', () => {
    run(
      advance,
      `
      open fd=0 flags=aux
      mmap fd=0 npages=2 prot=read+write
      store word=aux_offset value=4
      store word=aux_size value=2
      mmap fd=0 page=2 npages=2 prot=read pgoff=4
      maps -> ok: 0-1 perf rw-s dc de dd io pf rss 0; 2-3 perf r--s dc de dd io pf pgoff 4 rss 0
      `,
    );
  });
});

describe('headroom', () => {
  test('is what the gift and the limit leave, however it is put together', () => {
    run(
      advance,
      `
      headroom                     -> ok 18
      open fd=0
      mmap fd=0 npages=9 prot=read
      headroom                     -> ok 9
      rlimit pages=0
      headroom                     -> ok 3
      gift pages=0
      headroom                     -> ok
      gift pages=64
      headroom                     -> ok 55
      status                       -> ok: pin 0, lck 0
      `,
    );
  });

  test('without a limit it is not tried', () => {
    run(advance, 'headroom -> ok unlimited', { paranoid: -1 });
    run(advance, 'cap on=on\n headroom -> ok unlimited');
    run(advance, 'headroom -> ok 18', { paranoid: 0 });
  });

  test('under mlockall(MCL_FUTURE) it is anything', () => {
    run(advance, 'mlockall flags=future\n headroom -> ok any');
  });
});

describe('what the machine cannot do', () => {
  test('AUX without a PMU that has it', () => {
    run(advance, 'open fd=0 flags=aux -> UNOBSERVED\n open fd=0 -> ok', { aux: false });
  });
});
