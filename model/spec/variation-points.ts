import type { VariationPoint } from '../alphabet/specification.js';

/** Bit of each variation point in a `Flavour`: its position in `VARIATION_POINTS`. */
export const VP = {
  gupRefused: 0,
  dontneedRefused: 1,
  lruAdviceRefused: 2,
  notResident: 3,
  populateRefused: 4,
  doforkRefused: 5,
  mlockIgnored: 6,
  pfnmapFlags: 7,
  execRefused: 8,
  redirectedBusy: 9,
  cutInvalid: 10,
  mremapChecksFirst: 11,
  guardKnown: 12,
  memoryFailure: 13,
  goneTargetNoDevice: 14,
  exitRecordedFirst: 15,
} as const;

export const VARIATION_POINTS: readonly VariationPoint[] = [
  ['gup-refused', '6.14'],
  ['dontneed-refused', '6.14'],
  ['lru-advice-refused', '6.14'],
  ['not-resident', '6.14'],
  ['populate-refused', '6.14'],
  ['dofork-refused', '6.14'],
  ['mlock-ignored', '6.14'],
  ['pfnmap-flags', '6.14'],
  ['exec-refused', '6.16'],
  ['redirected-busy', '6.18'],
  ['cut-invalid', '6.12'],
  ['mremap-checks-first', '6.17'],
  ['guard-known', '6.13'],
  ['memory-failure', 'config'],
  ['gone-target-no-device', '6.12'],
  ['exit-recorded-first', '6.12'],
].map(([id, since]) => ({ id, sides: ['', ''] as const, since, why: '', evidence: '' }));
