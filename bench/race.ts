import { cpus } from 'node:os';
import { loadDerived } from '../model/interleaving/derived.js';
import { Bounded } from '../properties/races/bounded.js';
import { Dpor } from '../properties/races/dpor.js';
import { parsePlan } from '../properties/races/plans.js';
import { Race } from '../properties/races/race.js';
import { median } from './rounds.js';

/** What the project claims of tasks of litmus size. */
const GOAL = 100_000;
const ROUNDS = 5;
const ROUND_MS = 400;
/** Litmus size: two operations of a few steps. Then whole calls, with everything that they take and count. */
const PLANS: readonly (readonly [size: 'litmus' | 'calls', text: string])[] = [
  ['litmus', 'opened: close | close'],
  ['litmus', 'mapped: load | store@0'],
  ['calls', 'mapped: unmap | map'],
  ['calls', 'opened: map | map'],
  ['calls', 'two-events: unmap | redirect'],
];
/** Schedules of the peer, which runs all of them one after the other, at most. */
const ALL = 20_000;

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

/** How often a second of processor time `work` gets done, by what it says that it did. */
function rate(work: () => number): number {
  const start = process.cpuUsage().user;
  let done = 0;
  let spent = 0;
  while (spent < ROUND_MS * 1_000) {
    for (let i = 0; i < 20; i++) done += work();
    spent = process.cpuUsage().user - start;
  }
  return done / (spent / 1e6);
}

const derived = await loadDerived();
const [design] = derived.designs;
console.log(
  `Schedules a second of processor time on one thread (${cpus()[0].model}, Node ${process.version}), each judged at every`,
);
console.log(
  `step and at its end, design "${design.id}". The peer runs the same tasks through every schedule, one after the other,`,
);
console.log('as a scheduler without reduction does; it sees each class as often as it has schedules.\n');
console.log(
  `  ${'tasks'.padEnd(30)}${'DPOR'.padStart(10)}${'peer'.padStart(10)}${'classes'.padStart(9)}${'schedules of the peer'.padStart(24)}`,
);
let litmus = Number.POSITIVE_INFINITY;
for (const [size, text] of PLANS) {
  const race = new Race(derived, design, parsePlan(text).plan);
  const dpor = new Dpor(race.steps);
  const reduced = (): number => {
    let n = 0;
    dpor.restart();
    for (;;) {
      race.judge.begin();
      const end = dpor.next();
      if (end === undefined) return n;
      if (race.failureOf(end) !== undefined) throw new Error(`${text} fails: nothing can be measured`);
      n++;
    }
  };
  let peer = new Bounded(race, Number.POSITIVE_INFINITY, 'switches');
  const naive = (): number => {
    for (let n = 0; n < 10; n++)
      if (peer.next() === undefined) peer = new Bounded(race, Number.POSITIVE_INFINITY, 'switches');
    return 10;
  };
  const classes = reduced();
  let all = 0;
  const counting = new Bounded(race, Number.POSITIVE_INFINITY, 'switches');
  while (all < ALL && counting.next() !== undefined) all++;
  const rates: (readonly [number, number])[] = [];
  rate(reduced);
  for (let round = 0; round < ROUNDS; round++) rates.push([rate(reduced), rate(naive)]);
  const [ours, theirs] = [0, 1].map((i) => median(rates.map((each) => each[i])));
  if (size === 'litmus') litmus = Math.min(litmus, ours);
  const total = all < ALL ? whole(all) : `more than ${whole(ALL)}`;
  console.log(
    `  ${text.padEnd(30)}${whole(ours).padStart(10)}${whole(theirs).padStart(10)}${String(classes).padStart(9)}${total.padStart(24)}`,
  );
}
console.log(
  `\n  goal: ${whole(GOAL)} a second on tasks of litmus size (the first two) ${litmus >= GOAL ? 'met' : 'MISSED'}`,
);
