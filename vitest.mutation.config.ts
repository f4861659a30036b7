import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
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

const DERIVED = join(import.meta.dirname, 'dist/interleaved');
const [ASKED_FOR, BESIDE] = ['interleaved', 'dist/model'].map((name) => join(import.meta.dirname, name, '/'));

/** The derived model lies in the build; what it shares with the sequential one are the sources here. */
const derivedOverSources: Plugin = {
  name: 'derived-over-sources',
  enforce: 'pre',
  resolveId(asked, importer = '') {
    const path = asked.startsWith('file:') ? fileURLToPath(asked) : resolve(dirname(importer), asked);
    if (path.startsWith(ASKED_FOR)) return join(DERIVED, path.slice(ASKED_FOR.length));
    if (!importer.startsWith(DERIVED) || !path.startsWith(BESIDE)) return undefined;
    return join(import.meta.dirname, 'model', path.slice(BESIDE.length)).replace(/\.js$/, '.ts');
  },
};

// The tests that judge changed code (scripts/mutation.mjs), run on the sources, in which the changes are made.
export default defineConfig({
  plugins: [derivedOverSources],
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
