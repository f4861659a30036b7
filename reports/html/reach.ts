import type { ReportCounterexample } from '../json/schema.js';

type Operation = ReportCounterexample['operations'][number];

/** Pages that a call names: of the process whose memory it is about. */
export interface Reach {
  readonly proc: number;
  readonly page: number;
  readonly pages: number;
}

/** Modes of mremap that say where to. */
const MOVES = new Set<unknown>(['fixed', 'dontunmap']);

/** What a call names in an arena; nothing for one that is about no pages, or that is not known here. */
export function reachOf(operation: Operation | undefined): readonly Reach[] {
  if (operation === undefined) return [];
  const { proc, target, page, npages, new_page, new_npages, mode } = operation as Readonly<
    Record<string, unknown>
  >;
  const reach = (from: unknown, pages: unknown): Reach[] =>
    typeof from === 'number'
      ? [
          {
            proc: typeof target === 'number' ? target : Number(proc),
            page: from,
            pages: typeof pages === 'number' ? pages : 1,
          },
        ]
      : [];
  return [...reach(page, npages), ...(MOVES.has(mode) ? reach(new_page, new_npages) : [])];
}
