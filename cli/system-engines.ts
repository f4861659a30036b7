import { DESIGNS, type Design } from '../model/designs/index.js';
import { NoAgentError } from '../model/linux/compile.js';
import { openHost } from '../model/linux/host.js';
import { AgentError } from '../model/linux/lane.js';
import { KNOWN_FINDINGS, VARIATION_POINTS } from '../model/spec/index.js';
import type { Verdict } from '../model/verdict.js';
import { certifyVerdict } from '../properties/certify/certify.js';
import { checkKernel } from '../properties/checkers/conformance.js';
import { checkRandom } from '../properties/checkers/random.js';
import { replayOnDesign, replayOnKernel } from '../properties/checkers/replay.js';
import { INVARIANTS } from '../properties/invariants/index.js';
import { CERTIFY_BYTES } from './certify.js';
import type { DesignEntry, Engines, Kernel, StartLimits } from './engines.js';
import { notRun } from './not-run.js';

function designEntry(design: Design): DesignEntry {
  return {
    id: design.id,
    text: design.title,
    kind: design.kind,
    check: (options) => checkRandom(design, options),
    replay: (trace) => replayOnDesign(design, trace),
    certify: (verdict, limits) => certifyVerdict(design, verdict, { ...limits, bytes: CERTIFY_BYTES }),
  };
}

/** A kernel whose agent is lost on the way could not be checked: that is no verdict on it, and no defect of mapahead. */
async function unlessLost(system: string, seed: number, verdict: Promise<Verdict>): Promise<Verdict> {
  try {
    return await verdict;
  } catch (error) {
    if (error instanceof AgentError || error instanceof NoAgentError)
      return notRun(system, seed, error.message);
    throw error;
  }
}

/** With these nearly a third of the sequences charge VmPin; with a gift of 12 pages one in twelve does. */
const START: StartLimits = { gift: 5, rlimit: 6 };

async function openKernel({ gift, rlimit }: StartLimits = START): Promise<Kernel | string> {
  try {
    const host = await openHost({ gift, rlimit });
    return {
      id: host.id,
      env: host.env,
      check: (options) => unlessLost(host.id, options.seed, checkKernel(host, options)),
      replay: (trace) => unlessLost(host.id, 0, replayOnKernel(host, trace)),
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
