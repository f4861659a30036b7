#include "skip.h"

#include "agent.h"

static int dead(int proc) { return !S->proc[proc].alive; }

static int closed(const int32_t *op, int fd) { return S->proc[op[1]].fds[fd] < 0; }

static int closed_or_none(const int32_t *op, int fd) { return fd >= 0 && closed(op, fd); }

static int missing_descriptor(const int32_t *op) {
  switch (op[0]) {
    case A_OP_OPEN:
      return !closed(op, op[A_OPEN_AT_FD]) || closed_or_none(op, op[A_OPEN_AT_OUTPUT]);
    case A_OP_CLOSE:
      return closed(op, op[A_CLOSE_AT_FD]);
    case A_OP_DUP:
      return closed(op, op[A_DUP_AT_FD]) || !closed(op, op[A_DUP_AT_NEWFD]);
    case A_OP_SET_OUTPUT:
      return closed(op, op[A_SET_OUTPUT_AT_FD]) || closed_or_none(op, op[A_SET_OUTPUT_AT_TARGET]);
    case A_OP_MMAP:
      return closed_or_none(op, op[A_MMAP_AT_FD]);
    case A_OP_FORK:
      return !dead(op[A_FORK_AT_CHILD]);
    default:
      return 0;
  }
}

static int outside(int page, int npages) { return page + npages > A_ARENA_PAGES; }

static int mremap_outside(const int32_t *op) {
  const int mode = op[A_MREMAP_AT_MODE], new_npages = op[A_MREMAP_AT_NEW_NPAGES];
  if (outside(op[A_MREMAP_AT_PAGE], op[A_MREMAP_AT_NPAGES])) return 1;
  if (outside(op[A_MREMAP_AT_PAGE], new_npages)) return 1;
  if (mode == A_MREMAP_FIXED || mode == A_MREMAP_DONTUNMAP)
    return outside(op[A_MREMAP_AT_NEW_PAGE], new_npages);
  /* Growing where the kernel may choose: it could choose a place outside the arena. */
  return mode == A_MREMAP_MAYMOVE && new_npages > op[A_MREMAP_AT_NPAGES];
}

static int range_outside(const int32_t *op) {
  switch (op[0]) {
    case A_OP_MMAP:
      return outside(op[A_MMAP_AT_PAGE], op[A_MMAP_AT_NPAGES]);
    case A_OP_MUNMAP:
    case A_OP_MPROTECT:
    case A_OP_MADVISE:
    case A_OP_MLOCK:
    case A_OP_MUNLOCK:
    case A_OP_MINCORE:
    case A_OP_MSYNC:
      /* These begin with the same two operands. */
      return outside(op[A_MUNMAP_AT_PAGE], op[A_MUNMAP_AT_NPAGES]);
    case A_OP_MREMAP:
      return mremap_outside(op);
    default:
      return 0;
  }
}

static int missing_target(const int32_t *op) {
  switch (op[0]) {
    case A_OP_VM_READV:
    case A_OP_VM_WRITEV:
    case A_OP_PTRACE_PEEK:
    case A_OP_PTRACE_POKE:
      return dead(op[A_VM_READV_AT_TARGET]) || op[A_VM_READV_AT_TARGET] == op[1];
    case A_OP_MEM_READ:
    case A_OP_MEM_WRITE:
      return dead(op[A_MEM_READ_AT_TARGET]);
    default:
      return 0;
  }
}

int names_missing(const int32_t *op) {
  return dead(op[1]) || missing_target(op) || missing_descriptor(op) || range_outside(op);
}
