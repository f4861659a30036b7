import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { ERRNO, type ErrnoName } from '#model/alphabet/errno';
import * as o from '#model/alphabet/observations';
import type { Domain } from '#model/alphabet/operands';
import { OP, OPERAND_NAMES, OPERATIONS, type OpName } from '#model/alphabet/operations';
import { ACCEPTED, type Flavour, OUT_OF_SCOPE, REJECTED } from '#model/alphabet/specification';
import { DEFAULT_ENV, type Env } from '#model/alphabet/system';
import { flavourOf, Spec, VARIATION_POINTS } from '#model/spec/index';

/** Kernels before and after the change to mapping in advance, all else as in v6.18. */
export const AFTER: Flavour = flavourOf(
  VARIATION_POINTS.filter(({ id }) => id !== 'memory-failure').map(({ id }) => id),
);
export const BEFORE: Flavour = flavourOf(
  VARIATION_POINTS.filter(({ id, since }) => id !== 'memory-failure' && since !== '6.14').map(({ id }) => id),
);

const MARKS: Readonly<Record<string, number>> = {
  ok: o.OK,
  SIGBUS: o.SIGBUS_ADRERR,
  SEGV_MAPERR: o.SEGV_MAPERR,
  SEGV_ACCERR: o.SEGV_ACCERR,
  SEGV_PKUERR: o.SEGV_PKUERR,
  SKIP: o.SKIP,
  UNOBSERVED: o.UNOBSERVED,
  BOUND: o.BOUND,
  HANG: o.HANG,
};
const VALUES: Readonly<Record<string, number>> = {
  any: o.ANY,
  unlimited: o.UNLIMITED,
  record: o.RECORD_BYTES,
};
const VIEW: Readonly<Record<string, number>> = {
  anon: o.VIEW_ANON,
  perf: o.VIEW_PERF,
  r: o.VIEW_R,
  w: o.VIEW_W,
  x: o.VIEW_X,
  sh: o.VIEW_SHARED,
  lo: o.VIEW_LO,
  dc: o.VIEW_DC,
  de: o.VIEW_DE,
  dd: o.VIEW_DD,
  io: o.VIEW_IO,
  pf: o.VIEW_PF,
  rr: o.VIEW_RR,
  sr: o.VIEW_SR,
  hg: o.VIEW_HG,
  nh: o.VIEW_NH,
  mg: o.VIEW_MG,
  wf: o.VIEW_WF,
  first: o.VIEW_FIRST,
};

/** A page's word in the view of `maps`: flags by name, `pgoff=`, `rss=`. */
function viewWord(text: string): number {
  return text.split(' ').reduce((word, part) => {
    const [name = '', number] = part.split('=');
    if (name === 'pgoff') return word | (Number(number) << o.VIEW_PGOFF_SHIFT);
    if (name === 'rss') return word | (Number(number) << o.VIEW_RSS_SHIFT);
    const bit = VIEW[name];
    if (bit === undefined) throw new Error(`no such flag: ${name}`);
    return word | bit;
  }, 0);
}

function operand(domain: Domain, text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text);
  const at = (name: string): number => {
    const index = domain.names?.indexOf(name) ?? -1;
    if (index < 0) throw new Error(`no such operand value: ${name}`);
    return index;
  };
  if (domain.kind === 'choice') return at(text);
  return text.split('+').reduce((bits, name) => bits | (1 << at(name)), 0);
}

/** One operation: `[pN] name operand=value ...`; operands left out are 0, an `output` left out is none. */
export function operation(text: string): Int32Array {
  const [, proc = '0', name = '', rest = ''] = /^(?:p(\d) )?(\w+) ?(.*)$/.exec(text.trim()) ?? [];
  if (!(name in OP)) throw new Error(`no such operation: ${text}`);
  const kind = OP[name as OpName];
  const domains = Object.values(OPERATIONS[name as OpName].operands) as Domain[];
  const op = new Int32Array(OP_WIDTH);
  op[0] = kind;
  op[1] = Number(proc);
  const names = OPERAND_NAMES[kind] ?? [];
  names.forEach((operandName, i) => {
    if (operandName === 'output') op[2 + i] = -1;
  });
  for (const part of rest.split(' ').filter((each) => each !== '')) {
    const [key = '', value = ''] = part.split('=');
    const i = names.indexOf(key);
    const domain = domains[i];
    if (domain === undefined) throw new Error(`${name} has no ${key}`);
    op[2 + i] = operand(domain, value);
  }
  return op;
}

