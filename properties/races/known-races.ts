/**
 * A race of a kernel, as one that its transcription shows: what was read again in the source, and a plan that shows it. Written out by
 * `npm run findings`, which runs the plan on each design; a test holds every line of it.
 */
export interface KnownRace {
  readonly id: string;
  /** A plan (see `parsePlan`), and the rule that it breaks. */
  readonly plan: string;
  readonly rule: string;
  /** Designs that are transcribed from kernels and show it. */
  readonly designs: readonly string[];
  readonly promised: string;
  readonly happens: string;
  /** How it comes about. */
  readonly why: string;
  /** Functions, and in which source it was read. */
  readonly evidence: string;
  /** What mends it, or why it is not mended. */
  readonly mended: string;
}

/** The sources that what is said of v6.18 and v7.3 was read in. */
const READ = 'read in the source with c69df06e4e26 (v7.3)';

export const KNOWN_RACES: readonly KnownRace[] = [
  {
    id: 'lost-buffer',
    plan: 'mapped: unmap | map',
    rule: 'no-page-freed-while-mapped',
    designs: ['v6.18', 'v7.3'],
    promised: 'a buffer that is mapped is there.',
    happens:
      'the munmap of an event takes away the new buffer that an mmap by another process has just made: its pages are freed under that mapping. If that mmap fails instead, the count of the event goes below 0.',
    why: 'The munmap takes the count of the buffer to 0, and has not yet taken mmap_mutex to drop that of the event. The mmap finds the buffer at 0, leaves it, makes a new one, and sets the count of the event to 1, which it was already. Then the munmap takes it to 0, and the event off the buffer that it has by now. To v6.17 the mmap added to the count, and only the refund was lost.',
    evidence: `perf_mmap_close(): the two counts one after the other; perf_mmap_rb(): refcount_set() of the event; ${READ}, and for v6.18 in the series that it took (August 2025)`,
    mended: 'no: both counts would have to be dropped under mmap_mutex, as the intended designs do.',
  },
  {
    id: 'half-undone-mapping',
    plan: 'redirected: unmap | map-fails',
    rule: 'mappings-counted',
    designs: ['v7.3'],
    promised: 'a failed mmap changes nothing.',
    happens:
      'a further mmap of a buffer that fails takes the event off it and refunds it as if it had made it, and what it counted in the buffer stays. An event that is redirected there keeps a buffer that nothing maps, that nobody is charged for, and that it can neither map nor leave by an munmap.',
    why: 'The undo takes a mapping for the one that made the buffer if the count of the event is 1, which is held to be stable under mmap_mutex. But an munmap that is not the last drops the count without that mutex.',
    evidence: `perf_mmap(): the error path; perf_mmap_close(): refcount_dec_and_mutex_lock() takes the mutex for the last reference only; ${READ}`,
    mended: 'no: the undo would have to know from perf_mmap_rb() whether the buffer is new.',
  },
  {
    id: 'stuck-event',
    plan: 'redirected-shared: unmap | unmap',
    rule: 'references-counted',
    designs: ['v6.12', 'v6.14', 'v6.18', 'v7.3'],
    promised: 'the last munmap of a buffer takes every event off it.',
    happens:
      'a redirected event stays on a buffer that nothing maps, until it is closed or redirected again; the buffer is never refunded.',
    why: 'Of the last two mappings of an event, the one that is last for the buffer need not be the last for the event, as the counts are dropped one after the other: that one leaves without taking the others off, and the other has seen that it is not the last of the buffer.',
    evidence: `perf_mmap_close(): detach_rest is set, and out_put; ${READ}, and in v6.12.117`,
    mended: 'no.',
  },
  {
    id: 'lost-refund',
    plan: 'shared: unmap | unmap',
    rule: 'charges-match',
    designs: ['v6.12', 'v6.14'],
    promised: 'the last munmap of a buffer refunds it.',
    happens:
      'what a buffer was charged stays with the user for ever. (In v6.18 and v7.3 as well: there it is hidden behind second-mapping-charged, which needs no race.)',
    why: 'As stuck-event: the same part of the function is left out.',
    evidence: `perf_mmap_close(); in v6.12.117, and ${READ}`,
    mended: 'no.',
  },
  {
    id: 'aux-count-from-0',
    plan: 'aux-asked: unmap | map-aux',
    rule: 'no-kernel-warning',
    designs: ['v6.12', 'v6.14', 'v6.18', 'v7.3'],
    promised: 'an munmap of data takes nothing from the AUX area.',
    happens:
      'aux_mmap_count is dropped from 0: a warning of refcount_t since v6.18; before, atomic_set() hides it.',
    why: 'While an AUX area is made it has pages already, and aux_pgoff is still 0, as is vm_pgoff of a data mapping: the munmap takes that for one of the AUX area.',
    evidence: `perf_mmap_close(): what is asked before aux_mutex is taken; rb_alloc_aux(): aux_pgoff is set last; ${READ}, and in v6.12.117`,
    mended: 'no: 5948aaf64f81 takes aux_mutex where pages are mapped, not where they are unmapped.',
  },
  {
    id: 'late-refund',
    plan: 'mapped: unmap | map+look',
    rule: 'order',
    designs: ['v6.12', 'v6.14', 'v6.18', 'v7.3'],
    promised: 'what is free can be mapped.',
    happens:
      'who maps the event anew while its buffer is unmapped sees, and can map, less than in any order of the two. When the munmap has returned it is put right.',
    why: 'The event is off the buffer before the refund.',
    evidence: `perf_mmap_close(); in v6.12.117, and ${READ}`,
    mended: 'no.',
  },
  {
    id: 'failed-mapping-takes-the-buffer',
    plan: 'opened: map | map-fails',
    rule: 'no-page-freed-while-mapped',
    designs: ['v6.18'],
    promised: 'a failed mmap changes nothing for others.',
    happens:
      'an mmap that fails to map its pages takes down the buffer that another task has mapped by then.',
    why: 'mmap_mutex is dropped between publishing a new buffer and mapping its pages.',
    evidence: 'perf_mmap(); CVE-2026-23248',
    mended:
      '77de62ad3de3, which dead-locks (`mapfail-deadlock`), and c69df06e4e26, which leaves half-undone-mapping.',
  },
  {
    id: 'half-made-aux-area',
    plan: 'aux-asked: map | map-aux',
    rule: 'entry-is-right-when-set',
    designs: ['v6.14', 'v6.18'],
    promised: 'page 0 of a mapping of data is the control page.',
    happens: 'it is the first page of an AUX area that is being made, and stays mapped when that is freed.',
    why: 'map_range() asks which page is where while another event of the same buffer makes its AUX area.',
    evidence: 'map_range(), perf_mmap_to_page(), rb_alloc_aux(); CVE-2026-64300',
    mended: '5948aaf64f81.',
  },
];
