import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANY, HANG, OBS_VIEW, VIEW_W } from '#model/alphabet/observations';
import { findingStory, storyOf } from '#reports/terminal/story';
import { columns, type Line, paint, WIDTH } from '#reports/terminal/text';
import { COUNTEREXAMPLE, failing, TRACE, VIEW } from '../examples.js';

const text = (lines: readonly Line[]): string => paint(lines, false);

describe('the story of a counterexample', () => {
  it('ends with what the kernel said of itself', () => {
    const of = (alarm: readonly string[]): string =>
      text(storyOf(failing({ kind: 'invariant', rule: 'no-kernel-warning', allowed: [], alarm })));
    const log = [
      'WARNING: CPU: 0 at kernel/events/core.c',
      'Call Trace:',
      '\u001b[2J perf_mmap_close+0x1/0x2',
    ];
    const story = of(log);
    expect(story).toContain(
      '\nThe kernel said:\n         |  WARNING: CPU: 0 at kernel/events/core.c\n         |  Call Trace:\n',
    );
    expect(story).not.toContain('\u001b');
    expect(story.indexOf('The kernel said:')).toBeLessThan(story.indexOf('Replay:'));
    const long = of(Array.from({ length: 60 }, (_, i) => `line ${i} ${'x'.repeat(100)}`));
    expect(long).toMatch(/line 23\b/);
    expect(long).not.toMatch(/line 24\b/);
    expect(long).toContain('and 36 lines more, which --json has');
    expect(of([])).not.toContain('The kernel said');
  });

  it('is read from the top to the step that went wrong', () => {
    expect(text(storyOf(COUNTEREXAMPLE))).toBe(`\
COUNTEREXAMPLE  v6.14 shows what the specification does not allow

6 operations, shrunk from 30 in 812 runs. gift 12 pages; RLIMIT_MEMLOCK 6 pages;
perf_event_paranoid 2; with THP, KSM, AUX.

   1  P0 perf_event_open(pid 0, cpu -1, inherit, write_backward) as fd 0 = ok
   2  P0 mmap(page 4, 3 pages, PROT_READ|PROT_WRITE,
             MAP_SHARED|MAP_FIXED|MAP_POPULATE|MAP_LOCKED, fd 0, pgoff 0) = ok
         |  page  0    5    1    5    2    5    3
         |  vma   ....AAA...........b.............  A=event 0 rw-s
         |  pgoff     012
         |  pte       Wrr           W
   3  P0 store(page 4, scratch, token 17)                = ok
   4  P0 load(page 4, scratch)                           = token 17 of step 3
   5  P0 read(/proc/self/smaps)                          = ok
             pages 4-6   perf rw-s pgoff 0, VmFlags dd io, Rss 0
             page 18     anon rw-p
>  6  P0 store(page 5, scratch, token 18)                = ok
         happened  ok
         allowed   SIGBUS/BUS_ADRERR
                   A store to a page of the data area raises SIGBUS with
                   BUS_ADRERR, and nothing is written.
         unless    it is a kernel on the other side of store-data-page
         |  page  0    5    1    5    2    5    3
         |  vma   ....AAA...........b.............  A=event 0 rw-s
         |  pgoff     012
         |  pte       Wrr           W

Replay:
npx mapahead replay ${COUNTEREXAMPLE.token}
`);
  });

  it('names the invariant that is broken', () => {
    const story = text(
      storyOf(
        failing({
          kind: 'invariant',
          rule: 'writable-pte',
          text: 'Only the control page is writable.',
          allowed: [],
        }),
      ),
    );
    expect(story).toContain(
      'COUNTEREXAMPLE  v6.14 breaks the invariant writable-pte\nOnly the control page is',
    );
    expect(story).toContain('where     process 0, page 5: pgoff 1 of a perf mapping');
    expect(story).not.toContain('happened');
  });

  it('tells of an operation that does not return', () => {
    const observations = [...COUNTEREXAMPLE.observations.slice(0, 5), Int32Array.of(HANG, 0)];
    const story = text(storyOf(failing({ kind: 'hang', rule: 'hang', allowed: [] }, { observations })));
    expect(story).toContain('v6.14 does not terminate');
    expect(story).toContain('= does not return');
  });

  it('shows only the pages that differ, where the maps do', () => {
    const allowed = VIEW.slice();
    allowed[OBS_VIEW + 5] &= ~VIEW_W;
    allowed[OBS_VIEW + 18] = ANY;
    const story = text(
      storyOf(failing({ step: 4, allowed: [{ obs: allowed, rule: 'Permissions are those of the VMA.' }] })),
    );
    expect(story).toContain(`\
         allowed   ok
         page 5      allowed   perf r--s pgoff 1, VmFlags dd io
                     happened  perf rw-s pgoff 1, VmFlags dd io
                   Permissions are those of the VMA.
`);
    expect(story).not.toContain('page 18     allowed');
  });

  it('shows the bare numbers where the words are the same', () => {
    const observations = [...COUNTEREXAMPLE.observations.slice(0, 5), Int32Array.of(-22, 3)];
    const allowed = [{ obs: Int32Array.of(-22, 0), rule: 'refused' }];
    expect(text(storyOf(failing({ allowed }, { observations })))).toContain(`\
         happened  EINVAL
         allowed   EINVAL
         differs   int 1: 3, allowed 0
                   refused
`);
  });

  it('tells a value that was read from an outcome', () => {
    const allowed = [{ obs: Int32Array.of(0, 0), rule: 'zeroed' }];
    const story = text(storyOf(failing({ step: 3, allowed }, {})));
    expect(story).toContain('happened  ok: token 17 of step 3\n         allowed   ok: 0\n');
  });

  it('does without pictures, observations and a place', () => {
    const { pictures: _, ...example } = failing(
      { detail: '', explainedBy: [] },
      { observations: [], foundWith: 6 },
    );
    const story = text(storyOf(example));
    expect(story).toContain('6 operations. gift');
    expect(story).toContain('= no answer');
    expect(story).not.toMatch(/where|unless|\| {2}/);
  });

  it('leaves out the rows of a picture that are empty', () => {
    const empty = COUNTEREXAMPLE.pictures?.[0] ?? [];
    const story = text(storyOf(failing({ step: 0 }, { pictures: [empty] })));
    expect(story).toContain(
      '|  vma   ................................\n      and 5 operations that did not come to it\n\n',
    );
  });

  it('shows at most five pictures, the last ones', () => {
    const pictures = TRACE.ops.length ? [0, 1, 2, 3, 4, 5].map((step) => [`picture ${step}`]) : [];
    const story = text(storyOf(failing({}, { pictures })));
    expect(story.match(/\| {2}picture \d/g)).toEqual([1, 2, 3, 4, 5].map((step) => `|  picture ${step}`));
  });
});

