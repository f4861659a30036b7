import type { Mutant } from '../mutant.js';
import { aux_refund_either_or } from './aux-refund-either-or.js';
import { double_mmap_rb_ref } from './double-mmap-rb-ref.js';
import { extra_grows } from './extra-grows.js';
import { fork_inherits_vma } from './fork-inherits-vma.js';
import { refund_per_event } from './refund-per-event.js';
import { shared_gift } from './shared-gift.js';
import { sysctl_shrink } from './sysctl-shrink.js';
import { vmalloc_single_page } from './vmalloc-single-page.js';

export const ACCOUNTING: readonly Mutant[] = [
  fork_inherits_vma,
  double_mmap_rb_ref,
  refund_per_event,
  extra_grows,
  aux_refund_either_or,
  sysctl_shrink,
  shared_gift,
  vmalloc_single_page,
];
