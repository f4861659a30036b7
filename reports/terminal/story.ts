import { OP_WIDTH } from '../../model/alphabet/bounds.js';
import { operationsToJson } from '../../model/trace/operation-json.js';
import { printable } from '../../model/trace/printable.js';
import type { Counterexample, Failure, SeenFinding } from '../../model/verdict.js';
import { environmentText } from './environment.js';
import { failureLines, isTold } from './failure.js';
import { foldRow, pictureSteps } from './pictures.js';
import { stepLines, tokenWriters } from './steps.js';
import { type Line, line, paragraph, span, WIDTH } from './text.js';

const TITLES: Readonly<Record<Failure['kind'], (rule: string) => string>> = {
  spec: () => 'shows what the specification does not allow',
  invariant: (rule) => `breaks the invariant ${rule}`,
  hang: () => 'does not terminate',
};

/** Before every line of a picture. */
const PICTURE = `${' '.repeat(9)}|  `;

/** Rows that have a name and nothing else are left out. */
function pictureLines(picture: readonly string[]): Line[] {
  const rows = picture.flatMap((row) => foldRow(printable(row), WIDTH - PICTURE.length));
  return rows.filter((row) => /\s/.test(row.trim())).map((row) => line(PICTURE + row, 'faint'));
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function shrunkText({ trace, foundWith, shrinkRuns }: Counterexample): string {
  const steps = plural(trace.ops.length / OP_WIDTH, 'operation');
  return foundWith > trace.ops.length / OP_WIDTH
    ? `${steps}, shrunk from ${foundWith} in ${plural(shrinkRuns, 'run')}`
    : steps;
}

/** Lines of a kernel's log that a story tells: what is wrong, and where the kernel was; registers come later. */
const MOST_ALARM_LINES = 24;

/** What the kernel said of itself, as its console had it. */
function alarmLines({ failure: { alarm = [] } }: Counterexample): Line[] {
  if (alarm.length === 0) return [];
  const more = alarm.length - MOST_ALARM_LINES;
  const said = alarm
    .slice(0, MOST_ALARM_LINES)
    .flatMap((each) => paragraph(line(`${' '.repeat(9)}|  `, 'faint'), printable(each), 'bad'));
  const rest =
    more <= 0 ? [] : [line(`${' '.repeat(9)}and ${plural(more, 'line')} more, which --json has`, 'faint')];
  return [line(), line('The kernel said:'), ...said, ...rest];
}

/** What is known of shorter sequences. */
function certificateLines({ certificate }: Counterexample): Line[] {
  if (certificate === undefined) return [];
  const { proven, bounds, operations, states, transitions, reason } = certificate;
  const searched = `${plural(operations, 'operation')}, ${plural(states, 'state')}, ${plural(transitions, 'transition')}`;
  const text = proven
    ? `no shorter sequence shows this within bounds ${bounds} (${searched})`
    : `whether a shorter sequence shows this: ${reason ?? ''}`;
  const more = proven && reason !== undefined ? `; not proven for wider ones (${reason})` : '';
  const head = span(proven ? 'CERTIFIED  ' : 'NOT CERTIFIED  ', proven ? 'good' : 'warn');
  return [line(), ...paragraph([head], `${text}${more}`)];
}

/**
 * The story of a counterexample, at 80 columns: what is broken, every step with what was seen, the address
 * space where it changed, what was allowed where it failed, and how to replay it.
 * @throws TraceError when its trace is not of the alphabet
 */
export function storyOf(example: Counterexample): Line[] {
  const { failure, system } = example;
  const headline = paragraph(
    [span('COUNTEREXAMPLE  ', 'bad')],
    `${system} ${TITLES[failure.kind](failure.rule)}`,
    'strong',
  );
  return [...headline, ...told(example)];
}

/** The same of a known defect of a kernel: it is no disagreement, but it is told. */
export function findingStory({ id, text, counterexample }: SeenFinding): Line[] {
  const headline = paragraph(
    [span('KNOWN FINDING  ', 'warn')],
    `${counterexample.system} shows ${id}: ${text}`,
    'strong',
  );
  return [...headline, ...told(counterexample)];
}

function told(example: Counterexample): Line[] {
  const { failure, trace } = example;
  const operations = operationsToJson(trace.ops);
  const wroteAt = tokenWriters(operations);
  const pictured = pictureSteps(example.pictures ?? [], operations, failure.step);
  const lines: Line[] = [
    ...(isTold(failure) ? [] : paragraph(line(''), failure.text)),
    line(),
    ...paragraph(line('', 'faint'), `${shrunkText(example)}. ${environmentText(trace.env)}.`, 'faint'),
    line(),
  ];
  operations.slice(0, failure.step + 1).forEach((json, i) => {
    const failing = i === failure.step;
    lines.push(...stepLines(json, i, example.observations[i], failing, wroteAt));
    if (failing) lines.push(...failureLines(example, json, wroteAt));
    lines.push(...pictureLines(pictured.get(i) ?? []));
  });
  const rest = operations.length - failure.step - 1;
  if (rest > 0) lines.push(line(`      and ${plural(rest, 'operation')} that did not come to it`, 'faint'));
  lines.push(...alarmLines(example), ...certificateLines(example));
  return [...lines, line(), line('Replay:', 'faint'), line(`npx mapahead replay ${example.token}`)];
}
