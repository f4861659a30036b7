import { describe, expect, it } from 'vitest';
import { type MailReport, mailText } from '#reports/conformance/mail';
import { TRACE, witness } from './examples.js';

const { observations, token } = witness('linux-6.18.44');
const REPORT: MailReport = {
  subject:
    'a further mapping of a buffer takes its pages from the gift of the user, beyond any limit and for ever',
  promised: ['a further mapping of a buffer costs nothing'],
  happens: [
    'it takes its pages from the gift',
    'at the end of the sequence below: headroom gave 16, allowed 18',
  ],
  trace: TRACE,
  observations,
  token,
  kernels: [
    { system: 'linux-6.18.44', runs: 10, failed: 10 },
    { system: 'linux-6.12.117', runs: 10, failed: 0 },
    { system: 'linux-6.1.192', runs: 10, failed: 0, notObserved: 'no privilege' },
  ],
};

describe('a report for a mailing list', () => {
  it('says what was measured, and on which kernels', () => {
    expect(mailText(REPORT)).toBe(`Subject: a further mapping of a buffer takes its pages from the gift of
         the user, beyond any limit and for ever

What is promised:

  - a further mapping of a buffer costs nothing

What the kernel does:

  - it takes its pages from the gift
  - at the end of the sequence below: headroom gave 16, allowed 18

Kernels that do it, as measured:

  - 6.18.44: 10 of 10 runs

Kernels that do not, as measured:

  - 6.12.117: 0 of 10 runs

Kernels on which it could not be observed:

  - 6.1.192: no privilege

The sequence (P0, P1, ... are processes; pages are those of an arena
that each of them has at the same address):

  1. P0  perf_event_open(pid 0, cpu -1) as fd 0 = ok
  2. P0  fork() as P1 = ok
  3. P1  mmap(page 0, 2 pages, PROT_READ, MAP_SHARED|MAP_FIXED, fd 0,
           pgoff 0) = ok
  4. P0  headroom() = 16 pages

It starts with: gift 12, rlimit 6, paranoid 2, pku false, thp true, ksm
true, aux false; gift is what the user may map before RLIMIT_MEMLOCK
counts, both in pages.

Replay it with mapahead:

npx mapahead replay ${token}
`);
  });

  it('has 72 columns, but for what is to be copied', () => {
    const lines = mailText({ ...REPORT, program: '' }).split('\n');
    for (const line of lines) if (!line.startsWith('npx ')) expect(line.length).toBeLessThanOrEqual(72);
  });

  it('has the words of the kernel, as they are, when it said some', () => {
    const log = [
      'WARNING: CPU: 0 at mm/memory.c perf_mmap_close+0x1/0x2, and more than fits into one line of a mail',
      '\u001b[2J',
    ];
    const mail = mailText({ ...REPORT, log });
    expect(mail).toContain(
      `both in pages.\n\nThe kernel's log, without times and addresses:\n\n  ${log[0]}\n`,
    );
    expect(mail).not.toContain('\u001b');
    expect(mailText(REPORT)).not.toContain('log');
  });

  it('has the program, when there is one, as it is', () => {
    const program = '#include <stdio.h>\nint main(void) { return 0; }\n';
    expect(mailText({ ...REPORT, program })).toMatch(
      /A program that does the same:\n\n#include <stdio\.h>\nint main.*\n$/,
    );
  });

  it('cannot be made to control a terminal', () => {
    const text = mailText({ ...REPORT, promised: ['\u001b[31mred'], subject: 'x\ny' });
    expect(text).not.toContain('\u001b');
  });
});
