import { defineConfig } from 'vitest/config';
import type { TestSequencer, TestSpecification } from 'vitest/node';

const PATTERNS = process.env['MUTATION_TESTS']?.split(';') ?? [];

/** Test files in the order in which a part names them, the quick ones first: a change is noticed by the first test that fails. */
class AsNamed implements TestSequencer {
  async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files;
  }

  async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      PATTERNS.findIndex((pattern) => moduleId.includes(pattern.split('*', 1)[0]));
    return files.toSorted((a, b) => place(a) - place(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

// The tests that judge changed code (scripts/mutation.mjs), run on the sources, in which the changes are made.
export default defineConfig({
  resolve: { conditions: ['mapahead-source'] },
  ssr: { resolve: { conditions: ['mapahead-source'] } },
  test: {
    include: PATTERNS,
    watch: false,
    // To load the model takes longer than most tests: once for each change, not for each file.
    isolate: false,
    sequence: { sequencer: AsNamed },
    // Changed code is instrumented, and may be slow for that reason alone.
    testTimeout: 120_000,
  },
});
