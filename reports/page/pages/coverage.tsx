import type { PageData } from '../../html/page-data.js';
import { ofKind } from '../../html/shown.js';
import { counted, thousands } from '../../html/words.js';
import { Bars } from '../parts/bars.js';
import { CodeCoverage } from '../parts/code-coverage.js';
import { OutcomeHeatmap, PairHeatmap } from '../parts/heatmaps.js';
import { NotReached, Residual } from '../parts/not-reached.js';
import { NotRun, Source } from '../parts/source.js';
import { cellsOf, reachedBy } from '../reached.js';
import { link, type Route } from '../route.js';

/** What was reached of what there is, and what was not. */
export function CoveragePage({ data, route }: { data: PageData; route: Route }) {
  const code = ofKind(data, 'code-coverage');
  if (route[0] === 'code' && code.length > 0) return <CodeCoverage from={code[0]} path={route[1]} />;
  const reached = reachedBy(data);
  const explorations = ofKind(data, 'exploration');
  const checks = ofKind(data, 'check');
  return (
    <>
      <h1>Coverage</h1>
      <h2>Operations and their outcomes</h2>
      {reached.length === 0 ? (
        <NotRun data={data} what="anything that counts outcomes" command="check --results results" />
      ) : (
        <>
          <p>
            {counted(cellsOf(reached).size, 'operation-outcome')} seen by {counted(reached.length, 'source')}.
            Each square has one stripe a source, dark: often, empty: never. Sources in order:{' '}
            {reached.map(({ name }) => name).join('; ')}.
          </p>
          <OutcomeHeatmap reached={reached} />
        </>
      )}
      {checks.flatMap(({ result, source }) =>
        result.report.verdicts.flatMap(({ system, pairs }) =>
          pairs === undefined || pairs.length === 0 ? (
            []
          ) : (
            <PairHeatmap key={`${source} ${system}`} system={system} pairs={pairs} />
          ),
        ),
      )}
      <h2>States by depth</h2>
      {explorations.length === 0 ? (
        <NotRun data={data} what="an exhaustive search" command="explore --results results" />
      ) : (
        explorations.map(({ result, source }) => (
          <section key={source}>
            <p>
              {result.design}, bounds {result.bounds}: {thousands(result.states)} states,{' '}
              {thousands(result.transitions)} transitions,{' '}
              {result.closed ? 'closed' : `NOT CLOSED, ${thousands(result.left)} states left`}.
            </p>
            <Bars
              label={`states of ${result.design} by operations from the start`}
              bars={result.levels.map((value, depth) => ({
                name: `after ${counted(depth, 'operation')}`,
                value,
              }))}
            />
          </section>
        ))
      )}
      <NotReached data={data} reached={reached} />
      <Residual data={data} />
      <h2>Code</h2>
      {code.length === 0 ? (
        <div class="not-run" role="note">
          <strong>NOT RUN</strong> coverage of the code
          <p>
            To have it: <code>npm run coverage</code>, then give coverage/coverage-final.json to the report as
            well.
          </p>
        </div>
      ) : (
        <p>
          <a href={link('coverage', 'code')}>By file, with the source</a>
        </p>
      )}
      <h2>Where this comes from</h2>
      {[...checks, ...explorations, ...code].map((from) => (
        <Source key={from.source} from={from} />
      ))}
    </>
  );
}
