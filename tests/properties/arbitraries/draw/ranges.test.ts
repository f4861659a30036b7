import { describe, expect, it } from 'vitest';
import {
  ADVICE,
  MLOCKALL_FLAGS,
  MSYNC_FLAGS,
  PROT_EXEC,
  PROT_READ,
  PROT_WRITE,
} from '#model/alphabet/operands';
import { OP } from '#model/alphabet/operations';
import { drawProt } from '#properties/arbitraries/draw/mappings';
import * as ranges from '#properties/arbitraries/draw/ranges';
import { ALWAYS, draftAfter, drawn, share, through, values } from '../drafts.js';

const MEMORY = 'mmap fd=-1 page=3 npages=4 prot=read';

describe('operations on a range', () => {
  it.each([
    ['mprotect', ranges.drawMprotect],
    ['madvise', ranges.drawMadvise],
    ['mlock', ranges.drawMlock],
    ['munlock', ranges.drawMunlock],
    ['mincore', ranges.drawMincore],
    ['msync', ranges.drawMsync],
  ] as const)('%s names what is mapped, and is not drawn where nothing is', (name, drawer) => {
    expect(drawn(draftAfter(MEMORY), drawer, 1)).toMatchObject([
      { kind: OP[name], proc: 0, page: 3, npages: 4 },
    ]);
    expect(drawn(draftAfter(''), drawer)).toEqual([]);
  });

  it('have every advice and every flag', () => {
    const draft = draftAfter(MEMORY);
    const advices = drawn(draft, ranges.drawMadvise, 1_000).map(({ advice }) => advice);
    expect(values(advices)).toEqual(through(0, ADVICE.max));
    expect(values(drawn(draft, ranges.drawMsync).map(({ flags }) => flags))).toEqual(
      through(0, MSYNC_FLAGS.max),
    );
    expect(values(drawn(draft, ranges.drawMlock).map(({ flags }) => flags))).toEqual([0, 1]);
  });

  it('mlockall has mostly the flags that it accepts, at times any', () => {
    const flags = drawn(draftAfter(''), ranges.drawMlockall, 2_000).map((each) => each.flags);
    expect(values(flags)).toEqual(through(0, MLOCKALL_FLAGS.max));
    expect(share(flags, (each) => each >= 1 && each <= 3)).toBeGreaterThan(0.8);
    expect(drawn(draftAfter(''), ranges.drawMunlockall, 1)).toEqual([{ kind: OP.munlockall, proc: 0 }]);
  });
});

describe('drawProt', () => {
  const prots = (features: object): number[] => {
    const draft = draftAfter('', features);
    return Array.from({ length: 500 }, () => drawProt(draft));
  };

  it('is that of a reader or a writer, more often of a writer', () => {
    const found = prots({});
    expect(values(found)).toEqual([PROT_READ, PROT_READ | PROT_WRITE]);
    expect(share(found, (prot) => prot !== PROT_READ)).toBeGreaterThan(0.5);
  });

  it('is any where the sequence is about that, and executable', () => {
    expect(values(prots({ oddProt: ALWAYS }))).toEqual([0, 1, 2, 3]);
    expect(values(prots({ exec: ALWAYS }))).toEqual([
      PROT_READ | PROT_EXEC,
      PROT_READ | PROT_WRITE | PROT_EXEC,
    ]);
    expect(values(prots({ exec: ALWAYS, oddProt: ALWAYS }))).toEqual([4, 5, 6, 7]);
  });
});
