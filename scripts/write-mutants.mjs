// Writes docs/MUTANTS.md from the mutants themselves. With --check: fails if it is not up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { INTERLEAVINGS, MUTANTS } from '../dist/model/mutants/index.js';

const FILE = new URL('../docs/MUTANTS.md', import.meta.url);

const FAMILIES = {
  'advance-mapping': 'The pages mapped in advance (v6.14 and later)',
  accounting: 'Accounting and sizes',
  attachment: 'Attaching, redirecting, AUX lifetime',
  'core-mm': 'What core mm promises',
  rejected: 'Designs that were argued over and rejected',
  'demand-fault': 'The pages faulted in (v6.13 and before)',
};

const NEEDS = { sequence: 'sequence', injection: 'injected failure', interleaving: 'needs interleavings' };

const row = ({ id, family, needs, source, defect, shows, base }) => {
  const folder = needs === 'interleaving' ? 'concurrent' : family;
  const name = base === undefined ? `\`${id}\`` : `[\`${id}\`](../model/mutants/${folder}/${id}.ts)`;
  return `| ${name} | ${source} | ${defect} | ${shows} | ${base ?? ''} | ${NEEDS[needs]} |`;
};

const section = ([family, title]) => `## ${title}

| id | source | what is wrong | what comes of it | differs from | shows by |
|---|---|---|---|---|---|
${[...MUTANTS, ...INTERLEAVINGS]
  .filter((each) => each.family === family)
  .map(row)
  .join('\n')}
`;

const text = `# Mutants

Written by \`npm run mutants:docs\`; do not edit. The words stand in \`model/mutants/\`.

The history of this code as a benchmark: each real bug, and each idea that was rejected in review, as a design that has it and nothing
else wrong. \`npx mapahead mutants\` searches each for its defect as \`check\` searches any design, asks which invariants find it alone, and
searches the intended designs, in which nothing may be found, ten times as long. A mutant that is not found fails the run.

What is found, and how, stands nowhere that the search could read: generators, bounds, invariants and the specification cannot import a
mutant (\`npm run deps:check\`), and a test takes each family away and compares every sequence that is drawn.

- **Operations**, and seconds of processor time, of a trial go up to the first failure, without shrinking.
- **By whom**: every invariant, and the specification (\`spec\`), is asked as if it were the only one, on the same sequences, which end for none of
  them. A letter says that it objected within the first 60 sequences in which anything did.
- An invariant that no mutant needs is called **vacuous**. That is said of the history: it may well be the one that finds the next mistake.
- A mutant that **needs interleavings** shows only when two tasks are in the kernel at once; it is listed here, and found by
  \`mapahead race\` ([INTERLEAVINGS.md](INTERLEAVINGS.md)).

${MUTANTS.length} mutants run, ${INTERLEAVINGS.length} need interleavings.

${Object.entries(FAMILIES).map(section).join('\n')}
## Add a mutant

1. One file in the folder of its family, \`model/mutants/FAMILY/ID.ts\`, as a difference from the nearest intended design: \`mutant(base, defect,
   difference)\`. Where the hook that it changes is in one piece, take that apart in \`model/designs/hooks/\` rather than copy it.
2. Into the list of the family's \`index.ts\`; then \`npm run mutants:docs\`.
3. \`npx mapahead mutants --mutant ID\`. If it survives, the suite lacks something: a generator that gets there, a state that is looked at. What
   is added has to be true of every design, not of this one.
`;

if (process.argv.includes('--check')) {
  if (readFileSync(FILE, 'utf8') !== text) {
    console.error('docs/MUTANTS.md is not up to date: npm run mutants:docs');
    process.exit(1);
  }
} else {
  writeFileSync(FILE, text);
}
