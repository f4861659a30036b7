import type { Mutant } from '../mutant.js';
import { inherit_mmap } from './inherit-mmap.js';
import { rdpmc_mm } from './rdpmc-mm.js';
import { same_task_check } from './same-task-check.js';

export const ATTACHMENT: readonly Mutant[] = [same_task_check, inherit_mmap, rdpmc_mm];
