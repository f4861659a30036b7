/** How long the System under check may take to stop, in milliseconds. */
const PATIENCE_MS = 5_000;

/** What a progress bar may have taken from the terminal: the cursor, and the wrapping of lines. */
const GIVE_BACK = '\u001b[?25h\u001b[?7h\n';

/** Ends the process at once: what has been printed is all there will be. */
function leave(): never {
  if (process.stderr.isTTY) process.stderr.write(GIVE_BACK);
  process.exit(130);
}

/**
 * Ctrl-C, and a kill by SIGTERM, ask the checks to stop and leave them time to say what is known. Asking a second
 * time, or a System that does not stop, ends the process.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) leave();
      controller.abort();
      setTimeout(leave, PATIENCE_MS).unref();
    });
  }
  return controller.signal;
}
