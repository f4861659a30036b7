import type { PageData, SourcedResult } from '../../html/page-data.js';
import { CopyButton } from './copy.js';

/** Where numbers come from, and how to have them again. */
export function Source({ from }: { from: SourcedResult }) {
  const { result, source } = from;
  return (
    <p class="source">
      From <b>{source}</b>, begun {result.started}, {result.seconds.toFixed(1)} s, mapahead {result.madeBy}.
      Repeat: <code>{result.command}</code> <CopyButton what="the command" text={result.command} />
    </p>
  );
}

/** What was not run is said as loudly as what failed. */
export function NotRun({ data, what, command }: { data: PageData; what: string; command: string }) {
  const has = data.commands.includes(command.split(' ')[0]);
  return (
    <div class="not-run" role="note">
      <strong>NOT RUN</strong> {what}
      {has ? (
        <p>
          To have it: <code>npx mapahead {command}</code>, then make this report again.
        </p>
      ) : (
        <p>This version of mapahead has no command that makes it.</p>
      )}
    </div>
  );
}
