import type { RaceStep, RaceStory } from '../../model/interleaving/story.js';
import { statusName } from '../../model/trace/observation-json.js';
import { operationsToJson } from '../../model/trace/operation-json.js';
import { callText } from './call.js';
import { thousands } from './summary.js';
import { clip, type Line, line, paragraph, span, WIDTH } from './text.js';

/** Columns: the mark and number before the lanes, and the passing schedule after them. */
const HEAD = 5;
const PASSING = 18;
const GAP = 4;

const letter = (lock: number): string => String.fromCharCode(97 + (lock % 26));

/** "refcount_dec_and_test(rb.mmap_count, rb)" as "refcount_dec_and_test rb.mmap_count". */
function short(call: string): string {
  const [, name = call, args = ''] = /^(\w+)\((.*)\)$/.exec(call) ?? [];
  const first = args.split(',')[0].trim();
  return /^\w+\.\w+$/.test(first) ? `${name} ${first.split('.')[1]}` : name;
}

/** What a step does, in a few words. */
function words({ call, status, operation }: RaceStep, calls: readonly string[]): string {
  const what = call === undefined ? calls[operation] : short(call);
  return status === undefined ? what : `${what} = ${statusName(status)}`;
}

/** The names of the operations of each task: "munmap". */
function callNames(story: RaceStory): string[][] {
  return story.plan.tasks.map((ops) => operationsToJson(ops).map((json) => json.op));
}

function firstDifference({ steps, passing = [] }: RaceStory): number {
  return steps.findIndex((step, i) => passing[i]?.task !== step.task);
}

function laneRows(story: RaceStory): Line[] {
  const { steps, passing, plan } = story;
  const names = callNames(story);
  const tasks = plan.tasks.length;
  const width = Math.floor((WIDTH - HEAD - (passing === undefined ? 0 : PASSING + GAP)) / tasks);
  const differs = passing === undefined ? -1 : firstDifference(story);
  const rows = Math.max(steps.length, passing?.length ?? 0);
  const cell = (text: string, columns: number): string => clip(text, columns - 1).padEnd(columns);
  const titles = plan.tasks.map((ops, t) => cell(`task ${t + 1}, process ${ops[1]}`, width)).join('');
  const lines: Line[] = [
    [
      span(' '.repeat(HEAD)),
      span(titles, 'strong'),
      ...(passing === undefined ? [] : [span(' | nearest that passes', 'strong')]),
    ],
  ];
  for (let i = 0; i < rows; i++) {
    const step = steps[i];
    const wrong = !story.atEnd && i === steps.length - 1;
    const mark = wrong ? '>' : i === differs ? '*' : ' ';
    const lanes = plan.tasks.map((_, t) => {
      if (step?.task !== t) return cell('', width);
      const held = step.holds.map(letter).join('');
      return cell(`${held === '' ? '' : `${held} `}${words(step, names[t])}`, width);
    });
    const other = passing?.[i];
    const beside =
      passing === undefined
        ? ''
        : ` ${i === differs ? '*' : '|'} ${other === undefined ? '' : clip(`${other.task + 1} ${words(other, names[other.task])}`, PASSING)}`;
    const number = step === undefined ? '    ' : `${mark}${String(i + 1).padStart(3)}`;
    lines.push([
      span(`${number} `, wrong ? 'bad' : 'plain'),
      span(lanes.join(''), wrong ? 'bad' : 'plain'),
      span(beside, 'faint'),
    ]);
  }
  return lines;
}

function operationLines({ plan }: RaceStory): Line[] {
  const told = (ops: Int32Array): string[] =>
    operationsToJson(ops).map((json) => `P${json.proc} ${callText(json)}`);
  return [
    line('before the tasks:', 'strong'),
    ...told(plan.prefix).flatMap((text) => paragraph(line('     '), text)),
    ...plan.tasks.flatMap((ops, t) => [
      line(`task ${t + 1}:`, 'strong'),
      ...told(ops).flatMap((text) => paragraph(line('     '), text)),
    ]),
  ];
}

/** Where the wrong step, or the first that differs, is in the source. */
function placeLines(story: RaceStory): Line[] {
  const { steps, atEnd } = story;
  const last = steps.at(-1);
  if (atEnd || last?.at === undefined) return [];
  return paragraph(line('where     '), `task ${last.task + 1} went on at ${last.at}, ${last.call}`);
}

const plural = (n: number, what: string): string => `${thousands(n)} ${what}${n === 1 ? '' : 's'}`;

/** What a certificate says, in one sentence, and what it does not. */
export function certificateText({
  certificate,
  steps,
}: RaceStory): { proven: string; open: string } | undefined {
  if (certificate === undefined) return undefined;
  const { parts, switches, named, plans, classes, schedules, reason = '' } = certificate;
  const count = steps.filter((step, i) => i > 0 && step.task !== steps[i - 1].task).length;
  const fewer = `schedule with fewer than ${plural(count, 'context switch').replace('switchs', 'switches')}`;
  const within = `all parts of this plan${named ? ' and all named plans of two actions' : ''}`;
  const searched = `(${plural(plans, 'smaller plan')}, ${plural(classes, 'class').replace('classs', 'classes')} of schedules; ${plural(schedules, 'schedule')} with fewer switches)`;
  const proven = parts
    ? `no plan with fewer operations${switches ? ` and no ${fewer}` : ''} shows this failure, within ${within} ${searched}`
    : '';
  const missing = [
    ...(parts ? [] : ['whether a part of this plan shows this failure']),
    ...(switches ? [] : [`whether a ${fewer} does`]),
    ...(named ? [] : ['whether a named plan with fewer operations does']),
  ];
  return { proven, open: missing.length === 0 ? '' : `${missing.join(', or ')}: ${reason}` };
}

function certificateLines(story: RaceStory): Line[] {
  const text = certificateText(story);
  if (text === undefined) return [];
  return [
    line(),
    ...(text.proven === '' ? [] : paragraph([span('CERTIFIED  ', 'good')], text.proven)),
    ...(text.open === '' ? [] : paragraph([span('NOT CERTIFIED  ', 'warn')], text.open)),
  ];
}

/**
 * A race at 80 columns: what is broken, the operations, one lane a task with time downwards and the letters of the locks held, the
 * step where it went wrong, and beside it the nearest schedule that passes, the first difference marked.
 */
export function raceStory(story: RaceStory): Line[] {
  const { system, rule, text, detail, locks, waiting, shrunk, token } = story;
  const shrinking =
    shrunk === undefined
      ? []
      : paragraph(
          line(''),
          `Shrunk from ${shrunk.operations} operations and ${shrunk.switches} context switches in ${shrunk.schedules} schedules.`,
          'faint',
        );
  return [
    ...paragraph([span('RACE  ', 'bad')], `${system} breaks ${rule}`, 'strong'),
    ...paragraph(line(''), text),
    line(),
    ...operationLines(story),
    line(),
    ...laneRows(story),
    line(),
    ...locks.map((name, i) => line(`${letter(i)}         ${name}`, 'faint')),
    ...waiting.flatMap(({ task, lock }) =>
      paragraph(line('waits     '), `task ${task + 1} for ${locks[lock]}`, 'bad'),
    ),
    ...placeLines(story),
    ...paragraph(line('wrong     '), story.atEnd ? `at the end: ${detail}` : detail, 'bad'),
    ...shrinking,
    ...certificateLines(story),
    line(),
    line('Replay:'),
    line(`npx mapahead replay ${token}`, 'strong'),
  ];
}
