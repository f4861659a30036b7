import type { Mutant } from '../mutant.js';
import { late_failure_no_close } from './late-failure-no-close.js';
import { partial_pfn_left } from './partial-pfn-left.js';

export const CORE_MM: readonly Mutant[] = [late_failure_no_close, partial_pfn_left];
