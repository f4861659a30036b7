import { ERRNO } from '../alphabet/errno.js';
import { WORD_SCRATCH } from '../alphabet/operands.js';
import type { OP } from '../alphabet/operations.js';
import { addressOf } from '../kernel/world.js';
import { ACCESS_EXEC, ACCESS_READ, ACCESS_WRITE, read_word, user_access, write_word } from '../mm/access.js';
import { EFAULT } from '../mm/vma.js';
import type { Handler } from './handler.js';
import {
  copy_from_user,
  copy_to_user,
  direct_read,
  fast_read,
  futex_wait,
  got,
  gup_read,
  gup_write,
} from './kernel-access.js';
import { ptrace_may_access } from './remote.js';

const EIO = -ERRNO.EIO;
const EACCES = -ERRNO.EACCES;

/** A read of another process's word: `refused` is the call's error for a page that it cannot reach. */
function reads(force: boolean, refused: number, denied: number): Handler {
  return (w, proc, target, page, word, _d, _e, _f, obs) => {
    if (ptrace_may_access(w, proc, target) !== 0) return denied;
    const err = gup_read(w, addressOf(target, page), word, force, refused);
    if (err === 0) obs[1] = got.value;
    return err;
  };
}

function writes(force: boolean, refused: number, denied: number): Handler {
  return (w, proc, target, page, value) => {
    if (ptrace_may_access(w, proc, target) !== 0) return denied;
    return gup_write(w, addressOf(target, page), value, force, refused);
  };
}

const EPERM = -ERRNO.EPERM;

/** Handlers of the accesses to a page: by the processor, and by the kernel. */
export const ACCESS = {
  load: (w, proc, page, word, _c, _d, _e, _f, obs) => {
    const address = addressOf(proc, page);
    const fault = user_access(w, address, ACCESS_READ);
    if (fault === 0) obs[1] = read_word(w, address, word);
    return fault;
  },
  store: (w, proc, page, word, value) => {
    const address = addressOf(proc, page);
    const fault = user_access(w, address, ACCESS_WRITE);
    if (fault === 0) write_word(w, address, word, value);
    return fault;
  },
  xchg: (w, proc, page, value, _c, _d, _e, _f, obs) => {
    const address = addressOf(proc, page);
    const fault = user_access(w, address, ACCESS_WRITE);
    if (fault === 0) {
      obs[1] = read_word(w, address, WORD_SCRATCH);
      write_word(w, address, WORD_SCRATCH, value);
    }
    return fault;
  },
  cas_fail: (w, proc, page, _b, _c, _d, _e, _f, obs) => {
    const address = addressOf(proc, page);
    const fault = user_access(w, address, ACCESS_WRITE);
    if (fault === 0) obs[1] = read_word(w, address, WORD_SCRATCH);
    return fault;
  },
  fetch: (w, proc, page) => user_access(w, addressOf(proc, page), ACCESS_EXEC),
  read_into: (w, proc, page, value) => copy_to_user(w, addressOf(proc, page), value),
  write_from: (w, proc, page, word, _c, _d, _e, _f, obs) => {
    const err = copy_from_user(w, addressOf(proc, page), word);
    if (err === 0) obs[1] = got.value;
    return err;
  },
  vm_readv: reads(false, EFAULT, EPERM),
  vm_writev: writes(false, EFAULT, EPERM),
  ptrace_peek: reads(true, EIO, EPERM),
  ptrace_poke: writes(true, EIO, EPERM),
  mem_read: reads(true, EIO, EACCES),
  mem_write: writes(true, EIO, EACCES),
  futex: (w, proc, page, scope) => futex_wait(w, addressOf(proc, page), scope === 1),
  vmsplice: (w, proc, page, _b, _c, _d, _e, _f, obs) => {
    const err = fast_read(w, addressOf(proc, page));
    if (err === 0) obs[1] = got.value;
    return err;
  },
  direct_write: (w, proc, page, _b, _c, _d, _e, _f, obs) => {
    const err = fast_read(w, addressOf(proc, page));
    if (err === 0) obs[1] = got.value;
    return err;
  },
  direct_read: (w, proc, page, value) => direct_read(w, addressOf(proc, page), value),
} satisfies Partial<Record<keyof typeof OP, Handler>>;
