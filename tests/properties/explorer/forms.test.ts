import { describe, expect, it } from 'vitest';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { BOTH, Held } from './form-kit.js';

interface Life {
  readonly lines: readonly string[];
  /** What is forgotten of it: by the form of the model's tables, and of the specification's. */
  readonly world?: readonly string[];
  readonly spec?: readonly string[];
}

/** Nothing is given back on the way, so that every table is filled from its first row on. */
const LIVES: Readonly<Record<string, Life>> = {
  'the start': { lines: [] },
  'a buffer': {
    lines: ['open fd=1 flags=backward', 'mmap fd=1 page=2 npages=3 prot=read+write', 'store page=2 value=17'],
    spec: ['bufferMemory 0: 1 -> 0', 'cellMark 5: 2 -> 0'],
  },
  'an AUX area': {
    lines: [
      'open fd=0 flags=aux',
      'mmap fd=0 page=0 npages=3 prot=read+write',
      'store page=0 word=aux_offset value=3',
      'store page=0 word=aux_size value=2',
      'mmap fd=0 page=5 npages=2 prot=read pgoff=3',
      'mmap fd=0 page=8 npages=3 prot=read',
    ],
    spec: [
      'bufferMemory 0: 1 -> 0',
      'auxMemory 0: 1 -> 0',
      'cellMark 3: 2 -> 0',
      'cellMark 7: 2 -> 0',
      'cellMark 11: 2 -> 0',
    ],
  },
  'two events of one buffer': {
    lines: [
      'open fd=0',
      'mmap fd=0 page=0 npages=2 prot=read',
      'open fd=3 flags=inherit',
      'set_output fd=3 target=0',
      'dup fd=3 newfd=1',
      'record count=2',
    ],
    spec: ['bufferMemory 0: 1 -> 0', 'cellMark 2: 2 -> 0'],
  },
  'large buffers, in all their pages': {
    lines: [
      'gift pages=64',
      'open fd=0 flags=aux',
      'mmap fd=0 page=0 npages=9 prot=read+write',
      'store page=0 word=aux_offset value=9',
      'store page=0 word=aux_size value=8',
      'mmap fd=0 page=10 npages=8 prot=read pgoff=9',
      'open fd=1 flags=aux',
      'mmap fd=1 page=20 npages=3 prot=read+write',
      'store page=20 word=aux_offset value=3',
      'store page=20 word=aux_size value=4',
      'mmap fd=1 page=24 npages=4 prot=read pgoff=3',
    ],
    spec: [
      ...[0, 1].map((b) => `bufferMemory ${b}: 1 -> 0`),
      ...[0, 1].map((b) => `auxMemory ${b}: 1 -> 0`),
      ...[9, 18, 23, 28].map((cell) => `cellMark ${cell}: 2 -> 0`),
    ],
  },
  'private memory from the first page on': {
    lines: ['mmap fd=-1 page=0 npages=2 prot=read+write flags=private', 'store page=0 value=17'],
    spec: ['cellMark 2: 2 -> 0', 'cellOffset 1: 1 -> 0'],
  },
  'private memory': {
    lines: [
      'mmap fd=-1 page=3 npages=3 prot=read+write flags=private',
      'store page=4 value=17',
      'store page=5 word=data_offset value=18',
      'load page=3',
      'mlock page=4 npages=1 flags=onfault',
    ],
    spec: ['cellMark 6: 2 -> 0', 'cellOffset 4: 1 -> 0', 'cellOffset 5: 2 -> 0'],
  },
  'shared memory': {
    lines: [
      'mmap fd=-1 page=1 npages=2 prot=read+write',
      'store page=1 value=17',
      'store page=2 word=data_offset value=18',
      'mmap fd=-1 page=6 npages=3 prot=read+write',
      'store page=8 value=19',
    ],
    spec: ['cellMark 3: 2 -> 0', 'cellMark 9: 2 -> 0'],
  },
  'two users': {
    lines: [
      'setuid user=1',
      'cap on=on',
      'rlimit pages=5',
      'gift pages=1',
      'open fd=0',
      'mmap fd=0 page=0 npages=3 prot=read',
      'mlockall flags=future+current',
    ],
    spec: ['cellMark 3: 2 -> 0'],
  },
  'a buffer without a descriptor': {
    lines: ['open fd=0', 'mmap fd=0 page=0 npages=2 prot=read', 'close fd=0'],
    spec: ['bufferMemory 0: 1 -> 0', 'cellMark 2: 2 -> 0'],
  },
  'a process that is gone': {
    lines: ['rlimit pages=5', 'setuid user=1', 'fork child=1', 'exit'],
    world: [
      'task.user 0: 1 -> 0',
      'task.rlimit_memlock 0: 5 -> 0',
      'task.gen 0: 1 -> 0',
      'task.gen 1: 1 -> 0',
      'task.life 1: 1 -> 0',
    ],
    spec: [
      'procUser 0: 1 -> 0',
      'procRlimit 0: 5 -> 0',
      'procMemory 0: 1 -> 0',
      'procTask 0: 1 -> 0',
      'cellMark 0: 2 -> 0',
    ],
  },
  'failures to come': { lines: ['inject site=pgtable nth=2'] },
  'three processes': {
    lines: [
      'gift pages=1',
      'fork child=1',
      '1: open fd=2',
      '1: mmap fd=2 page=4 npages=3 prot=read+write',
      '1: fork child=2',
      '2: open fd=0 flags=aux',
      '2: mmap fd=0 page=0 npages=3 prot=read+write',
      '2: store page=0 word=aux_offset value=3',
      '2: store page=0 word=aux_size value=2',
      '2: mmap fd=0 page=5 npages=2 prot=read pgoff=3',
    ],
    world: [
      ...['task.gen', 'task.life'].flatMap((name) => [`${name} 1: 1 -> 0`, `${name} 2: 1 -> 0`]),
      'event.life 0: 1 -> 0',
      'event.life 1: 1 -> 0',
      'rb.mmap_gen 0: 1 -> 0',
      'rb.mmap_gen 1: 1 -> 0',
      'rb.aux_gen 1: 1 -> 0',
      'rb.owner_gen 0: 1 -> 0',
      'rb.owner_gen 1: 1 -> 0',
      'rb.aux_owner_gen 1: 1 -> 0',
    ],
    spec: ['cellMark 39: 2 -> 0', 'cellMark 67: 2 -> 0', 'cellMark 71: 2 -> 0'],
  },
};

/** Counted within an operation only; and not told whose mapping a page is in, but that it is in one. */
const PASSING = /^sys.page_field_writes|^page.mapping .* -> 1$/;
/** What the next memory and task will be called: processes have the first numbers then. */
const NUMBERED = /^scalar [01]: \d -> 1048576$/;

describe('a normal form', () => {
  it.each(Object.entries(LIVES))('comes back as it was: %s', (_, { lines, world = [], spec = [] }) => {
    for (const design of [advance, demand_fault]) {
      const held = new Held(lines, { design });
      const [ofWorld, ofSpec] = BOTH.map((which) =>
        held.whatBecameOf(which, () => held.read(which, held.write(which))),
      );
      expect(ofWorld.filter((each) => !PASSING.test(each))).toEqual(world);
      expect(ofSpec.filter((each) => !NUMBERED.test(each))).toEqual(spec);
      expect(ofSpec.length).toBe(spec.length + 2);
    }
  });
});
