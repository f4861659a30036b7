import type { CoreKernel } from './design.js';

/** The core mm of the kernels that designs run in: what differs there and can be seen with these operations. */
export const CORE_6_12: CoreKernel = { release: '6.12', anon_inodes_noexec: false, mmap_fixed_tells_why: true };
export const CORE_6_14: CoreKernel = { release: '6.14', anon_inodes_noexec: false, mmap_fixed_tells_why: true };
export const CORE_6_18: CoreKernel = { release: '6.18', anon_inodes_noexec: true, mmap_fixed_tells_why: true };
export const CORE_7_3: CoreKernel = { release: '7.3', anon_inodes_noexec: true, mmap_fixed_tells_why: true };
