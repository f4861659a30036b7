import type { Shown } from '../../html/shown.js';
import { CopyButton } from './copy.js';

/** The trace file of a counterexample: what mapahead replay takes. */
function traceFile({ system, example }: Shown): string {
  const { env, operations, failure } = example;
  const note = `${failure.rule} at step ${failure.step + 1}: ${failure.detail}`.slice(0, 500);
  return `${JSON.stringify({ format: 'mapahead-trace', version: 1, system, note, env, operations }, null, 2)}\n`;
}

const PROGRAMS = [
  ['c', 'C'],
  ['kselftest', 'kselftest'],
  ['syz', 'syzkaller'],
] as const;

/** How to have it elsewhere: replayed by this program, or as a program of its own. */
export function Copies({ shown }: { shown: Shown }) {
  const { example, evidence } = shown;
  const replay = `npx mapahead replay ${example.token}`;
  const made = PROGRAMS.filter(([format]) => evidence?.reproducers?.[format] !== undefined);
  return (
    <section class="copies" aria-label="Run it yourself">
      <div>
        <b>Run it yourself</b> <code class="token">{replay}</code>
      </div>
      <div class="buttons">
        <CopyButton what="this counterexample" label="command" text={replay} />
        <CopyButton
          what="this counterexample"
          label="on this machine's kernel"
          text={`${replay} --system host`}
        />
        <CopyButton what="this counterexample" label="token" text={example.token} />
        <CopyButton what="this counterexample" label="JSON" text={traceFile(shown)} />
        {made.map(([format, label]) => (
          <CopyButton
            key={format}
            what="this counterexample"
            label={label}
            text={evidence?.reproducers?.[format] ?? ''}
          />
        ))}
        {made.length === PROGRAMS.length ? null : (
          <span class="none">
            {PROGRAMS.filter(([format]) => !made.some(([has]) => has === format))
              .map(([, label]) => label)
              .join(', ')}
            : not in this result
          </span>
        )}
      </div>
    </section>
  );
}
