import { crc32 } from 'node:zlib';
import { OP_NAMES } from '../alphabet/operations.js';
import { ENV_FIELDS } from './env-fields.js';
import { FIELDS } from './layout.js';

const env = JSON.stringify(ENV_FIELDS);

const meaning = (kind: number): string =>
  JSON.stringify([kind, OP_NAMES[kind], FIELDS[kind]?.map(({ name, domain }) => [name, domain])]);

/**
 * 16 bits over the names and domains of these kinds of operations (and of the environment): two versions
 * of mapahead that agree on them read the same trace from one token, whatever else has changed.
 */
export function fingerprint(kinds: Iterable<number>): number {
  const used = [...new Set(kinds)].sort((a, b) => a - b);
  return crc32([env, ...used.map(meaning)].join('\n')) & 0xffff;
}
