import { test } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { demand_fault } from '#model/designs/demand-fault';
import { run } from '../../support/script.js';

test('in the default environment no operation is out of reach', () => {
  run(
    demand_fault,
    `
    open fd=0 flags=aux
    mmap page=2 npages=2 prot=exec flags=private
    load page=2
    madvise page=2 npages=2 advice=HUGEPAGE
    madvise page=2 npages=2 advice=MERGEABLE
    `,
    DEFAULT_ENV,
  );
});
