// Mutants that need interleavings: what they do not hold, or read twice, at the moment at which another task can come.
import { describe, expect, it } from 'vitest';
import type { World } from '#model/kernel/world';
import { watchColumn } from '../../support/column-watch.js';
import { Session } from '../../support/script.js';
import { itKeeps, mutantOf } from './shown.js';

/** Event 0 has a buffer that asks for an AUX area at page 3, of 2 pages; event 1 is redirected to it. */
const AUX_ASKED = `
  open fd=0 flags=aux
  open fd=1 flags=aux
  mmap fd=0 page=0 npages=3 prot=read+write
  store word=aux_offset value=3
  store word=aux_size value=2
  set_output fd=1 target=0
`;
const MAP_AUX = 'mmap fd=1 page=4 npages=2 prot=read pgoff=3';

/** The owners of a mutex, by row, each time that something is told. */
type Watching = (w: World, told: () => void) => void;

const onEntries: Watching = (w, told) => {
  w.watch = { pteSet: told, pageFreed() {} };
};

const onColumn =
  (table: 'event' | 'rb' | 'user', name: string, row = 0): Watching =>
  (w, told) => {
    watchColumn(w, table, name, (each) => {
      if (each === row) told();
    });
  };

/** The values of a column's row at each moment of an operation, in the base and in the mutant. */
function heldIn(
  id: string,
  scripts: { readonly before: string; readonly during: string },
  watching: Watching,
  held: (w: World) => number,
): { base: number[]; mutant: number[] } {
  const { mutant, base } = mutantOf(id);
  const [inBase, inMutant] = [base, mutant.design].map((design) => {
    const session = new Session(design).run(scripts.before);
    const seen: number[] = [];
    watching(session.w, () => seen.push(held(session.w)));
    session.run(scripts.during);
    return seen;
  });
  return { base: inBase, mutant: inMutant };
}

const aux_mutex = (w: World): number => w.rb.aux_mutex[0];
const mmap_mutex = (w: World): number => w.event.mmap_mutex[0];

describe('aux_mutex', () => {
  const { before, during } = { before: AUX_ASKED, during: MAP_AUX };

  it('is held when an AUX area is charged, but in account-outside-aux-mutex', () => {
    const held = heldIn(
      'account-outside-aux-mutex',
      { before, during },
      onColumn('user', 'perf_mlock'),
      aux_mutex,
    );
    expect(held).toEqual({ base: [1], mutant: [0] });
  });

  it('is held when pages are mapped, but in aux-half-built-map', () => {
    expect(heldIn('aux-half-built-map', { before, during }, onEntries, aux_mutex)).toEqual({
      base: [1, 1],
      mutant: [0, 0],
    });
  });

  it('is taken for an AUX area, but in aux-per-event-mutex', () => {
    const watching = onColumn('rb', 'aux_mutex');
    const held = heldIn('aux-per-event-mutex', { before, during }, watching, aux_mutex);
    expect(held).toEqual({ base: [0, 1, 0, 1], mutant: [] });
  });

  it('is held when a fault finds its page, but in fault-no-aux-mutex', () => {
    const scripts = { before: `${AUX_ASKED}\n${MAP_AUX}`, during: 'load page=4' };
    const found = onColumn('rb', 'refcount');
    expect(heldIn('fault-no-aux-mutex', scripts, found, aux_mutex)).toEqual({ base: [0, 0], mutant: [] });
    const { mutant } = mutantOf('fault-no-aux-mutex');
    const session = new Session(mutant.design).run(scripts.before);
    const taken: number[] = [];
    watchColumn(session.w, 'rb', 'aux_mutex', (row) => taken.push(row));
    session.run(`${scripts.during}\nload page=5`);
    expect(taken).toEqual([]);
  });
});

