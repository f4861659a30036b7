import { describe } from 'vitest';
import { files_counted } from '#properties/invariants/files-counted';
import { itAllows, itCatches, itHolds } from '../../support/holds.js';
import { MAP, OPEN, UNMAP } from '../../support/lives.js';

describe('files-counted', () => {
  itHolds(files_counted);

  itCatches(files_counted, 'file-never-put', {
    steps: [OPEN, ['mmap', 0, { fd: 0, page: 0, npages: 4, prot: 1 }]],
    says: 'event 0: file count is 2, descriptors and mappings: 1',
  });

  itCatches(files_counted, 'file-put-twice', {
    steps: [OPEN, ['mmap', 0, { fd: 0, page: 0, npages: 4, prot: 1 }]],
    says: '1 descriptor(s) or mapping(s) use an event that is gone',
  });

  itAllows(files_counted, 'a file that only a mapping keeps, and copies of descriptors', [
    OPEN,
    MAP,
    ['dup', 0, { fd: 0, newfd: 1 }],
    ['fork', 0, { child: 1 }],
    ['close', 0, { fd: 0 }],
    ['close', 0, { fd: 1 }],
    ['exit', 1],
    UNMAP,
  ]);
});
