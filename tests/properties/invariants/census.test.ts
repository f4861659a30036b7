import { describe, expect, it } from 'vitest';
import { PROCS } from '#model/alphabet/bounds';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import { MAX_PAGES } from '#model/mm/tables';
import { MAX_EVENTS, MAX_RBS, RB_PAGES } from '#model/perf/tables';
import { Census } from '#properties/invariants/census';
import { Session } from '../../support/script.js';

const SCRIPT = `
  open fd=0
  open fd=1
  open fd=2
  mmap fd=0 page=0 npages=9 prot=read+write
  mmap fd=1 page=9 npages=2 prot=read
  set_output fd=2 target=1
  mmap fd=0 page=20 npages=9 prot=read
  load page=0
  load page=1
  load page=20
  load page=9
  fork child=1
  1: mmap fd=1 page=4 npages=2 prot=read
  1: load page=4
  1: load page=5
`;

function taken(session: Session): Census {
  const census = new Census();
  census.take(session.w);
  return census;
}

describe('a census', () => {
  it('has a row for each event, buffer, page and process', () => {
    const census = new Census();
    for (const column of [census.eventVmas, census.eventFds]) expect(column).toHaveLength(MAX_EVENTS);
    for (const column of [
      census.rbVmas,
      census.rbAuxVmas,
      census.rbEvents,
      census.rbPages,
      census.rbAuxPages,
    ])
      expect(column).toHaveLength(MAX_RBS);
    expect(census.mmVmas).toHaveLength(PROCS);
    expect(census.mappers).toHaveLength(MAX_PAGES);
  });

  it('counts who uses events and buffers', () => {
    const census = taken(new Session(advance).run(SCRIPT));
    expect(census.events).toBe(3);
    expect([...census.eventList.subarray(0, 3)]).toEqual([0, 1, 2]);
    expect([...census.eventVmas.subarray(0, 3)]).toEqual([2, 2, 0]);
    expect([...census.eventFds.subarray(0, 3)]).toEqual([2, 2, 2]);
    expect(census.uses).toBe(10);
    expect(census.rbs).toBe(2);
    expect([...census.rbVmas.subarray(0, 2)]).toEqual([2, 2]);
    expect([...census.rbEvents.subarray(0, 2)]).toEqual([1, 2]);
    expect([...census.rbPages.subarray(0, 2)]).toEqual([9, 2]);
    expect([census.pages, census.allocated]).toEqual([11, 11]);
    expect([...census.mmVmas]).toEqual([3, 1, 0]);
    expect(census.covered).toBe(22);
  });

  it('counts the entries that map pages, with and without a struct page', () => {
    const ahead = taken(new Session(advance).run(SCRIPT));
    expect([ahead.ptes, ahead.special]).toEqual([22, 22]);
    expect(ahead.mappers.every((mappers) => mappers === 0)).toBe(true);
    const faulted = taken(new Session(demand_fault).run(SCRIPT));
    expect([faulted.ptes, faulted.special]).toEqual([6, 0]);
    expect([...faulted.mappers].filter((mappers) => mappers > 0).sort()).toEqual([1, 1, 2, 2]);
  });

  it('counts AUX areas by their pages and mappings', () => {
    const census = taken(
      new Session(advance).run(`
        open fd=0 flags=aux
        mmap fd=0 page=0 npages=2 prot=read+write
        store page=0 word=aux_offset value=4
        store page=0 word=aux_size value=2
        mmap fd=0 page=4 npages=2 prot=read pgoff=4
        mmap fd=0 page=8 npages=2 prot=read pgoff=4`),
    );
    expect([census.rbVmas[0], census.rbAuxVmas[0]]).toEqual([3, 2]);
    expect([census.rbPages[0], census.rbAuxPages[0], census.pages]).toEqual([2, 2, 4]);
  });

  it('counts AUX mappings of each buffer, whatever the others have in the same place', () => {
    const { w } = new Session(advance).run(`
      open fd=0 flags=aux
      open fd=1 flags=aux
      mmap fd=0 page=0 npages=2 prot=read+write
      mmap fd=1 page=2 npages=2 prot=read+write
      store page=0 word=aux_offset value=${RB_PAGES}
      store page=0 word=aux_size value=1
      store page=2 word=aux_offset value=4
      store page=2 word=aux_size value=1
      mmap fd=0 page=4 npages=1 prot=read pgoff=${RB_PAGES}
      mmap fd=1 page=5 npages=1 prot=read pgoff=4`);
    const census = new Census();
    census.take(w);
    expect([...census.rbVmas.subarray(0, 2)]).toEqual([2, 2]);
    expect([...census.rbAuxVmas.subarray(0, 2)]).toEqual([1, 1]);
  });

  it('does not count memory that is not of events', () => {
    const session = new Session(advance).run('open fd=0\nmmap fd=0 page=0 npages=2 prot=read');
    const before = taken(session);
    const after = taken(
      session.run(`
        mmap page=8 npages=3 prot=read+write
        store page=8 value=1
        mmap page=12 npages=3 prot=read+write flags=private
        store page=12 value=1`),
    );
    expect([before.covered, before.uses, before.mmVmas[0]]).toEqual([2, 2, 1]);
    expect([after.covered, after.uses, after.mmVmas[0]]).toEqual([2, 2, 1]);
  });

  it('lists as many pages as there are, though buffers should know more', () => {
    const { w } = new Session(advance);
    w.rb.used.fill(1);
    w.rbData.page.fill(1);
    // So that the last page that there is comes in the middle of an AUX area.
    w.rbData.page[2] = 0;
    w.rbAux.page.fill(1);
    const census = new Census();
    census.take(w);
    expect(census.pages).toBe(MAX_PAGES);
    expect(
      [...census.rbPages].reduce((sum, pages) => sum + pages) +
        [...census.rbAuxPages].reduce((sum, pages) => sum + pages),
    ).toBe(MAX_PAGES);
  });

  it('passes over processes that do not live, and over nothing that is still attached', () => {
    const session = new Session(advance).run(SCRIPT);
    session.w.task.alive[1] = 0;
    expect(taken(session).covered).toBe(20);
    session.w.rb.used[1] = 0;
    const census = taken(session);
    expect([census.rbs, census.pages, census.rbPages[1]]).toEqual([2, 9, 0]);
    session.w.event.rb.fill(0);
    expect(taken(session).rbs).toBe(1);
  });

  it('starts over each time', () => {
    const session = new Session(advance).run(SCRIPT);
    const census = taken(session);
    session.run(
      'munmap page=0 npages=11\nmunmap page=20 npages=9\n1: exit\nclose fd=0\nclose fd=1\nclose fd=2',
    );
    census.take(session.w);
    const { events, rbs, pages, allocated, ptes, special, covered, uses } = census;
    expect({ events, rbs, pages, allocated, ptes, special, covered, uses }).toEqual({
      events: 0,
      rbs: 0,
      pages: 0,
      allocated: 0,
      ptes: 0,
      special: 0,
      covered: 0,
      uses: 0,
    });
  });
});
