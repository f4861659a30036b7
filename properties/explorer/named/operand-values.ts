/** Values that several bounds give to operands. */
export const BOTH_FDS = [0, 1];
export const THREE_FDS = [0, 1, 2];
export const READ = ['read'];
export const WRITE = ['read', 'write'];
export const SCRATCH = { word: ['scratch'] };
