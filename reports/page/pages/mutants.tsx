import type { PageData } from '../../html/page-data.js';
import { ofKind } from '../../html/shown.js';
import { counted, thousands } from '../../html/words.js';
import type { MutantsResult } from '../../results/mutants.js';
import { Bars } from '../parts/bars.js';
import { CopyButton } from '../parts/copy.js';
import { MarkSign } from '../parts/marks.js';
import { Scroll } from '../parts/scroll.js';
import { NotRun, Source } from '../parts/source.js';

type Mutant = MutantsResult['mutants'][number];

const WORDS = { killed: 'killed', survived: 'SURVIVED', 'not-run': 'NOT RUN' };

function MutantRow({ mutant, killers }: { mutant: Mutant; killers: readonly string[] }) {
  const { id, text, source, base, outcome, reason, killedBy, operations, length, certified, token } = mutant;
  return (
    <tr class={outcome}>
      <th scope="row">
        <code>{id}</code>
        <small>
          {text}
          {base === undefined ? '' : ` (of ${base})`}
          {source === undefined ? '' : ` ${source}`}
        </small>
      </th>
      <td class={outcome}>
        {WORDS[outcome]}
        {reason === undefined ? null : <small>{reason}</small>}
      </td>
      <td>{operations === undefined ? '' : thousands(operations)}</td>
      <td>
        {length ?? ''}
        {certified === undefined ? null : <small>{certified ? 'certified minimal' : 'not certified'}</small>}
      </td>
      <td>
        {token === undefined ? null : (
          <CopyButton what={`what kills ${id}`} label="command" text={`npx mapahead replay ${token}`} />
        )}
      </td>
      {killers.map((killer) => (
        <td key={killer} class="killer">
          {killedBy.includes(killer) ? <MarkSign mark="held" more={`${killer} kills ${id}`} /> : null}
        </td>
      ))}
    </tr>
  );
}

function KillMatrix({ result }: { result: MutantsResult }) {
  const { mutants } = result;
  const used = result.killers.filter((killer) => mutants.some(({ killedBy }) => killedBy.includes(killer)));
  const idle = result.killers.filter((killer) => !used.includes(killer));
  const count = (outcome: Mutant['outcome']): number =>
    mutants.filter((each) => each.outcome === outcome).length;
  return (
    <>
      <p class="summary">
        {count('killed')} of {counted(mutants.length, 'mutant')} killed, {count('survived')} survived,{' '}
        {count('not-run')} not run.
      </p>
      {idle.length === 0 ? null : <p class="none">Find none of these mutants: {idle.join(', ')}.</p>}
      <Scroll label="Kill matrix">
        <table class="matrix kills">
          <thead>
            <tr>
              <th scope="col">mutant</th>
              <th scope="col">outcome</th>
              <th scope="col">operations to failure</th>
              <th scope="col">shrunk to</th>
              <th scope="col">sequence</th>
              {used.map((killer) => (
                <th key={killer} scope="col" class="tall">
                  <span>{killer}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {mutants.map((mutant) => (
              <MutantRow key={mutant.id} mutant={mutant} killers={used} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <h2>Operations to the first failure, logarithmic</h2>
      <Bars
        label="operations to the first failure, logarithmic"
        bars={mutants.flatMap(({ id, operations }) =>
          operations === undefined ? [] : [{ name: id, value: operations }],
        )}
        logarithmic
      />
    </>
  );
}

/** The suite against known defects: who finds which, and how soon. */
export function MutantsPage({ data }: { data: PageData }) {
  const results = ofKind(data, 'mutants');
  return (
    <>
      <h1>Mutants</h1>
      <p>
        Designs with one historical or rejected defect each. A suite that does not kill them all cannot be
        trusted with new ones. A mark in the column of a rule: that rule finds the mutant when it is the only
        one that is asked.
      </p>
      {results.length > 0 ? null : <NotRun data={data} what="mutants" command="mutants --results results" />}
      {results.map((from) => (
        <section key={from.source}>
          <KillMatrix result={from.result} />
          <Source from={from} />
        </section>
      ))}
    </>
  );
}
