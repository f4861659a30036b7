import type { Progress } from '../properties/explorer/exploration.js';
import { thousands } from '../reports/terminal/summary.js';
import { line } from '../reports/terminal/text.js';
import { type Terminal, tell } from './terminal.js';

/** Milliseconds between two lines. */
const LINE_MS = 5_000;

/**
 * One line every five seconds: how far a search has come.
 * @param watcher is told the same, each time
 */
export function exploreProgress(
  terminal: Terminal,
  watcher: (text: string) => void = () => {},
  now: () => number = Date.now,
): (progress: Progress) => void {
  const start = now();
  let next = start + LINE_MS;
  let before = 0;
  let beforeAt = start;
  return ({ depth, states, left, transitions, bytes }) => {
    const at = now();
    watcher(`depth ${depth}, ${thousands(states)} states, ${thousands(left)} to do`);
    if (at < next) return;
    next = at + LINE_MS;
    const rate = Math.round((1000 * (transitions - before)) / Math.max(1, at - beforeAt));
    before = transitions;
    beforeAt = at;
    const parts = [
      `depth ${depth}`,
      `${thousands(states)} states`,
      `${thousands(left)} to do`,
      `${thousands(rate)} transitions/s`,
      `${thousands(Math.round(bytes / 1e6))} MB`,
    ];
    tell(terminal, [line(parts.join(', '))]);
  };
}
