import cliProgress from 'cli-progress';
import { printable } from '../model/trace/printable.js';
import type { Verdict } from '../model/verdict.js';
import { thousands } from '../reports/terminal/summary.js';
import { line } from '../reports/terminal/text.js';
import { hasCursor, type Terminal, tell } from './terminal.js';

/** How far the search on one System has come. */
interface Progress {
  /** @param share of the whole, from 0 to 1 */
  update(share: number, sequences: number, operations: number): void;
  done(verdict: Verdict): void;
  /** Nothing more will be shown, done or not. */
  stop(): void;
}

export type ProgressMaker = (system: string) => Progress;

/** Nothing is shown. */
export const silentProgress: ProgressMaker = () => ({ update: () => {}, done: () => {}, stop: () => {} });

/** Milliseconds between two plain lines. */
const LINE_MS = 10_000;

const rate = (operations: number, ms: number): string =>
  `${thousands(Math.round((1000 * operations) / Math.max(1, ms)))} operations/s`;

function resultText({ outcome, counts, reason }: Verdict, ms: number): string {
  if (outcome === 'not-run') return `not run: ${reason ?? ''}`;
  const about = `${thousands(counts.sequences)} sequences, ${thousands(counts.operations)} operations`;
  return `${outcome}, ${about} in ${(ms / 1000).toFixed(1)} s`;
}

/** One line at the start, one every ten seconds and one at the end: for logs. */
export function plainProgress(terminal: Terminal, now: () => number = Date.now): ProgressMaker {
  return (system) => {
    const start = now();
    let next = start + LINE_MS;
    const say = (text: string): void => tell(terminal, [line(`${system}: ${text}`)]);
    say('checking');
    return {
      update(share, sequences, operations) {
        if (now() < next) return;
        next += LINE_MS;
        const percent = Math.floor(100 * share);
        say(`${percent} %, ${thousands(sequences)} sequences, ${rate(operations, now() - start)}`);
      },
      done: (verdict) => say(resultText(verdict, now() - start)),
      stop: () => {},
    };
  };
}

/** A bar that is drawn again and again, and at the end gives way to one line. */
function barProgress(terminal: Terminal): ProgressMaker {
  return (system) => {
    const start = Date.now();
    const name = printable(system).slice(0, 16).padEnd(16);
    const bar = new cliProgress.SingleBar({
      stream: terminal.err,
      format: `${name} [{bar}] {percentage} %  {sequences} seq.  {rate}`,
      barsize: 14,
      barCompleteChar: '=',
      barIncompleteChar: ' ',
      hideCursor: true,
      clearOnComplete: true,
      linewrap: null,
      fps: 8,
      // The command ends bars itself when it is interrupted.
      gracefulExit: false,
    });
    bar.start(1000, 0, { sequences: '0', rate: '' });
    return {
      update(share, sequences, operations) {
        bar.update(Math.floor(1000 * share), {
          sequences: thousands(sequences),
          rate: rate(operations, Date.now() - start),
        });
      },
      done(verdict) {
        bar.stop();
        tell(terminal, [line(`${system}: ${resultText(verdict, Date.now() - start)}`)]);
      },
      stop: () => bar.stop(),
    };
  };
}

/** The same progress, also told to who watches the run from elsewhere. */
export function alsoTo(
  watcher: { progress(system: string, text: string, share?: number): void },
  maker: ProgressMaker,
): ProgressMaker {
  return (system) => {
    const start = Date.now();
    const own = maker(system);
    return {
      update(share, sequences, operations) {
        own.update(share, sequences, operations);
        const text = `${thousands(sequences)} sequences, ${rate(operations, Date.now() - start)}`;
        watcher.progress(system, text, share);
      },
      done(verdict) {
        own.done(verdict);
        watcher.progress(system, resultText(verdict, Date.now() - start), 1);
      },
      stop: () => own.stop(),
    };
  };
}

/** A bar where the terminal can draw one, plain lines otherwise. */
export function progressFor(terminal: Terminal): ProgressMaker {
  return hasCursor(terminal) ? barProgress(terminal) : plainProgress(terminal);
}
