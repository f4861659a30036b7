import type { KernelConformance, SideResult } from '../../model/conformance.js';
import { counterexamplesOf } from '../outcome.js';
import type { KernelsResult } from '../results/kernels.js';
import { aboutRun, type RunAbout } from '../results/write.js';

type Cell = KernelsResult['cells'][number];

/** Known findings have a place of their own in a result; what neither side explains is among the disagreements. */
function cellOf(kernel: string, { id, measured, notObservable, witness }: SideResult): Cell {
  const unseen = notObservable === undefined ? 'not-witnessed' : 'not-observed';
  return {
    kernel,
    point: id,
    seen: measured === undefined ? unseen : measured === 0 ? 'before' : 'since',
    ...(witness === undefined ? {} : { token: witness.token }),
  };
}

function kernelOf({
  name,
  upstream,
  verdict,
  unobserved,
  cover,
}: KernelConformance): KernelsResult['kernels'][number] {
  const missed = (cover?.missed ?? []).filter(({ how }) => how === 'unobserved').length;
  const counted =
    missed === 0 ? [] : [`${missed} of ${cover?.features ?? 0} features of the transition cover`];
  return {
    id: verdict.system,
    ...(upstream === undefined ? {} : { upstream }),
    runsOn: name,
    outcome: verdict.outcome,
    ...(verdict.reason === undefined ? {} : { reason: verdict.reason }),
    sequences: verdict.counts.sequences,
    operations: verdict.counts.operations,
    notObserved: [...unobserved.map(({ what, why }) => `${what}: ${why}`), ...counted],
    disagreements: counterexamplesOf(verdict).map(({ failure, sequences = 1, token }) => ({
      text: failure.detail,
      sequences,
      token,
    })),
    findings: (verdict.findings ?? []).map(({ id, text, sequences, counterexample }) => ({
      id,
      text,
      sequences,
      token: counterexample.token,
    })),
  };
}

/** What `mapahead conform` came to. */
export function conformanceToResult(
  about: RunAbout,
  conformances: readonly KernelConformance[],
): KernelsResult {
  return {
    ...aboutRun(about),
    kind: 'kernels',
    kernels: conformances.map(kernelOf),
    cells: conformances.flatMap(({ verdict, sides = [] }) =>
      sides.filter(({ finding }) => !finding).map((side) => cellOf(verdict.system, side)),
    ),
  };
}
