import { describe, expect, it } from 'vitest';
import type { Env } from '#model/alphabet/system';
import { run, Session } from '../../support/script.js';
import { doneBy, itKeeps, itShows, mutantOf } from './shown.js';

itShows(
  'fork-inherits-vma',
  `
    open
    mmap fd=0 npages=1 prot=read
    maps
  `,
  'spec',
  'process 0: maps gave page 0 another way than allowed',
);

itShows(
  'double-mmap-rb-ref',
  `
    open
    mmap fd=0 npages=1 prot=read
    mmap fd=0 page=1 npages=1 prot=read
  `,
  'references-counted',
  'buffer 0: refcount is 2, attached events: 1',
);

itShows(
  'refund-per-event',
  `
    open
    mmap fd=0 npages=1 prot=read+write
    open fd=1 flags=aux output=0
    store word=aux_offset value=1
    store word=aux_size value=1
    mmap fd=1 page=1 npages=1 prot=read pgoff=1
    exit
  `,
  'charges-match',
  'perf_mlock of user 0 is -1 pages, made and still there: 0',
);

itShows(
  'extra-grows',
  `
    headroom
  `,
  'spec',
  'process 0: headroom gave 17, allowed 18',
);

itShows(
  'aux-refund-either-or',
  `
    open flags=aux
    mmap fd=0 npages=1 prot=read+write
    store word=aux_offset value=1
    store word=aux_size value=2
    mmap fd=0 page=1 npages=2 prot=read pgoff=1
    exit
  `,
  'charges-match',
  'perf_mlock of user 0 is 1 pages, made and still there: 0',
  { gift: 2 },
);

itShows(
  'sysctl-shrink',
  `
    open
    mmap fd=0 npages=1 prot=read
    gift
    headroom
  `,
  'spec',
  'process 0: headroom gave 5, allowed 6',
);

itShows(
  'shared-gift',
  `
    mmap npages=1 prot=read flags=locked
    headroom
  `,
  'spec',
  'process 0: headroom gave 17, allowed 18',
);

itShows(
  'vmalloc-single-page',
  `
    open
    mmap fd=0 npages=1 prot=read
    exec
  `,
  'pages-owned',
  '1 pages are allocated, live buffers know 0',
);

/** What is charged to user 0 and pinned by process 0 after each operation of a script that is ok. */
function charges(id: string, script: string, env: Partial<Env> = {}): [number, number][] {
  const session = new Session(mutantOf(id).mutant.design, env);
  return script
    .trim()
    .split('\n')
    .map((line) => {
      session.run(line);
      return [session.w.user.perf_mlock[0], session.w.task.pinned_vm[0]];
    });
}

const AUX = `
  open flags=aux
  mmap fd=0 npages=1 prot=read+write
  store word=aux_offset value=1
  store word=aux_size value=2
  mmap fd=0 page=1 npages=2 prot=read pgoff=1
`;

describe('aux-refund-either-or', () => {
  const ID = 'aux-refund-either-or';
  itKeeps(ID, 'a charge to the user alone', `${AUX}\n munmap page=1 npages=2\n exit`);
  itKeeps(ID, 'a charge to the memory alone', `${AUX}\n munmap page=1 npages=2\n exit`, { gift: 1 });
  itKeeps(
    ID,
    'memory that has gone since',
    `${AUX}\n fork child=1\n 1: mmap fd=0 page=1 npages=2 prot=read pgoff=1\n exec\n 1: munmap page=1 npages=2`,
    { gift: 1 },
  );

  it('takes all of a divided charge from the memory', () => {
    expect(charges(ID, `${AUX}\n munmap page=1 npages=2`, { gift: 2 }).slice(-2)).toEqual([
      [2, 1],
      [2, -1],
    ]);
  });
});

it('double-mmap-rb-ref takes its reference for a second mapping that is made, and for no other', () => {
  const id = 'double-mmap-rb-ref';
  const once = 'open\n mmap fd=0 npages=2 prot=read\n';
  expect(doneBy(id, once).w.rb.refcount[0]).toBe(1);
  const twice = `${once} mmap fd=0 page=4 npages=2 prot=read\n`;
  expect(doneBy(id, twice).w.rb.refcount[0]).toBe(2);
  expect(doneBy(id, `${twice} mmap fd=0 page=8 npages=3 prot=read -> EINVAL`).w.rb.refcount[0]).toBe(2);
});

describe('extra-grows', () => {
  const OPENED = 'open fd=0\n open fd=1\n open fd=2\n open fd=3\n';
  const MAPPED = [0, 1, 2, 3].map((fd) => `mmap fd=${fd} page=${fd} npages=1 prot=read`).join('\n');

  it('charges the gift in full, and the excess over it anew each time', () => {
    expect(charges('extra-grows', OPENED + MAPPED, { gift: 1, rlimit: 6 }).slice(4)).toEqual([
      [1, 0],
      [2, 1],
      [3, 3],
      [4, 6],
    ]);
  });

  it('refuses what the limit would allow, but not to who may exceed it', () => {
    const twice = OPENED + MAPPED.split('\n').slice(0, 2).join('\n');
    const third = 'mmap fd=2 page=2 npages=1 prot=read';
    doneBy('extra-grows', `${twice}\n ${third} -> EPERM`, { gift: 1, rlimit: 2 });
    doneBy('extra-grows', `${twice}\n ${third}`, { gift: 1, rlimit: 2, paranoid: -1 });
  });
});

describe('sysctl-shrink', () => {
  const OPENED = 'open fd=0\n open fd=1\n';

  it('charges what is above the new limit to the memory, and takes it from the user', () => {
    const shrunk = 'mmap fd=0 npages=2 prot=read\n gift pages=1\n mmap fd=1 page=4 npages=1 prot=read';
    expect(charges('sysctl-shrink', OPENED + shrunk, { gift: 3, rlimit: 2 }).slice(2)).toEqual([
      [2, 0],
      [2, 0],
      [1, 2],
    ]);
  });

  const beyond = 'mmap fd=0 npages=2 prot=read\n mmap fd=1 page=4 npages=2 prot=read';
  for (const [who, env] of [
    ['up to the limit', { rlimit: 1 }],
    ['beyond it', { rlimit: 0 }],
    ['who may exceed it', { rlimit: 0, paranoid: -1 }],
  ] as const)
    itKeeps('sysctl-shrink', `limits that stay, ${who}`, OPENED + beyond, { gift: 3, ...env });
});

it('shared-gift lets what is locked otherwise take the gift, and counts it nowhere', () => {
  const script = 'mmap npages=2 prot=read flags=locked\n open\n mmap fd=0 page=4 npages=3 prot=read';
  expect(charges('shared-gift', script, { gift: 3, rlimit: 5 })).toEqual([
    [0, 0],
    [0, 0],
    [1, 2],
  ]);
});

itKeeps(
  'vmalloc-single-page',
  'buffers with data pages, and what fails of them',
  'open\n mmap fd=0 npages=5 prot=read\n munmap npages=5\n inject\n mmap fd=0 npages=2 prot=read\n mmap fd=0 npages=3 prot=read\n exit',
);

it('fork-inherits-vma leaves out the one flag, and no other', () => {
  const mapped = 'open\n mmap fd=0 npages=1 prot=read\n maps';
  doneBy('fork-inherits-vma', `${mapped} -> ok: 0 perf r--s de dd rss 0`);
  run(mutantOf('fork-inherits-vma').base, `${mapped} -> ok: 0 perf r--s dc de dd rss 0`);
});
