import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARENA_PAGES, FDS, OBS_WIDTH, OP_WIDTH, PROCS } from '#model/alphabet/bounds';
import { VIEW_NONE, VIEW_PERF } from '#model/alphabet/observations';
import type { SequenceView } from '#model/alphabet/specification';
import { Spec } from '#model/spec/index';
import { KnownState } from '#properties/arbitraries/known-state';
import { traces } from '#properties/arbitraries/traces';
import { FLAVOUR } from './sequences.js';

const maskOf = (count: number, has: (i: number) => boolean): number =>
  Array.from({ length: count }, (_, i) => (has(i) ? 1 << i : 0)).reduce((a, b) => a | b, 0);

/** The same masks, asked page by page. */
function asked(view: SequenceView, proc: number) {
  const isPerf = (page: number) => view.pageKind(proc, page) === VIEW_PERF;
  const isFirst = (page: number) => isPerf(page) && view.mappingStart(proc, page) === page;
  return {
    mapped: maskOf(ARENA_PAGES, (page) => view.pageKind(proc, page) !== VIEW_NONE),
    perf: maskOf(ARENA_PAGES, isPerf),
    first: maskOf(ARENA_PAGES, isFirst),
    control: maskOf(ARENA_PAGES, (page) => isFirst(page) && view.pagePgoff(proc, page) === 0),
    fds: maskOf(FDS, (fd) => view.fdOpen(proc, fd)),
    buffered: maskOf(FDS, (fd) => view.fdOpen(proc, fd) && view.bufferPages(proc, fd) > 0),
  };
}

describe('KnownState', () => {
  it('holds what the view says, after being told to forget', () => {
    const spec = new Spec(FLAVOUR);
    const known = new KnownState(spec.view);
    const obs = new Int32Array(OBS_WIDTH);
    fc.assert(
      fc.property(traces(new Spec(FLAVOUR), { maxLength: 60 }), ({ env, ops }) => {
        spec.reset(env);
        for (let at = 0; at < ops.length; at += OP_WIDTH) spec.step(ops, at, obs);
        known.forget();
        known.refreshAlive();
        known.refreshAll();
        expect(known.alive).toBe(maskOf(PROCS, (proc) => spec.view.alive(proc)));
        for (let proc = 0; proc < PROCS; proc++) {
          const { mapped, perf, first, control, fds, buffered } = known;
          expect({
            mapped: mapped[proc],
            perf: perf[proc],
            first: first[proc],
            control: control[proc],
            fds: fds[proc],
            buffered: buffered[proc],
          }).toEqual(asked(spec.view, proc));
        }
      }),
    );
  });

  it('asks again only for the pages that may have changed', () => {
    const { view, pages } = counting();
    const known = new KnownState(view);
    known.refresh(0);
    expect(pages.length).toBe(ARENA_PAGES);
    known.refresh(0);
    expect(pages.length).toBe(ARENA_PAGES);
    known.mapsChange(0, 0b1100);
    known.refresh(0);
    expect(pages.slice(ARENA_PAGES)).toEqual([2, 3]);
  });

  it('asks again for descriptors only when they may have changed, of each process by itself', () => {
    const { view, fds } = counting();
    const known = new KnownState(view);
    known.refresh(0);
    known.refresh(0);
    expect(fds).toEqual([0, 0, 0, 0]);
    known.refresh(2);
    expect(fds.slice(4)).toEqual([2, 2, 2, 2]);
    // An unmapped buffer leaves the events of every process.
    known.mapsChange(0, 1);
    known.refresh(2);
    known.fdsChange();
    known.refresh(0);
    expect(fds.slice(8)).toEqual([2, 2, 2, 2, 0, 0, 0, 0]);
  });

  it('asks again who lives only after processes may have come or gone', () => {
    const { view, procs } = counting();
    const known = new KnownState(view);
    known.refreshAlive();
    known.refreshAlive();
    expect(procs).toEqual([0, 1, 2]);
    known.forget();
    known.refreshAlive();
    known.refreshAlive();
    expect(procs).toEqual([0, 1, 2, 0, 1, 2]);
  });
});

/** An empty state that remembers what it was asked for. */
function counting() {
  const pages: number[] = [];
  const fds: number[] = [];
  const procs: number[] = [];
  const view: SequenceView = Object.create(new Spec(FLAVOUR).view, {
    pageKind: {
      value: (_: number, page: number) => {
        pages.push(page);
        return VIEW_NONE;
      },
    },
    fdOpen: {
      value: (proc: number) => {
        fds.push(proc);
        return false;
      },
    },
    alive: {
      value: (proc: number) => {
        procs.push(proc);
        return true;
      },
    },
  });
  return { view, pages, fds, procs };
}
