/** A permutation, both ways. */
export interface Permutation {
  /** What stands at each place afterwards. */
  readonly from: Int8Array;
  /** Where each goes. */
  readonly to: Int8Array;
}

/** Other names for what operations name: processes, users, and in each process its descriptors and the pages of its arena. */
export interface Renaming {
  readonly procFrom: Int8Array;
  readonly procTo: Int8Array;
  readonly userFrom: Int8Array;
  readonly userTo: Int8Array;
  /** By process, under its old name. */
  readonly fds: readonly Permutation[];
  readonly pages: readonly Permutation[];
  /** Whether names within each process change, by its old name: for a dead one that changes nothing. */
  readonly within: readonly boolean[];
}

/** The permutation that puts `from[i]` at place `i`. */
export function permutation(from: readonly number[]): Permutation {
  const to = new Int8Array(from.length);
  from.forEach((old, place) => {
    to[old] = place;
  });
  return { from: Int8Array.from(from), to };
}

const isIdentity = ({ from }: Permutation): boolean => from.every((old, place) => old === place);

export function renaming(
  procs: Permutation,
  users: Permutation,
  fds: readonly Permutation[],
  pages: readonly Permutation[],
): Renaming {
  return {
    procFrom: procs.from,
    procTo: procs.to,
    userFrom: users.from,
    userTo: users.to,
    fds,
    pages,
    within: fds.map((each, p) => !isIdentity(each) || !isIdentity(pages[p])),
  };
}
