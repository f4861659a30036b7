import type { Flavour, VariationPoint } from '../alphabet/specification.js';
import { isReleaseFrom } from './releases.js';

/** Bit of each finding in a `Flavour`. They come after those of the variation points. */
export const FINDING = {
  secondMappingCharged: 20,
  unmapperRefunded: 21,
  auxRefundsOther: 22,
  keptMappingStaysLocked: 23,
} as const;

/**
 * Where released kernels do not what they should. The specification says what should be (side 0); a flavour with
 * the bit set follows the kernel instead (side 1), so that what comes after it can still be compared. A run that
 * consulted the bit of a finding has met it, and says so.
 */
export interface Finding extends VariationPoint {
  readonly finding: true;
  /** Its bit in a `Flavour`. */
  readonly bit: number;
  /** Kernels that do it, as measured or read. */
  readonly kernels: string;
  /** The shortest sequence that shows it, one operation a line, with what it shows. */
  readonly sequence: readonly string[];
}

export const KNOWN_FINDINGS: readonly Finding[] = [
  {
    finding: true,
    bit: FINDING.secondMappingCharged,
    id: 'second-mapping-charged',
    sides: [
      'a further mapping of a buffer costs nothing',
      'a further mapping of a buffer takes its pages from the gift of the user, beyond any limit and for ever',
    ],
    since: '6.15',
    kernels: 'measured on v6.18.44; read in v7.3; not on v6.1.192 and v6.12.117',
    why: 'The charge is added on the path where the buffer exists already, and unmapping gives back one charge a buffer.',
    evidence: 'perf_mmap(), perf_mmap_rb() and perf_mmap_account(), perf_mmap_close()',
    sequence: [
      'open(fd 0)',
      'mmap(fd 0, page 0, 2 pages)',
      'mmap(fd 0, page 2, 2 pages)',
      'munmap(page 0, 4 pages)',
      'headroom: 2 pages less than at the start',
    ],
  },
  {
    finding: true,
    bit: FINDING.unmapperRefunded,
    id: 'unmapper-refunded',
    sides: [
      'what was charged to a memory (VmPin) goes back to that memory',
      'it goes to the memory that unmaps last: VmPin of one stays, that of the other falls below 0, and while it is below 0 a mapping within the gift is EPERM',
    ],
    since: '6.1',
    kernels: 'measured on v6.1.192, v6.12.117 and v6.18.44',
    why: 'perf_mmap_close() takes the memory of the mapping that closes, not the one that was charged.',
    evidence:
      'perf_mmap_close(); pinned_vm is compared as an unsigned number in perf_mmap() and perf_mmap_calc_limits()',
    sequence: [
      'open(fd 0)',
      'mmap(fd 0, page 0, more pages than the gift)',
      'fork(process 1)',
      'process 1: mmap(fd 0, page 0, as many pages)',
      'munmap(page 0)',
      'process 1: munmap(page 0)',
      'status: VmPin is what it was when all was mapped',
      'process 1: status: VmPin is negative',
    ],
  },
  {
    finding: true,
    bit: FINDING.auxRefundsOther,
    id: 'aux-refunds-other-user',
    sides: [
      'what was charged to a user for an AUX area goes back to that user',
      'it goes to the user who was charged for the buffer',
    ],
    since: '6.1',
    kernels: 'read in v6.1.192, v6.12.117 and v6.18; not measured: no PMU with AUX buffers at hand',
    why: 'Who was charged is remembered for the buffer only.',
    evidence: 'perf_mmap() charges current_user(), perf_mmap_close() refunds rb->mmap_user',
    sequence: [
      'open(fd 0, aux)',
      'mmap(fd 0, page 0, 2 pages, read and write)',
      'store(page 0, aux_offset, 2)',
      'store(page 0, aux_size, 1)',
      'setuid(user 1)',
      'mmap(fd 0, page 2, 1 page, pgoff 2)',
      'munmap(page 2, 1 page)',
      'headroom: 1 page less than at the start',
    ],
  },
  {
    finding: true,
    bit: FINDING.keptMappingStaysLocked,
    id: 'kept-mapping-stays-locked',
    sides: [
      'mremap with MREMAP_DONTUNMAP moves the lock of anonymous memory with its pages',
      'VmLck counts the pages twice for ever, and all of the old mapping loses its lock, moved or not',
    ],
    since: '6.15',
    kernels: 'measured on v6.18.44; not on v6.12.117',
    why: 'The new mapping is added to locked_vm, and the old one, which loses VM_LOCKED as a whole, is not taken from it. Generic mm, no perf.',
    evidence: 'vrm_stat_account(), dontunmap_complete()',
    sequence: [
      'mmap(anonymous, page 0, 2 pages, locked)',
      'mremap(page 0, 1 page, dontunmap, page 4)',
      'status: VmLck 3',
      'munmap(page 0, 5 pages)',
      'status: VmLck 2',
    ],
  },
];

/** Bits of the findings that a released kernel is known for, to be added to `flavourOfKernel`. @throws RangeError */
export function findingsOfKernel(release: string): Flavour {
  let bits = 0;
  for (const { bit, since } of KNOWN_FINDINGS) if (isReleaseFrom(release, since)) bits |= 1 << bit;
  return bits;
}
