import { DESIGNS, type Design } from '../model/designs/index.js';
import { NoAgentError } from '../model/linux/compile.js';
import type { KernelSystem } from '../model/linux/kernel-system.js';
import { kernelsAtHand, openKernel as openNamed } from '../model/linux/kernels.js';
import { AgentError } from '../model/linux/lane.js';
import { KNOWN_FINDINGS, VARIATION_POINTS } from '../model/spec/index.js';
import type { Verdict } from '../model/verdict.js';
import { certifyVerdict } from '../properties/certify/certify.js';
import { checkKernel } from '../properties/checkers/conformance.js';
import { checkRandom } from '../properties/checkers/random.js';
import { replayOnDesign, replayOnKernel } from '../properties/checkers/replay.js';
import { START } from '../properties/conformance/conform.js';
import { INVARIANTS } from '../properties/invariants/index.js';
import { CERTIFY_BYTES } from './certify.js';
import type { DesignEntry, Engines, Kernel, KernelChoice } from './engines.js';
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

function openTraces(name: string, { start = START, onWait }: KernelChoice = {}): Promise<KernelSystem> {
  return openNamed(name, {
    gift: start.gift,
    rlimit: start.rlimit,
    onFetch: (what) => onWait?.(`fetches ${what}`),
  });
}

async function openKernel(name: string, choice: KernelChoice = {}): Promise<Kernel | string> {
  try {
    const kernel = await openTraces(name, choice);
    return {
      id: kernel.id,
      env: kernel.env,
      facts: kernel.facts,
      machine: kernel.machine,
      check: (options) => unlessLost(kernel.id, options.seed, checkKernel(kernel, options)),
      replay: (trace) => unlessLost(kernel.id, 0, replayOnKernel(kernel, trace)),
      close: () => kernel.close(),
    };
  } catch (error) {
    if (error instanceof NoAgentError) return error.message;
    throw error;
  }
}

/** The designs, the specification and real kernels. */
export const systemEngines: Engines = {
  designs: DESIGNS.map(designEntry),
  invariants: INVARIANTS,
  variationPoints: VARIATION_POINTS,
  findings: KNOWN_FINDINGS,
  openTraces,
  kernelsAtHand,
  openKernel,
};
