import type { Counterexample } from '../../model/verdict.js';
import type { Outcome } from '../outcome.js';
import { storyOf } from './story.js';
import { thousands } from './summary.js';
import { type Line, line, paragraph, span } from './text.js';

/** What is shown of an exhaustive search. */
export interface ShownExploration {
  readonly design: string;
  readonly against: string;
  readonly bounds: string;
  readonly operations: number;
  readonly renamings: number;
  readonly closed: boolean;
  readonly cut?: string;
  readonly states: number;
  readonly left: number;
  readonly transitions: number;
  readonly skipped: number;
  readonly depth: number;
  readonly notFollowed: {
    readonly beyond: number;
    readonly bound: number;
    readonly open: number;
    readonly irregular: number;
    readonly parted: number;
  };
  readonly outcomes: readonly { readonly op: string; readonly outcome: string; readonly count: number }[];
  readonly invariants: Readonly<Record<string, number>>;
  readonly sometimes: readonly { readonly id: string; readonly text: string; readonly token?: string }[];
  readonly differences: readonly {
    readonly op: string;
    readonly outcomes: readonly [string, string];
    readonly what: string;
    readonly either: boolean;
    readonly points: readonly string[];
    readonly count: number;
    readonly token: string;
  }[];
  readonly counterexample?: Counterexample;
  readonly bytes: number;
  readonly seconds: number;
}

/** Transitions that the search did not follow without having been told so, which a proof would have to. */
const holes = ({ notFollowed: { bound, open, irregular } }: ShownExploration): number =>
  bound + open + irregular;

type Difference = ShownExploration['differences'][number];

/** By a choice that the specification leaves, or by exactly one variation point. */
const isExplained = ({ either, points }: Difference): boolean => either || points.length === 1;

function explanation({ either, points }: Difference): string {
  if (either) return 'the specification allows both';
  if (points.length === 0) return 'NOT EXPLAINED';
  const ids = points.join(', or ');
  return points.length === 1 ? ids : `NOT EXPLAINED by one alone: ${ids}`;
}

/** A search that ended before it closed, but where the depth was all that was asked for, has not checked what it should. */
export function verdictOf(exploration: ShownExploration): Outcome {
  const { counterexample, closed, cut = '', differences } = exploration;
  if (counterexample !== undefined) return 'failed';
  if (!differences.every(isExplained)) return 'failed';
  if (cut === 'interrupted') return 'interrupted';
  return closed || cut.startsWith('the depth') ? 'passed' : 'not-run';
}

const NOT_FOLLOWED: readonly (readonly [keyof ShownExploration['notFollowed'], string])[] = [
  ['beyond', 'opens beyond the events of the bounds, not done'],
  ['bound', 'ended at a full table of the model'],
  ['open', 'led where the specification, or the invariants asked for, say nothing'],
  ['irregular', 'led to a state without a normal form'],
  ['parted', 'after which the two designs have done different things'],
];

function notFollowedLines({ notFollowed }: ShownExploration): Line[] {
  return NOT_FOLLOWED.filter(([key]) => notFollowed[key] > 0).map(([key, text]) =>
    line(`not followed: ${thousands(notFollowed[key])} ${text}`, 'faint'),
  );
}

function outcomeLines({ outcomes }: ShownExploration): Line[] {
  const ops = [...new Set(outcomes.map(({ op }) => op))];
  return ops.flatMap((op) => {
    const own = outcomes.filter((each) => each.op === op);
    const text = own.map(({ outcome, count }) => `${outcome} ${thousands(count)}`).join(', ');
    const neverOk = own.some(({ outcome }) => outcome === 'ok') ? '' : ' (never ok)';
    return paragraph(line(`  ${op.padEnd(12)} `), text + neverOk, neverOk === '' ? 'plain' : 'warn');
  });
}

function sometimesLines({ sometimes }: ShownExploration): Line[] {
  return sometimes.flatMap(({ text, token }) =>
    token === undefined
      ? [line(`  never: ${text}`, 'warn')]
      : [line(`  seen:  ${text}`, 'good'), line(`         npx mapahead replay ${token}`, 'faint')],
  );
}

function differenceLines({ differences, design, against }: ShownExploration): Line[] {
  if (differences.length === 0) return [];
  const rows = differences.flatMap((each) => {
    const {
      op,
      outcomes: [one, other],
      what,
      count,
      token,
    } = each;
    const shown = one === other ? `${one}, another ${what},` : `${one} / ${other},`;
    return [
      ...paragraph(
        line(`  ${op.padEnd(20)} `),
        `${shown} ${thousands(count)} times: ${explanation(each)}`,
        isExplained(each) ? 'plain' : 'bad',
      ),
      line(`                       npx mapahead replay ${token}`, 'faint'),
    ];
  });
  return [
    line(),
    line(`differences between ${design} and ${against}, and what explains them:`, 'strong'),
    ...rows,
  ];
}

/** What the search proves, in one sentence. */
function conclusion(exploration: ShownExploration): Line[] {
  const { closed, cut, left, bounds, depth, counterexample, differences } = exploration;
  const unexplained = differences.filter((each) => !isExplained(each)).length;
  if (counterexample !== undefined)
    return paragraph(
      [span('FAILED  ', 'bad')],
      `the sequence above is a shortest one, and of these the least`,
    );
  if (unexplained > 0)
    return paragraph(
      [span('FAILED  ', 'bad')],
      `${unexplained} difference(s) that not exactly one variation point explains`,
    );
  if (!closed)
    return paragraph(
      [span('NOT CLOSED  ', 'warn')],
      `${cut ?? 'cut'}: nothing is wrong in ${depth} operations from the start; ${thousands(left)} states are left to do`,
    );
  const caveat = holes(exploration) > 0 ? `, but for what was not followed above` : '';
  return paragraph(
    [span('PROVED  ', 'good')],
    `closed: nothing is wrong in any sequence, of any length, within the bounds ${bounds}${caveat}`,
  );
}

/** An exhaustive search at 80 columns: what it went through, what it saw, what it proves. */
export function explorationLines(exploration: ShownExploration): Line[] {
  const { design, against, states, transitions, skipped, depth, operations, renamings, bytes, seconds } =
    exploration;
  const vacuous = Object.keys(exploration.invariants).filter((id) => exploration.invariants[id] === 0);
  const example = exploration.counterexample;
  return [
    ...(example === undefined ? [] : [...storyOf(example), line()]),
    line(
      `${design} against ${against === 'spec' ? 'the specification' : against}, bounds ${exploration.bounds}`,
      'strong',
    ),
    line(`  ${operations} operations, ${renamings} renaming(s) of what they name`),
    line(`  ${thousands(states)} states, ${thousands(transitions)} transitions, depth ${depth}`),
    line(`  ${thousands(skipped)} transitions named something missing`),
    line(
      `  ${seconds.toFixed(1)} s, ${thousands(Math.round(transitions / Math.max(seconds, 0.001)))} transitions/s, ${(bytes / states).toFixed(0)} bytes a state`,
    ),
    ...notFollowedLines(exploration),
    line(),
    line('operations, and what they answered:', 'strong'),
    ...outcomeLines(exploration),
    line(),
    line('what some state should show:', 'strong'),
    ...sometimesLines(exploration),
    ...(vacuous.length === 0
      ? []
      : [line(), ...paragraph([span('vacuous, never looked at: ', 'warn')], vacuous.join(', '))]),
    ...differenceLines(exploration),
    line(),
    ...conclusion(exploration),
  ];
}
