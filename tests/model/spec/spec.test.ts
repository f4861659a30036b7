import { describe, expect, it } from 'vitest';
import { OBS_WIDTH } from '#model/alphabet/bounds';
import * as o from '#model/alphabet/observations';
import { OP, OP_NAMES } from '#model/alphabet/operations';
import { ruleText } from '#model/spec/rule-texts';
import { RULE } from '#model/spec/rules';
import {
  ACCEPTED,
  answers,
  BEFORE,
  follow,
  OUT_OF_SCOPE,
  observation,
  operation,
  REJECTED,
  specIn,
  verdict,
} from './story.js';

describe('the specification', () => {
  it('calls itself so', () => {
    expect(specIn().id).toBe('spec');
    expect(specIn({ flavour: BEFORE }).state.flavour).toBe(BEFORE);
  });

  it('starts over at a reset', () => {
    const spec = specIn();
    answers('open fd=0\nmmap fd=0 page=0 npages=9 prot=read', spec);
    spec.reset({ gift: 5, rlimit: 1, paranoid: 2, pku: false, thp: true, ksm: true, aux: false });
    expect(answers('maps', spec)[0]?.some((int) => int !== 0)).toBe(false);
    expect(answers('headroom', spec)).toEqual([Int32Array.of(0, 6)]);
    expect(spec.view.alive(0)).toBe(true);
    expect(spec.view.alive(1)).toBe(false);
    expect(spec.view.user(0)).toBe(0);
    expect(spec.view.bufferPages(0, 0)).toBe(0);
  });

  it('can be taken back to a saved state', () => {
    const spec = specIn();
    const saved = new Int32Array(spec.stateSize);
    answers('open fd=0', spec);
    spec.save(saved);
    expect(spec.view.bufferPages(0, 0)).toBe(0);
    answers('mmap fd=0 page=0 npages=9 prot=read', spec);
    expect(answers('headroom', spec)).toEqual([Int32Array.of(0, 9)]);
    expect(spec.view.bufferPages(0, 0)).toBe(9);
    spec.restore(saved);
    expect(answers('headroom', spec)).toEqual([Int32Array.of(0, 18)]);
  });

  it('says what it would have allowed, and by which rule', () => {
    const spec = specIn();
    answers('open fd=0\nmmap fd=0 page=0 npages=2 prot=read+write', spec);
    const store = operation('store page=1 word=scratch value=20');
    expect(spec.accept(store, 0, Int32Array.of(o.OK, 0))).toBe(REJECTED);
    expect(spec.allowed()).toEqual([
      { obs: Int32Array.of(o.SIGBUS_ADRERR, 0), rule: 'no page but the control page can be written' },
    ]);
  });

  it('says what else it would have allowed', () => {
    const spec = specIn();
    answers('mmap fd=-1 page=0 npages=1 prot=write', spec);
    expect(spec.accept(operation('vmsplice page=0'), 0, Int32Array.of(-1, 0))).toBe(REJECTED);
    expect(spec.allowed().map(({ obs }) => obs[0])).toEqual([o.OK, -14]);
    expect(spec.allowed()[1]?.rule).toContain('what the kernel does not show');
  });

  it('has a sentence for every rule, and a name for what is none', () => {
    const texts = Object.values(RULE).map(ruleText);
    for (const text of texts) expect(text).toMatch(/^\S.{10,}$/);
    expect(Object.values(RULE)).toEqual(texts.map((_, number) => number));
    expect(ruleText(0)).toContain('nothing is done');
    expect(ruleText(9999)).toBe('rule 9999');
  });
});

