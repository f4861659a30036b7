/* What each kind of operation does, in the process that does it. */
#ifndef OPERATIONS_H
#define OPERATIONS_H

#include <stdint.h>

/* Do the operation. Gives its status; `value` and `view` are 0 unless it says otherwise. */
typedef int operation(const int32_t *op, int32_t *value, int32_t *view);

operation do_open, do_close, do_dup, do_set_output, do_record;
operation do_mmap, do_munmap, do_mremap;
operation do_mprotect, do_madvise, do_mlock, do_munlock, do_mlockall, do_munlockall, do_mincore, do_msync;
operation do_load, do_store, do_xchg, do_cas_fail, do_fetch;
operation do_read_into, do_write_from, do_vm_readv, do_vm_writev, do_ptrace_peek, do_ptrace_poke;
operation do_mem_read, do_mem_write, do_futex, do_vmsplice, do_direct_write, do_direct_read;
operation do_fork, do_exit, do_exec, do_setuid, do_cap, do_rlimit, do_gift;
operation do_maps, do_status, do_headroom, do_inject;

extern operation *const OPERATION[];

/* 0, or -errno after a call that gave -1. */
int status_of(long result);

/* Take from the pipe what is in it; the last word, which is what an operation put there. */
int64_t drained_pipe(void);

/* The value of a word of a page, given its 8 bytes. */
int32_t word_value(int word, int64_t bytes);
/* Its 8 bytes, given what `store` writes. */
int64_t word_bytes(int word, int32_t value);

#endif
