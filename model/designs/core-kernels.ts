import type { CoreKernel } from './design.js';

/** The core mm of the kernels that designs run in: what differs there and can be seen with these operations. */
export const CORE_6_12: CoreKernel = {
  release: '6.12',
  anon_inodes_noexec: false,
  mremap_checks_first: false,
  guard_regions: false,
  remap_cleans_up: true,
  fails_after_mmap: false,
};
export const CORE_6_14: CoreKernel = { ...CORE_6_12, release: '6.14', guard_regions: true };
export const CORE_6_18: CoreKernel = {
  ...CORE_6_14,
  release: '6.18',
  anon_inodes_noexec: true,
  mremap_checks_first: true,
};
export const CORE_7_3: CoreKernel = { ...CORE_6_18, release: '7.3' };
