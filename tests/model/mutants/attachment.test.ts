import { itKeeps, itShows } from './shown.js';

itShows(
  'same-task-check',
  `
    open
    open fd=1 flags=cpu
    mmap fd=0 npages=1 prot=read
    set_output fd=1 target=0
  `,
  'spec',
  'process 0: set_output gave ok, allowed EINVAL',
);

itShows(
  'inherit-mmap',
  `
    open flags=inherit
    mmap fd=0 npages=1 prot=read
  `,
  'spec',
  'process 0: mmap gave ok, allowed EINVAL',
);

itShows(
  'rdpmc-mm',
  `
    open
    mmap fd=0 npages=1 prot=read
    exec
  `,
  'event-mapped-balanced',
  'process 0: event_mapped balance is -1, VMAs: 0',
);

itKeeps(
  'same-task-check',
  'an event itself, and one that writes from the other end',
  'open\n open fd=1 flags=backward\n mmap fd=0 npages=2 prot=read\n set_output fd=1 target=0\n set_output fd=0 target=0',
);

itKeeps(
  'inherit-mmap',
  'a private mapping, and an event that nobody inherits',
  'open\n mmap fd=0 npages=2 prot=read flags=private\n mmap fd=0 npages=2 prot=read\n exit',
);

itKeeps('rdpmc-mm', 'the memory that it runs in', 'open\n mmap fd=0 npages=1 prot=read\n munmap npages=1');
