import { accessSync, constants, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './usage-error.js';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Is there a place for this file? Asked before hours of work.
 * @param option what named the file, for messages
 * @throws UsageError when the folder is not there or may not be written
 */
export function checkFilePath(option: string, path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw new UsageError(`${option}: no file can be written there (${reasonOf(error)})`);
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new UsageError(`${option}: ${path} is a folder, name a file`);
  }
}

/** Make sure of a folder for results. @throws UsageError when it cannot be made or written */
export function makeFolder(option: string, path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new UsageError(`${option}: results cannot be written there (${reasonOf(error)})`);
  }
}

/** @throws UsageError when the file cannot be written */
export function writeText(option: string, path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`${option}: ${reasonOf(error)}`);
  }
}
