import { describe, expect, it } from 'vitest';
import { OP_NAMES } from '#model/alphabet/operations';
import { mapahead } from './fake.js';

describe('list', () => {
  it('shows everything, on 80 columns', async () => {
    const { exitCode, out } = await mapahead(['list']);
    expect(exitCode).toBe(0);
    for (const text of [
      'designs (3)',
      'invariants (1)',
      'variation-points (1)',
      `operations (${OP_NAMES.length})`,
    ]) {
      expect(out).toContain(text);
    }
    expect(out).toContain('  gup-refused\n    VM_PFNMAP.\n    before: works\n    since: 6.14: EFAULT\n');
    expect(out).toContain('    operands: proc, fd, page, npages, prot, flags, pgoff\n');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('shows one part', async () => {
    const { out } = await mapahead(['list', 'invariants']);
    expect(out).toBe('invariants (1)\n  writable-pte\n    Only the control page is writable.\n\n');
  });

  it('is JSON with --json', async () => {
    const { out } = await mapahead(['list', 'designs', '--json']);
    expect(JSON.parse(out).designs[0]).toEqual({
      id: 'advance',
      text: 'the design advance',
      kind: 'intended',
    });
  });
});

it('schema prints the schemas of both formats', async () => {
  expect(JSON.parse((await mapahead(['schema', 'trace'])).out).title).toBe('mapahead trace file');
  expect(JSON.parse((await mapahead(['schema', 'report'])).out).title).toBe('mapahead report');
});
