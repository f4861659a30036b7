import type { Flavour, VariationPoint } from '../alphabet/specification.js';

/** Bit of each finding in a `Flavour`. They come after those of the variation points. */
export const FINDING = {
  secondMappingCharged: 20,
  keptMappingStaysLocked: 21,
  unmapperRefunded: 22,
} as const;

export interface Finding extends VariationPoint {
  readonly finding: true;
}

export const KNOWN_FINDINGS: readonly Finding[] = [];
export function findingsOfKernel(_release: string): Flavour {
  return (1 << 20) | (1 << 21) | (1 << 22);
}
