import { OP, OP_NAMES, type OpName } from '../../../model/alphabet/operations.js';
import type { Drawer } from './accesses.js';
import * as access from './accesses.js';
import * as event from './events.js';
import * as mapping from './mappings.js';
import * as process from './processes.js';
import * as ranges from './ranges.js';

const BY_NAME: Readonly<Record<OpName, Drawer>> = {
  open: event.drawOpen,
  close: event.drawClose,
  dup: event.drawDup,
  set_output: event.drawSetOutput,
  record: event.drawRecord,
  mmap: mapping.drawMmap,
  munmap: mapping.drawMunmap,
  mremap: mapping.drawMremap,
  mprotect: ranges.drawMprotect,
  madvise: ranges.drawMadvise,
  mlock: ranges.drawMlock,
  munlock: ranges.drawMunlock,
  mlockall: ranges.drawMlockall,
  munlockall: ranges.drawMunlockall,
  mincore: ranges.drawMincore,
  msync: ranges.drawMsync,
  load: access.onWord(OP.load),
  store: access.drawStore,
  xchg: access.withToken(OP.xchg),
  cas_fail: access.onPage(OP.cas_fail),
  fetch: access.onPage(OP.fetch),
  read_into: access.withToken(OP.read_into),
  write_from: access.onWord(OP.write_from),
  vm_readv: access.readOf(OP.vm_readv, false),
  vm_writev: access.writeTo(OP.vm_writev, false),
  ptrace_peek: access.readOf(OP.ptrace_peek, false),
  ptrace_poke: access.writeTo(OP.ptrace_poke, false),
  mem_read: access.readOf(OP.mem_read, true),
  mem_write: access.writeTo(OP.mem_write, true),
  futex: access.drawFutex,
  vmsplice: access.onPage(OP.vmsplice),
  direct_write: access.onPage(OP.direct_write),
  direct_read: access.withToken(OP.direct_read),
  fork: process.drawFork,
  exit: process.drawExit,
  exec: process.drawExec,
  setuid: process.either(OP.setuid),
  cap: process.either(OP.cap),
  rlimit: process.limit(OP.rlimit),
  gift: process.limit(OP.gift),
  maps: process.plain(OP.maps),
  status: process.plain(OP.status),
  headroom: process.plain(OP.headroom),
  inject: process.drawInject,
};

/** How an operation of each kind is drawn, by its number. False: the state has nothing for it. */
export const DRAWERS: readonly Drawer[] = OP_NAMES.map((name) => BY_NAME[name]);
