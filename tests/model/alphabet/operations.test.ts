import { describe, expect, it } from 'vitest';
import { MAX_OPERANDS, OP_WIDTH } from '#model/alphabet/bounds';
import { OP, OP_NAMES, OPERAND_NAMES, OPERATIONS } from '#model/alphabet/operations';
import { traceLength } from '#model/alphabet/trace';
import { fingerprint } from '#model/trace/fingerprint';

/** Over number, name, operands and their domains. A new kind of operation goes to the end; none of these ever changes. */
const MEANINGS: Readonly<Record<string, number>> = {
  open: 0x19da,
  close: 0x1c8b,
  dup: 0x424d,
  set_output: 0xf95d,
  record: 0x4430,
  mmap: 0x0100,
  munmap: 0x67f4,
  mremap: 0x5243,
  mprotect: 0xc8c6,
  madvise: 0x0955,
  mlock: 0x7fa7,
  munlock: 0xf158,
  mlockall: 0x9b21,
  munlockall: 0x345d,
  mincore: 0xe9c1,
  msync: 0xe1c6,
  load: 0x358c,
  store: 0x3944,
  xchg: 0xa248,
  cas_fail: 0xf37e,
  fetch: 0xec29,
  read_into: 0x73bd,
  write_from: 0xbc85,
  vm_readv: 0x7c76,
  vm_writev: 0x5ccf,
  ptrace_peek: 0xf784,
  ptrace_poke: 0xa9b4,
  mem_read: 0xa68e,
  mem_write: 0x4e90,
  futex: 0xb2e9,
  vmsplice: 0xbda9,
  direct_write: 0x0e7d,
  direct_read: 0x5f7c,
  fork: 0xcc27,
  exit: 0x9e67,
  exec: 0xab16,
  setuid: 0xd67f,
  cap: 0x8a78,
  rlimit: 0x0ad9,
  gift: 0x8ca7,
  maps: 0xcbd4,
  status: 0x9520,
  headroom: 0xaeb8,
  inject: 0xe7fe,
};

describe('the operations of the alphabet', () => {
  it('mean what they meant: tokens in bug reports must replay for ever', () => {
    const now = OP_NAMES.map((name, kind) => [name, fingerprint([kind])]);
    expect(Object.fromEntries(now)).toEqual(MEANINGS);
  });

  it('have their place in the table for a number', () => {
    expect(OP_NAMES).toEqual(Object.keys(MEANINGS));
    expect(OP_NAMES.map((name) => OP[name])).toEqual([...OP_NAMES.keys()]);
  });

  it('have no more operands than a packed operation has room for', () => {
    expect(OPERAND_NAMES[OP.mmap]).toEqual(['fd', 'page', 'npages', 'prot', 'flags', 'pgoff']);
    expect(Math.max(...OPERAND_NAMES.map((names) => names.length))).toBe(MAX_OPERANDS);
    expect(OP_WIDTH).toBe(MAX_OPERANDS + 2);
    expect(traceLength(new Int32Array(5 * OP_WIDTH))).toBe(5);
  });

  it('say in one line of their own what they do', () => {
    const texts = OP_NAMES.map((name) => OPERATIONS[name].text);
    expect(new Set(texts).size).toBe(OP_NAMES.length);
    for (const text of texts) expect(text).toMatch(/^[\w/].{4,}$/);
  });

  it('are of these groups, of which swarms take subsets', () => {
    expect([...new Set(OP_NAMES.map((name) => OPERATIONS[name].group))]).toEqual([
      'event',
      'map',
      'range',
      'access',
      'kernel-access',
      'process',
      'limit',
      'observe',
      'inject',
    ]);
  });
});
