import { describe, expect, test } from 'vitest';
import { advance } from '#model/designs/advance';
import { run, Session } from '../../support/script.js';

const AUX = `
  open fd=0 flags=aux
  mmap fd=0 npages=2 prot=read+write
  store word=aux_offset value=2
  store word=aux_size value=2
`;

describe('inject', () => {
  test('fails the nth allocation of the next operation, and of that one only', () => {
    run(
      advance,
      `
      open fd=0
      inject site=alloc nth=2
      mmap fd=0 npages=2 prot=read        -> ENOMEM
      mmap fd=0 npages=2 prot=read        -> ok
      `,
    );
  });

  test('counts the buffer, then each of its pages', () => {
    for (let nth = 0; nth < 6; nth++) {
      const s = run(advance, `open fd=0\n inject nth=${nth}`);
      expect(s.step('mmap fd=0 npages=5 prot=read')).toBe('ENOMEM');
    }
    const s = run(advance, 'open fd=0\n inject nth=6');
    expect(s.step('mmap fd=0 npages=5 prot=read')).toBe('ok');
  });

  test('counts the list of AUX pages, each of them, and what the PMU sets up', () => {
    for (let nth = 0; nth < 4; nth++) {
      const s = run(advance, `${AUX}\n inject nth=${nth}`);
      expect(s.step('mmap fd=0 page=2 npages=2 prot=read pgoff=2')).toBe('ENOMEM');
    }
    const s = run(advance, `${AUX}\n inject nth=4`);
    expect(s.step('mmap fd=0 page=2 npages=2 prot=read pgoff=2')).toBe('ok');
  });

  test('is disarmed after an operation that allocates less', () => {
    run(
      advance,
      `
      open fd=0
      inject site=pgtable nth=2
      mmap fd=0 npages=2 prot=read        -> ok
      open fd=1
      mmap fd=1 page=2 npages=5 prot=read -> ok
      `,
    );
  });

  test('waits over another inject, and over nothing else', () => {
    const s = new Session(advance).run('open fd=0');
    s.run('inject site=pgtable\n inject site=alloc');
    expect(s.step('mmap fd=0 npages=1 prot=read')).toBe('ENOMEM');
    s.run('inject site=alloc\n load page=9 -> SEGV_MAPERR');
    expect(s.step('mmap fd=0 npages=1 prot=read')).toBe('ok');
  });

  test('fails perf_event_open', () => {
    run(advance, 'inject\n open fd=0 -> ENOMEM\n open fd=0 -> ok');
  });
});
