import type { OperationJson } from '../../model/trace/operation-json.js';
import { clip } from './text.js';

type Picture = readonly string[];

/** Pictures in one story at most; the last ones tell most. */
const MOST = 5;

/**
 * The pictures of the address space to show, by step: where it changed, and where it failed.
 * @param pictures one a step, of the process that did it, as far as there are any
 * @param operations the steps
 * @param failed index of the failing step
 */
export function pictureSteps(
  pictures: readonly Picture[],
  operations: readonly Pick<OperationJson, 'op' | 'proc'>[],
  failed: number,
): ReadonlyMap<number, Picture> {
  const last = new Map<number, Picture>();
  const shown: [number, Picture][] = [];
  operations.slice(0, pictures.length).forEach(({ op, proc }, step) => {
    const picture = pictures[step];
    const before = last.get(proc);
    last.set(proc, picture);
    // What a process starts with is known: of its first step only a mapping is news.
    const changed = before === undefined ? op === 'mmap' : before.join('\n') !== picture.join('\n');
    if (picture.length > 0 && (changed || step === failed)) shown.push([step, picture]);
  });
  return new Map(shown.slice(-MOST));
}

/** Columns by which the rest of a long row is indented: it stands under the legend. */
const REST = 40;

/** A row that is too long goes on below, from where two blanks part it. */
export function foldRow(row: string, width: number): string[] {
  if (row.length <= width) return [row];
  const cut = row.lastIndexOf('  ', width);
  if (cut <= REST) return [clip(row, width)];
  return [row.slice(0, cut), ...foldRow(' '.repeat(REST) + row.slice(cut + 2), width)];
}
