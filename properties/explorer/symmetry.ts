import { ARENA_PAGES, FDS, OP_WIDTH, PROCS, USERS } from '../../model/alphabet/bounds.js';
import { OP, OPERAND_NAMES } from '../../model/alphabet/operations.js';
import { Arrangement } from './arrangement.js';
import { type Permutation, permutation, type Renaming, renaming } from './renaming.js';
import { type Slot, slotsOf } from './slots.js';

/** Renamings that a state can be stored with. */
const MOST = 2 ** 31 - 1;

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const IDENTITY = {
  procs: permutation(count(PROCS)),
  users: permutation(count(USERS)),
  fds: permutation(count(FDS)),
  pages: permutation(count(ARENA_PAGES)),
};

/** Classes of names of which any two may be swapped. */
function classesOf(names: readonly number[], maySwap: (a: number, b: number) => boolean): number[][] {
  const classes: number[][] = [];
  for (const name of names) {
    const found = classes.find(([first]) => maySwap(first, name));
    if (found === undefined) classes.push([name]);
    else found.push(name);
  }
  return classes;
}

const FD_NAMES = ['fd', 'newfd', 'output'];
/** Whether an operand is a descriptor: both of SET_OUTPUT are. */
const isFd = (kind: number, name: string): boolean => kind === OP.set_output || FD_NAMES.includes(name);

/** The operation under other names, as text. */
function renamed(ops: Int32Array, at: number, r: Renaming): string {
  const kind = ops[at];
  const proc = ops[at + 1];
  // Pages are those of the target; where there is none, of the process, which stands before the operands.
  const arena = ops[at + 2 + OPERAND_NAMES[kind].indexOf('target')];
  const operands = OPERAND_NAMES[kind].map((name, i) => {
    const value = ops[at + 2 + i];
    if (isFd(kind, name)) return value < 0 ? value : r.fds[proc].to[value];
    if (name === 'target' || name === 'child') return r.procTo[value];
    if (name === 'user') return r.userTo[value];
    return name === 'page' || name === 'new_page' ? r.pages[arena].to[value] : value;
  });
  return [kind, r.procTo[proc], ...operands].join(' ');
}

const swap = (size: number, a: number, b: number): Permutation =>
  permutation(count(size).map((i) => (i === a ? b : i === b ? a : i)));

const at = (p: number, one: Permutation, other: Permutation): Permutation[] =>
  count(PROCS).map((each) => (each === p ? one : other));

/** Stretches of pages that stand where others stood, as a permutation of pages. */
function spread(slots: readonly Slot[], from: readonly number[]): Permutation {
  const pages = count(ARENA_PAGES);
  slots.forEach(({ start, length }, place) => {
    for (let i = 0; i < length; i++) pages[start + i] = slots[from[place]].start + i;
  });
  return permutation(pages);
}

/** Two stretches of pages that have changed places. */
const exchange = (slots: readonly Slot[], a: number, b: number): Permutation =>
  spread(
    slots,
    slots.map((_, i) => (i === a ? b : i === b ? a : i)),
  );

/** The process itself, and all that it can fork, and that these can. */
function familyOf(ops: Int32Array, p: number): number[] {
  const family = [p];
  // It grows while it is walked through.
  for (const each of family)
    for (let place = 0; place < ops.length; place += OP_WIDTH) {
      const child = ops[place + 2];
      if (ops[place] === OP.fork && ops[place + 1] === each && !family.includes(child)) family.push(child);
    }
  return family;
}

/** Descriptor slots that operations of this process name. */
function usedFds(ops: Int32Array, p: number): number[] {
  const used = new Set<number>();
  for (let place = 0; place < ops.length; place += OP_WIDTH) {
    if (ops[place + 1] !== p) continue;
    OPERAND_NAMES[ops[place]].forEach((name, i) => {
      const value = ops[place + 2 + i];
      if (isFd(ops[place], name) && value >= 0) used.add(value);
    });
  }
  return [...used];
}

/**
 * The renamings that turn some operations into themselves: states that differ by one of them have the same future, under
 * other names. They are numbered, from that which changes nothing on: a number says which permutation of processes, of users, and of
 * the descriptors and the stretches of pages of each process it is made of.
 */
