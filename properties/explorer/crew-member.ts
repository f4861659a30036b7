// A thread of a Crew: does every operation in the states that it is told.
import { parentPort, workerData } from 'node:worker_threads';
import type { Design } from '../../model/designs/design.js';
import { DESIGNS } from '../../model/designs/index.js';
import type { Job, Posted } from './crew.js';
import { Expander } from './expander.js';

function designOf(id: string): Design {
  const design = DESIGNS.find((each) => each.id === id);
  if (design === undefined) throw new Error(`several threads: there is no design called ${id}`);
  return design;
}

const { design, against, ...question } = workerData as Posted;
const expander = new Expander({
  ...question,
  design: designOf(design),
  ...(against === undefined ? {} : { against: designOf(against) }),
});

parentPort?.on('message', ({ from, to, wanted, states }: Job) => {
  if (states !== undefined) expander.store.adopt(states);
  const batch = expander.expand(from, to, wanted);
  parentPort?.postMessage(batch, [batch.candidates.buffer as ArrayBuffer]);
});
