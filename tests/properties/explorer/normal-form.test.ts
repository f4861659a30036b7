import { describe, expect, it } from 'vitest';
import { OBS_WIDTH, OP_WIDTH } from '#model/alphabet/bounds';
import { OP_NAMES } from '#model/alphabet/operations';
import { advance } from '#model/designs/advance';
import { demand_fault } from '#model/designs/demand-fault';
import type { Design } from '#model/designs/design';
import { v6_12 } from '#model/designs/v6.12';
import { v6_14 } from '#model/designs/v6.14';
import { ModelSystem } from '#model/model-system';
import { Spec } from '#model/spec/index';
import { Xoroshiro } from '#properties/arbitraries/xoroshiro';
import { CUT, FAILED } from '#properties/checkers/lockstep';
import { alphabetOf, environmentOf } from '#properties/explorer/alphabet';
import type { Bounds } from '#properties/explorer/bounds';
import { Side } from '#properties/explorer/side';
import { reachOf } from '#properties/explorer/slots';
import { StateStore } from '#properties/explorer/state-store';
import { IRREGULAR, States } from '#properties/explorer/states';
import { Symmetry } from '#properties/explorer/symmetry';

/** Of everything a little: anonymous memory, AUX, moves, locks, advice, users, limits, failures, access of all kinds. */
const WIDE: Bounds = {
  name: 'wide',
  env: { gift: 3, rlimit: 4 },
  processes: 3,
  records: 'unseen',
  operations: [
    {
      op: 'open',
      with: { fd: [0, 1], flags: [[], ['inherit'], ['aux'], ['cpu', 'backward']], output: [-1, 0] },
    },
    { op: 'close', with: { fd: [0, 1] } },
    { op: 'dup', with: { fd: [0], newfd: [1] } },
    { op: 'set_output', with: { fd: [0, 1], target: [-1, 0, 1] } },
    { op: 'record', with: { count: [3, 200] } },
    {
      op: 'mmap',
      with: {
        fd: [-1, 0, 1],
        page: [0, 3],
        npages: [1, 2],
        prot: [['read'], ['read', 'write']],
        flags: [[], ['private'], ['populate']],
      },
    },
    { op: 'mmap', with: { fd: [0, 1], page: [6], npages: [1], prot: [['read']], pgoff: [2] } },
    { op: 'munmap', with: { page: [0, 3, 6], npages: [1, 2] } },
    {
      op: 'mremap',
      with: {
        page: [0],
        npages: [2],
        new_npages: [1, 2],
        mode: ['none', 'fixed', 'dontunmap'],
        new_page: [3, 6],
      },
    },
    { op: 'mprotect', with: { page: [0, 3], npages: [1, 2], prot: [[], ['read'], ['read', 'write']] } },
    {
      op: 'madvise',
      with: { page: [0, 3], npages: [2], advice: ['DONTNEED', 'DONTFORK', 'DOFORK', 'WIPEONFORK', 'RANDOM'] },
    },
    { op: 'mlock', with: { page: [0], npages: [2], flags: [[], ['onfault']] } },
    { op: 'munlock', with: { page: [0, 3], npages: [1] } },
    { op: 'mlockall', with: { flags: [['current'], ['future'], ['future', 'onfault']] } },
    { op: 'munlockall' },
    { op: 'load', with: { page: [0, 1, 3, 6], word: ['scratch', 'aux_size'] } },
    { op: 'store', with: { page: [0, 1, 3], word: ['scratch'], value: [16, 17] } },
    { op: 'store', with: { page: [0, 3], word: ['aux_offset'], value: [2] } },
    { op: 'store', with: { page: [0, 3], word: ['aux_size'], value: [1] } },
    { op: 'vm_writev', with: { target: [0, 1, 2], page: [0], value: [18] } },
    { op: 'mem_read', with: { target: [0, 1, 2], page: [0, 3], word: ['scratch'] } },
    { op: 'fork', with: { child: [0, 1, 2] } },
    { op: 'exec' },
    { op: 'exit' },
    { op: 'setuid', with: { user: [0, 1] } },
    { op: 'cap', with: { on: ['off', 'on'] } },
    { op: 'rlimit', with: { pages: [0, 4] } },
    { op: 'gift', with: { pages: [1, 3] } },
    { op: 'inject', with: { site: ['alloc', 'pgtable'], nth: [0, 1] } },
    { op: 'maps' },
    { op: 'status' },
    { op: 'headroom' },
  ],
};

