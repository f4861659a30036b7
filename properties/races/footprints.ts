/** Nothing is taken. */
export const NO_LOCK = -1;

const UNKNOWN = 0;
const INDEPENDENT = 1;
const LOCK_ONLY = 2;
const DEPENDENT = 3;

/** What one step of a task touches: objects (words of the state) by their numbers, each once. */
export interface Footprint {
  /** object * 2, + 1 where it is written; an exclusive hold of a lock counts as a write, a shared one as a read. */
  readonly accesses: Int32Array;
  /** The lock that the step begins with taking, or NO_LOCK. */
  readonly takes: number;
  readonly shared: boolean;
  /** It ends with the lock held that it has taken. */
  readonly keeps: boolean;
}

/**
 * The footprints of all steps so far, each under a number of its own, and which of them depend on each other: they touch a common
 * object that one of them writes.
 */
export class Footprints {
  readonly all: Footprint[] = [];
  readonly #isLock: (object: number) => boolean;
  readonly #byHash = new Map<number, number[]>();
  readonly #raw: Int32Array[] = [];
  #width = 256;
  #relation = new Uint8Array(256 * 256);

  constructor(isLock: (object: number) => boolean) {
    this.#isLock = isLock;
  }

  /**
   * @param raw accesses as they came, `n` of them, and @param hash of these and of `takes`
   * @returns the number of the footprint
   */
  number(raw: Int32Array, n: number, hash: number, takes: number, shared: boolean, keeps: boolean): number {
    const alike = this.#byHash.get(hash);
    if (alike !== undefined) {
      for (const id of alike) if (this.#is(id, raw, n, takes, shared, keeps)) return id;
    }
    const id = this.all.length;
    const kept = raw.slice(0, n);
    this.#raw.push(kept);
    this.all.push({ accesses: eachOnce(kept), takes, shared, keeps });
    if (alike === undefined) this.#byHash.set(hash, [id]);
    else alike.push(id);
    if (id >= this.#width) this.#widen();
    return id;
  }

  #is(id: number, raw: Int32Array, n: number, takes: number, shared: boolean, keeps: boolean): boolean {
    const one = this.#raw[id];
    const known = this.all[id];
    if (one.length !== n || known.takes !== takes || known.shared !== shared) return false;
    if (known.keeps !== keeps) return false;
    for (let i = 0; i < n; i++) if (one[i] !== raw[i]) return false;
    return true;
  }

  #widen(): void {
    const width = this.#width * 2;
    const relation = new Uint8Array(width * width);
    for (let i = 0; i < this.#width; i++)
      relation.set(this.#relation.subarray(i * this.#width, (i + 1) * this.#width), i * width);
    this.#width = width;
    this.#relation = relation;
  }

  /** Whether steps with these footprints do not commute. */
  dependent(a: number, b: number): boolean {
    return this.#related(a, b) >= LOCK_ONLY;
  }

  /** Whether it is more than a lock that they have in common. */
  conflicting(a: number, b: number): boolean {
    return this.#related(a, b) === DEPENDENT;
  }

  #related(a: number, b: number): number {
    const known = this.#relation[a * this.#width + b];
    if (known !== UNKNOWN) return known;
    const relation = this.#compare(this.all[a].accesses, this.all[b].accesses);
    this.#relation[a * this.#width + b] = relation;
    this.#relation[b * this.#width + a] = relation;
    return relation;
  }

  #compare(a: Int32Array, b: Int32Array): number {
    let relation = INDEPENDENT;
    for (const left of a) {
      for (const right of b) {
        if (left >> 1 !== right >> 1 || ((left | right) & 1) === 0) continue;
        if (!this.#isLock(left >> 1)) return DEPENDENT;
        relation = LOCK_ONLY;
      }
    }
    return relation;
  }

  /** Whether steps with these footprints both take a lock that they cannot hold together. */
  contend(a: number, b: number): boolean {
    const one = this.all[a];
    const other = this.all[b];
    return one.takes !== NO_LOCK && one.takes === other.takes && !(one.shared && other.shared);
  }

  /** Whether the step touches this lock: takes it or gives it back. */
  touches(id: number, lock: number): boolean {
    return this.all[id].accesses.some((access) => access >> 1 === lock);
  }
}

/** Sorted, a write instead of a read and a write. */
function eachOnce(raw: Int32Array): Int32Array {
  const sorted = [...new Set(raw)].sort((a, b) => a - b);
  return Int32Array.from(sorted.filter((access) => (access & 1) === 1 || !sorted.includes(access + 1)));
}

/** One access more in a hash. */
export function mix(hash: number, access: number): number {
  return (Math.imul(hash ^ access, 0x9e3779b1) + ((hash << 7) | (hash >>> 25))) | 0;
}
