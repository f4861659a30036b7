import type { PageData } from '../../html/page-data.js';
import { catalogueOf, ofKind } from '../../html/shown.js';
import { counted, thousands } from '../../html/words.js';
import type { Catalogue } from '../../results/catalogue.js';
import type { ExplorationResult } from '../../results/exploration.js';
import { CopyButton } from '../parts/copy.js';
import { Scroll } from '../parts/scroll.js';
import { NotRun, Source } from '../parts/source.js';

type Difference = ExplorationResult['differences'][number];
type Point = Catalogue['variationPoints'][number];

function explanation({ either, points }: Difference): string {
  if (either) return 'the specification allows both';
  if (points.length === 0) return 'NOT EXPLAINED';
  const sets = points.join(', or ');
  return points.length === 1 ? sets : `NOT EXPLAINED by one alone: ${sets}`;
}

function shownAs({ outcomes: [one, other], what }: Difference): string {
  return one === other ? `${one} on both, another ${what}` : `${one} / ${other}`;
}

function Witness({ difference }: { difference: Difference }) {
  const { op, token, count } = difference;
  return (
    <tr>
      <th scope="row">
        <code>{op}</code>
      </th>
      <td>{shownAs(difference)}</td>
      <td>{thousands(count)}</td>
      <td class={explanation(difference).startsWith('NOT') ? 'bad' : ''}>{explanation(difference)}</td>
      <td>
        <CopyButton
          what={`a shortest sequence that shows ${op} ${shownAs(difference)}`}
          label="command"
          text={`npx mapahead replay ${token}`}
        />
      </td>
    </tr>
  );
}

function PointCard({ data, point }: { data: PageData; point: Point }) {
  const cells = ofKind(data, 'kernels').flatMap(({ result }) =>
    result.cells.filter((cell) => cell.point === point.id),
  );
  const witnesses = ofKind(data, 'exploration').flatMap(({ result }) =>
    result.differences.filter(({ points }) => points.length === 1 && points[0] === point.id),
  );
  return (
    <article class="card" id={point.id}>
      <h3>
        <code>{point.id}</code> <small>since {point.since}</small>
      </h3>
      <dl>
        <dt>before</dt>
        <dd>{point.sides[0]}</dd>
        <dt>since</dt>
        <dd>{point.sides[1]}</dd>
        <dt>why</dt>
        <dd>{point.why}</dd>
        <dt>evidence</dt>
        <dd>{point.evidence}</dd>
        <dt>kernels</dt>
        <dd>
          {cells.length === 0 ? <span class="none">no kernel in these results was asked</span> : null}
          {cells.map(({ kernel, seen }) => `${kernel}: ${seen.replace('-', ' ')}`).join('; ')}
        </dd>
        <dt>witness</dt>
        <dd>
          {witnesses.length === 0 ? <span class="none">none in these results</span> : null}
          {witnesses.map((each) => (
            <span key={each.token}>
              {each.op} {shownAs(each)}{' '}
              <CopyButton
                what={`a sequence that shows ${point.id}`}
                label="command"
                text={`npx mapahead replay ${each.token}`}
              />{' '}
            </span>
          ))}
        </dd>
      </dl>
    </article>
  );
}

/** What the change did to user space. */
export function DifferencesPage({ data }: { data: PageData }) {
  const compared = ofKind(data, 'exploration').filter(({ result }) => result.against !== 'spec');
  const { variationPoints } = catalogueOf(data);
  return (
    <>
      <h1>Differences</h1>
      <p>
        Where kernels, or designs, legitimately show user space different things: each has a name, a reason
        and a witness.
      </p>
      {compared.length > 0 ? null : (
        <NotRun
          data={data}
          what="two designs side by side"
          command="explore --against demand-fault --results results"
        />
      )}
      {compared.map((from) => {
        const { design, against, bounds, differences, closed } = from.result;
        return (
          <section key={from.source}>
            <h2>
              {design} / {against}, bounds {bounds}
            </h2>
            <p>
              {counted(differences.length, 'kind')} of difference
              {closed
                ? ': all there are within the bounds, before the designs part'
                : ', as far as the search came'}
              .
            </p>
            <Scroll label="Kinds of difference">
              <table>
                <thead>
                  <tr>
                    <th scope="col">operation</th>
                    <th scope="col">
                      {design} / {against}
                    </th>
                    <th scope="col">times</th>
                    <th scope="col">explained by</th>
                    <th scope="col">a shortest sequence</th>
                  </tr>
                </thead>
                <tbody>
                  {differences.map((each) => (
                    <Witness key={each.token} difference={each} />
                  ))}
                </tbody>
              </table>
            </Scroll>
            <Source from={from} />
          </section>
        );
      })}
      <h2>Variation points ({variationPoints.length})</h2>
      {variationPoints.length === 0 ? <p class="none">These results bring no list of them.</p> : null}
      {variationPoints.map((point) => (
        <PointCard key={point.id} data={data} point={point} />
      ))}
    </>
  );
}
