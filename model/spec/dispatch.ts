import { OK } from '../alphabet/observations.js';
import { OP_NAMES, type OpName } from '../alphabet/operations.js';
import * as access from './access.js';
import * as events from './events.js';
import * as gup from './gup.js';
import { madvise } from './madvise.js';
import * as mlock from './mlock.js';
import { mmap, munmap } from './mmap.js';
import { mprotect } from './mprotect.js';
import { mremap } from './mremap.js';
import * as observe from './observe.js';
import * as process from './process.js';
import { mincore, msync } from './ranges.js';
import { RULE } from './rules.js';
import { ARMED, type State } from './state.js';

/** Does one operation of a living process. @returns its status */
export type Handler = (s: State, p: number, ops: Int32Array, at: number) => number;

function inject(s: State, _p: number, ops: Int32Array, at: number): number {
  s.scalar[ARMED] = 1 + ops[at + 2];
  s.rule = RULE.setting;
  return OK;
}

const BY_NAME: Readonly<Record<OpName, Handler>> = {
  open: events.open,
  close: events.close,
  dup: events.dup,
  set_output: events.setOutput,
  record: events.record,
  mmap,
  munmap,
  mremap,
  mprotect,
  madvise,
  mlock: mlock.mlock,
  munlock: mlock.munlock,
  mlockall: mlock.mlockall,
  munlockall: mlock.munlockall,
  mincore,
  msync,
  load: access.load,
  store: access.store,
  xchg: access.xchg,
  cas_fail: access.casFail,
  fetch: access.fetch,
  read_into: access.readInto,
  write_from: access.writeFrom,
  vm_readv: gup.vmReadv,
  vm_writev: gup.vmWritev,
  ptrace_peek: gup.ptracePeek,
  ptrace_poke: gup.ptracePoke,
  mem_read: gup.memRead,
  mem_write: gup.memWrite,
  futex: gup.futex,
  vmsplice: gup.vmsplice,
  direct_write: gup.directWrite,
  direct_read: gup.directRead,
  fork: process.fork,
  exit: process.exit,
  exec: process.exec,
  setuid: process.setuid,
  cap: process.cap,
  rlimit: process.rlimit,
  gift: process.gift,
  maps: observe.maps,
  status: observe.status,
  headroom: observe.headroom,
  inject,
};

/** Handlers by operation number. */
export const HANDLERS: readonly Handler[] = OP_NAMES.map((name) => BY_NAME[name]);
