import { describe, expect, it } from 'vitest';
import { mapahead } from './fake.js';

const mutants = (args: string, given = {}) => mapahead(['mutants', ...args.split(' ')], given);

describe('mutants', () => {
  it('finds a mutant, and nothing in its base', async () => {
    const { exitCode, out, err } = await mutants('--mutant shared-prot --sequences 100 --seeds 3');
    expect(exitCode).toBe(0);
    expect(err).toContain('searches 1 mutant: seed 1, up to 3 trials of 100 sequences each');
    expect(out).toMatch(/shared-prot +\d+ +\d+\.\d\d +2 {2}not asked/);
    expect(out).toMatch(/advance: nothing found in 1,000 sequences/);
    expect(out).not.toContain('demand-fault');
    expect(out).not.toContain('vacuous');
    expect(out).toMatch(/PASSED {2}1 of 1 mutants killed\n$/);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('fails when one survives', async () => {
    const { exitCode, out } = await mutants('--mutant aux-ret-clobber --sequences 1');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/aux-ret-clobber .* SURVIVED/);
    expect(out).toMatch(/FAILED {2}0 of 1 mutants killed; wrong: aux-ret-clobber\n$/);
  });

  it('could not check when there was no time for an intended design', async () => {
    const { exitCode, out } = await mutants('--mutant shared-prot --time 0.1');
    expect(exitCode).toBe(3);
    expect(out).toMatch(/COULD NOT CHECK {2}1 of 1 mutants killed; not searched to the end: advance\n$/);
  });

  it('prints JSON', async () => {
    const { exitCode, out } = await mutants(
      '--mutant shared-prot --mutant fault-no-mapping --sequences 100 --json',
    );
    expect(exitCode).toBe(0);
    const json = JSON.parse(out);
    expect(json).toMatchObject({
      format: 'mapahead-kill-matrix',
      version: 1,
      outcome: 'passed',
      vacuous: [],
    });
    expect(json.mutants[0]).toMatchObject({ id: 'shared-prot', outcome: 'killed', certified: 'not asked' });
    expect(json.mutants[0].counterexample).toMatch(/^ma1:/);
    expect(json.intended.map(({ id }: { id: string }) => id)).toEqual(['advance', 'demand-fault']);
  });

  it('prints what it has when it is interrupted', async () => {
    const { exitCode, out } = await mutants('--sequences 10', { signal: AbortSignal.abort() });
    expect(exitCode).toBe(130);
    expect(out).toMatch(/INTERRUPTED {2}0 of 0 mutants killed\n$/);
  });

  it.each([
    ['--mutant shared-plot', 'did you mean shared-prot'],
    ['--mutant close-twice', 'close-twice needs interleavings: no sequence of operations can show it'],
    ['--seeds 0', '--seeds: "0" is not a whole number from 1 to 10000'],
    ['--sequences many', '--sequences: "many"'],
  ])('%s: one line, and exit code 2', async (args, says) => {
    const { exitCode, err } = await mutants(args);
    expect(exitCode).toBe(2);
    expect(err).toContain(says);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
