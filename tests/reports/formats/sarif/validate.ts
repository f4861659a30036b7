// The schema of SARIF 2.1.0 that others keep to, as a judge that knows nothing of this program.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { default as formats } from 'ajv-formats';

export const SCHEMA_FILE = join(import.meta.dirname, 'sarif-2.1.0-rtm.5.json');

/** Draft 4 names a schema by `id`, which later drafts, Ajv's among them, do not have; nothing else in this schema differs between them. */
const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'));

// A pattern of this schema is no regular expression of Unicode mode.
const ajv = new Ajv({
  allErrors: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
  unicodeRegExp: false,
});
formats.default(ajv);
const validate = ajv.compile(schema);

/** What the schema has against a log, a line each with its place; empty when it is valid. */
export function sarifProblems(log: unknown): string[] {
  if (validate(log)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
