import { describe, expect, it } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { OP_NAMES, OPERATIONS } from '#model/alphabet/operations';
import { DESIGNS } from '#model/designs/index';
import { PTE_DIRTY } from '#model/mm/flags';
import { ModelSystem } from '#model/model-system';
import { Spec } from '#model/spec/index';
import { OperationSource } from '#properties/arbitraries/operation-source';
import { MODEL_PROFILE } from '#properties/arbitraries/profile';
import { flavourOfDesign } from '#properties/checkers/flavour-of-design';
import { ALWAYS_ASKED, touched } from '#properties/invariants/checker';

const SEQUENCES = 1500;
const LENGTH = 50;

describe('the invariants are not asked again', () => {
  // Every invariant: what they read is the same, so that the answers are.
  it.each(DESIGNS.map(({ id }) => id))('only where nothing that they read has changed: %s', (id) => {
    const design = DESIGNS.find((each) => each.id === id);
    if (design === undefined) throw new Error(id);
    const system = new ModelSystem(design);
    const w = system.world;
    const spec = new Spec(flavourOfDesign(design));
    const source = new OperationSource(MODEL_PROFILE, spec.view);
    const { task, user, tree, vma, page, event, rb, rbData, rbAux, files } = w;
    const read = [
      task.alive,
      task.gen,
      task.pinned_vm,
      task.locked_vm,
      tree.vma,
      w.pte.pfn,
      ...[user, vma, page, event, rbData, rbAux, files].flatMap((table) => Object.values(table)),
      ...Object.entries(rb).flatMap(([name, column]) => (name === 'head' ? [] : [column])),
    ];
    const state = () => [
      ...read.map((column) => [...column]),
      [...w.pte.flags].map((flags) => flags & ~PTE_DIRTY),
      [w.sys.warned[0], w.sys.page_field_writes[0]],
    ];
    const ops = new Int32Array(OP_WIDTH);
    const obs = new Int32Array(OBS_WIDTH);
    let unasked = 0;
    for (let i = 0; i < SEQUENCES; i++) {
      const env = source.begin(i, id.length);
      system.reset(env);
      spec.reset(env);
      for (let step = 0; step < LENGTH && source.next(ops, 0); step++) {
        const before = touched(w);
        const look =
          ALWAYS_ASKED[ops[0]] === 0 &&
          OPERATIONS[OP_NAMES[ops[0]]].group !== 'access' &&
          (i + step) % 8 === 0;
        const was = look ? state() : [];
        system.step(ops, 0, obs);
        if (look && touched(w) === before) {
          unasked++;
          expect(state(), OP_NAMES[ops[0]]).toEqual(was);
        }
        if (spec.accept(ops, 0, obs) !== 0) break;
      }
    }
    expect(unasked).toBeGreaterThan(500);
  });
});
