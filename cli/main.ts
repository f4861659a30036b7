#!/usr/bin/env node
import { interruptSignal } from './interrupt.js';
import { run } from './run.js';
import { systemEngines } from './system-engines.js';

/** Neither a verdict nor wrong usage: mapahead itself failed. */
const COULD_NOT_CHECK = 3;

/** The disk is full, or the like: nothing that mapahead could do better. */
const OUTPUT_IS_LOST = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO']);

const isLost = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  'code' in error &&
  'syscall' in error &&
  error.syscall === 'write' &&
  OUTPUT_IS_LOST.has(String(error.code));

function failed(error: unknown): never {
  if (isLost(error)) {
    console.error(`mapahead: the output cannot be written: ${error.message}`);
    process.exit(COULD_NOT_CHECK);
  }
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
