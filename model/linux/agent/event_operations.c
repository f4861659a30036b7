/* open, close, dup, set_output, record. */
#define _GNU_SOURCE
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent.h"
#include "events.h"
#include "operations.h"

int dummy_event(int flags, int group_fd, unsigned long open_flags) {
  struct perf_event_attr attr = {
      .type = PERF_TYPE_SOFTWARE,
      .size = sizeof attr,
      .config = PERF_COUNT_SW_DUMMY,
      .comm = 1,
      .exclude_kernel = 1,
      .inherit = (flags & A_OPEN_INHERIT) != 0,
      .write_backward = (flags & A_OPEN_BACKWARD) != 0,
  };
  const int cpu = flags & A_OPEN_CPU ? 0 : -1;
  return (int)syscall(SYS_perf_event_open, &attr, 0, cpu, group_fd, open_flags);
}

int do_open(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  const int output = op[A_OPEN_AT_OUTPUT];
  if (op[A_OPEN_AT_FLAGS] & A_OPEN_AUX) return A_UNOBSERVED;
  const int fd = output < 0 ? dummy_event(op[A_OPEN_AT_FLAGS], -1, 0)
                            : dummy_event(op[A_OPEN_AT_FLAGS], SELF->fds[output],
                                          PERF_FLAG_FD_OUTPUT | PERF_FLAG_FD_NO_GROUP);
  if (fd >= 0) SELF->fds[op[A_OPEN_AT_FD]] = fd;
  return status_of(fd);
}

int do_close(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  const int fd = SELF->fds[op[A_CLOSE_AT_FD]];
  SELF->fds[op[A_CLOSE_AT_FD]] = -1;
  return status_of(close(fd));
}

int do_dup(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  const int fd = dup(SELF->fds[op[A_DUP_AT_FD]]);
  if (fd >= 0) SELF->fds[op[A_DUP_AT_NEWFD]] = fd;
  return status_of(fd);
}

int do_set_output(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  const int target = op[A_SET_OUTPUT_AT_TARGET];
  /* The kernel compares all 64 bits with -1: an int would arrive as 0xffffffff, a bad descriptor. */
  const long to = target < 0 ? -1 : SELF->fds[target];
  return status_of(ioctl(SELF->fds[op[A_SET_OUTPUT_AT_FD]], PERF_EVENT_IOC_SET_OUTPUT, to));
}

int do_record(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  for (int i = 0; i < op[A_RECORD_AT_COUNT]; i++)
    if (prctl(PR_SET_NAME, AGENT_NAME)) return status_of(-1);
  return 0;
}
