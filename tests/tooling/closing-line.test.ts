import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runScript, scratch } from './scratch.js';

const passed = { status: 'passed', assertionResults: [{ status: 'passed' }] };
const failed = { status: 'failed', assertionResults: [{ status: 'failed' }] };
const broken = { status: 'failed', assertionResults: [] };

it.each([
  { files: [passed, passed], counts: [2, 0], line: '2 passed, 0 failed\n' },
  { files: [passed, failed], counts: [1, 1], line: '1 passed, 1 failed\n' },
  { files: [passed, broken], counts: [1, 0], line: '1 passed, 1 failed\n' },
])('counts tests, and files that could not be loaded: $line', ({ files, counts, line }) => {
  const [numPassedTests, numFailedTests] = counts;
  const report = JSON.stringify({ numPassedTests, numFailedTests, testResults: files });
  const folder = scratch({ 'tests.json': report });
  expect(runScript('closing-line.mjs', join(folder, 'tests.json')).stdout).toBe(line);
});
