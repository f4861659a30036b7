import { type Line, paint } from '../reports/terminal/text.js';

/** Where the command writes: results to `out`, everything else to `err`. */
export interface Terminal {
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
}

const isDumb = ({ env }: Terminal): boolean => env['TERM'] === 'dumb';

/** Colours on a terminal only, and not where NO_COLOR (https://no-color.org) or TERM=dumb says no. */
function hasColour(terminal: Terminal, stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !isDumb(terminal) && (terminal.env['NO_COLOR'] ?? '') === '';
}

/** A line that is written again and again needs a terminal that can move its cursor. */
export function hasCursor(terminal: Terminal): boolean {
  return terminal.err.isTTY === true && !isDumb(terminal);
}

/** Write a report to the output. */
export function print(terminal: Terminal, lines: readonly Line[]): void {
  terminal.out.write(paint(lines, hasColour(terminal, terminal.out)));
}

/** Write something beside the report: progress, notes, errors. */
export function tell(terminal: Terminal, lines: readonly Line[]): void {
  terminal.err.write(paint(lines, hasColour(terminal, terminal.err)));
}
