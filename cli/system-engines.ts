import { DESIGNS, type Design } from '../model/designs/index.js';
import { NoAgentError } from '../model/linux/compile.js';
import { openHost } from '../model/linux/host.js';
import { KNOWN_FINDINGS, VARIATION_POINTS } from '../model/spec/index.js';
import { checkKernel } from '../properties/checkers/conformance.js';
import { checkRandom } from '../properties/checkers/random.js';
import { replayOnDesign, replayOnKernel } from '../properties/checkers/replay.js';
import { INVARIANTS } from '../properties/invariants/index.js';
import type { DesignEntry, Engines, Kernel } from './engines.js';

function designEntry(design: Design): DesignEntry {
  return {
    id: design.id,
    text: design.title,
    kind: design.kind,
    check: (options) => checkRandom(design, options),
    replay: (trace) => replayOnDesign(design, trace),
  };
}

async function openKernel(): Promise<Kernel | string> {
  try {
    const host = await openHost();
    return {
      id: host.id,
      env: host.env,
      check: (options) => checkKernel(host, options),
      replay: (trace) => replayOnKernel(host, trace),
      close: () => host.close(),
    };
  } catch (error) {
    if (error instanceof NoAgentError) return error.message;
    throw error;
  }
}

/** The designs, the specification and the kernel of this machine. */
export const systemEngines: Engines = {
  designs: DESIGNS.map(designEntry),
  invariants: INVARIANTS,
  variationPoints: VARIATION_POINTS,
  findings: KNOWN_FINDINGS,
  openHost: openKernel,
};
