/* fork, exit, exec, setuid, and the limits. */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent.h"
#include "baton.h"
#include "executor.h"
#include "operations.h"
#include "privilege.h"

int do_fork(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  const int child = op[A_FORK_AT_CHILD];
  struct process *entry = &S->proc[child];
  *entry = *SELF;
  /* Locks are not inherited. */
  entry->lock_current = entry->lock_future = 0;
  atomic_store(&S->ready, 0);
  /* CLONE_PARENT: a child of the controller, like all of them, so that it dies with the controller and the
   * controller can wait for it whoever has gone before. */
  const long pid = syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, NULL);
  if (pid == 0) {
    me = child;
    die_with_controller();
    atomic_store(&S->ready, 1);
    futex_rouse(&S->ready);
    take_part();
  }
  if (pid < 0) {
    entry->alive = 0;
    return -errno;
  }
  entry->pid = (pid_t)pid;
  while (!atomic_load(&S->ready)) futex_sleep(&S->ready, 0, 0);
  return 0;
}

int do_exit(const int32_t *op, int32_t *value, int32_t *view) {
  (void)op, (void)value, (void)view;
  SELF->alive = 0;
  SELF->exiting = 1;
  return 0;
}

int do_exec(const int32_t *op, int32_t *value, int32_t *view) {
  (void)op, (void)value, (void)view;
  char who[4];
  snprintf(who, sizeof who, "%d", me);
  char *const arguments[] = {AGENT_NAME, "resume", who, NULL}, *const environment[] = {NULL};
  /* The agent works in the folder that its program lies in. The new program answers the operation. */
  execve(AGENT_NAME, arguments, environment);
  return -errno;
}

int do_setuid(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  if (!S->facts.privileged) return A_UNOBSERVED;
  const int user = op[A_SETUID_AT_USER];
  if (!S->ballast[user]) ask_controller(REQUEST_BALLAST);
  const int status = status_of(become(S->users[user]));
  if (!status) SELF->user = user;
  return status;
}

int do_cap(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  if (!S->facts.privileged) return A_UNOBSERVED;
  SELF->cap = op[A_CAP_AT_ON];
  effective_as_said();
  return 0;
}

int do_rlimit(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  struct rlimit limit;
  if (getrlimit(RLIMIT_MEMLOCK, &limit)) return -errno;
  limit.rlim_cur = bytes_of(op[A_RLIMIT_AT_PAGES]);
  /* More than the hard limit of an unprivileged agent cannot be had. */
  if (limit.rlim_cur > limit.rlim_max) return A_UNOBSERVED;
  return status_of(setrlimit(RLIMIT_MEMLOCK, &limit));
}

int do_gift(const int32_t *op, int32_t *value, int32_t *view) {
  (void)op, (void)value, (void)view;
  return A_UNOBSERVED;
}

/* A real kernel's allocations are not ours to fail. */
int do_inject(const int32_t *op, int32_t *value, int32_t *view) {
  (void)op, (void)value, (void)view;
  return A_UNOBSERVED;
}
