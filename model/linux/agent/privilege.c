#define _GNU_SOURCE
#include "privilege.h"

#include <errno.h>
#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent.h"
#include "baton.h"

#define LOCK (1u << CAP_IPC_LOCK)
#define IDENTITY (1u << CAP_SETUID)

static void set_capabilities(unsigned permitted, unsigned effective, unsigned inheritable) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  const struct __user_cap_data_struct data[2] = {
      {.effective = effective, .permitted = permitted, .inheritable = inheritable}};
  if (syscall(SYS_capset, &header, data)) broken("capset %#x: errno %d", effective, errno);
}

static void set_effective(unsigned effective) {
  set_capabilities(LOCK | IDENTITY, effective, LOCK | IDENTITY);
}

void charged_like_any_user(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  struct __user_cap_data_struct data[2];
  struct rlimit locked;
  if (syscall(SYS_capget, &header, data)) broken("capget: errno %d", errno);
  data[0].effective &= ~LOCK;
  if (syscall(SYS_capset, &header, data)) broken("capset: errno %d", errno);
  getrlimit(RLIMIT_MEMLOCK, &locked);
  locked.rlim_cur = 0;
  setrlimit(RLIMIT_MEMLOCK, &locked);
}

void effective_all(void) {
  if (S->facts.privileged) set_effective(LOCK | IDENTITY);
}

void effective_as_said(void) {
  if (S->facts.privileged) set_effective(SELF->cap ? LOCK : 0);
}

void die_with_controller(void) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  /* It may have died before. */
  if (getppid() != S->controller) _exit(71);
}

static void set_ambient(int capability) {
  if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0))
    broken("ambient capability: errno %d", errno);
}

void privileges_dropped(uid_t user, gid_t group) {
  if (S->facts.privileged) {
    if (prctl(PR_SET_KEEPCAPS, 1) || syscall(SYS_setresgid, group, group, group) ||
        syscall(SYS_setresuid, user, user, user))
      broken("cannot become user %u: errno %d", (unsigned)user, errno);
    set_effective(0);
    set_ambient(CAP_IPC_LOCK);
    set_ambient(CAP_SETUID);
    prctl(PR_SET_KEEPCAPS, 0);
  } else {
    set_capabilities(0, 0, 0);
  }
  prctl(PR_SET_DUMPABLE, 1);
#ifdef PR_SET_PTRACER
  /* Without Yama there is no such option, and no need of it. */
  prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
#endif
  die_with_controller();
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) broken("no_new_privs: errno %d", errno);
}

int become(uid_t user) {
  set_effective(IDENTITY | (SELF->cap ? LOCK : 0));
  const int result = (int)syscall(SYS_setresuid, user, user, user);
  const int error = errno;
  effective_as_said();
  /* setresuid makes a process undumpable, that is, closed to ptrace. */
  prctl(PR_SET_DUMPABLE, 1);
  die_with_controller();
  errno = error;
  return result;
}
