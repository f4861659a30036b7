// Observations as text, the way that a kernel developer writes them down.
import { ARENA_PAGES } from '#model/alphabet/bounds';
import { errnoName } from '#model/alphabet/errno';
import * as o from '#model/alphabet/observations';
import { OP } from '#model/alphabet/operations';

const STATUS = new Map<number, string>([
  [o.OK, 'ok'],
  [o.SIGBUS_ADRERR, 'SIGBUS'],
  [o.SEGV_MAPERR, 'SEGV_MAPERR'],
  [o.SEGV_ACCERR, 'SEGV_ACCERR'],
  [o.SEGV_PKUERR, 'SEGV_PKUERR'],
  [o.SKIP, 'SKIP'],
  [o.UNOBSERVED, 'UNOBSERVED'],
  [o.BOUND, 'BOUND'],
  [o.HANG, 'HANG'],
]);

const VALUE = new Map<number, string>([
  [o.ANY, 'any'],
  [o.UNLIMITED, 'unlimited'],
  [o.RECORD_BYTES, 'record'],
]);

/** VmFlags of smaps by their two letters, and the bit of each in a view. */
const VM_FLAGS: readonly (readonly [string, number])[] = [
  ['lo', o.VIEW_LO],
  ['dc', o.VIEW_DC],
  ['de', o.VIEW_DE],
  ['dd', o.VIEW_DD],
  ['io', o.VIEW_IO],
  ['pf', o.VIEW_PF],
  ['rr', o.VIEW_RR],
  ['sr', o.VIEW_SR],
  ['hg', o.VIEW_HG],
  ['nh', o.VIEW_NH],
  ['mg', o.VIEW_MG],
  ['wf', o.VIEW_WF],
];

function valueText(value: number): string {
  return VALUE.get(value) ?? String(value);
}

function pages(n: number): string {
  return n === o.ANY ? 'any' : String(n);
}

/** 'ok', 'EINVAL', 'SIGBUS'; 'ok 5' where there is a value, which only what succeeds should have; views after a colon. */
export function decode(kind: number, obs: Int32Array): string {
  const [status = Number.NaN, value = Number.NaN] = obs;
  const text = status < 0 ? errnoName(-status) : (STATUS.get(status) ?? `status ${status}`);
  if (status === o.OK && kind === OP.maps) return `ok: ${mapsText(obs)}`;
  if (status === o.OK && kind === OP.status)
    return `ok: pin ${pages(obs[o.OBS_VIEW])}, lck ${pages(obs[o.OBS_VIEW + 1])}`;
  return value === 0 ? text : `${text} ${valueText(value)}`;
}

/** `0-2 perf rw-s dc de dd rss 3; 5 anon r--p`: the pages of each mapping, then what /proc says of it. */
function mapsText(obs: Int32Array): string {
  const mappings: string[] = [];
  for (let page = 0; page < ARENA_PAGES; ) {
    const word = obs[o.OBS_VIEW + page];
    if ((word & o.VIEW_KIND) === o.VIEW_NONE) {
      page++;
      continue;
    }
    let end = page + 1;
    while (end < ARENA_PAGES && continues(obs[o.OBS_VIEW + end - 1], obs[o.OBS_VIEW + end])) end++;
    mappings.push(`${page === end - 1 ? page : `${page}-${end - 1}`} ${mappingText(word)}`);
    page = end;
  }
  return mappings.length === 0 ? 'nothing' : mappings.join('; ');
}

const PERF_ONLY = ~(
  (o.VIEW_PGOFF_MASK << o.VIEW_PGOFF_SHIFT) |
  (o.VIEW_RSS_MASK << o.VIEW_RSS_SHIFT) |
  o.VIEW_FIRST
);

const pgoffOf = (word: number): number => (word >> o.VIEW_PGOFF_SHIFT) & o.VIEW_PGOFF_MASK;

/** Is the page of the mapping of the one before? Pages of a file follow each other, anonymous ones have no place in any. */
function continues(before: number, word: number): boolean {
  if ((word & o.VIEW_FIRST) !== 0 || (before & PERF_ONLY) !== (word & PERF_ONLY)) return false;
  return pgoffOf(word) === ((word & o.VIEW_KIND) === o.VIEW_PERF ? pgoffOf(before) + 1 : 0);
}

function mappingText(word: number): string {
  const bit = (mask: number, letter: string): string => ((word & mask) !== 0 ? letter : '-');
  const perf = (word & o.VIEW_KIND) === o.VIEW_PERF;
  const permissions = `${bit(o.VIEW_R, 'r')}${bit(o.VIEW_W, 'w')}${bit(o.VIEW_X, 'x')}`;
  const parts = [
    perf ? 'perf' : 'anon',
    permissions + ((word & o.VIEW_SHARED) !== 0 ? 's' : 'p'),
    ...VM_FLAGS.filter(([, mask]) => (word & mask) !== 0).map(([letters]) => letters),
  ];
  const pgoff = pgoffOf(word);
  if (pgoff !== 0) parts.push(`pgoff ${pgoff}`);
  if (perf) parts.push(`rss ${(word >> o.VIEW_RSS_SHIFT) & o.VIEW_RSS_MASK}`);
  return parts.join(' ');
}