describe('an observation', () => {
  it('that nothing was observed is taken where machines differ, and nothing is done', () => {
    const accepted = [
      'open fd=0 flags=aux',
      'inject site=alloc nth=0',
      'gift pages=3',
      'setuid user=1',
      'cap on=on',
      'rlimit pages=60',
      'direct_read page=0 value=20',
      'direct_write page=0',
    ];
    for (const line of accepted) expect(verdict(`${line} => UNOBSERVED`, { aux: true }), line).toBe(ACCEPTED);
    expect(verdict('open fd=0 => UNOBSERVED')).toBe(REJECTED);
    expect(verdict('maps => UNOBSERVED')).toBe(REJECTED);
    expect(verdict('p1 cap on=on => UNOBSERVED')).toBe(REJECTED);
    const spec = specIn();
    expect(spec.accept(operation('cap on=on'), 0, observation('UNOBSERVED', OP.cap))).toBe(ACCEPTED);
    expect(answers('headroom', spec)).toEqual([Int32Array.of(0, 18)]);
  });

  it('that a table is full ends the sequence', () => {
    expect(verdict('open fd=0 => BOUND')).toBe(OUT_OF_SCOPE);
  });

  it('that an operation hangs is never right', () => {
    for (const name of OP_NAMES) expect(verdict(`${name} => HANG`), name).toBe(REJECTED);
  });

  it('has a view with success only, and nothing beyond it', () => {
    const spec = specIn({ gift: 2 });
    const obs = new Int32Array(OBS_WIDTH).fill(7);
    spec.step(operation('headroom'), 0, obs);
    expect([...obs.subarray(0, 4)]).toEqual([o.OK, 8, 7, 7]);
    obs.fill(7);
    spec.step(operation('p1 maps'), 0, obs);
    const width = o.obsWidth(OP.maps);
    expect([...obs.subarray(0, width)]).toEqual([o.SKIP, ...new Array(width - 1).fill(0)]);
    answers(
      `open fd=0
      fork child=1
      p1 mmap fd=0 page=0 npages=5 prot=read
      mmap fd=0 page=0 npages=5 prot=read
      p1 exit`,
      spec,
    );
    spec.step(operation('p1 status'), 0, obs);
    expect([...obs.subarray(0, 4)]).toEqual([o.SKIP, 0, 0, 0]);
    obs.fill(7, 2);
    expect(spec.accept(operation('p1 maps'), 0, obs)).toBe(ACCEPTED);
  });

  it('may be anything where nothing certain can be said', () => {
    const spec = specIn();
    answers('cap on=on\nmlockall flags=current', spec);
    expect(spec.accept(operation('status'), 0, Int32Array.of(o.OK, 0, 0, 5))).toBe(ACCEPTED);
    expect(spec.accept(operation('status'), 0, Int32Array.of(o.OK, 0, 1, 5))).toBe(REJECTED);
  });

  it('is compared where it was looked at', () => {
    const spec = specIn();
    const obs = new Int32Array(OBS_WIDTH);
    obs[1] = o.ANY;
    expect(spec.accept(operation('headroom'), 0, obs)).toBe(ACCEPTED);
    obs[1] = 17;
    expect(spec.accept(operation('headroom'), 0, obs)).toBe(REJECTED);
  });
});

