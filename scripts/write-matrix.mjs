// Writes the matrix of kernels into README.md, between its marks, from docs/kernels.json. With --check: fails if it is not up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { matrixMarkdown } from '../dist/reports/conformance/markdown.js';
import { recordsSchema } from '../dist/reports/conformance/record.js';

const README = new URL('../README.md', import.meta.url);
const RECORDS = new URL('../docs/kernels.json', import.meta.url);
const BEGIN = '<!-- kernels: written by npm run kernels; do not edit -->';
const END = '<!-- end of kernels -->';

const { kernels } = recordsSchema.parse(JSON.parse(readFileSync(RECORDS, 'utf8')));
const text = readFileSync(README, 'utf8');
const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
if (begin < 0 || end < begin) {
  console.error(`README.md has no place for the matrix: a line ${BEGIN}, then a line ${END}`);
  process.exit(1);
}
const wanted = `${text.slice(0, begin + BEGIN.length)}\n${matrixMarkdown(kernels)}${text.slice(end)}`;

if (process.argv.includes('--check')) {
  if (text !== wanted) {
    console.error('the matrix of kernels in README.md is not up to date: npm run kernels');
    process.exit(1);
  }
} else {
  writeFileSync(README, wanted);
}
