// Writes docs/FINDINGS.md from the specification's findings and the corpus. With --check: fails if it is not up to date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { KNOWN_FINDINGS } from '../dist/model/spec/index.js';

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

const text = `# Findings

Written by \`npm run findings\`; do not edit.

## Kernels

What released kernels do and should not. A run on a kernel that meets one of these says so, and goes on comparing what comes after.

${KNOWN_FINDINGS.map(finding).join('\n')}
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
