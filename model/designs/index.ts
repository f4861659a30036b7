import { advance } from './advance.js';
import { demand_fault } from './demand-fault.js';
import type { Design } from './design.js';
import { v6_12 } from './v6.12.js';
import { v6_14 } from './v6.14.js';
import { v6_18 } from './v6.18.js';
import { v7_3 } from './v7.3.js';

/** All designs, intended ones first. */
export const DESIGNS: readonly Design[] = [advance, demand_fault, v6_12, v6_14, v6_18, v7_3];

export type { Design } from './design.js';
