// Writes docs/FINDINGS.md from the specification's findings, the corpus and the known races, which are searched for. With --check: fails if
// it is not up to date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadDerived } from '../dist/model/interleaving/derived.js';
import { KNOWN_FINDINGS } from '../dist/model/spec/index.js';
import { operationsToJson } from '../dist/model/trace/operation-json.js';
import { KNOWN_RACES } from '../dist/properties/races/known-races.js';
import { parsePlan } from '../dist/properties/races/plans.js';
import { Race } from '../dist/properties/races/race.js';
import { searchRaces } from '../dist/properties/races/search.js';
import { RaceShrinker } from '../dist/properties/races/shrink-race.js';
import { tellRace } from '../dist/properties/races/tell.js';
import { callText } from '../dist/reports/terminal/call.js';

const FILE = new URL('../docs/FINDINGS.md', import.meta.url);
const CORPUS = new URL('../corpus/', import.meta.url);

const finding = ({ id, kernels, sides, why, evidence, sequence }) => `### ${id}

- Kernels: ${kernels}.
- Promised: ${sides[0]}.
- What happens: ${sides[1]}.
- Why: ${why}
- Where: ${evidence}.

Shortest sequence:

${sequence.map((step, i) => `${i + 1}. ${step}`).join('\n')}
`;

const row = (name) => {
  const { note } = JSON.parse(readFileSync(new URL(name, CORPUS), 'utf8'));
  const [, system, rule] = /^(v\d+\.\d+)\.([a-z-]+)\./.exec(name);
  return `| ${system} | \`${rule}\` | ${note} | [trace](../corpus/${name}) |`;
};

const LIMITS = { mode: 'dpor', schedules: 20_000, timeMs: 60_000, seed: 1, depth: 0, all: true };

/** The race on a design, shrunk. @throws Error the design does not show it */
async function shown({ id, plan, rule }, name) {
  const derived = await loadDerived();
  const design = derived.designs.find((each) => each.id === name);
  const { found } = await searchRaces(derived, design, [parsePlan(plan)], LIMITS);
  const race = found.find(({ failure }) => failure.rule === rule);
  if (race === undefined) throw new Error(`${name} does not show ${id}`);
  const shrunk = new RaceShrinker(derived, design).shrink(race);
  return tellRace(new Race(derived, design, shrunk.plan), shrunk.executed.schedule);
}

const calls = (ops) =>
  operationsToJson(ops)
    .map((op) => `\`P${op.proc ?? 0} ${callText(op)}\``)
    .join(', ');

async function race(known) {
  const stories = [];
  for (const name of known.designs) stories.push(await shown(known, name));
  const { prefix, tasks } = stories.at(-1).plan;
  return `### ${known.id}

- Transcribed designs that show it: ${known.designs.map((name) => `\`${name}\``).join(', ')}. The intended ones do not.
- Promised: ${known.promised}
- What happens: ${known.happens}
- Why: ${known.why}
- Where: ${known.evidence}.
- Mended: ${known.mended}

First ${calls(prefix)}; then beside each other

${tasks.map((ops) => `- ${calls(ops)}`).join('\n')}

\`\`\`sh
${stories.map(({ token }) => `npx mapahead replay ${token}`).join('\n')}
\`\`\`
`;
}

const races = [];
for (const known of KNOWN_RACES) races.push(await race(known));

const text = `# Findings

Written by \`npm run findings\`; do not edit.

## Kernels

What released kernels do and should not. A run on a kernel that meets one of these says so, and goes on comparing what comes after.

${KNOWN_FINDINGS.map(finding).join('\n')}
## Races

What two tasks beside each other break in the designs that are transcribed from kernels ([INTERLEAVINGS.md](INTERLEAVINGS.md)), each with the
plan made small and a schedule of each design, which \`replay\` tells step by step. They are of the model: none was tried on a running kernel, and each was
read again in the source that is named. A test searches every class of schedules of each plan: these designs must break the rule, no other one may.

${races.join('\n')}
## Transcribed designs

What breaks a rule in the designs that are transcribed from kernels, each with a shortest sequence. A test replays every one of them: on its
design it must break this rule, on the intended designs none. \`npx mapahead replay FILE\` tells it step by step.

| design | rule | what | |
|---|---|---|---|
${readdirSync(CORPUS).sort().map(row).join('\n')}
`;

if (process.argv.includes('--check')) {
  if (readFileSync(FILE, 'utf8') !== text) {
    console.error('docs/FINDINGS.md is not up to date: npm run findings');
    process.exit(1);
  }
} else {
  writeFileSync(FILE, text);
}
