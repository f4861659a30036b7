import { KNOWN_FINDINGS, VARIATION_POINTS } from '../../model/spec/index.js';

const NAMES = new Map<number, string>([
  ...VARIATION_POINTS.map(({ id }, bit) => [bit, id] as const),
  ...KNOWN_FINDINGS.map(({ id, bit }) => [bit, id] as const),
]);

/** Ids of the variation points and known findings that these bits of a flavour stand for. */
export function pointNames(bits: readonly number[]): string[] {
  return bits.flatMap((bit) => NAMES.get(bit) ?? []);
}

/** The bits of a flavour that these ids stand for. */
export function pointBits(ids: readonly string[]): number[] {
  return [...NAMES].flatMap(([bit, id]) => (ids.includes(id) ? [bit] : []));
}
