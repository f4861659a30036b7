import { thousands } from '../terminal/summary.js';

type Verdict = string | { readonly length: number; readonly token: string };

/** What is shown of one search. */
export interface ShownClaim {
  readonly design: string;
  readonly bounds: string;
  readonly operations: number;
  readonly states: number;
  readonly left: number;
  readonly transitions: number;
  readonly depth: number;
  readonly closed: boolean;
  readonly cut?: string;
  readonly found?: string;
  readonly rules: Readonly<Record<string, Verdict>>;
  readonly askedOnTo?: number;
  readonly sometimes: Readonly<Record<string, number | null>>;
  readonly outcomes: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** A table in Markdown. The first column is text, the others as `align` says: `l` or `r` each. */
export function table(head: readonly string[], align: string, rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = [...align].map((each) => (each === 'r' ? '---:' : '---'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

const code = (text: string): string => `\`${text}\``;
const operations = (count: number): string => (count === 1 ? '1 operation' : `${count} operations`);

/** What a search came to, in a few words. */
function verdictOf({ closed, cut, found, left, rules }: ShownClaim): string {
  if (closed) return 'closed: nothing is wrong';
  if (found === undefined)
    return `not closed: ${cut}, ${thousands(left)} states left to do; nothing wrong so far`;
  const verdict = rules[found];
  const length = typeof verdict === 'string' ? '' : ` in ${operations(verdict.length)}`;
  return `breaks ${code(found)}${length}`;
}

const depthOf = ({ closed, depth }: { readonly closed: boolean; readonly depth: number }): string =>
  closed ? String(depth) : '';

/** One row a search: bounds, counts and verdict. */
export function searchesTable(claims: readonly ShownClaim[]): string {
  return table(
    ['design', 'bounds', 'operations', 'states', 'transitions', 'depth at closure', 'verdict'],
    'llrrrrl',
    claims.map((claim) => [
      code(claim.design),
      claim.bounds,
      String(claim.operations),
      thousands(claim.states),
      thousands(claim.transitions),
      depthOf(claim),
      verdictOf(claim),
    ]),
  );
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];

/** A rule over all bounds of a design: broken in any is broken, held in any is held. */
function overall(verdicts: readonly Verdict[]): string {
  const lengths = verdicts.flatMap((each) => (typeof each === 'string' ? [] : [each.length]));
  if (lengths.length > 0) return `**broken in ${Math.min(...lengths)}**`;
  return ['held', 'not promised'].find((each) => verdicts.includes(each)) ?? 'vacuous';
}

/** One row a rule, one column a design. */
export function rulesTable(claims: readonly ShownClaim[]): string {
  const designs = unique(claims.map(({ design }) => design));
  const rules = unique(claims.flatMap((claim) => Object.keys(claim.rules)));
  const rows = rules.map((rule) => [
    code(rule),
    ...designs.map((design) =>
      overall(claims.filter((each) => each.design === design).map((each) => each.rules[rule])),
    ),
  ]);
  return table(['rule', ...designs.map(code)], 'l'.repeat(1 + designs.length), rows);
}

/** The rules of one design, one column for each bounds. */
export function rulesByBoundsTable(claims: readonly ShownClaim[]): string {
  const rules = unique(claims.flatMap((claim) => Object.keys(claim.rules)));
  const cell = (verdict: Verdict): string =>
    typeof verdict === 'string' ? verdict : `**broken in ${verdict.length}**: ${code(verdict.token)}`;
  return table(
    ['rule', ...claims.map(({ bounds }) => bounds)],
    'l'.repeat(1 + claims.length),
    rules.map((rule) => [code(rule), ...claims.map((claim) => cell(claim.rules[rule]))]),
  );
}

/** What some state should show, one column for each bounds: the length of a shortest sequence. */
export function sometimesTable(
  claims: readonly ShownClaim[],
  texts: Readonly<Record<string, string>>,
): string {
  const ids = unique(claims.flatMap((claim) => Object.keys(claim.sometimes)));
  return table(
    ['some state', ...claims.map(({ bounds }) => bounds)],
    `l${'r'.repeat(claims.length)}`,
    ids.map((id) => [texts[id] ?? id, ...claims.map((claim) => String(claim.sometimes[id] ?? 'never'))]),
  );
}

/** What is shown of a search with symmetry beside one without. */
export interface ShownAudit {
  readonly design: string;
  readonly bounds: string;
  readonly renamings: number;
  readonly stored: number;
  readonly states: number;
  readonly orbits: number;
}

/** One row an audit. */
export function auditsTable(audits: readonly ShownAudit[]): string {
  return table(
    ['design', 'bounds', 'renamings', 'states without symmetry', 'orbits of these', 'states with symmetry'],
    'llrrrr',
    audits.map(({ design, bounds, renamings, stored, states, orbits }) => [
      code(design),
      bounds,
      String(renamings),
      ...[states, orbits, stored].map(thousands),
    ]),
  );
}

/** Operations of which no outcome was ever `ok`, in any of these searches, with what they answered. */
export function neverOk(claims: readonly ShownClaim[]): string[] {
  const ops = unique(claims.flatMap(({ outcomes }) => Object.keys(outcomes)));
  return ops.flatMap((op) => {
    const answers = unique(claims.flatMap(({ outcomes }) => Object.keys(outcomes[op] ?? {})));
    return answers.includes('ok') ? [] : [`${code(op)} (${answers.join(', ')})`];
  });
}