const STEPS = 60;

/** Names of what went another way in the state itself than in what was read back from its normal form. */
function differences(design: Design, seed: number, walks: number, symmetric: boolean): string[] {
  const ops = alphabetOf(WIDE);
  const env = environmentOf(WIDE);
  const scope = { processes: WIDE.processes, pages: reachOf(ops), records: false };
  const renamings = new Symmetry(ops, WIDE.processes, symmetric);
  const raw = new ModelSystem(design);
  const rawObs = new Int32Array(OBS_WIDTH);
  const side = new Side(design, env, scope);
  const empty = (): States => new States([side], renamings, scope, new StateStore(2, 2 ** 31 - 1));
  let states = empty();
  const start = states.insert(-1, 0);
  const initial = states;
  const random = new Xoroshiro();
  random.seed(seed, 1);
  const found: string[] = [];
  for (let walk = 0; walk < walks; walk++) {
    raw.reset(env);
    let state = start;
    states = initial;
    for (let step = 0; step < STEPS; step++) {
      const at = random.below(ops.length / OP_WIDTH) * OP_WIDTH;
      states.enter(state);
      raw.step(ops, at, rawObs);
      const went = side.step(ops, at);
      // The specification may leave open how anonymous memory was merged: then the walk is over.
      if (went === CUT || went === FAILED) break;
      const { obs } = side.lockstep;
      if (rawObs.some((int, i) => int !== obs[i] && i < 2))
        found.push(`${OP_NAMES[ops[at]]} at ${walk}/${step}`);
      // Among few states none is come to under other names.
      if (symmetric) states = empty();
      state = states.insert(-1, 0);
      if (state === IRREGULAR) {
        found.push(`irregular after ${OP_NAMES[ops[at]]}`);
        break;
      }
      states.enter(state);
      if (states.insert(0, 0) !== state) found.push(`reads back another way after ${OP_NAMES[ops[at]]}`);
    }
  }
  return found;
}

describe('the normal form', () => {
  it('knows every column of the specification: a new one must be named, and listed here', () => {
    const columns = Object.entries(new Spec(0).state).filter(
      ([name, value]) => name !== 'ints' && name !== 'live' && value instanceof Int32Array,
    );
    expect(columns.map(([name]) => name).join(' ')).toBe(
      'procAlive procUser procCap procRlimit procMemory procTask procPinned procLocked procLockedAll procFuture fdEvent ' +
        'userUsed eventRefs eventCpu eventInherit eventBackward eventAux eventTask eventWatches eventShared eventBuffer ' +
        'eventMappings bufferMappings bufferData bufferOverwrite bufferBackward bufferRecords bufferUser bufferMemory ' +
        'bufferFromGift bufferPinned bufferWords auxPages auxPgoff auxMappings auxUser auxMemory auxFromGift auxPinned ' +
        'mapPages mapProc mapFirst mapPgoff mapEvent mapTouched cellView cellMap cellMark cellObject cellOffset cellWords ' +
        'objectRefs objectPages objectWords scalar',
    );
  });

  it.each([advance, demand_fault, v6_12, v6_14])('keeps all that matters: $id', (design) => {
    expect(differences(design, 7, 150, false)).toEqual([]);
  });

  it.each([advance, demand_fault])(
    'reads back the state that was come to, not one renamed: $id',
    (design) => {
      expect(differences(design, 11, 20, true)).toEqual([]);
    },
  );
});
