// A model and its specification after a sequence, and their normal forms by themselves.
import { expect } from 'vitest';
import { ARENA_PAGES, FDS, PROCS, USERS } from '#model/alphabet/bounds';
import { DEFAULT_ENV, type Env } from '#model/alphabet/system';
import { advance } from '#model/designs/advance';
import type { Design } from '#model/designs/design';
import type { World } from '#model/kernel/world';
import type { State } from '#model/spec/state';
import type { Form, Scope } from '#properties/explorer/form';
import { permutation, type Renaming, renaming } from '#properties/explorer/renaming';
import { Side } from '#properties/explorer/side';
import { SpecForm } from '#properties/explorer/spec-form';
import { Stream } from '#properties/explorer/stream';
import { WorldForm } from '#properties/explorer/world-form';
import { pack } from '../../support/script.js';

/** A buffer with an AUX area, all charged to memory. */
export const AUX_AREA = [
  'gift pages=0',
  'open fd=0 flags=aux',
  'mmap fd=0 page=0 npages=2 prot=read+write',
  'store page=0 word=aux_offset value=2',
  'store page=0 word=aux_size value=1',
  'mmap fd=0 page=5 npages=1 prot=read pgoff=2',
];

const ALL: Scope = { processes: PROCS, pages: ARENA_PAGES, records: true };

const inOrder = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Orders of names: what stands at each place. Those that are left out stay; descriptors and pages are of each process alike. */
interface Orders {
  readonly procs?: readonly number[];
  readonly users?: readonly number[];
  readonly fds?: readonly (readonly number[])[];
  readonly pages?: readonly (readonly number[])[];
}

export function renamingOf({ procs, users, fds, pages }: Orders): Renaming {
  return renaming(
    permutation(procs ?? inOrder(PROCS)),
    permutation(users ?? inOrder(USERS)),
    inOrder(PROCS).map((p) => permutation(fds?.[p] ?? inOrder(FDS))),
    inOrder(PROCS).map((p) => permutation(pages?.[p] ?? inOrder(ARENA_PAGES))),
  );
}

/** The renaming that changes nothing. */
export const SAME = renamingOf({});

/** A form written, or read back, whole. */
function visit(form: Form, stream: Stream, { processes }: Scope): void {
  form.system(stream);
  for (let name = 0; name < processes; name++) form.process(stream, name);
  for (let name = 0; name < form.events; name++) form.event(stream, name);
  for (let name = 0; name < form.buffers; name++) form.buffer(stream, name);
}

type Columns = readonly (readonly [name: string, ints: Int32Array])[];

function columnsOfWorld(world: World): Columns {
  const tables = Object.entries(world).filter(([name]) => name !== 'words' && name !== 'content');
  const columns = tables.flatMap(([table, its]) =>
    typeof its === 'object'
      ? Object.entries(its).map(([name, ints]): [string, unknown] => [`${table}.${name}`, ints])
      : [],
  );
  return [...columns, ['content', world.content]].flatMap(([name, ints]) =>
    ints instanceof Int32Array ? [[String(name), ints] as const] : [],
  );
}

function columnsOfState(state: State): Columns {
  return Object.entries(state).flatMap(([name, ints]) =>
    name !== 'ints' && name !== 'live' && ints instanceof Int32Array ? [[name, ints] as const] : [],
  );
}

export type Which = 'world' | 'spec';
export const BOTH: readonly Which[] = ['world', 'spec'];

export class Held {
  readonly side: Side;
  readonly #scope: Scope;
  readonly #forms: Readonly<Record<Which, Form>>;

  constructor(
    lines: readonly string[],
    {
      design = advance,
      env = {},
      scope = {},
    }: { design?: Design; env?: Partial<Env>; scope?: Partial<Scope> } = {},
  ) {
    this.#scope = { ...ALL, ...scope };
    this.side = new Side(design, { ...DEFAULT_ENV, ...env }, this.#scope);
    this.#forms = {
      world: new WorldForm(this.world, this.#scope),
      spec: new SpecForm(this.state, this.#scope),
    };
    for (const line of lines) this.step(line);
  }

  get world(): World {
    return this.side.world;
  }

  get state(): State {
    return this.side.spec.state;
  }

  /** Do an operation, which must succeed. */
  step(line: string): void {
    this.side.step(pack(line), 0);
    expect([line, this.side.lockstep.obs[0]]).toEqual([line, 0]);
  }

  /** Whether every int of every table is what it was, and if not, which: `column row: was -> is`. */
  whatBecameOf(which: Which, change: () => void): string[] {
    const columns = which === 'world' ? columnsOfWorld(this.world) : columnsOfState(this.state);
    const before = columns.map(([, ints]) => ints.slice());
    change();
    return columns.flatMap(([name, ints], column) =>
      [...ints].flatMap((is, row) => {
        const was = before[column][row];
        return is === was ? [] : [`${name} ${row}: ${was} -> ${is}`];
      }),
    );
  }

  /** A column by its name: of the model's tables `table.name`. */
  column(which: Which, name: string): Int32Array {
    const columns = which === 'world' ? columnsOfWorld(this.world) : columnsOfState(this.state);
    const [, ints] = columns.find(([each]) => each === name) ?? [];
    if (ints === undefined) throw new Error(`no column ${name}`);
    return ints;
  }

  isRegular(which: Which): boolean {
    this.#forms[which].number(new Stream(SAME));
    return this.#forms[which].isRegular();
  }

  write(which: Which, names = SAME): number[] {
    const stream = new Stream(names);
    const form = this.#forms[which];
    form.number(stream);
    visit(form, stream, this.#scope);
    return [...stream.ints.subarray(0, stream.length)];
  }

  /** Have the tables hold what was written. All of it is read. */
  read(which: Which, ints: readonly number[], names = SAME): void {
    const stream = new Stream(names);
    stream.ints = Int32Array.from(ints);
    stream.read(names);
    this.#forms[which].clear();
    visit(this.#forms[which], stream, this.#scope);
    expect(stream.length).toBe(ints.length);
  }

  /** What comes of a change, which is then taken back. */
  after<T>(change: (held: Held) => void, look: (held: Held) => T): T {
    this.side.remember();
    try {
      change(this);
      return look(this);
    } finally {
      this.side.restore();
    }
  }
}
