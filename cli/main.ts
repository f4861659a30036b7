#!/usr/bin/env node
import { interruptSignal } from './interrupt.js';
import { run } from './run.js';
import { systemEngines } from './system-engines.js';

/** Neither a verdict nor wrong usage: mapahead itself failed. */
const COULD_NOT_CHECK = 3;

function failed(error: unknown): never {
  console.error(error);
  console.error('mapahead: this is a defect of mapahead itself; please report it with the lines above');
  process.exit(COULD_NOT_CHECK);
}

process.on('uncaughtException', failed);
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Who reads only the first lines of a report (head, less) still wants the exit code.
    if (error.code !== 'EPIPE') failed(error);
  });
}

const terminal = { out: process.stdout, err: process.stderr, env: process.env };
run(process.argv.slice(2), systemEngines, terminal, interruptSignal()).then((exitCode) => {
  process.exitCode = exitCode;
}, failed);
