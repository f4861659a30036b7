import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Fixtures are projects of their own, run by the test beside them.
    exclude: ['**/node_modules/**', 'tests/**/fixture/**'],
    watch: false,
    // One process for each test file: V8 counts coverage in each process, and a test file that
    // starts workers or child processes cannot disturb another one.
    pool: 'forks',
    // As many as there are processors: the default leaves one for whoever watches.
    maxWorkers: availableParallelism(),
    testTimeout: 30_000,
    hookTimeout: 30_000,
    setupFiles: ['tests/setup/flush-coverage.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: 'coverage/tests.json' },
    server: {
      deps: {
        // The compiled product is loaded by Node itself, not rewritten by vitest:
        // coverage and source maps are right only for the code that the compiler wrote.
        external: [/\/dist\//],
      },
    },
  },
});
