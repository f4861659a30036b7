import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { ptrace_may_access } from '#model/syscalls/remote';
import { run } from '../../support/script.js';

describe('a redirection', () => {
  test('gives back every reference to a file that it took: descriptors and a mapping are left', () => {
    const { w } = run(
      advance,
      `
      open fd=0
      mmap fd=0 npages=2 prot=read
      open fd=1 output=0
      set_output fd=1 target=0
      set_output fd=1 target=-1
      open fd=2
      set_output fd=2 target=1   -> EINVAL
      open fd=3 flags=cpu output=2   -> EINVAL
      `,
    );
    const events = [0, 1, 2].map((fd) => w.files.event[fd] - 1);
    expect(events.map((e) => w.event.f_count[e])).toEqual([2, 1, 1]);
  });

  test('to nothing is to nothing, whatever another process has open', () => {
    run(
      advance,
      `
      open fd=3 flags=cpu
      mmap fd=3 npages=2 prot=read+write
      fork child=1
      load word=data_head        -> ok 1
      1: open fd=0 flags=cpu
      1: set_output fd=0 target=-1
      1: record count=2
      load word=data_head        -> ok 1
      `,
    );
  });
});

test('each exec makes a memory that nobody was charged for', () => {
  run(
    advance,
    `
    open fd=0
    fork child=1
    1: mmap fd=0 npages=9 prot=read
    1: status                  -> ok: pin 3, lck 0
    mmap fd=0 npages=9 prot=read
    1: exec
    1: exec
    1: exit
    fork child=1
    munmap npages=9
    1: status                  -> ok: pin 0, lck 0
    status                     -> ok: pin 0, lck 0
    headroom                   -> ok 12
    `,
    { gift: 6 },
  );
});

test('another user is refused with -EPERM, and oneself never', () => {
  const { w } = run(advance, 'fork child=1\n fork child=2\n 1: setuid user=1');
  expect([ptrace_may_access(w, 0, 1), ptrace_may_access(w, 1, 0)]).toEqual([-1, -1]);
  expect([ptrace_may_access(w, 0, 2), ptrace_may_access(w, 1, 1)]).toEqual([0, 0]);
});
