import type { Bounds } from './bounds.js';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/**
 * The sub-model "twin" that is also written by hand for Spin (bench/twin/twin.pml): two processes, two events, a gift that is never
 * used up, nothing read or written.
 * @param fds descriptors of each process, 1 to 4
 * @param places for mappings of two pages in each process, 1 to 4
 */
export function twinBounds(fds: number, places: number): Bounds {
  const fd = upTo(fds);
  const page = upTo(places).map((place) => 3 * place);
  return {
    name: `twin ${fds} ${places}`,
    env: { gift: 64 },
    processes: 2,
    events: 2,
    records: 'unseen',
    operations: [
      { op: 'open', with: { fd } },
      { op: 'close', with: { fd } },
      { op: 'set_output', with: { fd, target: [-1, ...fd] } },
      { op: 'mmap', with: { fd, page, npages: [2], prot: [['read']] } },
      { op: 'munmap', with: { page, npages: [2] } },
      { op: 'fork', with: { child: [0, 1] } },
      { op: 'exit' },
    ],
  };
}
