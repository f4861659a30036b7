import type { PageData } from '../../html/page-data.js';
import { catalogueOf, columns, ofKind } from '../../html/shown.js';
import { counted } from '../../html/words.js';
import type { Catalogue } from '../../results/catalogue.js';
import type { KernelsResult } from '../../results/kernels.js';
import { CopyButton } from '../parts/copy.js';
import { Scroll } from '../parts/scroll.js';
import { NotRun, Source } from '../parts/source.js';

const SEEN = {
  before: 'before',
  since: 'since',
  both: 'BOTH',
  'not-witnessed': 'not witnessed',
  'not-observed': 'cannot be observed',
};

/** What the words of the cells mean at a point. */
function Sides({ point }: { point: Catalogue['variationPoints'][number] | undefined }) {
  if (point === undefined) return null;
  const [before, since] = point.sides;
  return (
    <>
      <small>before: {before}</small>
      <small>
        since {point.since}: {since}
      </small>
    </>
  );
}

function Matrix({ result, data }: { result: KernelsResult; data: PageData }) {
  const { variationPoints } = catalogueOf(data);
  const points = [...new Set(result.cells.map(({ point }) => point))];
  return (
    <Scroll label="Variation points by kernel">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">variation point</th>
            {result.kernels.map(({ id, upstream, runsOn, outcome, reason }) => (
              <th key={id} scope="col" class={outcome}>
                <b>{id}</b>
                {upstream === undefined ? null : <small>Linux {upstream}</small>}
                <small>{runsOn}</small>
                <small>{outcome === 'not-run' ? `NOT RUN: ${reason ?? ''}` : outcome}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point}>
              <th scope="row">
                <code>{point}</code>
                <Sides point={variationPoints.find(({ id }) => id === point)} />
              </th>
              {result.kernels.map(({ id }) => {
                const cell = result.cells.find((each) => each.kernel === id && each.point === point);
                return (
                  <td key={id} class={cell?.seen ?? 'not-run'}>
                    {cell === undefined ? 'not asked' : SEEN[cell.seen]}
                    {cell?.token === undefined ? null : (
                      <CopyButton
                        what={`what shows ${point} on ${id}`}
                        label="command"
                        text={`npx mapahead replay ${cell.token}`}
                      />
                    )}
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

function KernelCard({ kernel }: { kernel: KernelsResult['kernels'][number] }) {
  const { id, outcome, reason, sequences, operations, disagreements, findings, notObserved = [] } = kernel;
  if (outcome === 'not-run' && sequences === 0)
    return (
      <div class="not-run" role="note">
        <strong>NOT RUN</strong> {id}: {reason ?? 'no reason is known'}
      </div>
    );
  return (
    <article class={outcome === 'passed' ? 'card' : 'card bad'}>
      <h3>{id}</h3>
      <p>
        {counted(sequences, 'sequence')}, {counted(operations, 'operation')}
        {reason === undefined ? '' : `; ${reason}`}.{' '}
        {disagreements.length === 0
          ? 'Nothing that neither a variation point nor a known finding explains.'
          : ''}
      </p>
      {disagreements.map(({ text, sequences: times, token }) => (
        <p key={token} class="bad">
          {text} ({counted(times, 'sequence')}){' '}
          <CopyButton what={text} label="command" text={`npx mapahead replay ${token}`} />
        </p>
      ))}
      {findings.map((finding) => (
        <p key={finding.id}>
          known finding <code>{finding.id}</code>: {finding.text} ({counted(finding.sequences, 'sequence')})
        </p>
      ))}
      {notObserved.length === 0 ? null : <p class="none">Not observed here: {notObserved.join(', ')}.</p>}
    </article>
  );
}

/** Real kernels: which side of each variation point each is on, and what nothing explains. */
export function KernelsPage({ data }: { data: PageData }) {
  const results = ofKind(data, 'kernels');
  const checked = columns(data).filter(
    ({ from, system }) => from.result.kind === 'check' && system.startsWith('linux'),
  );
  return (
    <>
      <h1>Kernels</h1>
      <p>
        Where kernels legitimately differ, which of the two each does: as kernels did <b>before</b> a change,
        or <b>since</b>. It is measured, by a sequence whose last answer only one side allows; the button
        copies the command that asks again. A kernel of your own:{' '}
        <code>npx mapahead conform --matrix --kernel arch/x86/boot/bzImage --results results</code>
      </p>
      {results.length > 0 ? null : (
        <NotRun data={data} what="the matrix of kernels" command="conform --matrix --results results" />
      )}
      {results.map((from) => (
        <section key={from.source}>
          <Matrix result={from.result} data={data} />
          {from.result.kernels.map((kernel) => (
            <KernelCard key={kernel.id} kernel={kernel} />
          ))}
          <Source from={from} />
        </section>
      ))}
      {checked.map(({ system, outcome, how, within, reason, from }, i) => (
        <article key={i} class={outcome === 'failed' ? 'card bad' : 'card'}>
          <h3>{system}</h3>
          <p>
            {outcome === 'not-run' ? 'NOT RUN' : outcome} against the specification of its release: {how},{' '}
            {within}
            {reason === undefined ? '' : `; ${reason}`}.
          </p>
          <Source from={from} />
        </article>
      ))}
    </>
  );
}
