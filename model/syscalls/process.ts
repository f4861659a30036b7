import { UNOBSERVED } from '../alphabet/observations.js';
import { OPEN_AUX } from '../alphabet/operands.js';
import type { OP } from '../alphabet/operations.js';
import type { World } from '../kernel/world.js';
import { addressOf, endOf } from '../kernel/world.js';
import { sys_exit, sys_fork } from '../mm/fork.js';
import { exit_mmap } from '../mm/munmap.js';
import {
  fdget,
  fput,
  perf_event_set_output,
  sys_close,
  sys_dup,
  sys_perf_event_open,
} from '../perf/event.js';
import { perf_event_comm } from '../perf/output.js';
import type { Handler } from './handler.js';
import { headroom, show_smaps, task_mem } from './observe.js';

function open(w: World, proc: number, fd: number, flags: number, output: number): number {
  const target = output < 0 ? -1 : fdget(w, proc, output);
  const status = sys_perf_event_open(w, proc, fd, flags, output);
  if (target >= 0) fput(w, target);
  return status;
}

/** The new memory is current before the old one is taken down (exec_mmap). */
function leave_memory(w: World, proc: number): void {
  const { rdpmc_allowed, rdpmc_left, exec } = w.task;
  rdpmc_left[proc] = rdpmc_allowed[proc];
  rdpmc_allowed[proc] = 0;
  exec[proc] = 1;
  exit_mmap(w, proc, addressOf(proc, 0), endOf(proc));
  exec[proc] = 0;
}

/** Handlers of events, processes, limits and observations. */
export const PROCESS = {
  open: (w, proc, fd, flags, output) =>
    (flags & OPEN_AUX) !== 0 && w.sys.aux[0] === 0 ? UNOBSERVED : open(w, proc, fd, flags, output),
  close: (w, proc, fd) => sys_close(w, proc, fd),
  dup: (w, proc, fd, newfd) => sys_dup(w, proc, fd, newfd),
  set_output: (w, proc, fd, target) => {
    const e = fdget(w, proc, fd);
    const output = target < 0 ? -1 : fdget(w, proc, target);
    const status = perf_event_set_output(w, e, output);
    if (output >= 0) fput(w, output);
    fput(w, e);
    return status;
  },
  record: (w, proc, count) => {
    perf_event_comm(w, proc, count);
    return 0;
  },
  fork: (w, proc, child) => sys_fork(w, proc, child),
  exit: (w, proc) => sys_exit(w, proc),
  exec: (w, proc) => {
    leave_memory(w, proc);
    w.task.gen[proc]++;
    perf_event_comm(w, proc, 1);
    return 0;
  },
  setuid: (w, proc, user) => {
    w.task.user[proc] = user;
    return 0;
  },
  cap: (w, proc, on) => {
    w.task.cap_ipc_lock[proc] = on;
    return 0;
  },
  rlimit: (w, proc, pages) => {
    w.task.rlimit_memlock[proc] = pages;
    return 0;
  },
  gift: (w, _proc, pages) => {
    w.sys.gift[0] = pages;
    return 0;
  },
  maps: (w, proc, _a, _b, _c, _d, _e, _f, obs) => {
    show_smaps(w, proc, obs);
    return 0;
  },
  status: (w, proc, _a, _b, _c, _d, _e, _f, obs) => {
    task_mem(w, proc, obs);
    return 0;
  },
  headroom: (w, proc, _a, _b, _c, _d, _e, _f, obs) => {
    obs[1] = headroom(w, proc);
    return 0;
  },
  inject: (w, _proc, site, nth) => {
    w.sys.inject_site[0] = site + 1;
    w.sys.inject_left[0] = nth;
    return 0;
  },
} satisfies Partial<Record<keyof typeof OP, Handler>>;
