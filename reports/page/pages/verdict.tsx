import { casesOf } from '../../formats/cases.js';
import type { PageData } from '../../html/page-data.js';
import { type Column, catalogueOf, columns, counterexamples, ofKind, overall } from '../../html/shown.js';
import { counted, headline, thousands, why } from '../../html/words.js';
import { Legend, MarkSign } from '../parts/marks.js';
import { Scroll } from '../parts/scroll.js';
import { NotRun, Source } from '../parts/source.js';
import { link } from '../route.js';

const TITLES = {
  failed: 'Failed',
  passed: 'Passed',
  'not-run': 'Not everything that was asked for was run',
  interrupted: 'Interrupted: what is here is what was known by then',
};

function Matrix({
  shown,
  rules,
}: {
  shown: readonly Column[];
  rules: readonly { id: string; text: string }[];
}) {
  return (
    <Scroll label="Verdict by rule and system">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">rule</th>
            {shown.map(({ system, how, within, outcome }, i) => (
              <th key={i} scope="col" class={outcome}>
                <b>{system}</b>
                <small>{how}</small>
                <small>{within}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rules.map(({ id, text }) => (
            <tr key={id}>
              <th scope="row">
                <code>{id}</code>
                <small>{text}</small>
              </th>
              {shown.map((column, i) => {
                const { mark, looked, token } = column.mark(id);
                const more = looked === undefined ? '' : `looked at ${counted(looked, 'time')}`;
                const sign = <MarkSign mark={mark} more={more} />;
                return (
                  <td key={i} class={mark}>
                    {token === undefined ? sign : <a href={link('counterexample', token)}>{sign}</a>}
                    {mark === 'failed' ? <b>failed</b> : null}
                    {mark === 'vacuous' ? <small>vacuous</small> : null}
                    {mark === 'not-run' ? <small>not run</small> : null}
                    {looked === undefined || looked === 0 ? null : <small>{thousands(looked)}</small>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Where more is told of a case that no counterexample of this report tells. */
const PAGE_OF = { kernels: 'kernels', mutants: 'mutants', race: 'races' } as const;

/** What failed of kernels, mutants and interleavings. */
function OtherFailures({ data }: { data: PageData }) {
  const failed = casesOf(data).filter(({ outcome }) => outcome === 'failed');
  return (
    <>
      {failed.map(({ suite, name, rule, text, from }, i) => {
        const { kind } = from.result;
        if (kind !== 'kernels' && kind !== 'mutants' && kind !== 'race') return null;
        return (
          <a key={i} class="card bad" href={link(PAGE_OF[kind])}>
            <b>
              {suite}: {name}
            </b>
            <span>{rule}</span>
            <span>{text}</span>
          </a>
        );
      })}
    </>
  );
}

function Missing({ data }: { data: PageData }) {
  const has = (kind: Parameters<typeof ofKind>[1]): boolean => ofKind(data, kind).length > 0;
  return (
    <>
      {has('check') ? null : <NotRun data={data} what="random sequences" command="check --results results" />}
      {has('exploration') ? null : (
        <NotRun data={data} what="every sequence within bounds" command="explore --results results" />
      )}
      {has('kernels') ? null : (
        <NotRun data={data} what="the matrix of kernels" command="conform --matrix --results results" />
      )}
      {has('race') ? null : <NotRun data={data} what="interleavings" command="race --results results" />}
      {has('mutants') ? null : <NotRun data={data} what="mutants" command="mutants --results results" />}
    </>
  );
}

/** One look tells the state: what was judged, by what, within which bounds. */
export function VerdictPage({ data }: { data: PageData }) {
  const state = overall(data);
  const cases = casesOf(data);
  const shown = columns(data);
  const examples = counterexamples(data);
  const failures = examples.filter(({ known }) => known === undefined);
  const findings = examples.filter(({ known }) => known !== undefined);
  const { invariants } = catalogueOf(data);
  const spec = { id: 'spec', text: 'What the System shows is among what the specification allows.' };
  const hang = shown.some((column) => column.mark('hang').mark === 'failed')
    ? [{ id: 'hang', text: 'Every operation terminates.' }]
    : [];
  return (
    <>
      <h1 class={`verdict ${state}`}>{TITLES[state]}</h1>
      <p class="summary">
        {counted(shown.length, 'system')} judged, {counted(failures.length, 'counterexample')},{' '}
        {counted(findings.length, 'known finding')} met. Of {counted(cases.length, 'verdict')},{' '}
        {thousands(cases.filter(({ outcome }) => outcome === 'passed').length)} passed,{' '}
        {thousands(cases.filter(({ outcome }) => outcome === 'failed').length)} failed, and{' '}
        {thousands(cases.filter(({ outcome }) => outcome === 'skipped').length)} say nothing: vacuous, not
        run, or not run to the end.
      </p>
      {failures.map(({ example, system, from }) => (
        <a
          key={`${from.source}${example.token}`}
          class="card bad"
          href={link('counterexample', example.token)}
        >
          <b>
            {system} {headline(example)}
          </b>
          <span>{example.failure.text}</span>
          <span>{why(example)}</span>
          <code class="token">npx mapahead replay {example.token}</code>
        </a>
      ))}
      <OtherFailures data={data} />
      {findings.map(({ example, system, known, from }) => (
        <a
          key={`${from.source}${example.token}`}
          class="card known"
          href={link('counterexample', example.token)}
        >
          <b>
            known finding: {system} shows {known}
          </b>
          <span>{why(example)}</span>
        </a>
      ))}
      {shown.length === 0 ? null : (
        <>
          <h2>By rule</h2>
          <Legend />
          <Matrix shown={shown} rules={[spec, ...hang, ...invariants]} />
          <ul class="remarks">
            {shown
              .filter(({ reason }) => reason !== undefined)
              .map(({ system, how, reason, outcome }, i) => (
                <li key={i} class={outcome}>
                  <b>{system}</b> ({how}): {outcome === 'not-run' ? 'NOT RUN: ' : ''}
                  {reason}
                </li>
              ))}
          </ul>
        </>
      )}
      <Missing data={data} />
      <h2>Where this comes from</h2>
      {data.results.map((from) => (
        <Source key={from.source} from={from} />
      ))}
    </>
  );
}
