import type { OperationJson } from '../model/trace/operation-json.js';

/** The operands of one operation, by what they are. */
export interface Operands {
  readonly n: Readonly<Record<string, number>>;
  readonly choice: Readonly<Record<string, string>>;
  readonly set: Readonly<Record<string, readonly string[]>>;
}

/** Flags as C writes them: prefix and capitals, joined by `|`. */
export function flags(prefix: string, names: readonly string[], none = '0'): string {
  return names.length === 0 ? none : names.map((name) => prefix + name.toUpperCase()).join('|');
}

/** The flags of an `mmap`, in small letters and without their prefix. */
export function mmapFlags({ n, set }: Operands): string[] {
  return [
    set.flags.includes('private') ? 'private' : 'shared',
    set.flags.includes('noreplace') ? 'fixed_noreplace' : 'fixed',
    ...(n.fd < 0 ? ['anonymous'] : []),
    ...set.flags.filter((name) => name === 'populate' || name === 'locked'),
  ];
}

/** The flags of mremap() for each mode. */
export const MREMAP: Readonly<Record<string, string>> = {
  none: '0',
  maymove: 'MREMAP_MAYMOVE',
  fixed: 'MREMAP_MAYMOVE|MREMAP_FIXED',
  dontunmap: 'MREMAP_MAYMOVE|MREMAP_FIXED|MREMAP_DONTUNMAP',
};

/** The operands of an operation of a trace file. */
export function operandsOf(json: OperationJson): Operands {
  const n: Record<string, number> = {};
  const choice: Record<string, string> = {};
  const set: Record<string, readonly string[]> = {};
  for (const [name, operand] of Object.entries(json)) {
    if (typeof operand === 'number') n[name] = operand;
    else if (typeof operand === 'string') choice[name] = operand;
    else set[name] = operand;
  }
  return { n, choice, set };
}
