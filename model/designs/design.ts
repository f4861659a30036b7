/** A design is written against the World that it lives in, which holds it: the types of both stand together, in `kernel/`. */
export type { CoreKernel } from '../kernel/core-kernel.js';
export type { Design } from '../kernel/world.js';
