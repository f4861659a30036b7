import { traceJsonSchema } from '../model/trace/schema.js';
import { historyJsonSchema } from '../reports/html/history.js';
import { reportJsonSchema } from '../reports/json/schema.js';
import { resultJsonSchema } from '../reports/results/schema.js';
import { unknownId } from './choose.js';
import type { Terminal } from './terminal.js';

/** The formats that have a schema. */
const SCHEMAS: Readonly<Record<string, () => object>> = {
  trace: traceJsonSchema,
  report: reportJsonSchema,
  result: resultJsonSchema,
  history: historyJsonSchema,
};

/**
 * `mapahead schema`: the JSON Schema of trace files or of `--json`.
 * @throws UsageError when there is no such format
 */
export function schema(format: string, terminal: Terminal): void {
  const known = Object.keys(SCHEMAS);
  if (!known.includes(format)) throw unknownId('format', format, known);
  terminal.out.write(`${JSON.stringify(SCHEMAS[format](), null, 2)}\n`);
}
