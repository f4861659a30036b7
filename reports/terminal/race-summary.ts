import { thousands } from './summary.js';
import { type Line, line, paragraph, span } from './text.js';

/** What is shown of a search for races. */
export interface ShownRaces {
  readonly design: string;
  readonly mode: 'dpor' | 'pct' | 'bounded';
  readonly counts: {
    readonly plans: number;
    readonly closed: number;
    readonly bounded: number;
    readonly unfit: number;
    readonly schedules: number;
    readonly redundant: number;
    readonly classes: number;
    readonly steps: number;
    readonly ends: number;
    readonly varied: number;
  };
  readonly coverage: {
    readonly points: number;
    readonly reached: number;
    readonly pairs: number;
    unreached(): readonly number[];
    alone(): readonly number[];
  };
  readonly found: readonly {
    readonly plan: { readonly name: string };
    readonly failure: { readonly rule: string };
  }[];
  readonly cut?: 'time' | 'interrupted';
  readonly brokenAnyway: ReadonlyMap<string, number>;
  readonly variation: string;
  /** Preemptions of the schedules of the plans in `bounded`, at most. */
  readonly beyond: number;
}

interface Point {
  readonly at: string;
  readonly call: string;
}

/** "close.ts 58 68, open.ts 8": lines by file. */
function byFile(places: readonly string[]): string {
  const lines = new Map<string, string[]>();
  for (const place of places) {
    const [path, at] = place.split(':');
    const file = path.split('/').at(-1) ?? path;
    lines.set(file, [...(lines.get(file) ?? []), at]);
  }
  return [...lines].map(([file, at]) => `${file} ${at.join(' ')}`).join(', ');
}

function coverageLines({ coverage }: ShownRaces, points: readonly Point[]): Line[] {
  const of = coverage.reached ** 2;
  const names = (sites: readonly number[]): string => byFile(sites.map((site) => points[site].at));
  const never = coverage.unreached();
  const alone = coverage.alone();
  return [
    line(`  ${coverage.reached} of ${coverage.points} points of the source were reached`),
    line(`  ${thousands(coverage.pairs)} of ${thousands(of)} pairs of these were interleaved`),
    ...(alone.length === 0 ? [] : paragraph([span('  never beside another: ', 'warn')], names(alone))),
    ...(never.length === 0 ? [] : paragraph([span('  never reached: ', 'warn')], names(never), 'faint')),
  ];
}

function countLines({ mode, counts, variation, beyond }: ShownRaces, plans: number): Line[] {
  const { schedules, classes, redundant, closed, bounded, unfit, ends, varied, steps } = counts;
  const dpor = mode === 'dpor' ? `, ${thousands(classes)} classes, ${thousands(redundant)} for nothing` : '';
  return [
    line(
      `  ${thousands(counts.plans)} of ${thousands(plans)} plans, ${thousands(closed)} of them in every ${mode === 'dpor' ? 'class of schedules' : 'schedule within the bound'}`,
    ),
    line(`  ${thousands(schedules)} schedules${dpor}; ${thousands(steps)} steps`),
    ...(bounded === 0
      ? []
      : [
          line(`  ${thousands(bounded)} larger plan(s) in every schedule with at most ${beyond} preemptions`),
        ]),
    line(`  ${thousands(ends)} different ends judged`),
    ...(varied === 0 ? [] : [line(`  ${varied} of them explained by the variation point ${variation}`)]),
    ...(unfit === 0
      ? []
      : [line(`  ${unfit} plan(s) passed over: they fail one operation after the other already`, 'warn')]),
  ];
}

function conclusion({ design, mode, found, cut, counts }: ShownRaces, plans: number): Line[] {
  if (found.length > 0) {
    const rules = found.map(({ failure, plan }) => `${failure.rule} (${plan.name})`).join('; ');
    return paragraph([span('FAILED  ', 'bad')], `${design} breaks ${rules}`);
  }
  if (cut === undefined && counts.unfit === plans)
    return paragraph(
      [span('NOT RUN  ', 'warn')],
      `${design}: every plan fails one operation after the other already`,
    );
  if (cut !== undefined || counts.plans < plans)
    return paragraph(
      [span('NOT CLOSED  ', 'warn')],
      `none found within what was run: ${cut ?? 'it ended early'}`,
    );
  if (counts.closed + counts.unfit < plans)
    return paragraph([span('passed  ', 'good')], `${design}: no race in the schedules that were run`);
  const what = mode === 'dpor' ? 'class of schedules' : 'schedule within the bound';
  return paragraph([span('PROVED  ', 'good')], `${design}: no race in any ${what} of these plans`);
}

/** A search for races at 80 columns: what was run, what it covered, what came out. */
export function raceSummary(shown: ShownRaces, plans: number, points: readonly Point[]): Line[] {
  const broken = [...shown.brokenAnyway].map(([rule, n]) => `${rule} in ${n} plan(s)`).join(', ');
  return [
    line(`${shown.design}, tasks beside each other`, 'strong'),
    ...countLines(shown, plans),
    ...coverageLines(shown, points),
    ...(broken === ''
      ? []
      : paragraph([span('  no races: ', 'warn')], `broken one operation after the other: ${broken}`)),
    line(),
    ...conclusion(shown, plans),
  ];
}
