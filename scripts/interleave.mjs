// Derives dist/interleaved/ from the model's sources: the same functions, but suspended at every point where another task can
// see or change something, and telling which words of the model's state they read and write. docs/INTERLEAVINGS.md says how.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { analyse } from './interleave/analyse.mjs';
import { rewrite } from './interleave/rewrite.mjs';

const root = join(import.meta.dirname, '..');
const target = join(root, 'dist', 'interleaved');

/** Folders whose functions are derived. What has no state to tell of is shared with the sequential build. */
const DERIVED = /^model\/(?:kernel|mm|perf|syscalls|designs|mutants)\//;
const SHARED =
  /^model\/(?:kernel\/(?:columns|core-kernel|stop|tables|world)|mm\/(?:flags|tables)|perf\/tables|syscalls\/handler)\.ts$/;

const config = ts.getParsedCommandLineOfConfigFile(
  join(root, 'tsconfig.json'),
  {},
  {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (d) => {
      throw new Error(String(d.messageText));
    },
  },
);
const program = ts.createProgram(config.fileNames, {
  ...config.options,
  sourceMap: false,
  removeComments: true,
});
const nameOf = (file) => relative(root, file.fileName);
const isDerived = (name) => DERIVED.test(name) && !SHARED.test(name);
const files = program.getSourceFiles().filter((file) => isDerived(nameOf(file)));

const analysis = analyse(program.getTypeChecker(), files, nameOf);
const sites = [];
rmSync(target, { recursive: true, force: true });
for (const file of files) {
  program.emit(
    file,
    (_name, text) => {
      const out = join(target, nameOf(file).replace(/\.ts$/, '.js'));
      mkdirSync(dirname(out), { recursive: true });
      writeFileSync(out, text);
    },
    undefined,
    false,
    { before: [rewrite({ analysis, checker: program.getTypeChecker(), nameOf, isDerived, sites })] },
  );
}
writeFileSync(join(target, 'sites.js'), `export const SITES = ${JSON.stringify(sites, null, 1)};\n`);
