import type { Flavour, VariationPoint } from '../alphabet/specification.js';
import { isReleaseFrom } from './releases.js';

/** Bit of each finding in a `Flavour`. They come after those of the variation points. */
export const FINDING = {
  secondMappingCharged: 20,
  unmapperRefunded: 21,
  keptMappingStaysLocked: 22,
} as const;

export interface Finding extends VariationPoint {
  readonly finding: true;
}

export const KNOWN_FINDINGS: readonly Finding[] = [];
export function findingsOfKernel(release: string): Flavour {
  return (isReleaseFrom(release, '6.15') ? (1 << 20) | (1 << 22) : 0) | (1 << 21);
}
