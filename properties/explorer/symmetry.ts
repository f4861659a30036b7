import { ARENA_PAGES, FDS, OP_WIDTH, PROCS, USERS } from '../../model/alphabet/bounds.js';
import { OP, OPERAND_NAMES } from '../../model/alphabet/operations.js';
import { type Permutation, permutation, type Renaming, renaming } from './renaming.js';
import { slotsOf } from './slots.js';

/** More renamings than this cost more than they save. */
const MOST = 1024;

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const IDENTITY = {
  procs: permutation(count(PROCS)),
  users: permutation(count(USERS)),
  fds: permutation(count(FDS)),
  pages: permutation(count(ARENA_PAGES)),
};

/** The renaming that changes nothing. */
export const NO_RENAMING: Renaming = renaming(
  IDENTITY.procs,
  IDENTITY.users,
  count(PROCS).map(() => IDENTITY.fds),
  count(PROCS).map(() => IDENTITY.pages),
);

/** All orders of the members. */
function orders(members: readonly number[]): number[][] {
  if (members.length < 2) return [[...members]];
  return members.flatMap((first, i) =>
    orders(members.filter((_, j) => j !== i)).map((rest) => [first, ...rest]),
  );
}

/** All permutations of `size` names that mix no two classes. */
function permutations(size: number, classes: readonly (readonly number[])[]): Permutation[] {
  let made = [count(size)];
  for (const members of classes) {
    const ordered = orders(members);
    made = made.flatMap((from) =>
      ordered.map((order) => from.map((old) => (members.includes(old) ? order[members.indexOf(old)] : old))),
    );
  }
  return made.map(permutation);
}

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

const NAMES_FD = ['fd', 'newfd', 'output'];

/** The operation under other names, as text. */
function renamed(ops: Int32Array, at: number, r: Renaming): string {
  const kind = ops[at];
  const proc = ops[at + 1];
  const remote = OPERAND_NAMES[kind].indexOf('target');
  const arena = remote < 0 || kind === OP.set_output ? proc : ops[at + 2 + remote];
  const operands = OPERAND_NAMES[kind].map((name, i) => {
    const value = ops[at + 2 + i];
    if (NAMES_FD.includes(name) || (name === 'target' && kind === OP.set_output))
      return value < 0 ? value : r.fds[proc].to[value];
    if (name === 'target' || name === 'child') return r.procTo[value];
    if (name === 'user') return r.userTo[value];
    return name === 'page' || name === 'new_page' ? r.pages[arena].to[value] : value;
  });
  return [kind, r.procTo[proc], ...operands].join(' ');
}

/** Swap two stretches of pages. */
function swapSlots(a: number, b: number, length: number): Permutation {
  const from = count(ARENA_PAGES);
  for (let i = 0; i < length; i++) {
    from[a + i] = b + i;
    from[b + i] = a + i;
  }
  return permutation(from);
}

const swap = (size: number, a: number, b: number): Permutation =>
  permutation(count(size).map((i) => (i === a ? b : i === b ? a : i)));

const at = (p: number, one: Permutation, other: Permutation): Permutation[] =>
  count(PROCS).map((each) => (each === p ? one : other));

/** All ways to choose one of each list. */
function product<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((made, list) => made.flatMap((one) => list.map((item) => [...one, item])), [[]]);
}

/**
 * The renamings that turn these operations into themselves: states that differ by one of them have the same future, under
 * other names. The first is the one that changes nothing.
 * @param processes slots in use
 */
export function renamingsOf(ops: Int32Array, processes: number): Renaming[] {
  const places = count(ops.length / OP_WIDTH).map((i) => i * OP_WIDTH);
  const known = new Set(places.map((place) => renamed(ops, place, NO_RENAMING)));
  const keeps = (r: Renaming): boolean => places.every((place) => known.has(renamed(ops, place, r)));
  const { procs, users, fds, pages } = IDENTITY;
  const noFds = at(0, fds, fds);
  const noPages = at(0, pages, pages);
  const procClasses = classesOf(count(processes), (a, b) =>
    keeps(renaming(swap(PROCS, a, b), users, noFds, noPages)),
  );
  const namesUsers = places.some((place) => OPERAND_NAMES[ops[place]].includes('user'));
  const userClasses = classesOf(namesUsers ? count(USERS) : [], (a, b) =>
    keeps(renaming(procs, swap(USERS, a, b), noFds, noPages)),
  );
  const fdsOf = count(PROCS).map((p) => {
    const maySwap = (a: number, b: number) =>
      keeps(renaming(procs, users, at(p, swap(FDS, a, b), fds), noPages));
    return p < processes ? permutations(FDS, classesOf(usedFds(ops, p), maySwap)) : [fds];
  });
  const slots = slotsOf(ops);
  const pagesOf = count(PROCS).map((p) => {
    const starts = slots.map(({ start }) => start);
    const length = (start: number) => slots.find((slot) => slot.start === start)?.length ?? 0;
    const maySwap = (a: number, b: number) =>
      length(a) === length(b) &&
      keeps(renaming(procs, users, noFds, at(p, swapSlots(a, b, length(a)), pages)));
    return p < processes ? slotPermutations(classesOf(starts, maySwap), length) : [pages];
  });
  const procsAll = permutations(PROCS, procClasses);
  const usersAll = permutations(USERS, userClasses);
  const within = product([...fdsOf, ...pagesOf]);
  if (procsAll.length * usersAll.length * within.length > MOST) return [NO_RENAMING];
  return procsAll.flatMap((proc) =>
    usersAll.flatMap((user) =>
      within.map((each) => renaming(proc, user, each.slice(0, PROCS), each.slice(PROCS))),
    ),
  );
}

/** Descriptor slots that operations of this process name. */
function usedFds(ops: Int32Array, p: number): number[] {
  const used = new Set<number>();
  for (let place = 0; place < ops.length; place += OP_WIDTH) {
    if (ops[place + 1] !== p) continue;
    OPERAND_NAMES[ops[place]].forEach((name, i) => {
      const isFd = NAMES_FD.includes(name) || (name === 'target' && ops[place] === OP.set_output);
      if (isFd && ops[place + 2 + i] >= 0) used.add(ops[place + 2 + i]);
    });
  }
  return [...used].sort((a, b) => a - b);
}

function slotPermutations(classes: readonly number[][], length: (start: number) => number): Permutation[] {
  const starts = permutations(ARENA_PAGES, classes);
  return starts.map(({ from }) => {
    const pages = count(ARENA_PAGES);
    for (const start of classes.flat())
      for (let i = 0; i < length(start); i++) pages[start + i] = from[start] + i;
    return permutation(pages);
  });
}