describe('every kind of operation', () => {
  const STORY = `
    open fd=0 flags=cpu => ok
    open fd=1 flags=cpu => ok
    dup fd=1 newfd=2 => ok
    close fd=2 => ok
    mmap fd=0 page=0 npages=2 prot=read+write => ok
    set_output fd=1 target=0 => ok
    record count=2 => ok
    mmap fd=-1 page=4 npages=2 prot=read+write+exec flags=private => ok
    mremap page=4 npages=2 new_npages=2 mode=fixed new_page=8 => ok
    mprotect page=8 npages=1 prot=read+write => ok
    madvise page=8 npages=1 advice=RANDOM => ok
    mlock page=8 npages=1 => ok
    munlock page=8 npages=1 => ok
    mlockall flags=future => ok
    munlockall => ok
    mincore page=0 npages=2 => ok 3
    msync page=0 npages=2 flags=sync => EINVAL
    load page=0 word=data_head => ok 4
    store page=0 word=scratch value=20 => ok
    xchg page=0 value=21 => ok 20
    cas_fail page=0 => ok 21
    fetch page=0 => SEGV_ACCERR
    read_into page=0 value=22 => ok
    write_from page=0 word=scratch => ok 22
    fork child=1 => ok
    p1 vm_readv target=0 page=8 word=scratch => ok 0
    p1 vm_writev target=0 page=8 value=23 => ok
    p1 ptrace_peek target=0 page=8 word=scratch => ok 23
    p1 ptrace_poke target=0 page=8 value=24 => ok
    mem_read target=0 page=8 word=scratch => ok 24
    mem_write target=0 page=8 value=25 => ok
    futex page=8 scope=shared => EAGAIN
    vmsplice page=8 => ok 25
    direct_write page=8 => ok 25
    direct_read page=8 value=26 => ok
    p1 exec => ok
    p1 exit => ok
    setuid user=1 => ok
    rlimit pages=8 => ok
    gift pages=3 => ok
    headroom => ok 11
    status => ok 0 0
    maps => ok 0-1: perf r w sh dc de dd io pf first rss=0 | 8: anon r w rr | 9: anon r w x
    cap on=on => ok
    inject site=alloc nth=0 => ok
    munmap page=0 npages=10 => ok`;

  it('is followed, and a wrong observation of it rejected', () => {
    follow(STORY);
    const kinds = STORY.split('\n').map((line) => /^(?:p\d )?(\w+)/.exec(line.trim())?.[1]);
    expect(new Set(kinds.filter((kind) => kind !== undefined))).toEqual(new Set(OP_NAMES));
  });
});

describe('bounds', () => {
  const many = (line: (i: number) => string, n: number): string =>
    Array.from({ length: n }, (_, i) => line(i)).join('\n');

  it('of shared anonymous memory end a sequence', () => {
    const story = `${many((i) => `mmap fd=-1 page=${i} npages=1 prot=read => ok`, 16)}
      mmap fd=-1 page=16 npages=1 prot=read`;
    expect(verdict(`${story} => ok`)).toBe(OUT_OF_SCOPE);
    expect(answers(story.replaceAll(' => ok', ''), specIn()).at(-1)?.[0]).toBe(o.BOUND);
  });

  it('of buffers and events end a sequence', () => {
    const each = (i: number): string => `
      open fd=0 => ok
      mmap fd=0 page=${i} npages=1 prot=read => ok
      close fd=0 => ok`;
    expect(
      verdict(
        `${many(each, 24)}
      open fd=0 => ok
      mmap fd=0 page=30 npages=1 prot=read => ok`,
        { gift: 64 },
      ),
    ).toBe(OUT_OF_SCOPE);
  });

  it('of events alone end a sequence', () => {
    const each = (i: number): string => `
      open fd=1 output=0 => ok
      mmap fd=1 page=${i} npages=1 prot=read => ok
      close fd=1 => ok`;
    expect(
      verdict(
        `open fd=0 => ok
        mmap fd=0 page=0 npages=1 prot=read => ok
        ${many((i) => each(i + 1), 31)}
        open fd=1 => ok`,
        { flavour: 0 },
      ),
    ).toBe(OUT_OF_SCOPE);
  });

  it('of mappings end a sequence', () => {
    const each = (p: number, n: number): string =>
      many((i) => `p${p} mmap fd=0 page=${i} npages=1 prot=read => ok`, n);
    const story = `
      open fd=0 => ok
      fork child=1 => ok
      ${each(0, 30)}
      ${each(1, 18)}`;
    expect(
      verdict(`${story}
      mmap fd=0 page=30 npages=1 prot=read => ok`),
    ).toBe(OUT_OF_SCOPE);
    expect(
      verdict(`${story}
      open fd=1 => ok
      mmap fd=1 page=30 npages=1 prot=read => ok`),
    ).toBe(OUT_OF_SCOPE);
  });

  it('of mappings end a sequence that forks them', () => {
    const story = `
      open fd=0 => ok
      ${many((i) => `mmap fd=0 page=${i} npages=1 prot=read => ok`, 25)}
      ${many((i) => `madvise page=${i} npages=1 advice=DOFORK => ok`, 25)}
      fork child=1 => ok`;
    expect(verdict(story, { flavour: BEFORE })).toBe(OUT_OF_SCOPE);
  });
});
