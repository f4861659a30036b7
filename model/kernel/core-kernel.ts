/** What the core of a kernel does that a design cannot choose. */
export interface CoreKernel {
  /** "major.minor". */
  readonly release: string;
  /** The anonymous inode mount is noexec: PROT_EXEC mappings of event files are refused. */
  readonly anon_inodes_noexec: boolean;
  /** mremap looks at the mapping before it unmaps what is at its new place, and moves several mappings at once (v6.17). */
  readonly mremap_checks_first: boolean;
  /** madvise knows MADV_GUARD_INSTALL and MADV_GUARD_REMOVE (v6.13). */
  readonly guard_regions: boolean;
  /** A remap_pfn_range that fails zaps what it had mapped (79a61cc3fc04; in v6.12). */
  readonly remap_cleans_up: boolean;
  /** mmap can fail after the file's `mmap` has succeeded, and nobody is told (before deb0f6562884). */
  readonly fails_after_mmap: boolean;
}

/** A charge divided between the user's gift and pinned memory, in pages. */
export interface Charge {
  /** To user_struct.perf_mlock. */
  user: number;
  /** To mm_struct.pinned_vm. */
  pinned: number;
}
