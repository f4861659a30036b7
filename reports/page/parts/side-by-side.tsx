import type { Shown } from '../../html/shown.js';
import { answer } from '../../html/words.js';
import type { ReportCounterexample } from '../../json/schema.js';
import { Scroll } from './scroll.js';

type Observation = ReportCounterexample['observations'][number];

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <>
      {lines.map((line, i) => (
        <div key={i} class={i === 0 ? 'short' : 'more'}>
          {line}
        </div>
      ))}
    </>
  );
}

/** What the specification allows at a step, what the System answered, and what others answer to the same trace. */
export function SideBySide({ shown, step }: { shown: Shown; step: number }) {
  const { example, evidence, system } = shown;
  const { operations, observations, failure } = example;
  const operation = operations[step];
  const text = (observation: Observation | undefined) => answer(operation, observation, operations);
  const own = text(observations[step]);
  const wrong = step === failure.step;
  const fromFailure = wrong && failure.kind === 'spec' ? failure.allowed : undefined;
  const allowed = fromFailure ?? evidence?.allowed[step] ?? [];
  const beside = evidence?.beside ?? [];
  return (
    <Scroll label="Side by side">
      <table class="beside">
        <caption>Step {step + 1}, side by side</caption>
        <thead>
          <tr>
            <th scope="col">specification allows</th>
            <th scope="col" class={wrong ? 'wrong' : ''}>
              {system}
            </th>
            {beside.map(({ system: other, outcome }) => (
              <th key={other} scope="col">
                {other} <small>{outcome.replace('-', ' ')}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              {allowed.length === 0 ? <span class="none">not recorded</span> : null}
              {allowed.map(({ observation, rule }, i) => (
                <div key={i}>
                  <Lines lines={text(observation)} />
                  <small>{rule}</small>
                </div>
              ))}
            </td>
            <td class={wrong ? 'wrong' : ''}>
              <Lines lines={own} />
              {wrong ? <small class="bad">✗ {failure.detail}</small> : null}
            </td>
            {beside.map(({ system: other, observations: seen, reason, failure: theirs }) => {
              const lines = text(seen[step]);
              const differs = seen[step] !== undefined && lines.join() !== own.join();
              return (
                <td key={other} class={differs ? 'differs' : ''}>
                  {seen[step] === undefined ? (
                    <span class="none">{reason === undefined ? 'ended before' : `NOT RUN: ${reason}`}</span>
                  ) : (
                    <Lines lines={lines} />
                  )}
                  {differs ? <small>≠ {system}</small> : null}
                  {theirs?.step === step ? <small class="bad">✗ {theirs.detail}</small> : null}
                </td>
              );
            })}
          </tr>
        </tbody>
      </table>
    </Scroll>
  );
}