export class Symmetry {
  readonly slots: readonly Slot[];
  readonly procs: readonly Permutation[];
  readonly users: readonly Permutation[];
  /** By process, under its old name. */
  readonly fds: readonly Arrangement[];
  readonly stretches: readonly Arrangement[];
  /** Renamings. */
  readonly size: number;
  readonly #made = new Map<number, Renaming>();

  /**
   * What may be swapped in a process must be so in each that it forks, or that these fork: there it goes by the same name.
   * @param processes slots in use
   * @param whole look for renamings; else there is only that which changes nothing
   */
  constructor(ops: Int32Array, processes: number, whole: boolean) {
    const places = whole ? count(ops.length / OP_WIDTH).map((i) => i * OP_WIDTH) : [];
    const known = new Set(places.map((place) => renamed(ops, place, NO_RENAMING)));
    const keeps = (r: Renaming): boolean =>
      whole && places.every((place) => known.has(renamed(ops, place, r)));
    const { procs, users, fds, pages } = IDENTITY;
    const noFds = at(0, fds, fds);
    const noPages = at(0, pages, pages);
    this.slots = slotsOf(ops);
    this.procs = new Arrangement(
      PROCS,
      classesOf(count(processes), (a, b) => keeps(renaming(swap(PROCS, a, b), users, noFds, noPages))),
    ).permutations;
    const namesUsers = places.some((place) => OPERAND_NAMES[ops[place]].includes('user'));
    this.users = new Arrangement(
      USERS,
      classesOf(namesUsers ? count(USERS) : [], (a, b) =>
        keeps(renaming(procs, swap(USERS, a, b), noFds, noPages)),
      ),
    ).permutations;
    const families = count(processes).map((p) => familyOf(ops, p));
    this.fds = families.map((family, p) => {
      const keepsIn = (each: number, a: number, b: number): boolean =>
        keeps(renaming(procs, users, at(each, swap(FDS, a, b), fds), noPages));
      const maySwap = (a: number, b: number): boolean => family.every((each) => keepsIn(each, a, b));
      return new Arrangement(FDS, classesOf(usedFds(ops, p), maySwap));
    });
    this.stretches = families.map((family) => {
      const { slots } = this;
      const keepsIn = (each: number, a: number, b: number): boolean =>
        keeps(renaming(procs, users, noFds, at(each, exchange(slots, a, b), pages)));
      const maySwap = (a: number, b: number): boolean =>
        slots[a].length === slots[b].length && family.every((each) => keepsIn(each, a, b));
      const names = slots.map((_, i) => i);
      return new Arrangement(slots.length, classesOf(names, maySwap), (from) => spread(slots, from));
    });
    const kinds = [this.procs, this.users, ...[...this.fds, ...this.stretches].map((a) => a.permutations)];
    this.size = kinds.reduce((product, { length }) => product * length, 1);
    if (this.size > MOST) throw new RangeError(`more than ${MOST} renamings`);
  }

  /** Number of the renaming that is made of these permutations. @param fds, stretches by process */
  number(proc: number, user: number, fds: readonly number[], stretches: readonly number[]): number {
    let number = proc * this.users.length + user;
    for (let p = 0; p < this.fds.length; p++) {
      number = number * this.fds[p].permutations.length + fds[p];
      number = number * this.stretches[p].permutations.length + stretches[p];
    }
    return number;
  }

  /** The renaming of a number. */
  at(number: number): Renaming {
    const known = this.#made.get(number);
    if (known !== undefined) return known;
    const fds = at(0, IDENTITY.fds, IDENTITY.fds);
    const pages = at(0, IDENTITY.pages, IDENTITY.pages);
    let rest = number;
    const take = (kind: readonly Permutation[]): Permutation => {
      const taken = kind[rest % kind.length];
      rest = Math.floor(rest / kind.length);
      return taken;
    };
    for (let p = this.fds.length - 1; p >= 0; p--) {
      pages[p] = take(this.stretches[p].permutations);
      fds[p] = take(this.fds[p].permutations);
    }
    const user = take(this.users);
    const made = renaming(take(this.procs), user, fds, pages);
    this.#made.set(number, made);
    return made;
  }
}

/** The renaming that changes nothing. */
const NO_RENAMING: Renaming = renaming(
  IDENTITY.procs,
  IDENTITY.users,
  at(0, IDENTITY.fds, IDENTITY.fds),
  at(0, IDENTITY.pages, IDENTITY.pages),
);
