// Prints what the search is made of, as a digest: every generator's sequences, what must hold, the bounds. Run in a copy of dist/.
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { flavourOfKernel, Spec } from './dist/model/spec/index.js';
import { traces } from './dist/properties/arbitraries/traces.js';
import { WEIGHTS } from './dist/properties/arbitraries/weights.js';
import { NAMED_BOUNDS } from './dist/properties/explorer/named-bounds.js';
import { INVARIANTS } from './dist/properties/invariants/index.js';

const hash = createHash('sha256');
for (const release of ['6.12', '7.3']) {
  const spec = new Spec(flavourOfKernel(release));
  const drawn = fc.sample(traces(spec, { maxLength: 60 }), { numRuns: 300, seed: 7 });
  for (const { env, ops } of drawn) hash.update(JSON.stringify(env)).update(new Uint8Array(ops.buffer));
}
hash.update(JSON.stringify([WEIGHTS, NAMED_BOUNDS]));
for (const { id, text, check } of INVARIANTS) hash.update(`${id} ${text} ${check}`);
console.log(hash.digest('hex'));
