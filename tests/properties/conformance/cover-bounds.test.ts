import { describe, expect, it } from 'vitest';
import { OP_WIDTH } from '#model/alphabet/bounds';
import { OP_NAMES } from '#model/alphabet/operations';
import { operationsToJson } from '#model/trace/operation-json';
import { COVER_BOUNDS } from '#properties/conformance/cover-bounds';
import { POINT_BOUNDS } from '#properties/conformance/point-bounds';
import { alphabetOf } from '#properties/explorer/alphabet';
import type { Bounds } from '#properties/explorer/bounds';
import { NAMED_BOUNDS } from '#properties/explorer/named-bounds';

/** Operations after which a search of these bounds ends. */
const CUT = new Map([
  ['medium', 9],
  ['limits', 7],
  ['redirection', 7],
  ['aux-redirection', 6],
  ['large', 5],
]);

/** How many operations of each kind there are, in the order of the kinds. */
function sizes(bounds: Bounds): string {
  const counts = new Map<string, number>();
  const ops = alphabetOf(bounds);
  for (let at = 0; at < ops.length; at += OP_WIDTH) {
    const name = OP_NAMES[ops[at]];
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
}

/** The different values of an operand of operations of these kinds, in their order. */
function values(bounds: Bounds, operand: string, ...kinds: string[]): string {
  const all = operationsToJson(alphabetOf(bounds)).flatMap((operation) =>
    kinds.includes(operation.op) ? [operation[operand]] : [],
  );
  return [...new Set(all.map((value) => (Array.isArray(value) ? `{${value.join(' ')}}` : value)))].join(', ');
}

describe('the bounds of the transition cover', () => {
  const named = (name: string): Bounds => {
    const found = COVER_BOUNDS.find(({ bounds }) => bounds.name === name);
    if (found === undefined) throw new RangeError(`no bounds are called ${name}`);
    return found.bounds;
  };

  it('are two of their own, and those that have names, cut where they would take minutes', () => {
    expect(COVER_BOUNDS.map(({ bounds, depth, about }) => [bounds.name, depth, about])).toEqual([
      ['wide', 5, undefined],
      ['aux', 8, 'AUX:'],
      ...NAMED_BOUNDS.map(({ name }) => [name, CUT.get(name) ?? Number.POSITIVE_INFINITY, undefined]),
    ]);
    expect(COVER_BOUNDS.slice(2).map(({ bounds }) => bounds)).toEqual(NAMED_BOUNDS);
  });

  it('start from the limits that random sequences start from, and do not look at records', () => {
    const wide = named('wide');
    const aux = named('aux');
    for (const { env, events, records } of [wide, aux])
      expect({ env, events, records }).toEqual({ env: { gift: 5, rlimit: 6 }, events: 2, records: 'unseen' });
    expect([wide, aux].map(({ processes }) => processes)).toEqual([2, 1]);
  });

  it('have every kind of operation, with few operands', () => {
    const wide = named('wide');
    const aux = named('aux');
    expect(sizes(wide)).toBe(
      'open 8, close 2, dup 1, set_output 2, record 2, mmap 10, munmap 4, mremap 4, mprotect 4, madvise 25, mlock 1, munlock 1, mlockall 2, munlockall 1, mincore 1, msync 2, load 4, store 4, xchg 1, cas_fail 1, fetch 1, read_into 2, write_from 1, vm_readv 1, vm_writev 1, ptrace_peek 1, ptrace_poke 1, mem_read 2, mem_write 2, futex 2, vmsplice 1, direct_write 1, direct_read 1, fork 4, exit 2, exec 2, setuid 1, cap 1, rlimit 1, gift 1, maps 2, status 2, headroom 2, inject 1',
    );
    expect(sizes(aux)).toBe(
      'open 2, close 1, set_output 1, mmap 5, munmap 2, load 1, store 3, exit 1, maps 1, headroom 1',
    );
    const kinds = new Set(operationsToJson(alphabetOf(wide)).map(({ op }) => op));
    expect(OP_NAMES.filter((name) => !kinds.has(name))).toEqual([]);
  });

  it('map buffers to be read and written, and make them readable only', () => {
    const wide = named('wide');
    expect(values(wide, 'prot', 'mmap')).toBe('{read write}, {read}');
    expect(values(wide, 'prot', 'mprotect')).toBe('{read}');
    expect(values(wide, 'flags', 'mmap')).toBe('{}, {private locked}, {private}, {noreplace}');
    expect(values(wide, 'advice', 'madvise')).toBe(
      'NORMAL, RANDOM, SEQUENTIAL, WILLNEED, DONTNEED, FREE, REMOVE, DONTFORK, DOFORK, MERGEABLE, UNMERGEABLE, HUGEPAGE, NOHUGEPAGE, DONTDUMP, DODUMP, WIPEONFORK, KEEPONFORK, COLD, PAGEOUT, POPULATE_READ, POPULATE_WRITE, DONTNEED_LOCKED, GUARD_INSTALL, GUARD_REMOVE, unknown',
    );
    expect(values(wide, 'output', 'open')).toBe('-1, 0');
    expect(values(wide, 'target', 'set_output')).toBe('-1, 0');
    expect(values(wide, 'on', 'cap')).toBe('on');
    expect(values(wide, 'word', 'load', 'store')).toBe('scratch');
    expect(values(wide, 'flags', 'msync', 'mlockall')).toBe('{current}, {future}, {invalidate}, {sync}');
    expect(values(wide, 'site', 'inject')).toBe('alloc');
    expect(values(wide, 'count', 'record')).toBe('1');
    expect(values(wide, 'value', 'read_into', 'mem_write')).toBe('18, 21');
    expect(values(wide, 'scope', 'futex')).toBe('private, shared');
  });

  it('move mappings to a place and to another size, and reach into the other process', () => {
    const wide = named('wide');
    expect(values(wide, 'mode', 'mremap')).toBe('none, fixed, dontunmap');
    expect(values(wide, 'npages', 'mremap')).toBe('2');
    expect(values(wide, 'new_npages', 'mremap')).toBe('1, 2, 3');
    expect(values(wide, 'new_page', 'mremap')).toBe('0, 4');
    expect(values(wide, 'proc', 'mremap', 'read_into', 'mem_read', 'mem_write', 'futex')).toBe('0');
    expect(values(wide, 'target', 'mem_read')).toBe('0, 1');
    expect(values(wide, 'target', 'mem_write')).toBe('0, 1');
  });

  it('have AUX areas where an AUX buffer can be', () => {
    const aux = named('aux');
    expect(values(aux, 'flags', 'open')).toBe('{aux}');
    expect(values(aux, 'prot', 'mmap')).toBe('{read write}, {read}');
    expect(values(aux, 'word', 'store')).toBe('aux_offset, aux_size, scratch');
    expect(values(aux, 'fd', 'set_output')).toBe('1');
    expect(values(aux, 'target', 'set_output')).toBe('0');
    expect(values(aux, 'page', 'munmap')).toBe('0, 2');
    expect(values(aux, 'npages', 'munmap')).toBe('2, 1');
    expect(values(aux, 'page', 'load')).toBe('2');
  });
});

describe('the bounds in which sides are told apart', () => {
  it('are small: many operations to few, or few to many', () => {
    expect(POINT_BOUNDS.map(({ bounds, depth }) => [bounds.name, depth, sizes(bounds)])).toEqual([
      [
        'one mapping',
        3,
        'open 1, mmap 5, munmap 2, mremap 4, mprotect 2, madvise 28, mlock 1, load 2, mem_read 1, futex 1, vmsplice 1, direct_write 1, maps 1, status 1, headroom 1',
      ],
      ['residency', 4, 'open 1, mmap 2, madvise 1, load 2, store 1, maps 1, status 1, headroom 1'],
      ['redirection', 5, 'open 4, close 1, set_output 2, mmap 4, munmap 1, maps 1, status 1, headroom 1'],
      ['ended task', 5, 'open 8, fork 4, exit 2, maps 2, status 2, headroom 2'],
      ['holes', 3, 'open 1, mmap 3, mremap 1, madvise 56, maps 1, status 1, headroom 1'],
      ['accounting', 7, 'open 1, mmap 5, munmap 2, fork 1, maps 2, status 2, headroom 2'],
      ['locked memory', 5, 'mmap 2, munmap 1, mremap 2, maps 1, status 1, headroom 1'],
      ['AUX area', 9, 'open 1, mmap 2, munmap 1, store 2, setuid 1, maps 1, status 1, headroom 1'],
      ['allocation', 4, 'open 1, mmap 1, load 1, maps 1, status 1, headroom 1, inject 2'],
    ]);
    expect(POINT_BOUNDS.map(({ bounds: { processes } }) => processes)).toEqual([1, 1, 1, 2, 1, 2, 1, 1, 1]);
    for (const {
      bounds: { env, events, records },
    } of POINT_BOUNDS)
      expect({ env, events, records }).toEqual({ env: undefined, events: undefined, records: 'unseen' });
  });

  it('have what each of them is about', () => {
    const about = (name: string, operand: string, ...kinds: string[]) =>
      POINT_BOUNDS.filter(({ bounds }) => bounds.name === name)
        .map(({ bounds }) => values(bounds, operand, ...kinds))
        .join('; ');
    expect(about('one mapping', 'prot', 'mmap')).toBe('{read}, {}, {read write}, {read exec}');
    expect(about('one mapping', 'prot', 'mprotect')).toBe('{read}, {read exec}');
    expect(about('one mapping', 'scope', 'futex')).toBe('shared');
    expect(about('one mapping', 'npages', 'mlock')).toBe('2');
    expect(about('residency', 'value', 'store')).toBe('16');
    expect(about('residency', 'prot', 'mmap')).toBe('{read}, {read write}');
    expect(about('residency', 'advice', 'madvise')).toBe('DONTNEED');
    expect(about('redirection', 'prot', 'mmap')).toBe('{read}');
    expect(about('redirection', 'output', 'open')).toBe('-1, 0');
    expect(about('redirection', 'target', 'set_output')).toBe('-1, 0');
    expect(about('ended task', 'output', 'open')).toBe('-1, 0');
    expect(about('holes', 'prot', 'mmap')).toBe('{read}');
    expect(about('redirection', 'npages', 'munmap')).toBe('2');
    expect(about('holes', 'fd', 'mmap')).toBe('-1, 0');
    expect(about('holes', 'mode', 'mremap')).toBe('fixed');
    expect(about('accounting', 'prot', 'mmap')).toBe('{read}');
    expect(about('accounting', 'npages', 'munmap')).toBe('9');
    expect(about('locked memory', 'fd', 'mmap')).toBe('-1');
    expect(about('locked memory', 'npages', 'munmap')).toBe('5');
    expect(about('locked memory', 'prot', 'mmap')).toBe('{read}');
    expect(about('locked memory', 'flags', 'mmap')).toBe('{private}, {private locked}');
    expect(about('AUX area', 'flags', 'open')).toBe('{aux}');
    expect(about('AUX area', 'prot', 'mmap')).toBe('{read write}, {read}');
    expect(about('AUX area', 'page', 'munmap')).toBe('2');
    expect(about('AUX area', 'npages', 'munmap')).toBe('1');
    expect(about('AUX area', 'user', 'setuid')).toBe('1');
    expect(about('AUX area', 'word', 'store')).toBe('aux_offset, aux_size');
    expect(about('allocation', 'prot', 'mmap')).toBe('{read}');
    expect(about('allocation', 'site', 'inject')).toBe('alloc, pgtable');
  });
});
