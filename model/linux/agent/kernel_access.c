/* Access by the kernel, on behalf of this process and to its own pages. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <string.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "agent.h"
#include "operations.h"

#define WORD_SIZE sizeof(int64_t)
#define DIRECT_SIZE 512

static char *word_at(int page, int word) { return page_at(page) + A_WORD_BYTE[word]; }

/* Fewer bytes than asked, without an error, are what a bad address gives. */
static int status_of_transfer(ssize_t done, size_t asked) {
  if (done < 0) return -errno;
  return (size_t)done == asked ? 0 : -EFAULT;
}

int64_t drained_pipe(void) {
  int64_t word = 0, last = 0;
  while (read(PIPE_READ_FD, &word, WORD_SIZE) > 0) last = word;
  return last;
}

int do_read_into(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  const int64_t token = op[A_READ_INTO_AT_VALUE];
  if (write(PIPE_WRITE_FD, &token, WORD_SIZE) != WORD_SIZE) return -errno;
  const int status = status_of_transfer(
      read(PIPE_READ_FD, word_at(op[A_READ_INTO_AT_PAGE], A_WORD_SCRATCH), WORD_SIZE), WORD_SIZE);
  drained_pipe();
  return status;
}

int do_write_from(const int32_t *op, int32_t *value, int32_t *view) {
  (void)view;
  const int word = op[A_WRITE_FROM_AT_WORD];
  const int status =
      status_of_transfer(write(PIPE_WRITE_FD, word_at(op[A_WRITE_FROM_AT_PAGE], word), WORD_SIZE), WORD_SIZE);
  const int64_t bytes = drained_pipe();
  if (!status) *value = word_value(word, bytes);
  return status;
}

int do_vmsplice(const int32_t *op, int32_t *value, int32_t *view) {
  (void)view;
  const struct iovec from = {word_at(op[A_VMSPLICE_AT_PAGE], A_WORD_SCRATCH), WORD_SIZE};
  const int status = status_of_transfer(vmsplice(PIPE_WRITE_FD, &from, 1, 0), WORD_SIZE);
  const int64_t bytes = drained_pipe();
  if (!status) *value = word_value(A_WORD_SCRATCH, bytes);
  return status;
}

int do_futex(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  const int wait = op[A_FUTEX_AT_SCOPE] ? FUTEX_WAIT : FUTEX_WAIT_PRIVATE;
  /* Should the word hold this after all, the wait ends at once by its time-out, and shows. */
  const struct timespec now = {0, 1};
  return status_of(
      syscall(SYS_futex, word_at(op[A_FUTEX_AT_PAGE], A_WORD_SCRATCH), wait, INT32_MIN + 1, &now, NULL, 0));
}

static _Alignas(A_PAGE_SIZE) char block[DIRECT_SIZE];

int do_direct_write(const int32_t *op, int32_t *value, int32_t *view) {
  (void)view;
  if (!S->facts.direct) return A_UNOBSERVED;
  const char *from = word_at(op[A_DIRECT_WRITE_AT_PAGE], A_WORD_SCRATCH);
  int status = status_of_transfer(pwrite(DIRECT_FD, from, DIRECT_SIZE, 0), DIRECT_SIZE);
  if (status) return status;
  status = status_of_transfer(pread(DIRECT_FD, block, DIRECT_SIZE, 0), DIRECT_SIZE);
  if (!status) *value = word_value(A_WORD_SCRATCH, *(int64_t *)block);
  return status;
}

int do_direct_read(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  if (!S->facts.direct) return A_UNOBSERVED;
  memset(block, 0, sizeof block);
  *(int64_t *)block = op[A_DIRECT_READ_AT_VALUE];
  const int status = status_of_transfer(pwrite(DIRECT_FD, block, DIRECT_SIZE, 0), DIRECT_SIZE);
  if (status) return status;
  char *to = word_at(op[A_DIRECT_READ_AT_PAGE], A_WORD_SCRATCH);
  return status_of_transfer(pread(DIRECT_FD, to, DIRECT_SIZE, 0), DIRECT_SIZE);
}
