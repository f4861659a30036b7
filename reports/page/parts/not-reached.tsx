import type { PageData } from '../../html/page-data.js';
import { catalogueOf, columns, ofKind } from '../../html/shown.js';
import { thousands } from '../../html/words.js';
import { cellsOf, type Reached } from '../reached.js';

/** What some source reached and another did not, and what none did. */
export function NotReached({ data, reached }: { data: PageData; reached: readonly Reached[] }) {
  const cells = [...cellsOf(reached).values()];
  const { operations } = catalogueOf(data);
  const never = operations.filter(({ id }) => !cells.some(({ op }) => op === id));
  const neverOk = operations.filter(
    ({ id }) =>
      cells.some(({ op }) => op === id) && !cells.some(({ op, outcome }) => op === id && outcome === 'ok'),
  );
  const sometimes = ofKind(data, 'exploration').flatMap(({ result }) =>
    result.sometimes
      .filter(({ token }) => token === undefined)
      .map(({ text }) => `${text}: no state of ${result.design} within the bounds ${result.bounds} shows it`),
  );
  const vacuous = columns(data).flatMap((column) =>
    catalogueOf(data)
      .invariants.filter(({ id }) => column.mark(id).mark === 'vacuous')
      .map(({ id }) => `${id} on ${column.system} (${column.how}): it never had anything to look at`),
  );
  const unobserved = ofKind(data, 'check').flatMap(({ result }) =>
    result.report.verdicts.flatMap(({ system, perOperation }) =>
      Object.entries(perOperation)
        .filter(([, { unobserved: count }]) => count > 0)
        .map(
          ([op, { unobserved: count }]) =>
            `${op} on ${system}: ${thousands(count)} times not possible on this machine`,
        ),
    ),
  );
  const only = reached.map(({ name }, i) => ({
    name,
    missing: cells.filter(({ counts }) => counts[i] === 0).map(({ op, outcome }) => `${op} ${outcome}`),
  }));
  const lists: readonly (readonly [string, readonly string[]])[] = [
    [
      'operations that nothing did',
      never.map(({ id }) => `${id}: not in the alphabet of what was run, or never drawn`),
    ],
    [
      'operations that never succeeded',
      neverOk.map(({ id }) => `${id}: every time refused, skipped or not possible here`),
    ],
    ['invariants that were vacuous', vacuous],
    ['states that no search came to', sometimes],
    ['what this machine cannot do', unobserved],
    ...only.map(
      ({ name, missing }) =>
        [`seen elsewhere, not by ${name}: other bounds, limits or chances`, missing] as const,
    ),
  ];
  const shown = lists.filter(([, list]) => list.length > 0);
  if (reached.length === 0) return null;
  return (
    <>
      <h2>Never reached, and why</h2>
      {shown.length === 0 ? <p>Nothing that these results know of.</p> : null}
      {shown.map(([title, list]) => (
        <details key={title}>
          <summary>
            {title} ({list.length})
          </summary>
          <ul class="columns">
            {list.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </details>
      ))}
    </>
  );
}

/** What could still be wrong, in words. */
export function Residual({ data }: { data: PageData }) {
  const explorations = ofKind(data, 'exploration').map(({ result }) => result);
  const checks = ofKind(data, 'check').map(({ result }) => result);
  const cut = explorations.filter(({ closed }) => !closed);
  const notFollowed = explorations.filter(({ notFollowed: holes }) =>
    ['bound', 'open', 'irregular'].some((kind) => (holes[kind] ?? 0) > 0),
  );
  const short = checks.flatMap(({ report }) =>
    report.verdicts.filter(({ outcome }) => outcome === 'not-run'),
  );
  const risks = [
    ...checks.flatMap(({ report, seed }) => {
      const passed = report.verdicts
        .filter(({ outcome }) => outcome === 'passed')
        .map(({ system }) => system);
      return passed.length === 0
        ? []
        : [
            `Random sequences (seed ${seed}) found nothing on ${passed.join(', ')}: a defect that is left there is rarer than they are many.`,
          ];
    }),
    ...explorations
      .filter(({ closed }) => closed)
      .map(
        ({ design, bounds }) =>
          `${design} is proved within the bounds ${bounds} only: other operations, operands, environments, and more processes or events are outside of them.`,
      ),
    ...cut.map(
      ({ design, bounds, depth }) =>
        `${design}, bounds ${bounds}: sequences of more than ${depth} operations were not looked at.`,
    ),
    ...notFollowed.map(
      ({ design, bounds }) =>
        `${design}, bounds ${bounds}: some transitions were not followed (full tables, or left open by the specification).`,
    ),
    ...short.map(({ system }) => `${system} was not run: nothing is known about it.`),
    ...(ofKind(data, 'race').length === 0
      ? ['No interleavings were run: every operation here ran to its end before the next began.']
      : []),
    ...(ofKind(data, 'kernels').length === 0 &&
    !checks.some(({ report }) =>
      report.verdicts.some(({ system, outcome }) => system.startsWith('linux') && outcome !== 'not-run'),
    )
      ? ['No real kernel was run: that the model does what kernels do is not shown here.']
      : []),
    ...(ofKind(data, 'mutants').length === 0
      ? ['No mutants were run: that this suite finds defects is not shown here.']
      : []),
  ];
  return (
    <>
      <h2>Residual risk</h2>
      <ul>
        {risks.map((risk) => (
          <li key={risk}>{risk}</li>
        ))}
      </ul>
    </>
  );
}
