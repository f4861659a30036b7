import type { PageData } from '../../html/page-data.js';
import { ofKind } from '../../html/shown.js';
import { counted, thousands } from '../../html/words.js';
import type { RaceResult } from '../../results/race.js';
import { CopyButton } from '../parts/copy.js';
import { Scroll } from '../parts/scroll.js';
import { NotRun, Source } from '../parts/source.js';

type Race = RaceResult['races'][number];
type Schedule = Pick<Race['fails'], 'steps'>;

function firstDifference({ fails, passes }: Race): number {
  if (passes === undefined) return -1;
  return fails.steps.findIndex((step, i) => {
    const other = passes.steps[i];
    return other === undefined || other.task !== step.task || other.text !== step.text;
  });
}

function Lanes({
  tasks,
  schedule,
  title,
  parts,
}: {
  tasks: readonly string[];
  schedule: Schedule;
  title: string;
  parts: number;
}) {
  return (
    <Scroll label={title}>
      <table class="lanes">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">#</th>
            {tasks.map((task, i) => (
              <th key={i} scope="col">
                task {i + 1}: {task}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {schedule.steps.map((step, i) => (
            <tr key={i} class={step.wrong !== undefined ? 'wrong' : i === parts ? 'parts' : ''}>
              <th scope="row">
                {i + 1}
                {i === parts ? ' first difference' : ''}
              </th>
              {tasks.map((_, task) => (
                <td key={task} class={task === step.task ? 'runs' : ''}>
                  {task !== step.task ? null : (
                    <>
                      {step.text}
                      {step.holds.length === 0 ? null : <small>holds {step.holds.join(', ')}</small>}
                      {step.wrong === undefined ? null : <small class="bad">✗ {step.wrong}</small>}
                    </>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** What is proven about the size of a race, and what is not. */
function CertificateNote({ race: { certificate } }: { race: Race }) {
  if (certificate === undefined)
    return <p class="none">Not certified: that nothing smaller shows this was not searched for.</p>;
  const { proven, open } = certificate;
  return (
    <>
      {proven === '' ? null : <p class="passed">Certified: {proven}.</p>}
      {open === '' ? null : <p class="not-run">Not certified: {open}.</p>}
    </>
  );
}

function RaceCard({ race }: { race: Race }) {
  const parts = firstDifference(race);
  return (
    <article class="card bad">
      <h3>
        <code>{race.rule}</code>
      </h3>
      <p>{race.text}</p>
      {race.before.length === 0 ? null : <p class="none">Before the tasks: {race.before.join('; ')}.</p>}
      <p>
        <CopyButton what="this schedule" label="replay" text={`npx mapahead replay ${race.fails.token}`} />
      </p>
      <div class="two">
        <Lanes tasks={race.tasks} schedule={race.fails} title="goes wrong" parts={parts} />
        {race.passes === undefined ? (
          <p class="none">No schedule near it that is right is in this result.</p>
        ) : (
          <Lanes tasks={race.tasks} schedule={race.passes} title="the nearest that is right" parts={parts} />
        )}
      </div>
      <CertificateNote race={race} />
    </article>
  );
}

/** Interleavings: one lane a task, time downwards. */
export function RacesPage({ data }: { data: PageData }) {
  const results = ofKind(data, 'race');
  return (
    <>
      <h1>Races</h1>
      {results.length > 0 ? null : (
        <NotRun data={data} what="interleavings" command="race --results results" />
      )}
      {results.map((from) => {
        const { design, mode, plans, schedules, classes, complete, races, outcome, pairs, cut } = from.result;
        const lists = [
          ['never beside another task', from.result.neverInterleaved],
          ['never reached', from.result.neverReached],
        ] as const;
        return (
          <section key={from.source}>
            <h2>
              {design}: {counted(plans, 'set')} of tasks
            </h2>
            <p class={outcome}>
              {outcome === 'not-run' ? 'NOT RUN' : outcome}: {thousands(schedules)} schedules ({mode})
              {classes === undefined ? '' : `, ${counted(classes, 'class').replace('classs', 'classes')}`},{' '}
              {complete ? 'every class was explored' : 'not every class was explored'}
              {cut === undefined ? '' : `, ended by ${cut}`}
              {pairs === undefined
                ? ''
                : `; ${thousands(pairs.seen)} of ${thousands(pairs.of)} pairs of points interleaved`}
              .
            </p>
            {races.map((race) => (
              <RaceCard key={race.fails.token} race={race} />
            ))}
            {lists.map(([title, points]) =>
              points.length === 0 ? null : (
                <details key={title}>
                  <summary>
                    Points {title} ({points.length})
                  </summary>
                  <ul class="columns">
                    {points.map((point, i) => (
                      <li key={i}>{point}</li>
                    ))}
                  </ul>
                </details>
              ),
            )}
            <Source from={from} />
          </section>
        );
      })}
    </>
  );
}
