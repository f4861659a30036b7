import type { Env } from '../alphabet/system.js';

/** What a value of the environment may be. */
export interface EnvField {
  readonly name: keyof Env;
  /** A bool counts as 0 or 1. */
  readonly bool: boolean;
  readonly min: number;
  readonly max: number;
}

const whole = (min: number, max: number) => ({ bool: false, min, max });
const bool = { bool: true, min: 0, max: 1 };

/** A number of pages that fits the model's ints, 8 TiB of them. */
const pages = whole(0, 0x7fff_ffff);

const TABLE: Readonly<Record<keyof Env, Omit<EnvField, 'name'>>> = {
  gift: pages,
  rlimit: pages,
  /** The kernel knows -1 to 2, Debian's also 3; others are compared with these. */
  paranoid: whole(-128, 127),
  pku: bool,
  thp: bool,
  ksm: bool,
  aux: bool,
};

/** The values of an environment, in the order in which tokens hold them. */
export const ENV_FIELDS: readonly EnvField[] = (Object.keys(TABLE) as (keyof Env)[]).map((name) => ({
  name,
  ...TABLE[name],
}));
