// Faults that an access asked for become its status; any other one means that the agent itself is wrong.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEGV_MAPERR } from '#model/alphabet/observations';
import { type CProgram, compiled } from './c-program.js';

let program: CProgram;
beforeAll(async () => {
  program = await compiled('faults.c', ['main.c']);
}, 60_000);
afterAll(() => program?.remove());

const hex = (status: number): string => `0x${status.toString(16)}\n0 \n`;

it.each([
  ['nothing-there', hex(SEGV_MAPERR)],
  ['twice', hex(2 * SEGV_MAPERR)],
  ['fetch-zeros', '0\n0 \n'],
  ['fetch-nothing', hex(SEGV_MAPERR)],
])('%s', async (name, output) => {
  expect(await program.run(name)).toBe(output);
});

it.each([
  ['another-page', /^70 fault 0xb01 at 0x200000004000 instead of page 0x200000003000\n$/],
  ['no-access', /^70 signal 11 at 0x200000003000 outside of any access, rip 0x4\w+\n$/],
  ['fetch-jump', /^70 fault 0xb01 at \(nil\) instead of page 0x200000000000\n$/],
])('%s ends the agent, which says where it was', async (name, output) => {
  expect(await program.run(name)).toMatch(output);
});
