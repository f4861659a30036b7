import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PageData } from '../../html/page-data.js';
import { reachOf } from '../../html/reach.js';
import { counterexamples, type Shown } from '../../html/shown.js';
import { counted, headline, why } from '../../html/words.js';
import { environmentText } from '../../terminal/environment.js';
import { Arena } from '../parts/arena.js';
import { Copies } from '../parts/copies.js';
import { Scroll } from '../parts/scroll.js';
import { SideBySide } from '../parts/side-by-side.js';
import { Source } from '../parts/source.js';
import { StateTables } from '../parts/state-tables.js';
import { StepList } from '../parts/step-list.js';
import { link, type Route, replaceRoute } from '../route.js';
import { States } from '../state.js';

const MOVES: Readonly<Record<string, (step: number, last: number, failing: number) => number>> = {
  ArrowRight: (step) => step + 1,
  ArrowDown: (step) => step + 1,
  j: (step) => step + 1,
  ArrowLeft: (step) => step - 1,
  ArrowUp: (step) => step - 1,
  k: (step) => step - 1,
  PageDown: (step) => step + 10,
  PageUp: (step) => step - 10,
  Home: () => 0,
  End: (_step, last) => last,
  f: (_step, _last, failing) => failing,
};

/** Milliseconds without a step after which the address names the one that is shown: browsers allow few changes of it. */
const SETTLED_MS = 200;

/** Where keys mean something else. */
const TAKES_KEYS = 'input, select, textarea, summary, [data-scrolls]';

/** The step that is shown: from the address, moved by keys. */
function useStep(shown: Shown, wanted: string | undefined): readonly [number, (step: number) => void] {
  const { example } = shown;
  const last = example.operations.length - 1;
  const failing = example.failure.step;
  const first = wanted === undefined ? failing : Number(wanted) - 1;
  const [step, setStep] = useState(first >= 0 && first <= last ? first : failing);
  // Keys may come faster than the page is drawn: they go on from where the one before went.
  const current = useRef(step);
  const naming = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const go = useCallback(
    (to: number) => {
      current.current = Math.max(0, Math.min(last, to));
      setStep(current.current);
      clearTimeout(naming.current);
      naming.current = setTimeout(
        () => replaceRoute('counterexample', example.token, current.current + 1),
        SETTLED_MS,
      );
    },
    [last, example],
  );
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const move = MOVES[event.key];
      if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(TAKES_KEYS) !== null) return;
      event.preventDefault();
      go(move(current.current, last, failing));
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
      clearTimeout(naming.current);
    };
  }, [go, last, failing]);
  return [step, go];
}

function One({ shown, wanted }: { shown: Shown; wanted: string | undefined }) {
  const { example, evidence, system, known } = shown;
  const [step, go] = useStep(shown, wanted);
  const states = useMemo(
    () => (evidence?.changes === undefined ? undefined : new States(evidence.changes)),
    [evidence],
  );
  const { failure, operations, foundWith } = example;
  const rows = states?.at(step + 1);
  const changed = states?.changed(step + 1);
  return (
    <>
      <h1>
        {known === undefined ? '' : `Known finding ${known}: `}
        {system} {headline(example)}
      </h1>
      <p class="why">{why(example)}</p>
      <blockquote class="rule">
        {failure.kind === 'invariant' ? (
          <>
            <code>{failure.rule}</code>:{' '}
          </>
        ) : null}
        {failure.text}
      </blockquote>
      {failure.explainedBy.length === 0 ? null : (
        <p>
          It would be right for a kernel on the other side of <b>{failure.explainedBy.join(' or ')}</b>.
        </p>
      )}
      <p class="source">
        {counted(operations.length, 'operation')}
        {foundWith > operations.length
          ? `, shrunk from ${foundWith} in ${counted(example.shrinkRuns, 'run')}`
          : ''}
        . Environment: {environmentText(example.env)}.
      </p>
      {failure.alarm === undefined ? null : (
        <section class="alarm" aria-label="What the kernel said">
          <h2>What the kernel said</h2>
          <Scroll label="The kernel's log">
            <pre>{failure.alarm.join('\n')}</pre>
          </Scroll>
        </section>
      )}
      <Copies shown={shown} />
      <fieldset class="stepper" aria-label="Steps">
        <button type="button" onClick={() => go(step - 1)} disabled={step === 0}>
          ← back
        </button>
        <output aria-live="polite">
          step {step + 1} of {operations.length}
          {step === failure.step ? ': here it goes wrong' : ''}
        </output>
        <button type="button" onClick={() => go(step + 1)} disabled={step === operations.length - 1}>
          on →
        </button>
        <button type="button" onClick={() => go(failure.step)} disabled={step === failure.step}>
          to the failure
        </button>
        <span class="keys">keys: ← → step, Home, End, f failure</span>
      </fieldset>
      <div class="work">
        <StepList example={example} step={step} go={go} />
        <div class="detail">
          <SideBySide shown={shown} step={step} />
          {rows === undefined || changed === undefined ? (
            <p class="none">There is no state in this result: nothing to draw.</p>
          ) : (
            <>
              {evidence?.drawnFrom === undefined ? null : (
                <p class="none">
                  A kernel shows its answers only. Drawn is what the design {evidence.drawnFrom} does at the
                  same calls.
                </p>
              )}
              <Arena
                rows={rows}
                changed={changed}
                reaches={reachOf(operations[step])}
                failure={step >= failure.step ? failure : undefined}
              />
              <StateTables rows={rows} changed={changed} />
            </>
          )}
        </div>
      </div>
      <Source from={shown.from} />
    </>
  );
}

/** Counterexamples, one at a time, step by step. */
export function CounterexamplePage({ data, route }: { data: PageData; route: Route }) {
  const all = counterexamples(data);
  const shown = all.find(({ example }) => example.token === route[0]) ?? all[0];
  if (shown === undefined)
    return (
      <>
        <h1>Counterexamples</h1>
        <p>
          None was found by what was run. What that was, and what was not run, is on the page{' '}
          <a href={link('verdict')}>Verdict</a>.
        </p>
      </>
    );
  return (
    <>
      {all.length < 2 ? null : (
        <nav aria-label="Counterexamples" class="choices">
          {all.map((each, i) => (
            <a
              key={i}
              href={link('counterexample', each.example.token)}
              aria-current={each === shown ? 'true' : undefined}
              class={each.known === undefined ? 'bad' : 'known'}
            >
              {each.system} <small>{each.known ?? each.example.failure.rule}</small>
            </a>
          ))}
        </nav>
      )}
      <One key={shown.example.token} shown={shown} wanted={route[1]} />
    </>
  );
}
