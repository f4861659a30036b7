// The text of the bounded claims, from their record: a part of README.md, and docs/CLAIMS.md.
import { VARIATION_POINTS } from '../dist/model/spec/index.js';
import { SOMETIMES } from '../dist/properties/explorer/sometimes.js';
import {
  auditsTable,
  neverOk,
  rulesByBoundsTable,
  rulesTable,
  searchesTable,
  sometimesTable,
} from '../dist/reports/markdown/claims.js';
import { comparisonsTable, differencesTable, pointsTable } from '../dist/reports/markdown/comparison.js';

const BEGIN = '<!-- Written by `npm run claims` from here; do not edit. -->';
const END = '<!-- Written by `npm run claims` to here. -->';

const TEXTS = Object.fromEntries(SOMETIMES.map(({ id, text }) => [id, text]));
const IN_README = ['small', 'failures', 'medium'];

const designsOf = (claims) => [...new Set(claims.map(({ design }) => design))];
const ofDesign = (claims, design) => claims.filter((claim) => claim.design === design);

function readmePart({ closing, separating }) {
  const claims = closing.claims.filter(({ bounds }) => IN_README.includes(bounds));
  const [one, other] = closing.comparisons[0].designs;
  return `${searchesTable(claims)}

By rule, over all the bounds of [docs/CLAIMS.md](docs/CLAIMS.md) (there also by bounds, with sequences to replay). *Broken in N*: a shortest
sequence has N operations. Once a rule is broken the others are asked on without it, in sequences of at most 10 operations; *held* is then no more
than that.

${rulesTable(closing.claims)}

All differences between \`${one}\` and \`${other}\` within all these bounds, each explained by exactly one variation point, with a
shortest sequence. After an operation with two different outcomes the two have done different things: they part, and the search does not go
on from there.

${differencesTable(closing.comparisons)}

${pointsTable(VARIATION_POINTS, separating, closing.comparisons)}`;
}

function designSection(claims, design) {
  const own = ofDesign(claims, design);
  const on = own.flatMap(({ bounds, askedOnTo }) =>
    askedOnTo === undefined ? [] : [`${bounds} to ${askedOnTo}`],
  );
  const asked =
    on.length === 0
      ? ''
      : `\nAfter the first that is broken the other rules were asked on, in operations from the start: ${on.join(', ')}.\n`;
  return `### ${design}
${asked}
${rulesByBoundsTable(own)}

Operations that never succeeded in any of these bounds: ${neverOk(own).join(', ') || 'none'}.

${sometimesTable(own, TEXTS)}
`;
}

const largeText = ({ claims }) => `${searchesTable(claims)}

${designsOf(claims)
  .map(
    (design) =>
      `${design}: the length of a shortest sequence.\n\n${sometimesTable(ofDesign(claims, design), TEXTS)}`,
  )
  .join('\n\n')}`;

/** docs/CLAIMS.md. */
export function claimsFile({ closing, separating, large, symmetry }) {
  return `# Claims

Written by \`npm run claims\` from [claims.json](claims.json); do not edit. What a closed search proves, and what not, is in
[EXPLORING.md](EXPLORING.md). \`npm run claims:check\`, a part of the pipeline, does all these searches again and compares every number, but for
those under "Large".

## Searches

${searchesTable(closing.claims)}

## Rules and states, by design

A number: the length of a shortest sequence to such a state. A token: \`npx mapahead replay TOKEN\`.

${designsOf(closing.claims)
  .map((design) => designSection(closing.claims, design))
  .join('\n')}
## Differences between two designs

${comparisonsTable(closing.comparisons)}

${differencesTable(closing.comparisons)}

${pointsTable(VARIATION_POINTS, separating, closing.comparisons)}

## Symmetry

States that differ in names alone are stored once. Here the bounds were searched without symmetry, too, and the orbits of all those states were counted by
trying every renaming: the last two columns have to be the same. By \`npm run claims -- --symmetry\`; the tests do it in each run for \`small\`,
\`failures\`, \`points\`, \`moves\`, \`aux\` and \`aux-failures\`. \`redirection\` has 72 renamings, and is too large without them.

${auditsTable(symmetry.audits)}

## Large

By \`npm run claims -- --large\`.

${largeText(large)}
`;
}

/** README.md with its part written anew. @throws Error when the marks are missing */
export function readmeWith(readme, record) {
  const from = readme.indexOf(BEGIN);
  const to = readme.indexOf(END);
  if (from < 0 || to < from) throw new Error('README.md: the marks of the claims are missing');
  return `${readme.slice(0, from)}${BEGIN}\n\n${readmePart(record)}\n\n${readme.slice(to)}`;
}
