/* mmap, munmap, mremap, and what acts on a range. */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent.h"
#include "operations.h"

#define RANGE(op) page_at((op)[A_MUNMAP_AT_PAGE]), bytes_of((op)[A_MUNMAP_AT_NPAGES])

int do_mmap(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  const int slot = op[A_MMAP_AT_FD], given = op[A_MMAP_AT_FLAGS];
  int flags = given & A_MMAP_PRIVATE ? MAP_PRIVATE : MAP_SHARED;
  flags |= given & A_MMAP_NOREPLACE ? MAP_FIXED_NOREPLACE : MAP_FIXED;
  if (given & A_MMAP_POPULATE) flags |= MAP_POPULATE;
  if (given & A_MMAP_LOCKED) flags |= MAP_LOCKED;
  if (slot < 0) flags |= MAP_ANONYMOUS;
  char *at = page_at(op[A_MMAP_AT_PAGE]);
  /* The system call itself: a library may refuse on its own. The bits of prot are the kernel's. */
  const long result = syscall(SYS_mmap, at, bytes_of(op[A_MMAP_AT_NPAGES]), op[A_MMAP_AT_PROT], flags,
                              slot < 0 ? -1 : SELF->fds[slot], slot < 0 ? 0 : bytes_of(op[A_MMAP_AT_PGOFF]));
  return status_of(result);
}

int do_munmap(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  return status_of(munmap(RANGE(op)));
}

static int mremap_flags(int mode) {
  switch (mode) {
    case A_MREMAP_NONE:
      return 0;
    case A_MREMAP_MAYMOVE:
      return MREMAP_MAYMOVE;
    case A_MREMAP_FIXED:
      return MREMAP_MAYMOVE | MREMAP_FIXED;
    default:
      return MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP;
  }
}

int do_mremap(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  return status_of(syscall(SYS_mremap, page_at(op[A_MREMAP_AT_PAGE]), bytes_of(op[A_MREMAP_AT_NPAGES]),
                           bytes_of(op[A_MREMAP_AT_NEW_NPAGES]), mremap_flags(op[A_MREMAP_AT_MODE]),
                           page_at(op[A_MREMAP_AT_NEW_PAGE])));
}

int do_mprotect(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  return status_of(mprotect(RANGE(op), op[A_MPROTECT_AT_PROT]));
}

int do_madvise(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  return status_of(madvise(RANGE(op), A_ADVICE_VALUE[op[A_MADVISE_AT_ADVICE]]));
}

int do_mlock(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  return status_of(syscall(SYS_mlock2, RANGE(op), op[A_MLOCK_AT_FLAGS]));
}

int do_munlock(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  return status_of(munlock(RANGE(op)));
}

int do_mlockall(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  const int flags = op[A_MLOCKALL_AT_FLAGS];
  const int status = status_of(mlockall(flags));
  if (status) return status;
  if (flags & MCL_CURRENT) SELF->lock_current = 1;
  SELF->lock_future = (flags & MCL_FUTURE) != 0;
  return 0;
}

int do_munlockall(const int32_t *op, int32_t *value, int32_t *view) {
  (void)op, (void)value, (void)view;
  SELF->lock_current = SELF->lock_future = 0;
  return status_of(munlockall());
}

int do_mincore(const int32_t *op, int32_t *value, int32_t *view) {
  (void)view;
  unsigned char resident[A_MAX_RANGE];
  const int status = status_of(mincore(RANGE(op), resident));
  for (int i = 0; !status && i < op[A_MINCORE_AT_NPAGES]; i++) *value |= (resident[i] & 1) << i;
  return status;
}

int do_msync(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  return status_of(msync(RANGE(op), op[A_MSYNC_AT_FLAGS]));
}
