import { describe, expect, it } from 'vitest';
import { ARENA_PAGES } from '#model/alphabet/bounds';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Renaming } from '#properties/explorer/renaming';
import { BOTH, Held, renamingOf } from './form-kit.js';

/** The operation under other names. */
function renamed(line: string, { procTo, userTo, fds, pages }: Renaming): string {
  const [, who = '', op, operands] = /^(?:(\d): )?(\w+)(.*)$/.exec(line) ?? [];
  const proc = Number(who);
  const text = operands.replace(/(\w+)=(\d+)/g, (whole, name: string, value: string) => {
    const isFd = ['fd', 'newfd', 'output'].includes(name) || (op === 'set_output' && name === 'target');
    if (isFd) return `${name}=${fds[proc].to[Number(value)]}`;
    if (name === 'child') return `child=${procTo[Number(value)]}`;
    if (name === 'user') return `user=${userTo[Number(value)]}`;
    return name === 'page' ? `page=${pages[proc].to[Number(value)]}` : whole;
  });
  return `${procTo[proc]}: ${op}${text}`;
}

/** After this, all processes are alike, and both users. */
const START = ['gift pages=1', 'fork child=1', 'fork child=2'];
const STORY = [
  '0: open fd=0',
  '0: mmap fd=0 page=0 npages=3 prot=read+write',
  '0: open fd=2 flags=inherit',
  '0: set_output fd=2 target=0',
  '0: store page=0 value=17',
  '0: mmap fd=0 page=9 npages=3 prot=read',
  '0: munmap page=9 npages=3',
  '0: mmap fd=0 page=10 npages=3 prot=read',
  '0: dup fd=2 newfd=3',
  '1: setuid user=1',
  '1: rlimit pages=6',
  '1: open fd=1 flags=aux',
  '1: mmap fd=1 page=8 npages=3 prot=read+write',
  '1: store page=8 word=aux_offset value=3',
  '1: store page=8 word=aux_size value=2',
  '1: mmap fd=1 page=1 npages=2 prot=read pgoff=3',
  '1: mmap fd=-1 page=17 npages=3 prot=read+write',
  '1: store page=18 value=20',
  '1: mmap fd=-1 page=4 npages=2 prot=read+write flags=private',
  '1: store page=5 value=21',
  '2: mmap fd=-1 page=2 npages=4 prot=read+write',
  '2: store page=4 value=22',
  '2: mprotect page=3 npages=1 prot=read',
  '2: open fd=0 flags=cpu+backward',
  '2: mmap fd=0 page=16 npages=2 prot=read',
];
/** Then a process is filled again by another, which has all that is its parent's, and the parents go on, or are no more. */
const FORKED: readonly (readonly string[])[] = [
  ['2: exit', '1: fork child=2', '1: exec'],
  ['2: exit', '0: fork child=2', '0: exit'],
  ['2: exit', '1: fork child=2', '1: exit'],
  ['2: exit', '1: fork child=2', '1: exit', '0: exit', '2: fork child=0'],
];
const UNFORKED: readonly (readonly string[])[] = [[], ['2: exit'], ['0: exec', '1: exit']];

const blocks = (...order: readonly number[]): number[] =>
  Array.from({ length: ARENA_PAGES }, (_, page) => 8 * (order[page >> 3] ?? page >> 3) + (page & 7));

const DIFFERENT_FDS = [
  [1, 2, 3, 0],
  [0, 2, 3, 1],
  [2, 3, 1, 0],
];
const DIFFERENT_PAGES = [blocks(1, 2, 0), blocks(2, 0, 1), blocks(0, 2, 1)];
const FDS = { fds: [0, 1, 2].map(() => [1, 2, 3, 0]) };
const PAGES = { pages: [0, 1, 2].map(() => blocks(1, 2, 0)) };

/** Most are not their own opposite. Where a process is forked, its names are its parent's: they change alike. */
const CASES: readonly (readonly [
  what: string,
  names: Renaming,
  aftermaths: readonly (readonly string[])[],
])[] = [
  ['processes', renamingOf({ procs: [1, 2, 0] }), [...UNFORKED, ...FORKED]],
  ['users', renamingOf({ users: [1, 0] }), [...UNFORKED, ...FORKED]],
  ['descriptors', renamingOf(FDS), FORKED],
  ['descriptors of each process', renamingOf({ fds: DIFFERENT_FDS }), UNFORKED],
  ['pages', renamingOf(PAGES), FORKED],
  ['pages of each process', renamingOf({ pages: DIFFERENT_PAGES }), UNFORKED],
  ['all', renamingOf({ procs: [2, 0, 1], users: [1, 0], ...FDS, ...PAGES }), FORKED],
  [
    'all of each process',
    renamingOf({ procs: [2, 0, 1], users: [1, 0], fds: DIFFERENT_FDS, pages: DIFFERENT_PAGES }),
    UNFORKED,
  ],
];

describe.each([advance, demand_fault])('renamed, $id', (design) => {
  it.each(CASES)('a state is that to which the renamed operations lead: %s', (_, names, aftermaths) => {
    const user = names.userTo[0];
    const start = [...START, ...[0, 1, 2].map((p) => `${p}: setuid user=${user}`)];
    const one = new Held([...START, ...STORY], { design });
    const other = new Held([...start, ...STORY.map((line) => renamed(line, names))], { design });
    for (const { side } of [one, other]) side.remember();
    for (const lines of aftermaths) {
      for (const line of lines) {
        one.step(line);
        other.step(renamed(line, names));
      }
      for (const which of BOTH) {
        const whole = one.write(which);
        const form = one.write(which, names);
        expect(form).toEqual(other.write(which));
        expect(one.isRegular(which)).toBe(true);
        // What comes back is the one that was come to.
        one.read(which, form, names);
        expect(one.write(which)).toEqual(whole);
        expect(one.write(which, names)).toEqual(form);
        expect(one.isRegular(which)).toBe(true);
      }
      for (const { side } of [one, other]) side.restore();
    }
  });
});
