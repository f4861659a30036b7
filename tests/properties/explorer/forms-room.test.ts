import { describe, expect, it } from 'vitest';
import { FDS, USERS } from '#model/alphabet/bounds';
import { WORDS } from '#model/alphabet/operands';
import { STORED_WORDS } from '#model/spec/state';
import type { Scope } from '#properties/explorer/form';
import { TASK_VALUES, VMA_VALUES } from '#properties/explorer/world-columns';
import { BOTH, Held } from './form-kit.js';

/** Ints that the forms of the model and of the specification take. */
const room = (lines: readonly string[], scope: Partial<Scope> = {}): number[] => {
  const held = new Held(lines, { scope });
  return BOTH.map((which) => held.write(which).length);
};
const more = (one: readonly string[], other: readonly string[], scope: Partial<Scope> = {}): number[] => {
  const less = room(one, scope);
  return room(other, scope).map((ints, i) => ints - less[i]);
};

const BUFFER = ['open fd=0', 'mmap fd=0 page=2 npages=2 prot=read+write'];
/** A page: where it is, the VMA, the entry and its flags; to the specification, where it is and what it shows. */
const [PAGE, CELL] = [4, 2];
/** Of a VMA: its end, its kind, what it maps, and what is stored as it is; of a map: pages, pgoff, event, and which were touched. */
const [VMA, MAP] = [3 + VMA_VALUES.length, 4];

describe('the room that a normal form takes', () => {
  it('is at the start that of the system, and of a process with its descriptors and the end of its pages', () => {
    const system = 4 + USERS + 4;
    expect(room([], { processes: 1 })[0]).toBe(system + 2 + TASK_VALUES.length + FDS + 1);
    // The gift, what is to fail; capability, limit, pinned, locked, and what is locked in future.
    expect(room([], { processes: 1 })[1]).toBe(2 + USERS + 4 + 2 + 6 + FDS + 1);
  });

  it('is none for pages that hold nothing', () => {
    expect(room(BUFFER, { pages: 4 })).toEqual(room(BUFFER, { pages: 32 }));
  });

  it('is one int for a process that is not there, whatever it has left', () => {
    const [world, spec] = room(BUFFER, { processes: 1 });
    expect(room(BUFFER, { processes: 3 })).toEqual([world + 2, spec + 2]);
    const lived = ['fork child=1', ...BUFFER.map((line) => `1: ${line}`), '1: rlimit pages=3', '1: exit'];
    expect(more([], lived)).toEqual([0, 0]);
  });

  it('is the same for each further mapping of a buffer', () => {
    const again = 'mmap fd=0 page=6 npages=2 prot=read';
    expect(more(BUFFER, [...BUFFER, again])).toEqual([2 * PAGE + VMA, 2 * (CELL + 1) + MAP]);
  });

  it('is that of the words which are set, in pages of buffers', () => {
    expect(more(BUFFER, [...BUFFER, 'store page=2 value=17'])).toEqual([1, 0]);
    expect(more(BUFFER, [...BUFFER, 'store page=2 value=17', 'store page=2 word=aux_size value=5'])).toEqual([
      2, 0,
    ]);
  });

  it('is that of all words, in pages of memory', () => {
    const memory = (npages: number, flags: string) => [
      `mmap fd=-1 page=2 npages=${npages} prot=read+write ${flags}`,
    ];
    const [one, two] = [1, 2].map((npages) => memory(npages, 'flags=private'));
    // Whether it is resident, and its words; to the specification its mark, and that it is not shared.
    expect(more(one, two)).toEqual([PAGE + 1 + WORDS, CELL + 2 + STORED_WORDS]);
    expect(more([], one)).toEqual([PAGE + VMA - 1 + 1 + WORDS, CELL + 2 + STORED_WORDS]);
    // Shared memory is told with each of its cells: the offset, how many show it and have it, and the words of all of its pages.
    const [shared, larger] = [1, 2].map((npages) => memory(npages, ''));
    expect(more([], shared)).toEqual([PAGE + VMA + 2 + 1 + WORDS, CELL + 2 + 3 + STORED_WORDS]);
    const cells = (npages: number): number => npages * (CELL + 2 + 3 + npages * STORED_WORDS);
    expect(more(shared, larger)).toEqual([PAGE + 1 + WORDS, cells(2) - cells(1)]);
  });

  it('is nothing for AUX areas and charges that are not there', () => {
    const aux = [
      'open fd=0 flags=aux',
      'mmap fd=0 page=2 npages=2 prot=read+write',
      'store page=2 word=aux_offset value=2',
      'store page=2 word=aux_size value=1',
    ];
    const mapped = [...aux, 'mmap fd=0 page=6 npages=1 prot=read pgoff=2'];
    const charged = ['gift pages=0', ...mapped];
    expect(more(aux, [...mapped, 'munmap page=6 npages=1'])).toEqual([0, 0]);
    // Whose memory: of the buffer and of its area, as the design says and as the model knows.
    expect(more(mapped, charged)).toEqual([4, 2]);
  });
});
