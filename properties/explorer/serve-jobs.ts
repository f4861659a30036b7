import type { MessagePort } from 'node:worker_threads';
import type { Design } from '../../model/designs/design.js';
import { DESIGNS } from '../../model/designs/index.js';
import type { Job, Posted } from './crew.js';
import { Expander } from './expander.js';

function designOf(id: string): Design {
  const design = DESIGNS.find((each) => each.id === id);
  if (design === undefined) throw new Error(`several threads: there is no design called ${id}`);
  return design;
}

/**
 * Answer each job that comes through this port with its batch.
 * @throws Error when the question is about a design that is not registered
 */
export function serveJobs(port: MessagePort, { design, against, ...question }: Posted): void {
  const expander = new Expander({
    ...question,
    design: designOf(design),
    ...(against === undefined ? {} : { against: designOf(against) }),
  });
  port.on('message', ({ from, to, wanted, states }: Job) => {
    if (states !== undefined) expander.store.adopt(states);
    const batch = expander.expand(from, to, wanted);
    port.postMessage(batch, [batch.candidates.buffer as ArrayBuffer]);
  });
}
