import {
  OBS_VIEW,
  obsWidth,
  VIEW_FIRST,
  VIEW_KIND,
  VIEW_PGOFF_MASK,
  VIEW_PGOFF_SHIFT,
  VIEW_R,
  VIEW_RSS_MASK,
  VIEW_RSS_SHIFT,
  VIEW_SHARED,
  VIEW_W,
  VIEW_X,
  VM_FLAGS,
} from '../../model/alphabet/observations.js';
import { OP } from '../../model/alphabet/operations.js';

/** A part of an observation: something that one line of /proc, or one number, shows by itself. */
interface Part {
  readonly name: string;
  /** The ints that hold it, and which bits of them. */
  readonly first: number;
  readonly end: number;
  readonly mask: number;
  /** Names of single bits, which are named when they differ. */
  readonly bits?: readonly (readonly [string, number])[];
}

const ALL = -1;
const VALUE: Part = { name: 'value', first: 1, end: OBS_VIEW, mask: ALL };
const VIEW = { first: OBS_VIEW, end: obsWidth(OP.maps) };

const PARTS_OF_MAPS: readonly Part[] = [
  VALUE,
  { name: 'kind of memory', ...VIEW, mask: VIEW_KIND },
  { name: 'permissions', ...VIEW, mask: VIEW_R | VIEW_W | VIEW_X | VIEW_SHARED },
  { name: 'VmFlags', ...VIEW, mask: VM_FLAGS.reduce((all, [, bit]) => all | bit, 0), bits: VM_FLAGS },
  { name: 'boundary', ...VIEW, mask: VIEW_FIRST },
  { name: 'pgoff', ...VIEW, mask: VIEW_PGOFF_MASK << VIEW_PGOFF_SHIFT },
  { name: 'Rss', ...VIEW, mask: VIEW_RSS_MASK << VIEW_RSS_SHIFT },
];
const PARTS_OF_STATUS: readonly Part[] = [
  VALUE,
  { name: 'VmPin', first: OBS_VIEW, end: OBS_VIEW + 1, mask: ALL },
  { name: 'VmLck', first: OBS_VIEW + 1, end: OBS_VIEW + 2, mask: ALL },
];
const PARTS_OF_OTHERS: readonly Part[] = [VALUE];
/** Where outcomes differ nothing else can be compared: a fault has no value, a failure no view. */
const OUTCOME: Part = { name: 'outcome', first: 0, end: obsWidth(OP.maps), mask: ALL };

function partsOf(kind: number): readonly Part[] {
  if (kind === OP.maps) return PARTS_OF_MAPS;
  return kind === OP.status ? PARTS_OF_STATUS : PARTS_OF_OTHERS;
}

/** A part in which two observations of one operation differ. */
export interface DifferingPart {
  /** Which: `outcome`, `value`, `Rss`, `VmFlags io pf`. */
  readonly what: string;
  /** Give one observation the other's answer in this part alone. */
  graft(from: Int32Array, into: Int32Array): void;
}

function differing(part: Part, one: Int32Array, other: Int32Array): DifferingPart[] {
  const { name, first, end, mask, bits = [] } = part;
  let differ = 0;
  for (let i = first; i < end; i++) differ |= (one[i] ^ other[i]) & mask;
  if (differ === 0) return [];
  const named = bits.filter(([, bit]) => (differ & bit) !== 0).map(([letters]) => ` ${letters}`);
  const graft = (from: Int32Array, into: Int32Array): void => {
    for (let i = first; i < end; i++) into[i] = (into[i] & ~mask) | (from[i] & mask);
  };
  return [{ what: name + named.join(''), graft }];
}

/** The parts in which two observations of an operation of this kind differ. */
export function differingParts(kind: number, one: Int32Array, other: Int32Array): DifferingPart[] {
  if (one[0] !== other[0]) return differing(OUTCOME, one, other);
  return partsOf(kind).flatMap((part) => differing(part, one, other));
}
