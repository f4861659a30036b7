#define _GNU_SOURCE
#include "seccomp.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/perf_event.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent.h"

#define LOW(n) offsetof(struct seccomp_data, args[n])
#define HIGH(n) (offsetof(struct seccomp_data, args[n]) + 4)

#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define IF_EQUAL(value, then, otherwise) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (then), (otherwise))
#define IF_BITS(value, then, otherwise) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (value), (then), (otherwise))

/* Each of these answers when the number of the call, which is loaded, is this one. */
#define ANY_USE(call) IF_EQUAL(SYS_##call, 0, 1), ALLOW
/* Only with this value of the argument. */
#define WITH(call, argument, value) \
  IF_EQUAL(SYS_##call, 0, 4), LOAD(LOW(argument)), IF_EQUAL((uint32_t)(value), 0, 1), ALLOW, KILL
/* Only without any of these bits. */
#define WITHOUT(call, argument, bits) \
  IF_EQUAL(SYS_##call, 0, 4), LOAD(LOW(argument)), IF_BITS((uint32_t)(bits), 1, 0), ALLOW, KILL
/* Only on addresses of the window that holds the arena. */
#ifdef AGENT_STATIC
#define IN_WINDOW(call) IF_EQUAL(SYS_##call, 0, 4), LOAD(HIGH(0)), IF_EQUAL(WINDOW_HIGH, 0, 1), ALLOW, KILL
#else
/* The dynamic loader maps libraries where it likes. */
#define IN_WINDOW(call) ANY_USE(call)
#endif

/* An argument that must be a user of the sequence. */
#define USER(argument) LOAD(LOW(argument)), IF_EQUAL(S->users[0], 2, 0), IF_EQUAL(S->users[1], 1, 0), KILL

#define CREATING (O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY))

int calls_confined(void) {
  const struct sock_filter filter[] = {
      LOAD(offsetof(struct seccomp_data, arch)),
      IF_EQUAL(AUDIT_ARCH_X86_64, 1, 0),
      KILL,
      LOAD(offsetof(struct seccomp_data, nr)),
      ANY_USE(futex),
      ANY_USE(read),
      ANY_USE(write),
      ANY_USE(close),
      IN_WINDOW(munmap),
      IN_WINDOW(mremap),
      IN_WINDOW(madvise),
      IN_WINDOW(mlock2),
      IN_WINDOW(munlock),
      IN_WINDOW(mincore),
      IN_WINDOW(msync),
      IN_WINDOW(mmap),
#ifdef AGENT_STATIC
      /* At its start a program makes a part of itself read-only. */
      IF_EQUAL(SYS_mprotect, 0, 7),
      LOAD(HIGH(0)),
      IF_EQUAL(WINDOW_HIGH, 3, 0),
      IF_EQUAL(0, 0, 3),
      LOAD(LOW(2)),
      IF_EQUAL(PROT_READ, 0, 1),
      ALLOW,
      KILL,
#else
      ANY_USE(mprotect),
#endif
      WITH(perf_event_open, 1, 0),
      ANY_USE(dup),
      WITH(ioctl, 1, PERF_EVENT_IOC_SET_OUTPUT),
      IF_EQUAL(SYS_prctl, 0, 7),
      LOAD(LOW(0)),
      IF_EQUAL(PR_SET_NAME, 4, 0),
      IF_EQUAL(PR_SET_DUMPABLE, 3, 0),
      IF_EQUAL(PR_SET_PDEATHSIG, 2, 0),
      IF_EQUAL(PR_GET_DUMPABLE, 1, 0),
      KILL,
      ALLOW,
      ANY_USE(mlockall),
      ANY_USE(munlockall),
      ANY_USE(pread64),
      ANY_USE(pwrite64),
      ANY_USE(process_vm_readv),
      ANY_USE(process_vm_writev),
      ANY_USE(ptrace),
      ANY_USE(wait4),
      ANY_USE(vmsplice),
      WITHOUT(openat, 2, CREATING),
      WITH(clone, 0, CLONE_PARENT | SIGCHLD),
      IF_EQUAL(SYS_setresuid, 0, 13),
      USER(0),
      USER(1),
      USER(2),
      ALLOW,
      ANY_USE(capset),
      IF_EQUAL(SYS_prlimit64, 0, 5),
      LOAD(LOW(1)),
      IF_EQUAL(RLIMIT_MEMLOCK, 1, 0),
      IF_EQUAL(RLIMIT_STACK, 0, 1),
      ALLOW,
      KILL,
      ANY_USE(exit),
      ANY_USE(exit_group),
      ANY_USE(execve),
      ANY_USE(getppid),
      ANY_USE(getpid),
      ANY_USE(restart_syscall),
      ANY_USE(rt_sigaction),
      ANY_USE(rt_sigprocmask),
      ANY_USE(rt_sigreturn),
      ANY_USE(sigaltstack),
      /* What the C library asks at the start of a program. */
      ANY_USE(brk),
      ANY_USE(arch_prctl),
      ANY_USE(set_tid_address),
      ANY_USE(set_robust_list),
      ANY_USE(rseq),
      ANY_USE(readlink),
      ANY_USE(readlinkat),
      ANY_USE(getrandom),
#ifndef AGENT_STATIC
      ANY_USE(newfstatat),
      ANY_USE(fstat),
      ANY_USE(access),
#endif
      KILL,
  };
  const struct sock_fprog program = {sizeof filter / sizeof filter[0], (struct sock_filter *)filter};
  return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}
