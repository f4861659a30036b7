/* Access by the kernel to the pages of another process. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent.h"
#include "baton.h"
#include "operations.h"
#include "privilege.h"

#define WORD_SIZE sizeof(int64_t)

static char *word_at(int page, int word) { return page_at(page) + A_WORD_BYTE[word]; }

static int status_of_transfer(ssize_t done) {
  if (done < 0) return -errno;
  return done == WORD_SIZE ? 0 : -EFAULT;
}

int do_vm_readv(const int32_t *op, int32_t *value, int32_t *view) {
  (void)view;
  const int word = op[A_VM_READV_AT_WORD];
  int64_t bytes = 0;
  const struct iovec here = {&bytes, WORD_SIZE}, there = {word_at(op[A_VM_READV_AT_PAGE], word), WORD_SIZE};
  const pid_t target = S->proc[op[A_VM_READV_AT_TARGET]].pid;
  const int status = status_of_transfer(process_vm_readv(target, &here, 1, &there, 1, 0));
  if (!status) *value = word_value(word, bytes);
  return status;
}

int do_vm_writev(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  int64_t bytes = op[A_VM_WRITEV_AT_VALUE];
  const struct iovec here = {&bytes, WORD_SIZE},
                     there = {word_at(op[A_VM_WRITEV_AT_PAGE], A_WORD_SCRATCH), WORD_SIZE};
  return status_of_transfer(
      process_vm_writev(S->proc[op[A_VM_WRITEV_AT_TARGET]].pid, &here, 1, &there, 1, 0));
}

/* One request to a target that is stopped for it; it sleeps until its turn, before and after. */
static int traced(int request, pid_t target, char *at, void *data) {
  if (ptrace(PTRACE_SEIZE, target, NULL, NULL)) return -errno;
  int stop = 0;
  if (ptrace(PTRACE_INTERRUPT, target, NULL, NULL) || waitpid(target, &stop, __WALL) != target ||
      !WIFSTOPPED(stop))
    broken("process %d does not stop for ptrace: errno %d, status %#x", (int)target, errno, (unsigned)stop);
  /* The system call, not the wrapper: that hands a word back as its result. */
  const int status = status_of(syscall(SYS_ptrace, request, target, at, data));
  if (ptrace(PTRACE_DETACH, target, NULL, NULL)) broken("PTRACE_DETACH: errno %d", errno);
  return status;
}

int do_ptrace_peek(const int32_t *op, int32_t *value, int32_t *view) {
  (void)view;
  const int word = op[A_PTRACE_PEEK_AT_WORD];
  int64_t bytes = 0;
  const int status = traced(PTRACE_PEEKDATA, S->proc[op[A_PTRACE_PEEK_AT_TARGET]].pid,
                            word_at(op[A_PTRACE_PEEK_AT_PAGE], word), &bytes);
  if (!status) *value = word_value(word, bytes);
  return status;
}

int do_ptrace_poke(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  return traced(PTRACE_POKEDATA, S->proc[op[A_PTRACE_POKE_AT_TARGET]].pid,
                word_at(op[A_PTRACE_POKE_AT_PAGE], A_WORD_SCRATCH),
                (void *)(intptr_t)op[A_PTRACE_POKE_AT_VALUE]);
}

static int open_memory(int target, int flags) {
  char path[32];
  snprintf(path, sizeof path, "/proc/%d/mem", (int)S->proc[target].pid);
  /* This check asks for the capabilities of the target among the effective ones (cap_ptrace_access_check()
   * with PTRACE_MODE_FSCREDS); `cap` is about CAP_IPC_LOCK and must not decide it. */
  effective_all();
  const int fd = open(path, flags | O_CLOEXEC);
  const int error = errno;
  effective_as_said();
  errno = error;
  return fd;
}

int do_mem_read(const int32_t *op, int32_t *value, int32_t *view) {
  (void)view;
  const int word = op[A_MEM_READ_AT_WORD];
  int64_t bytes = 0;
  const int fd = open_memory(op[A_MEM_READ_AT_TARGET], O_RDONLY);
  if (fd < 0) return -errno;
  const int status = status_of_transfer(
      pread(fd, &bytes, WORD_SIZE, (off_t)(uintptr_t)word_at(op[A_MEM_READ_AT_PAGE], word)));
  close(fd);
  if (!status) *value = word_value(word, bytes);
  return status;
}

int do_mem_write(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  const int64_t bytes = op[A_MEM_WRITE_AT_VALUE];
  const int fd = open_memory(op[A_MEM_WRITE_AT_TARGET], O_WRONLY);
  if (fd < 0) return -errno;
  const int status = status_of_transfer(
      pwrite(fd, &bytes, WORD_SIZE, (off_t)(uintptr_t)word_at(op[A_MEM_WRITE_AT_PAGE], A_WORD_SCRATCH)));
  close(fd);
  return status;
}
