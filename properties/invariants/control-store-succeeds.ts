import { OP, OPERAND_NAMES } from '../../model/alphabet/operations.js';
import { addressOf } from '../../model/kernel/world.js';
import { VM_WRITE } from '../../model/mm/flags.js';
import { linear_page_index, vma_lookup } from '../../model/mm/vma.js';
import { type Invariant, violated } from './invariant.js';
import { place } from './words.js';

const STORES = [OP.store, OP.xchg, OP.cas_fail];

export const control_store_succeeds: Invariant = {
  id: 'control-store-succeeds',
  ofPlace: true,
  text: 'A store to the control page of a writable mapping succeeds.',
  ofObservation: true,
  check(c) {
    const { w, ops, at } = c;
    if (!STORES.includes(ops[at])) return true;
    const address = addressOf(ops[at + 1], ops[at + 2 + OPERAND_NAMES[ops[at]].indexOf('page')]);
    const v = vma_lookup(w, address);
    if (v < 0 || w.vma.file[v] <= 0 || (w.vma.vm_flags[v] & VM_WRITE) === 0) return true;
    if (linear_page_index(w, v, address) !== 0) return true;
    c.looked++;
    c.address = address;
    return c.obs[0] === 0 || violated(c, 0, c.obs[0], 0);
  },
  describe: (c) => `${place(c.address)}: the store to the control page fails with ${c.found}`,
};
