import { describe, expect, test } from 'vitest';
import { FDS } from '#model/alphabet/bounds';
import { advance } from '#model/designs/advance';
import { MAX_EVENTS } from '#model/perf/tables';
import { run, Session } from '../../support/script.js';

describe('perf_event_open', () => {
  test('with PERF_FLAG_FD_OUTPUT needs a buffer to write into, and takes it', () => {
    const s = run(
      advance,
      `
      open fd=0
      open fd=1 output=0  -> EINVAL
      mmap fd=0 npages=2 prot=read
      open fd=1 output=0  -> ok
      record count=2
      load word=data_head -> ok 4
      `,
    );
    expect(s.w.event.rb[1]).toBe(s.w.event.rb[0]);
    expect(s.w.rb.refcount[0]).toBe(2);
    expect([s.w.event.used[1], s.w.files.event[1]]).toEqual([1, 2]);
  });

  test('that fails leaves no event', () => {
    const s = run(advance, 'open fd=0\n open fd=1 output=0 -> EINVAL\n load -> SEGV_MAPERR');
    expect(s.w.event.used[1]).toBe(0);
    expect(s.w.files.event[1]).toBe(0);
  });

  test('that has no memory says so', () => {
    const s = run(advance, 'inject\n open fd=0 -> ENOMEM\n open fd=0 -> ok');
    expect([...s.w.event.used.slice(0, 2)]).toEqual([1, 0]);
  });

  test('without an output asks nothing of other descriptors', () => {
    // The last descriptor of the process before: an event of another task, then of one that has exited.
    run(advance, 'open fd=3\n fork child=1\n 1: open fd=0 -> ok');
    run(
      advance,
      'open fd=3\n fork child=1\n 1: fork child=2\n 2: close fd=3\n exit\n 2: open fd=0 -> ok\n 2: record',
    );
  });

  test('an event that ended with its task cannot be the output, whatever it is', () => {
    const script = `
      fork child=1
      1: open fd=0
      1: fork child=2
      1: exit
      2: open fd=1 output=0 -> ENODEV
    `;
    run(advance, script);
    run(advance, `${script}\n fork child=1\n 2: open fd=1 output=0 -> ENODEV`);
  });

  test('more events than the table has are beyond the bound', () => {
    const s = run(advance, 'open fd=0');
    s.w.event.used.fill(1);
    expect(s.step('open fd=1')).toBe('BOUND');
    expect(s.w.event.used).toHaveLength(MAX_EVENTS);
  });
});

describe('SET_OUTPUT, in the order of its checks', () => {
  test('an event cannot be its own output', () => {
    run(advance, 'open fd=0\n mmap fd=0 npages=2 prot=read\n set_output fd=0 target=0 -> EINVAL');
  });

  test('CPUs, and without a CPU tasks, must be the same; so must the direction', () => {
    run(
      advance,
      `
      open fd=0
      open fd=1 flags=cpu
      open fd=2 flags=backward
      mmap fd=0 page=0 npages=2 prot=read
      mmap fd=1 page=4 npages=2 prot=read
      munmap page=4 npages=2
      set_output fd=1 target=0     -> EINVAL
      set_output fd=2 target=0     -> EINVAL
      mmap fd=1 page=4 npages=2 prot=read
      fork child=1
      1: open fd=3
      1: set_output fd=3 target=0  -> EINVAL
      1: close fd=3
      1: open fd=3 flags=cpu
      1: set_output fd=3 target=0  -> EINVAL
      1: set_output fd=3 target=1  -> ok
      `,
    );
  });

  test('a task is not another that is as old', () => {
    run(
      advance,
      `
      fork child=1
      1: open fd=0
      1: mmap fd=0 npages=2 prot=read
      1: fork child=2
      2: open fd=1
      2: set_output fd=1 target=0 -> EINVAL
      `,
    );
  });

  test('a task is not the one that had its slot before', () => {
    run(
      advance,
      `
      fork child=1
      1: open fd=0
      1: mmap fd=0 npages=2 prot=read
      1: fork child=2
      2: mmap fd=0 npages=2 prot=read
      1: exit
      2: fork child=1
      1: open fd=1
      1: set_output fd=1 target=0 -> EINVAL
      `,
    );
  });

  test('an event that is mapped stays with its buffer', () => {
    run(
      advance,
      `
      open fd=0
      open fd=1
      mmap fd=0 page=0 npages=2 prot=read
      mmap fd=1 page=4 npages=2 prot=read
      set_output fd=1 target=0 -> EINVAL
      set_output fd=1          -> EINVAL
      munmap page=4 npages=2
      set_output fd=1 target=0 -> ok
      set_output fd=1 target=0 -> ok
      set_output fd=1          -> ok
      set_output fd=1          -> ok
      `,
    );
  });

  test('the output needs a buffer, and one that is still mapped', () => {
    const s = run(
      advance,
      'open fd=0\n open fd=1\n set_output fd=1 target=0 -> EINVAL\n mmap fd=0 npages=2 prot=read',
    );
    s.w.rb.mmap_count[0] = 0;
    expect(s.step('set_output fd=1 target=0')).toBe('EINVAL');
    expect(s.w.rb.refcount[0]).toBe(1);
    s.w.rb.refcount[0] = 0;
    expect(s.step('set_output fd=1 target=0')).toBe('EINVAL');
    expect(s.w.rb.refcount[0]).toBe(0);
    expect(s.w.event.mmap_mutex.some((owner) => owner !== 0)).toBe(false);
  });

  test('an event that was redirected loses the buffer with its last mapping', () => {
    const s = run(
      advance,
      `
      open fd=0
      open fd=1
      mmap fd=0 npages=2 prot=read
      set_output fd=1 target=0
      munmap npages=2
      set_output fd=1 target=0 -> EINVAL
      `,
    );
    expect([...s.w.event.rb].some((rb) => rb !== 0)).toBe(false);
    expect(s.w.rb.used[0]).toBe(0);
  });
});

describe('descriptors', () => {
  test('dup is another name for the same file', () => {
    const s = run(
      advance,
      'open fd=0\n dup fd=0 newfd=2\n close fd=0\n mmap fd=2 npages=1 prot=read\n close fd=2',
    );
    expect(s.w.event.used[0]).toBe(1);
    s.run('load -> ok\n munmap npages=1');
    expect(s.w.event.used[0]).toBe(0);
  });

  test('dup gives the process that asks another descriptor', () => {
    const s = run(advance, 'fork child=1\n 1: open fd=0\n 1: dup fd=0 newfd=2\n 1: close fd=0');
    expect([...s.w.files.event.slice(0, 2 * FDS)]).toEqual([0, 0, 0, 0, 0, 0, 1, 0]);
    expect(s.w.event.f_count[0]).toBe(1);
  });

  test('a closed event that was redirected lets go of the buffer', () => {
    const s = run(
      advance,
      'open fd=0\n open fd=1\n mmap fd=0 npages=1 prot=read\n set_output fd=1 target=0\n close fd=1',
    );
    expect(s.w.rb.refcount[0]).toBe(1);
    expect(s.w.event.rb[1]).toBe(0);
  });

  test('a late reference keeps the event', () => {
    const s = new Session(advance).run('open fd=0');
    s.w.event.refcount[0]++;
    s.run('close fd=0');
    expect(s.w.event.used[0]).toBe(1);
  });
});
