#define _GNU_SOURCE
#include "newborn.h"

#include <errno.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent.h"
#include "baton.h"
#include "executor.h"
#include "fault.h"
#include "privilege.h"
#include "seccomp.h"

/* What no sequence needs, should the agent be wrong somewhere. */
#define MOST_CPU_SECONDS 120
#define MOST_FILE_BYTES 4096

static void limit(int resource, rlim_t soft, rlim_t hard) {
  const struct rlimit both = {soft, hard};
  if (setrlimit(resource, &both)) broken("setrlimit %d: errno %d", resource, errno);
}

static void limits_set(void) {
  struct rlimit locked;
  getrlimit(RLIMIT_MEMLOCK, &locked);
  const rlim_t hard = S->facts.privileged ? bytes_of(A_RLIMIT_PAGES_MAX) : locked.rlim_max;
  limit(RLIMIT_MEMLOCK, bytes_of(S->rlimit), hard);
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_CPU, MOST_CPU_SECONDS, MOST_CPU_SECONDS);
  limit(RLIMIT_FSIZE, MOST_FILE_BYTES, MOST_FILE_BYTES);
}

static _Noreturn void grow_up(void) {
  me = 0;
  /* Theirs are the controller's own: streams, the event that is kept open, the names of its uids. */
  syscall(SYS_close_range, IN_FD, ~0U, 0);
  if (setsid() < 0) broken("setsid: errno %d", errno);
  faults_caught();
  limits_set();
  privileges_dropped(S->users[0], S->users[0]);
  if (calls_confined()) broken("seccomp: errno %d", errno);
  take_part();
}

pid_t newborn_started(void) {
  S->proc[0].alive = 1;
  const pid_t pid = fork();
  if (pid == 0) grow_up();
  if (pid < 0) return -errno;
  S->proc[0].pid = pid;
  return pid;
}
