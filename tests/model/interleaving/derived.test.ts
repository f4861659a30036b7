import { beforeAll, expect, test } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { obsWidth, SKIP } from '#model/alphabet/observations';
import { DESIGNS } from '#model/designs/index';
import { type Derived, loadDerived } from '#model/interleaving/derived';
import { Machine } from '#model/interleaving/machine';
import { log, run } from '#model/interleaving/tracking';
import { ModelSystem } from '#model/model-system';
import { randomTraces } from '../../support/races/random-traces.js';

let derived: Derived;
beforeAll(async () => {
  derived = await loadDerived();
});

test('the derived model knows the same designs and mutants', () => {
  expect(derived.designs.map(({ id }) => id)).toEqual(DESIGNS.map(({ id }) => id));
  expect(derived.mutants.length).toBeGreaterThan(30);
});

test('every point of the source has a name', () => {
  expect(derived.sites.length).toBeGreaterThan(60);
  for (const { at, call } of derived.sites) {
    expect(at).toMatch(/^model\/[\w./-]+\.ts:\d+$/);
    expect(call).toMatch(/^\w+\(.*\)$/s);
  }
});

// Each design on its own: a failure names it.
for (const design of DESIGNS) {
  test(`run to its end without a break, the derived model is the model, byte for byte: ${design.id}`, () => {
    const sequential = new ModelSystem(design);
    const twin = derived.designs.find(({ id }) => id === design.id);
    if (twin === undefined) throw new Error(`${design.id} is not derived`);
    const machine = new Machine(derived, twin);
    let operations = 0;
    for (const { env, ops } of randomTraces(design, 350, 40)) {
      sequential.reset(env);
      machine.load({ env, prefix: new Int32Array(0), tasks: [] });
      const obs = new Int32Array(OBS_WIDTH);
      for (let at = 0; at < ops.length; at += OP_WIDTH) {
        sequential.step(ops, at, obs);
        const seen = machine.whole(ops, at);
        // One that names nothing leaves the view as it was.
        const width = obs[0] === SKIP ? 2 : obsWidth(ops[at]);
        const { words } = machine.world;
        const same =
          Buffer.compare(Buffer.from(words.buffer), Buffer.from(sequential.world.words.buffer)) === 0;
        const alike = seen.subarray(0, width).every((int, i) => int === obs[i]);
        if (!same || !alike)
          expect.fail(
            `operation ${operations}, [${ops.subarray(at, at + OP_WIDTH)}]: gave ${seen.subarray(0, 2)}, the model ${obs.subarray(0, 2)}; word ${words.findIndex((word, i) => word !== sequential.world.words[i])}`,
          );
        operations++;
      }
    }
    expect(operations).toBeGreaterThan(5_000);
  }, 240_000);
}

test('every word that a step changes was told as written', () => {
  const [design] = derived.designs;
  const machine = new Machine(derived, design);
  const { sys } = machine.world;
  // A task's registers are put in place before its first step.
  const registers = [sys.current, sys.free_page, sys.inject_site, sys.inject_left].map(
    (column) => column.byteOffset / 4,
  );
  let changes = 0;
  for (const { env, ops } of randomTraces(design, 25, 30)) {
    machine.load({ env, prefix: new Int32Array(0), tasks: [ops] });
    while (machine.enabled(0)) {
      const before = machine.world.words.slice();
      machine.step(0);
      const told = log.subarray(0, run.logged);
      const written = new Set(told.filter((access) => (access & 1) === 1).map((access) => access >> 1));
      const changed = [...before.keys()].filter((word) => machine.world.words[word] !== before[word]);
      const silent = changed.filter((word) => !registers.includes(word) && !written.has(word));
      expect(silent).toEqual([]);
      changes += changed.length;
    }
  }
  expect(changes).toBeGreaterThan(500);
}, 120_000);
