#include "operations.h"

#include <errno.h>
#include <linux/perf_event.h>

#include "agent.h"

operation *const OPERATION[A_KINDS] = {
    [A_OP_OPEN] = do_open,
    [A_OP_CLOSE] = do_close,
    [A_OP_DUP] = do_dup,
    [A_OP_SET_OUTPUT] = do_set_output,
    [A_OP_RECORD] = do_record,
    [A_OP_MMAP] = do_mmap,
    [A_OP_MUNMAP] = do_munmap,
    [A_OP_MREMAP] = do_mremap,
    [A_OP_MPROTECT] = do_mprotect,
    [A_OP_MADVISE] = do_madvise,
    [A_OP_MLOCK] = do_mlock,
    [A_OP_MUNLOCK] = do_munlock,
    [A_OP_MLOCKALL] = do_mlockall,
    [A_OP_MUNLOCKALL] = do_munlockall,
    [A_OP_MINCORE] = do_mincore,
    [A_OP_MSYNC] = do_msync,
    [A_OP_LOAD] = do_load,
    [A_OP_STORE] = do_store,
    [A_OP_XCHG] = do_xchg,
    [A_OP_CAS_FAIL] = do_cas_fail,
    [A_OP_FETCH] = do_fetch,
    [A_OP_READ_INTO] = do_read_into,
    [A_OP_WRITE_FROM] = do_write_from,
    [A_OP_VM_READV] = do_vm_readv,
    [A_OP_VM_WRITEV] = do_vm_writev,
    [A_OP_PTRACE_PEEK] = do_ptrace_peek,
    [A_OP_PTRACE_POKE] = do_ptrace_poke,
    [A_OP_MEM_READ] = do_mem_read,
    [A_OP_MEM_WRITE] = do_mem_write,
    [A_OP_FUTEX] = do_futex,
    [A_OP_VMSPLICE] = do_vmsplice,
    [A_OP_DIRECT_WRITE] = do_direct_write,
    [A_OP_DIRECT_READ] = do_direct_read,
    [A_OP_FORK] = do_fork,
    [A_OP_EXIT] = do_exit,
    [A_OP_EXEC] = do_exec,
    [A_OP_SETUID] = do_setuid,
    [A_OP_CAP] = do_cap,
    [A_OP_RLIMIT] = do_rlimit,
    [A_OP_GIFT] = do_gift,
    [A_OP_MAPS] = do_maps,
    [A_OP_STATUS] = do_status,
    [A_OP_HEADROOM] = do_headroom,
    [A_OP_INJECT] = do_inject,
};

int status_of(long result) { return result == -1 ? -errno : 0; }

/* Records that a dummy event with `comm` gives, all of 32 bytes (linux/perf_event.h): their first word is the
 * header, the third and fourth are the name (COMM), or tid and ptid, and the time (FORK and EXIT). */
static int is_record_header(int64_t bytes) {
  const int32_t type = (int32_t)bytes;
  return bytes >> 48 == 32 &&
         (type == PERF_RECORD_COMM || type == PERF_RECORD_FORK || type == PERF_RECORD_EXIT);
}

/* Words at these places hold a small number of pages. Letters, a parent's tid in the upper half and a time
 * are none. */
static int is_number_of_pages(int64_t bytes) {
  return bytes % A_PAGE_SIZE == 0 && bytes >= 0 && bytes <= (int64_t)A_STORED_MAX * A_PAGE_SIZE;
}

static int is_record_bytes(int word, int64_t bytes) {
  if (A_WORD_BYTE[word] % 32 == 0) return is_record_header(bytes);
  return !is_number_of_pages(bytes);
}

static int64_t unit_of(int word) {
  switch (word) {
    case A_WORD_SCRATCH:
    case A_WORD_FIRST:
      return 1;
    case A_WORD_DATA_HEAD:
      return 32;
    default:
      return A_PAGE_SIZE;
  }
}

int32_t word_value(int word, int64_t bytes) {
  if (is_record_bytes(word, bytes)) return A_RECORD_BYTES;
  const int64_t value = bytes / unit_of(word);
  /* Nothing of the alphabet makes these: neither a count nor a token. */
  if (value * unit_of(word) != bytes || value != (int32_t)value) return INT32_MIN;
  return (int32_t)value;
}

int64_t word_bytes(int word, int32_t value) {
  return word == A_WORD_SCRATCH ? value : (int64_t)value * A_PAGE_SIZE;
}
