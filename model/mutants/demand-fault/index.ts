import type { Mutant } from '../mutant.js';
import { fault_no_get_page } from './fault-no-get-page.js';
import { fault_no_mapping } from './fault-no-mapping.js';
import { mapping_left_at_free } from './mapping-left-at-free.js';

export const DEMAND_FAULT: readonly Mutant[] = [fault_no_mapping, mapping_left_at_free, fault_no_get_page];
