import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HANG, OK, SEGV_ACCERR, SKIP } from '#model/alphabet/observations';
import { OP, OP_NAMES } from '#model/alphabet/operations';
import { statusName } from '#model/trace/observation-json';
import { OutcomeCounts } from '#properties/explorer/counts';

const NAMES: readonly string[] = OP_NAMES;
const LAST = NAMES.length - 1;
const status = fc.constantFrom(OK, -1, -22, -133, SEGV_ACCERR, SKIP, HANG);
/** An operation and its answer. */
const answer = fc.tuple(fc.constantFrom(0, 1, LAST), status);
const answers = fc.array(answer);
type Answers = readonly (readonly [number, number])[];

function counted(these: Answers, counts = new OutcomeCounts()): OutcomeCounts {
  for (const [kind, what] of these) counts.add(kind, what);
  return counts;
}

const textsOf = (counts: OutcomeCounts): string[] =>
  counts.list().map(({ op, outcome, count }) => `${op} ${outcome} ${count}`);

/** By operation and outcome, in any order. */
function expected(these: Answers): string[] {
  const texts = these.map(([kind, what]) => `${NAMES[kind]} ${statusName(what)}`);
  return [...new Set(texts)].map((text) => `${text} ${texts.filter((each) => each === text).length}`).sort();
}

describe('counts of outcomes', () => {
  it('are how often each operation answered what', () => {
    fc.assert(
      fc.property(answers, (these) => {
        const counts = counted(these);
        expect(textsOf(counts).sort()).toEqual(expected(these));
        // To look changes nothing.
        expect(textsOf(counted(these, counts)).sort()).toEqual(expected([...these, ...these]));
      }),
    );
  });

  it('are listed by operation in the order of the alphabet, most frequent first', () => {
    fc.assert(
      fc.property(answers, (these) => {
        const rows = counted(these).list();
        rows.slice(1).forEach(({ op, count }, i) => {
          const [before, now] = [NAMES.indexOf(rows[i].op), NAMES.indexOf(op)];
          expect(before).toBeLessThanOrEqual(now);
          if (before === now) expect(rows[i].count).toBeGreaterThanOrEqual(count);
        });
      }),
    );
  });

  it('go on from what was saved, or are added to it', () => {
    fc.assert(
      fc.property(answers, answers, answers, (one, other, lost) => {
        const saved = counted(one).save();
        const resumed = counted(lost);
        resumed.load(saved);
        expect(textsOf(counted(other, resumed)).sort()).toEqual(expected([...one, ...other]));
        const both = counted(other);
        both.merge(saved);
        expect(textsOf(both).sort()).toEqual(expected([...one, ...other]));
        both.load([]);
        expect(both.list()).toEqual([]);
      }),
    );
  });

  it('are exact beyond what an int holds', () => {
    const counts = counted([[OP.exit, OK]]);
    const [[key]] = counts.save();
    counts.merge([[key, 2 ** 40]]);
    expect(counts.list()).toEqual([{ op: 'exit', outcome: 'ok', count: 2 ** 40 + 1 }]);
  });
});
