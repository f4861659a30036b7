import { defineConfig } from 'vitest/config';

// The tests that judge changed code (scripts/mutation.mjs), run on the sources, in which the changes are made.
export default defineConfig({
  resolve: { conditions: ['mapahead-source'] },
  ssr: { resolve: { conditions: ['mapahead-source'] } },
  test: {
    include: process.env['MUTATION_TESTS']?.split(';') ?? [],
    watch: false,
    // All files in one thread, which is a new one for each change: imports cost most of a run.
    isolate: false,
    // Changed code is instrumented, and may be slow for that reason alone.
    testTimeout: 120_000,
  },
});
