import { takeCoverage } from 'node:v8';
import { afterAll } from 'vitest';

// The test runner ends its processes by a signal when it is in a hurry, and V8 then writes nothing.
// Writing the counts at the end of each test file keeps them. Without coverage this does nothing.
afterAll(() => {
  takeCoverage();
});
