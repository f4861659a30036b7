import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { answer, call } from '../../html/words.js';
import type { ReportCounterexample } from '../../json/schema.js';

/** Above this only the steps in sight are drawn. */
const WHOLE = 200;
/** Height of a step in a long list, in pixels; the style says the same. */
const HEIGHT = 46;
const SPARE = 10;

function Step({
  example,
  at,
  current,
  go,
  top,
}: {
  example: ReportCounterexample;
  at: number;
  current: boolean;
  go: (step: number) => void;
  top?: number;
}) {
  const { operations, observations, failure } = example;
  const operation = operations[at];
  const wrong = at === failure.step;
  const [short] = answer(operation, observations[at], operations);
  return (
    <li class={wrong ? 'wrong' : ''} style={top === undefined ? undefined : { top: `${top}px` }}>
      <button type="button" aria-current={current ? 'step' : undefined} onClick={() => go(at)}>
        <span class="number">
          {wrong ? '✗ ' : ''}
          {at + 1}
        </span>
        <span class="call">
          <b>P{operation.proc}</b> {call(operation)}
        </span>
        <span class="answer">
          {wrong ? <span class="heard">the first wrong step: </span> : null}= {short}
        </span>
      </button>
    </li>
  );
}

/** Every operation of a trace with its answer; the one that is shown is in sight. */
export function StepList({
  example,
  step,
  go,
}: {
  example: ReportCounterexample;
  step: number;
  go: (step: number) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const [scroll, setScroll] = useState(0);
  const { length } = example.operations;
  const long = length > WHOLE;
  useLayoutEffect(() => {
    const box = list.current;
    if (box === null) return;
    const current = long ? undefined : box.children[step];
    const top = long ? step * HEIGHT : (current as HTMLElement).offsetTop;
    const height = long ? HEIGHT : (current as HTMLElement).offsetHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
  }, [step, long]);
  if (!long)
    return (
      <ol class="steps" ref={list}>
        {example.operations.map((_, at) => (
          <Step key={at} example={example} at={at} current={at === step} go={go} />
        ))}
      </ol>
    );
  const seen = Math.ceil((list.current?.clientHeight ?? 600) / HEIGHT);
  const from = Math.max(0, Math.floor(scroll / HEIGHT) - SPARE);
  const to = Math.min(length, from + seen + 2 * SPARE);
  const shown = Array.from({ length: to - from }, (_, i) => from + i);
  return (
    <ol class="steps long" ref={list} onScroll={({ currentTarget }) => setScroll(currentTarget.scrollTop)}>
      {shown.map((at) => (
        <Step key={at} example={example} at={at} current={at === step} go={go} top={at * HEIGHT} />
      ))}
      <li class="end" aria-hidden="true" style={{ top: `${length * HEIGHT - 1}px` }} />
    </ol>
  );
}