describe('a hostile counterexample', () => {
  const evil = fc.string({ unit: 'binary', maxLength: 200 });

  it('cannot send anything to the terminal but text, within 80 columns', () => {
    fc.assert(
      fc.property(fc.array(evil, { minLength: 8, maxLength: 8 }), fc.boolean(), (texts, colour) => {
        const [rule, sentence, detail, allowedRule, point, picture, system, token] = texts;
        const example = failing(
          {
            kind: 'spec',
            rule,
            text: sentence,
            detail,
            explainedBy: [point],
            allowed: [{ obs: Int32Array.of(0, 0), rule: allowedRule }],
          },
          { pictures: [[picture]], system, token },
        );
        const lines = storyOf(example);
        for (const line of lines.slice(0, -1)) expect(columns(line)).toBeLessThanOrEqual(WIDTH);
        const painted = paint(lines, colour);
        // The colours are the only control sequences, and every one is closed on its line.
        const plain = painted.replace(/\p{Cc}\[(?:1|2|31|32|33)m(\P{Cc}*)\p{Cc}\[0m/gu, '$1');
        expect(plain).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('the story of a known finding', () => {
  it('differs in its headline only', () => {
    const finding = {
      id: 'too-much',
      text: 'one page too much',
      sequences: 3,
      counterexample: COUNTEREXAMPLE,
    };
    const [headline, ...rest] = text(findingStory(finding)).split('\n');
    expect(headline).toBe('KNOWN FINDING  v6.14 shows too-much: one page too much');
    expect(rest).toEqual(text(storyOf(COUNTEREXAMPLE)).split('\n').slice(1));
  });
});
