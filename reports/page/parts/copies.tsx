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

/** Where a kernel's own build leaves its image. */
const OWN_KERNEL = 'arch/x86/boot/bzImage';

/** A command with what it is for, to be read and to be copied. */
function Command({ what, command }: { what: string; command: string }) {
  return (
    <div class="command">
      <dt>{what}</dt>
      <dd>
        <code class="token">{command}</code> <CopyButton what={what} text={command} />
      </dd>
    </div>
  );
}

/** How to have it elsewhere: replayed by this program, here or on a kernel, or as a program of its own. */
export function Copies({ shown }: { shown: Shown }) {
  const { example, evidence, system } = shown;
  const replay = `npx mapahead replay ${example.token}`;
  const made = PROGRAMS.filter(([format]) => evidence?.reproducers?.[format] !== undefined);
  return (
    <section class="copies" aria-label="Run it yourself">
      <h2>Run it yourself</h2>
      <dl>
        <Command what={`again on ${system}`} command={replay} />
        <Command what="on this machine's kernel" command={`${replay} --system host`} />
        <Command what="on a kernel of your own, in QEMU" command={`${replay} --system ${OWN_KERNEL}`} />
      </dl>
      <p class="none">
        It tells what goes wrong and exits with 1, or says that nothing does and exits with 0. All that there
        is to check on a kernel: <code>npx mapahead check --kernel {OWN_KERNEL}</code>
      </p>
      <div class="buttons">
        Copy as
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