describe('mmap_mutex', () => {
  it('of both events is held by SET_OUTPUT, but in set-output-vs-close', () => {
    const scripts = {
      before: 'open fd=0\n open fd=1\n mmap fd=0 npages=2 prot=read',
      during: 'set_output fd=1 target=0',
    };
    const attached = onColumn('event', 'rb', 1);
    expect(heldIn('set-output-vs-close', scripts, attached, mmap_mutex)).toEqual({ base: [1], mutant: [0] });
    const own = (w: World): number => w.event.mmap_mutex[1];
    expect(heldIn('set-output-vs-close', scripts, attached, own)).toEqual({ base: [1], mutant: [1] });
  });

  it('of an event is held when it is taken off its buffer, but in attach-detach', () => {
    const scripts = {
      before: 'open fd=0\n mmap fd=0 npages=2 prot=read\n open fd=1 output=0\n open fd=2 output=0',
      during: 'munmap npages=2',
    };
    for (const e of [1, 2]) {
      const held = heldIn(
        'attach-detach',
        scripts,
        onColumn('event', 'rb_entry', e),
        (w) => w.event.mmap_mutex[e],
      );
      expect(held).toEqual({ base: [1], mutant: [0] });
    }
  });

  it('is not asked for an event that has been moved to another buffer, in attach-detach as well', () => {
    const { mutant } = mutantOf('attach-detach');
    const session = new Session(mutant.design).run(`
      open fd=0
      open fd=2
      mmap fd=2 page=8 npages=2 prot=read
      mmap fd=0 npages=2 prot=read
      open fd=1 output=0
    `);
    const { event, rb } = session.w;
    // It is found on the list of the buffer that goes, and is on the other when its turn comes.
    event.rb[2] = 1;
    rb.refcount[0]++;
    session.run('munmap npages=2');
    expect([...event.rb.slice(0, 3)]).toEqual([0, 1, 1]);
  });

  it('is held while the pages are mapped, but in mapfail-race', () => {
    const scripts = { before: 'open fd=0', during: 'mmap fd=0 npages=2 prot=read' };
    expect(heldIn('mapfail-race', scripts, onEntries, mmap_mutex)).toEqual({ base: [1, 1], mutant: [0, 0] });
    expect(heldIn('mapfail-race', scripts, onEntries, aux_mutex)).toEqual({ base: [1, 1], mutant: [1, 1] });
  });

  it('is held when a mapping that failed is taken back, in mapfail-race as well', () => {
    const failing = 'inject site=pgtable\n mmap fd=0 page=4 npages=2 prot=read -> ENOMEM';
    const undone = onColumn('event', 'mmap_count');
    const first = { before: 'open fd=0', during: failing };
    expect(heldIn('mapfail-race', first, undone, mmap_mutex)).toEqual({ base: [1, 1], mutant: [1, 1] });
    const further = { before: 'open fd=0\n mmap fd=0 npages=2 prot=read', during: failing };
    expect(heldIn('mapfail-race', further, undone, mmap_mutex)).toEqual({ base: [1, 1], mutant: [1, 1] });
    const freed: Watching = (w, told) => {
      w.watch = { pteSet() {}, pageFreed: told };
    };
    expect(heldIn('mapfail-race', first, freed, mmap_mutex)).toEqual({ base: [1, 1], mutant: [1, 1] });
  });
});

describe('close-twice', () => {
  /** Perf_mlock when a buffer was unmapped that had two mappings, and another task unmaps the other at the same time. */
  function chargedAfter(close: 'base' | 'mutant'): number {
    const { mutant, base } = mutantOf('close-twice');
    const session = new Session(close === 'base' ? base : mutant.design);
    session.run('open fd=0\n mmap fd=0 npages=2 prot=read\n mmap fd=0 page=4 npages=2 prot=read');
    const { rb } = session.w;
    const other = new Proxy(rb.mmap_count, {
      set(count, key, value: number) {
        // The other task counts down at once: neither does before what this one wrote.
        count[Number(key)] = value === 1 ? 0 : value;
        return true;
      },
    });
    Object.assign(rb, { mmap_count: other });
    session.run('munmap npages=2');
    return session.w.user.perf_mlock[0];
  }

  it('takes itself for the last when another was, and refunds too', () => {
    expect(chargedAfter('base')).toBe(2);
    expect(chargedAfter('mutant')).toBe(0);
  });
});

/** All that one task can do to the buffers of two events, and what fails of it. */
const LIFE = `
  ${AUX_ASKED}
  ${MAP_AUX}
  mmap fd=1 page=8 npages=2 prot=read pgoff=3
  mmap fd=0 page=12 npages=3 prot=read
  inject site=pgtable
  mmap fd=0 page=16 npages=3 prot=read
  inject site=pgtable
  mmap fd=1 page=20 npages=2 prot=read pgoff=3
  mmap fd=0 page=24 npages=2 prot=read
  mmap fd=1 page=24 npages=3 prot=read
  mmap fd=0 page=24 npages=3 prot=read flags=populate
  load page=24
  load page=4
  headroom
  munmap page=4 npages=2
  munmap page=8 npages=2
  fork
  munmap page=0 npages=3
  munmap page=24 npages=3
  munmap page=12 npages=3
  headroom
  mmap fd=1 page=0 npages=2 prot=read
  inject site=pgtable
  mmap fd=0 page=4 npages=2 prot=read
  maps
  close fd=0
  exit
`;

for (const id of [
  'mapfail-race',
  'aux-half-built-map',
  'account-outside-aux-mutex',
  'close-twice',
  'set-output-vs-close',
  'attach-detach',
  'aux-per-event-mutex',
  'fault-no-aux-mutex',
])
  itKeeps(id, 'what one task alone does', LIFE);
