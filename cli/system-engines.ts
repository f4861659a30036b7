import { DESIGNS, type Design } from '../model/designs/index.js';
import { NoAgentError } from '../model/linux/compile.js';
import { openHost } from '../model/linux/host.js';
import { AgentError } from '../model/linux/lane.js';
import { KNOWN_FINDINGS, VARIATION_POINTS } from '../model/spec/index.js';
import type { Verdict } from '../model/verdict.js';
import { checkKernel } from '../properties/checkers/conformance.js';
import { checkRandom } from '../properties/checkers/random.js';
import { replayOnDesign, replayOnKernel } from '../properties/checkers/replay.js';
import { START } from '../properties/conformance/conform.js';
import type { StartLimits } from '../properties/conformance/kernel-pool.js';
import { INVARIANTS } from '../properties/invariants/index.js';
import type { DesignEntry, Engines, Kernel } from './engines.js';
import { notRun } from './not-run.js';
import { openTraces } from './open-traces.js';

function designEntry(design: Design): DesignEntry {
  return {
    id: design.id,
    text: design.title,
    kind: design.kind,
    check: (options) => checkRandom(design, options),
    replay: (trace) => replayOnDesign(design, trace),
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

async function openHostKernel({ gift, rlimit }: StartLimits = START): Promise<Kernel | string> {
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
  openHost: openHostKernel,
  openTraces,
};
