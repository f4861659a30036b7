import { describe, expect, it } from 'vitest';
import type { Engines, KernelChoice } from '#cli/engines';
import { asked, FACTS, kernel, mapahead } from './fake.js';

/** Kernels that can be opened, and one that cannot; which were asked for, and with what limits. */
function engines(): Partial<Engines> & { readonly opened: [string, KernelChoice | undefined][] } {
  const opened: [string, KernelChoice | undefined][] = [];
  return {
    opened,
    kernelsAtHand: async () => ['host', 'debian:6.1.192-2'],
    openKernel: async (name, choice) => {
      opened.push([name, choice]);
      choice?.onWait?.(`fetches ${name}`);
      if (name.endsWith('none')) return `${name} is no bzImage`;
      return { ...kernel(), id: `linux-${name}`, machine: 'QEMU, emulated' };
    },
  };
}

describe('kernels', () => {
  it('shows those at hand, and what cannot be observed there, on 80 columns', async () => {
    const given = engines();
    const { exitCode, out, err } = await mapahead(['kernels'], { engines: given });
    expect(exitCode).toBe(0);
    expect(given.opened.map(([name]) => name)).toEqual(['host', 'debian:6.1.192-2']);
    expect(out).toContain(
      '  debian:6.1.192-2  6.18.44\n    runs on: QEMU, emulated, 2 CPUs\n    perf: works;',
    );
    expect(out).toContain('    not observed: AUX buffers: no PMU has AUX buffers here\n');
    expect(err).toContain('mapahead fetches debian:6.1.192-2\n');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(asked.filter(({ system }) => system === 'closed')).toHaveLength(2);
  });

  it('says what an ordinary user, and a machine with less, cannot show', async () => {
    const facts = {
      ...FACTS,
      cpus: 1,
      uid: 1000,
      privileged: false,
      direct: false,
      paranoid: -1,
      aux: 'intel_pt',
    };
    const openKernel = async () => ({ ...kernel(), facts });
    const { out } = await mapahead(['kernels'], { engines: { openKernel } });
    for (const text of [
      'this machine, 1 CPU\n',
      'the agent runs as: user 1000',
      'not observed: AUX buffers: the agent opens no events of intel_pt',
      'not observed: setuid, cap: the agent does not run as root',
      'not observed: direct_read, direct_write:',
      'not observed: headroom: with perf_event_paranoid -1 it has no limit',
    ]) {
      expect(out).toContain(text);
    }
  });

  it('exits with 3 when one that was named cannot be had, and shows the others', async () => {
    const args = ['kernels', '--kernel', '/boot/none', '--kernel', 'debian:6.12'];
    const { exitCode, out } = await mapahead(args, { engines: engines() });
    expect(exitCode).toBe(3);
    expect(out).toContain(
      '  /boot/none\n    cannot be checked: /boot/none is no bzImage\n  debian:6.12  6.18.44\n',
    );
    const openKernel = async () => 'no C compiler';
    expect((await mapahead(['kernels'], { engines: { openKernel } })).exitCode).toBe(0);
  });

  it('is JSON with --json', async () => {
    const args = ['kernels', '--json', '--kernel', 'host', '--kernel', '/none'];
    const { kernels } = JSON.parse((await mapahead(args, { engines: engines() })).out);
    expect(kernels).toMatchObject([
      {
        name: 'host',
        works: true,
        machine: 'QEMU, emulated',
        facts: FACTS,
        notObserved: [{ what: 'AUX buffers' }, {}],
      },
      { name: '/none', works: false, reason: '/none is no bzImage' },
    ]);
  });

  it('ends between two kernels when interrupted', async () => {
    const controller = new AbortController();
    controller.abort();
    const { exitCode, out } = await mapahead(['kernels'], { engines: engines(), signal: controller.signal });
    expect([exitCode, out]).toEqual([130, '']);
  });

  it.each(['6.12', 'hosts', ''])('refuses %j, which names none', async (name) => {
    const { exitCode, err } = await mapahead(['kernels', '--kernel', name]);
    expect(exitCode).toBe(2);
    expect(err).toBe(
      `mapahead: unknown kernel "${name}": name host, debian:VERSION, or the path of a bzImage\n`,
    );
  });
});

describe('check --kernel', () => {
  const run = (args: string, given: Partial<Engines>) =>
    mapahead(['check', '--design', 'advance', ...args.split(' ')], { engines: given });

  it('checks the kernels that are named, each once, and not the host', async () => {
    const given = engines();
    const { exitCode, err } = await run(
      '--kernel debian:6.12 --kernel ./bzImage --kernel debian:6.12',
      given,
    );
    expect(exitCode).toBe(0);
    expect(given.opened.map(([name]) => name)).toEqual(['debian:6.12', './bzImage']);
    expect(err).toContain('checks advance, linux-debian:6.12, linux-./bzImage');
    expect(err).toContain('mapahead fetches debian:6.12\n');
    expect(asked.filter(({ system }) => system === 'closed')).toHaveLength(2);
  });

  it('checks the host as well when told to', async () => {
    const given = engines();
    await run('--kernel debian:6.12 --host --quiet', given);
    expect(given.opened.map(([name]) => name)).toEqual(['debian:6.12', 'host']);
  });

  it('could not check when one cannot be had; what can be is checked', async () => {
    const { exitCode, out } = await run('--kernel ./none --kernel debian:6.12', engines());
    expect(exitCode).toBe(3);
    expect(out).toContain('./none: NOT RUN: ./none is no bzImage');
    expect(out).toContain('COULD NOT CHECK');
  });

  it('refuses what names no kernel, before any work', async () => {
    const given = engines();
    expect((await run('--kernel 6.12', given)).exitCode).toBe(2);
    expect(given.opened).toEqual([]);
  });
});
