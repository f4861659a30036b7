import { OP_NAMES, type OpName } from '../alphabet/operations.js';
import { ACCESS } from './access.js';
import type { Handler } from './handler.js';
import { MEMORY } from './memory.js';
import { PROCESS } from './process.js';

const BY_NAME: Readonly<Record<OpName, Handler>> = { ...PROCESS, ...MEMORY, ...ACCESS };

/** By number of the operation. */
export const HANDLERS: readonly Handler[] = OP_NAMES.map((name) => BY_NAME[name]);
