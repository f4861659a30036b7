import { TraceError } from '../../model/trace/trace-error.js';
import { VERSION } from '../../model/trace/version.js';
import type { Place } from './batch.js';
import type { Seen } from './differences.js';
import type { Explorer } from './explorer.js';
import type { Question } from './question.js';
import type { SavedStates } from './state-store.js';

const FORMAT = 'mapahead-checkpoint 2';
const HEADER_END = 10;

interface Header {
  readonly format: string;
  readonly madeBy: string;
  readonly question: string;
  /** Bytes of each array that follows, in the order of `arraysOf`. */
  readonly arrays: readonly number[];
  readonly counters: Counters;
}

interface Counters {
  readonly transitions: number;
  readonly skipped: number;
  readonly depth: number;
  readonly head: number;
  readonly levelEnd: number;
  readonly spentMs: number;
  readonly notFollowed: Explorer['notFollowed'];
  readonly witnesses: readonly number[];
  readonly found: Place | null;
  readonly outcomes: readonly (readonly [number, number])[];
  readonly differences: readonly (readonly [string, Seen])[];
  readonly applied: readonly (readonly number[])[];
}

function questionText({ design, against, bounds, symmetry, only, failure }: Question): string {
  const asked = [design.id, against?.id ?? 'spec', bounds, symmetry, only ?? 'all'];
  return JSON.stringify(failure === undefined ? asked : [...asked, failure]);
}

function arraysOf({ parts, halves, states, parents, operations, renamings }: SavedStates) {
  const tables = [parts, halves, states].flatMap(({ rows, starts }) => [rows, starts]);
  return [...tables, parents, operations, renamings];
}

function countersOf(explorer: Explorer): Counters {
  const { transitions, skipped, depth, head, levelEnd, spentMs, notFollowed, witnesses } = explorer;
  return {
    transitions,
    skipped,
    depth,
    head,
    levelEnd,
    spentMs,
    notFollowed,
    witnesses,
    found: explorer.found ?? null,
    outcomes: explorer.outcomes.save(),
    differences: explorer.differences.save(),
    applied: explorer.applied.map((counts) => [...counts]),
  };
}

/** A search as bytes, to go on with it later: to be written one after the other before the search goes on. */
export function saveCheckpoint(explorer: Explorer): Uint8Array[] {
  const arrays = arraysOf(explorer.store.save());
  const header: Header = {
    format: FORMAT,
    madeBy: VERSION,
    question: questionText(explorer.question),
    arrays: arrays.map(({ byteLength }) => byteLength),
    counters: countersOf(explorer),
  };
  return [
    Buffer.from(`${JSON.stringify(header)}\n`),
    ...arrays.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
  ];
}

function parseHeader(bytes: Buffer, end: number, source: string): Header {
  try {
    const header = JSON.parse(bytes.toString('utf8', 0, end)) as Header;
    if (header.format === FORMAT) return header;
  } catch {
    // Said below: whatever it is, it is none.
  }
  throw new TraceError('no checkpoint of a search', '', source);
}

/**
 * Put a search that has not begun to where the saved one was.
 * @throws TraceError when the bytes are no checkpoint, or one of another search or version
 */
export function loadCheckpoint(explorer: Explorer, bytes: Buffer, source: string): void {
  const end = bytes.indexOf(HEADER_END);
  const { madeBy, question, arrays, counters } = parseHeader(bytes, end, source);
  if (madeBy !== VERSION) throw new TraceError(`made by version ${madeBy}, this is ${VERSION}`, '', source);
  if (question !== questionText(explorer.question)) throw new TraceError('of another search', '', source);
  const total = arrays.reduce((sum, length) => sum + length, end + 1);
  if (total !== bytes.length) throw new TraceError('not complete', '', source);
  let at = end + 1;
  const pieces = arrays.map((length) => {
    const piece = new Uint8Array(bytes.subarray(at, at + length));
    at += length;
    return piece.buffer;
  });
  const [a, b, c, d, e, f, parents] = pieces.slice(0, 7).map((piece) => new Int32Array(piece));
  const [operations, renamings] = pieces.slice(7);
  explorer.store.load({
    parts: { rows: a, starts: b },
    halves: { rows: c, starts: d },
    states: { rows: e, starts: f },
    parents,
    operations: new Uint16Array(operations),
    renamings: explorer.store.renamingsFrom(renamings),
  });
  restoreCounters(explorer, counters);
}

function restoreCounters(explorer: Explorer, counters: Counters): void {
  const { outcomes, differences, applied, notFollowed, witnesses, found, ...plain } = counters;
  Object.assign(explorer, plain);
  explorer.found = found ?? undefined;
  Object.assign(explorer.notFollowed, notFollowed);
  witnesses.forEach((state, i) => {
    explorer.witnesses[i] = state;
  });
  explorer.outcomes.load(outcomes);
  explorer.differences.load(differences);
  explorer.applied.forEach((counts, side) => {
    counts.set(applied[side]);
  });
}
