import type { VariationPoint } from '../alphabet/specification.js';

/** Bit of each variation point in a `Flavour`: its position in `VARIATION_POINTS`. */
export const VP = {
  gupRefused: 0,
  dontneedRefused: 1,
  lruAdviceRefused: 2,
  notResident: 3,
  populateRefused: 4,
  doforkRefused: 5,
  mlockIgnored: 6,
  pfnmapFlags: 7,
  execRefused: 8,
  redirectedBusy: 9,
  cutInvalid: 10,
  mremapChecksFirst: 11,
  guardKnown: 12,
  memoryFailure: 13,
  deadTargetNoDevice: 14,
  populateStopsAtHole: 15,
  tablesMadeByMmap: 16,
} as const;

/** Variation points that came with the change to mapping in advance, "perf: map pages in advance". */
const CHANGE = '6.14';
const MEASURED = 'measured on v6.1.192 and v6.12.117 (side 0) and on v6.18.44 (side 1)';

export const VARIATION_POINTS: readonly VariationPoint[] = [
  {
    id: 'gup-refused',
    sides: [
      'vmsplice, O_DIRECT, process_vm_readv and _writev, ptrace, /proc/PID/mem and shared futexes reach the pages of a perf mapping',
      'they fail with EFAULT, ptrace and mem with EIO',
    ],
    since: CHANGE,
    why: 'get_user_pages() hands out no page of a VM_PFNMAP mapping.',
    evidence: `check_vma_flags(); ${MEASURED}`,
  },
  {
    id: 'dontneed-refused',
    sides: [
      'MADV_DONTNEED and MADV_DONTNEED_LOCKED drop page table entries of a perf mapping, of a part of one too; the content stays',
      'they are EINVAL',
    ],
    since: CHANGE,
    why: 'A VM_PFNMAP mapping whose entries were dropped could not fault them in again.',
    evidence: `madvise_dontneed_free_valid_vma(); ${MEASURED}`,
  },
  {
    id: 'lru-advice-refused',
    sides: ['MADV_COLD and MADV_PAGEOUT on a perf mapping do nothing', 'they are EINVAL'],
    since: CHANGE,
    why: 'Pages of a VM_PFNMAP mapping are on no list that memory is reclaimed from.',
    evidence: `can_madv_lru_vma(); ${MEASURED}`,
  },
  {
    id: 'not-resident',
    sides: [
      'pages of a perf mapping that were touched count in Rss, until MADV_DONTNEED',
      'Rss of a perf mapping is 0',
    ],
    since: CHANGE,
    why: 'Entries without a struct page behind them are not counted (vm_normal_page).',
    evidence: `smaps_pte_entry(), smaps_pte_range(); ${MEASURED}`,
  },
  {
    id: 'populate-refused',
    sides: [
      'MADV_POPULATE_READ brings in the pages of a perf mapping, MADV_POPULATE_WRITE its control page, and is EFAULT at the first data page',
      'they are EINVAL',
    ],
    since: CHANGE,
    why: 'Populating takes pages as get_user_pages() does.',
    evidence: `faultin_page_range(), madvise_populate(); ${MEASURED}`,
  },
  {
    id: 'dofork-refused',
    sides: [
      'MADV_DOFORK works on a perf mapping, and a child then has the mapping, too',
      'MADV_DOFORK is EINVAL: no child ever has the mapping',
    ],
    since: CHANGE,
    why: 'MADV_DOFORK leaves VM_IO mappings alone, and perf mappings are VM_IO now.',
    evidence: `madvise_vma_behavior(), remap_pfn_range(); ${MEASURED}`,
  },
  {
    id: 'mlock-ignored',
    sides: [
      'mlock of a perf mapping brings its pages in, and is ENOMEM if it has no permission at all',
      'mlock passes over perf mappings',
    ],
    since: CHANGE,
    why: '__mm_populate() skips VM_IO and VM_PFNMAP mappings. Neither side locks them or counts them.',
    evidence: `__mm_populate(); ${MEASURED}`,
  },
  {
    id: 'pfnmap-flags',
    sides: ['VmFlags of a perf mapping: dc de dd', 'VmFlags of a perf mapping: dc de dd io pf'],
    since: CHANGE,
    why: 'remap_pfn_range() marks what it maps.',
    evidence: `show_smap_vma_flags(); ${MEASURED}`,
  },
  {
    id: 'exec-refused',
    sides: [
      'PROT_EXEC is as good as any permission for perf mappings',
      'mmap with PROT_EXEC is EPERM, mprotect to it EACCES',
    ],
    since: '6.16',
    why: "The file system behind perf's files is SB_I_NOEXEC since then. It has nothing to do with how pages are mapped.",
    evidence: `do_mmap(), do_mprotect_pkey(); ${MEASURED}`,
  },
  {
    id: 'redirected-busy',
    sides: [
      "mmap of an event that was redirected shows the other event's buffer",
      'mmap of an event that was redirected and has no mapping of its own is EBUSY',
    ],
    since: '6.18',
    why: 'Two events would write to one control page (d06bf78e55d5).',
    evidence: `perf_mmap_rb(); ${MEASURED}`,
  },
  {
    id: 'cut-invalid',
    sides: [
      'a MAP_FIXED mmap over a part of a perf mapping is ENOMEM',
      'a MAP_FIXED mmap over a part of a perf mapping is EINVAL',
    ],
    since: '6.12',
    why: 'mmap_region() called every failure to clear the range ENOMEM.',
    evidence: 'mmap_region(); measured on v6.1.192 (side 0) and on v6.12.117 and v6.18.44 (side 1)',
  },
  {
    id: 'mremap-checks-first',
    sides: [
      'mremap to a new place clears it before it looks whether the mapping can move, and moves one mapping',
      'mremap checks first what it can, and without a change of size moves every mapping in the range',
    ],
    since: '6.17',
    why: 'mremap was rewritten; a perf mapping can move among others since.',
    evidence: `mremap_to(), remap_move(); ${MEASURED}; v6.15 and v6.16, where it was half done, are not`,
  },
  {
    id: 'guard-known',
    sides: [
      'MADV_GUARD_INSTALL and MADV_GUARD_REMOVE are unknown: EINVAL, whatever the range',
      'they are known, and EINVAL for perf mappings',
    ],
    since: '6.13',
    why: 'The advices are younger than the kernel.',
    evidence: `madvise_behavior_valid(), is_valid_guard_vma(); ${MEASURED}`,
  },
  {
    id: 'memory-failure',
    sides: [
      'MADV_HWPOISON and MADV_SOFT_OFFLINE are unknown: EINVAL, whatever the range',
      'they are EPERM without CAP_SYS_ADMIN',
    ],
    since: 'config',
    why: 'CONFIG_MEMORY_FAILURE decides whether the kernel knows them.',
    evidence:
      'madvise_inject_error(); measured on v6.1.192 of Debian and v6.18.44 (without), v6.12.117 of Debian (with)',
  },
  {
    id: 'dead-target-enodev',
    sides: [
      'perf_event_open with FD_OUTPUT looks at an event that has ended with its task as at any other',
      'it is ENODEV, before anything else is compared',
    ],
    since: '6.12',
    why: 'Nothing new may attach to an event that has ended. Stable kernels have it, v6.1 has not.',
    evidence: 'perf_event_open(); measured on v6.1.192 (side 0) and on v6.12.117 and v6.18.44 (side 1)',
  },
  {
    id: 'populate-stops-at-hole',
    sides: [
      'MADV_POPULATE_READ and MADV_POPULATE_WRITE pass over holes, as other advices do, and are ENOMEM in the end',
      'they end at the first hole with ENOMEM',
    ],
    since: '6.9',
    why: 'They no longer go from mapping to mapping with the other advices.',
    evidence: 'madvise_populate(); measured on v6.1.192 (side 0) and on v6.12.117 and v6.18.44 (side 1)',
  },
  {
    id: 'tables-made-by-mmap',
    sides: [
      'mmap of a perf mapping needs no page tables: that one cannot be allocated is a matter of the faults, which are retried',
      'it is ENOMEM when a page table cannot be allocated',
    ],
    since: CHANGE,
    why: 'remap_pfn_range() makes the page tables at once, and its failure is that of mmap.',
    evidence:
      'remap_pfn_range(), pagefault_out_of_memory(); read in v6.12 and v6.18, not measured: it takes failure injection',
  },
];
