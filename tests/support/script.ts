// Sequences as text: one operation a line, operands by name, the expected observation after an arrow.
//
//   open fd=0
//   mmap fd=0 npages=3 prot=read+write   -> ok
//   store page=1 value=17                -> SIGBUS
//   1: load page=0                       -> SEGV_MAPERR
//
// A number and a colon in front name the process; without them it is process 0. Operands that are not named are 0, or
// the least that they can be; `fd` of an anonymous mmap, `output` and `target` of set_output are then -1.
// A line without an arrow is there to get somewhere, and must be ok.

import { expect } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { OK } from '#model/alphabet/observations';
import type { Domain } from '#model/alphabet/operands';
import { OP, OPERATIONS, type OpName } from '#model/alphabet/operations';
import { DEFAULT_ENV, type Env } from '#model/alphabet/system';
import type { Design } from '#model/designs/index';
import { ModelSystem } from '#model/model-system';
import { decode } from './decode.js';

interface Line {
  readonly text: string;
  readonly ops: Int32Array;
  readonly expected: string | undefined;
}

function isOpName(name: string): name is OpName {
  return name in OPERATIONS;
}

function operand(name: string, domain: Domain, said: string | undefined): number {
  const { names = [], min, max } = domain;
  if (said === undefined) return min;
  if (/^-?\d+$/.test(said)) {
    const value = Number(said);
    if (value < min || value > max) throw new Error(`${name} cannot be ${said}`);
    return value;
  }
  const values = said.split('+').map((one) => {
    const at = names.indexOf(one);
    if (at < 0) throw new Error(`${name} cannot be ${one}`);
    return domain.kind === 'bits' ? 1 << at : min + at;
  });
  return values.reduce((all, value) => all | value, 0);
}

/** One operation, packed. */
export function pack(text: string): Int32Array {
  const [, proc = '0', name = '', rest = ''] = /^(?:(\d): *)?(\w+) *(.*)$/.exec(text) ?? [];
  if (!isOpName(name)) throw new Error(`no operation: ${text}`);
  const said = new Map(rest.split(/ +/).map((part) => part.split('=') as [string, string]));
  const domains: Readonly<Record<string, Domain>> = OPERATIONS[name].operands;
  for (const key of said.keys())
    if (key !== '' && !(key in domains)) throw new Error(`${name} has no ${key}`);
  const values = Object.entries(domains).map(([key, domain]) => operand(key, domain, said.get(key)));
  const ops = new Int32Array(OP_WIDTH);
  ops.set([OP[name], Number(proc), ...values]);
  return ops;
}

function parse(line: string): Line {
  const [text = '', expected] = line.split('->').map((part) => part.trim());
  return { text, ops: pack(text), expected };
}

/** A model in the middle of a sequence. */
export class Session {
  readonly system: ModelSystem;
  readonly #obs = new Int32Array(OBS_WIDTH);

  constructor(design: Design, env: Partial<Env> = {}) {
    this.system = new ModelSystem(design);
    this.system.reset({ ...DEFAULT_ENV, ...env });
  }

  get w(): ModelSystem['world'] {
    return this.system.world;
  }

  /** Do one operation. @returns its observation as text */
  step(text: string): string {
    const ops = pack(text);
    this.system.step(ops, 0, this.#obs);
    return decode(ops[0], this.#obs);
  }

  /** Do the operations of a script, and compare with what it expects. */
  run(script: string): this {
    const lines = script.split('\n').map((line) => line.trim());
    const wanted: string[] = [];
    const seen: string[] = [];
    for (const line of lines.filter((each) => each !== '' && !each.startsWith('#'))) {
      const { text, ops, expected } = parse(line);
      this.system.step(ops, 0, this.#obs);
      const answer = decode(ops[0], this.#obs);
      const fine = expected === undefined && this.#obs[0] === OK;
      seen.push(`${text} -> ${fine ? 'ok' : answer}`);
      wanted.push(`${text} -> ${expected ?? 'ok'}`);
    }
    expect(seen).toEqual(wanted);
    return this;
  }
}

/** Run a script from the start. */
export function run(design: Design, script: string, env: Partial<Env> = {}): Session {
  return new Session(design, env).run(script);
}
