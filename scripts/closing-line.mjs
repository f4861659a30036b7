// Prints the count of the last test run, from the report that the test runner wrote.
// Usage: closing-line.mjs [report]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const report = process.argv[2] ?? join(import.meta.dirname, '..', 'coverage', 'tests.json');
const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));

// A file that cannot even be loaded holds no failed test, but it must not pass for a good run.
const brokenFiles = testResults.filter(
  (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
).length;

console.log(`${numPassedTests} passed, ${numFailedTests + brokenFiles} failed`);
