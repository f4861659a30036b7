import type { ConformProgress } from '../properties/conformance/conform.js';
import { thousands } from '../reports/terminal/summary.js';
import { line } from '../reports/terminal/text.js';
import { type Terminal, tell } from './terminal.js';

/** Milliseconds between two lines about the same thing. */
const LINE_MS = 5_000;

/**
 * A line when a kernel comes to another kind of work, and one every five seconds.
 * @param watch is told the same, as often
 */
export function conformProgress(
  terminal: Terminal,
  kernel: string,
  quiet: boolean,
  watch: (text: string) => void = () => {},
  now: () => number = Date.now,
): (progress: ConformProgress) => void {
  let before = '';
  let next = 0;
  return ({ doing, sequences, operations }) => {
    // The points of the matrix go by quickly: one line for all of them.
    const kind = doing.split(' ')[0];
    if (kind === before && now() < next) return;
    before = kind;
    next = now() + LINE_MS;
    const text = `${doing}; ${thousands(sequences)} sequences, ${thousands(operations)} operations so far`;
    watch(text);
    if (!quiet) tell(terminal, [line(`${kernel}: ${text}`)]);
  };
}
