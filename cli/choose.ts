import { KERNEL_NAMES, looksLikeKernel } from '../model/linux/kernels.js';
import { nearest } from '../model/trace/nearest.js';
import { quote } from '../model/trace/printable.js';
import { UsageError } from './usage-error.js';

/** Everything, in place of an id. */
const ALL = 'all';

/** One line for an id that is not known, with those that were probably meant. */
export function unknownId(what: string, id: string, known: readonly string[]): UsageError {
  const near = nearest(id, known);
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `choose from ${known.join(', ')}`;
  return new UsageError(`unknown ${what} ${quote(id)}: ${hint}`);
}

/**
 * The ids that were asked for, each once, in the order of the command line.
 * @throws UsageError when one is not known
 */
export function chooseIds(what: string, wanted: readonly string[], known: readonly string[]): string[] {
  const chosen = wanted.flatMap((id) => {
    if (id === ALL) return known;
    if (!known.includes(id)) throw unknownId(what, id, [...known, ALL]);
    return [id];
  });
  return [...new Set(chosen)];
}

/** @throws UsageError when this cannot be the name of a kernel */
export function checkKernelName(name: string): void {
  if (!looksLikeKernel(name)) throw new UsageError(`unknown kernel ${quote(name)}: name ${KERNEL_NAMES}`);
}