/** What a line expects: a status, then a value, or the words of a view. */
export function observation(text: string, kind: number): Int32Array {
  const [mark = '', ...rest] = text.trim().split(' ');
  const obs = new Int32Array(o.obsWidth(kind));
  const status = MARKS[mark] ?? -(ERRNO[mark as ErrnoName] ?? Number.NaN);
  if (Number.isNaN(status)) throw new Error(`no such status: ${mark}`);
  obs[0] = status;
  if (kind === OP.maps) {
    for (const page of rest
      .join(' ')
      .split('|')
      .filter((each) => each.trim() !== '')) {
      const [where = '', what = ''] = page.split(':');
      const [from = 0, to = from] = where.split('-').map(Number);
      for (let i = from; i <= to; i++) {
        const word = viewWord(what.trim());
        const first = i === from ? 0 : ((i - from) << o.VIEW_PGOFF_SHIFT) - (word & o.VIEW_FIRST);
        const rss = i === from ? 0 : word & (o.VIEW_RSS_MASK << o.VIEW_RSS_SHIFT);
        obs[o.OBS_VIEW + i] = (word & o.VIEW_KIND) === o.VIEW_PERF ? word + first - rss : word;
      }
    }
  } else if (kind === OP.status) {
    rest.forEach((number, i) => {
      obs[o.OBS_VIEW + i] = VALUES[number] ?? Number(number);
    });
  } else if (rest[0] !== undefined) obs[1] = VALUES[rest[0]] ?? Number(rest[0]);
  return obs;
}

export interface Setting extends Partial<Env> {
  readonly flavour?: Flavour;
}

/** A Spec at the start of a sequence. Gift 12, RLIMIT_MEMLOCK 6, no AUX, unless said otherwise. */
export function specIn({ flavour = AFTER, ...env }: Setting = {}): Spec {
  const spec = new Spec(flavour);
  spec.reset({ ...DEFAULT_ENV, aux: false, ...env });
  return spec;
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What the Spec answers to each operation of a text, ints a line. */
export function answers(text: string, spec: Spec): Int32Array[] {
  return lines(text).map((line) => {
    const op = operation(line);
    const obs = new Int32Array(OBS_WIDTH);
    spec.step(op, 0, obs);
    return obs.slice(0, o.obsWidth(op[0] ?? 0));
  });
}

const differs = (a: Int32Array, b: Int32Array): boolean => a.some((int, i) => int !== b[i]);

/** Observations that are surely wrong where `right` is right. */
function* wrong(right: Int32Array): Generator<Int32Array> {
  const status = right.slice();
  status[0] = right[0] === o.OK ? -ERRNO.EINVAL : o.OK;
  yield status;
  if (right[0] !== o.OK) return;
  for (let i = 1; i < right.length; i++) {
    if (right[i] === o.ANY) continue;
    const changed = right.slice();
    changed[i] = (right[i] ?? 0) - 1;
    yield changed;
  }
}

/**
 * Follow a story, one operation a line, `operation => what it shows`. The Spec must answer so itself, accept
 * that answer, and reject wrong ones.
 * @returns the Spec after it
 */
export function follow(text: string, setting: Setting = {}): Spec {
  const spec = specIn(setting);
  const before = new Int32Array(spec.stateSize);
  const obs = new Int32Array(OBS_WIDTH);
  for (const line of lines(text)) {
    const [what = '', expected = ''] = line.split('=>');
    const op = operation(what);
    const right = observation(expected, op[0] ?? 0);
    spec.save(before);
    spec.step(op, 0, obs);
    const said = obs.slice(0, right.length);
    if (differs(said, right))
      throw new Error(`${line}\nthe spec says ${said.join(' ')}, not ${right.join(' ')}`);
    for (const no of wrong(right)) {
      spec.restore(before);
      if (spec.accept(op, 0, no) !== REJECTED) throw new Error(`${line}\nthe spec accepts ${no.join(' ')}`);
      if (spec.allowed().length === 0) throw new Error(`${line}\nnothing is allowed`);
    }
    spec.restore(before);
    if (spec.accept(op, 0, right) !== ACCEPTED) throw new Error(`${line}\nthe spec rejects what it says`);
  }
  return spec;
}

/** How the Spec takes the last line of a story, after it followed the others. */
export function verdict(text: string, setting: Setting = {}): number {
  const all = lines(text);
  const [what = '', seen = ''] = (all.pop() ?? '').split('=>');
  const spec = follow(all.join('\n'), setting);
  const op = operation(what);
  return spec.accept(op, 0, observation(seen, op[0] ?? 0));
}

/** The sentence of the rule that decides the last line of a story, after the Spec followed the others. */
export function rule(text: string, setting: Setting = {}): string {
  const all = lines(text);
  const [what = '', seen = ''] = (all.pop() ?? '').split('=>');
  const spec = follow(all.join('\n'), setting);
  const op = operation(what);
  if (spec.accept(op, 0, observation(seen, op[0] ?? 0)) !== ACCEPTED) throw new Error(`${what}: rejected`);
  return spec.allowed()[0]?.rule ?? '';
}

export { ACCEPTED, OUT_OF_SCOPE, REJECTED };
