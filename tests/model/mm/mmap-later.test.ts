// What comes after the file's own mmap, and how it is undone.

import { expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/index';
import { run } from '../../support/script.js';

const MAP = 'mmap fd=0 page=1 npages=2 prot=read';

/** A file that maps nothing, and what the kernel around it does later. */
function file(later: { err?: number; fails?: boolean; complete?: number }): Design {
  const { err = 0, fails = false, complete } = later;
  return {
    ...advance,
    core: { ...advance.core, fails_after_mmap: fails },
    mmap: () => err,
    ...(complete === undefined ? {} : { mmap_complete: () => complete }),
  };
}

test('an allocation after the file has mapped may fail, and leaves nothing', () => {
  for (const design of [file({ fails: true }), file({ complete: 0 })]) {
    const s = run(design, `open fd=0\n inject site=alloc\n ${MAP} -> ENOMEM\n maps -> ok: nothing`);
    expect(s.w.event.f_count[0]).toBe(1);
    expect(s.w.vma.used[1]).toBe(0);
    s.run(`${MAP} -> ok`);
  }
});

test('where there is none after it, none fails', () => {
  run(file({}), `open fd=0\n inject site=alloc\n ${MAP} -> ok`);
});

test('a file that refuses is asked for no more', () => {
  run(file({ fails: true, err: -1 }), `open fd=0\n inject site=alloc\n ${MAP} -> EPERM`);
});

test('what the file does last may refuse, for mappings of events only', () => {
  const s = run(
    file({ complete: -22 }),
    `
    open fd=0
    ${MAP} -> EINVAL
    maps   -> ok: nothing
    mmap page=4 npages=1 prot=read flags=private -> ok
    maps   -> ok: 4 anon r--p
    `,
  );
  expect(s.w.event.f_count[0]).toBe(1);
});
