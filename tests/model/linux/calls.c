/* Does one system call under the agent's filter; the test looks at how this program ends. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent.h"
#include "seccomp.h"

static char *outside;

static void nothing(void) {}
static void munmap_arena(void) { munmap(page_at(0), A_PAGE_SIZE); }
static void mmap_arena(void) {
  mmap(page_at(0), A_PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
}
static void open_proc(void) { open("/proc/self/smaps", O_RDONLY | O_CLOEXEC); }
static void setuid_own(void) { syscall(SYS_setresuid, S->users[1], S->users[1], S->users[1]); }
static void fork_sibling(void) {
  if (syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, NULL) == 0) _exit(0);
}
static void pipe_write(void) { syscall(SYS_write, PIPE_WRITE_FD, "x", 1); }

static void munmap_outside(void) { munmap(outside, A_PAGE_SIZE); }
static void mmap_outside(void) {
  mmap(outside, A_PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
}
static void mmap_anywhere(void) { mmap(NULL, A_PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }
static void mprotect_code(void) { mprotect((void *)0x401000, A_PAGE_SIZE, PROT_READ | PROT_WRITE); }
static void madvise_outside(void) { madvise(outside, A_PAGE_SIZE, MADV_DONTNEED); }
static void mremap_outside(void) { syscall(SYS_mremap, outside, A_PAGE_SIZE, A_PAGE_SIZE, 0, NULL); }
static void create_file(void) { open("mapahead-test", O_RDWR | O_CREAT, 0600); }
static void setuid_root(void) { syscall(SYS_setresuid, 0, 0, 0); }
static void setuid_partly_root(void) { syscall(SYS_setresuid, S->users[0], S->users[1], 0); }
static void thread(void) { syscall(SYS_clone, CLONE_VM | SIGCHLD, NULL, NULL, NULL, NULL); }
static void kill_other(void) { kill(1, 0); }
static void open_socket(void) { socket(AF_UNIX, SOCK_STREAM, 0); }
static void perf_other(void) { syscall(SYS_perf_event_open, NULL, 1, -1, -1, 0); }
static void ioctl_other(void) { ioctl(0, PERF_EVENT_IOC_RESET, 0); }
static void prctl_other(void) { prctl(PR_SET_MM, 0, 0, 0, 0); }
static void nofile(void) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
}
/* The same numbers with this bit are the calls of another ABI. */
static void x32(void) { syscall(0x40000000 + SYS_read, -1, NULL, 0); }

static const struct {
  const char *name;
  void (*call)(void);
} CALLS[] = {
    {"nothing", nothing},
    {"munmap-arena", munmap_arena},
    {"mmap-arena", mmap_arena},
    {"open-proc", open_proc},
    {"setuid-own", setuid_own},
    {"fork", fork_sibling},
    {"pipe-write", pipe_write},
    {"munmap-outside", munmap_outside},
    {"mmap-outside", mmap_outside},
    {"mmap-anywhere", mmap_anywhere},
    {"mprotect-code", mprotect_code},
    {"madvise-outside", madvise_outside},
    {"mremap-outside", mremap_outside},
    {"create-file", create_file},
    {"setuid-root", setuid_root},
    {"setuid-partly-root", setuid_partly_root},
    {"thread", thread},
    {"kill", kill_other},
    {"socket", open_socket},
    {"perf-other", perf_other},
    {"ioctl-other", ioctl_other},
    {"prctl-other", prctl_other},
    {"nofile", nofile},
    {"x32", x32},
};

int main(int count, char **arguments) {
  outside = mmap(NULL, A_PAGE_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  void *shared = mmap((void *)SHARED_BASE, sizeof(struct shared), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  if (count != 2 || shared == MAP_FAILED) return 2;
  S->users[0] = S->users[1] = getuid() + 1;
  /* Only root may filter without this. */
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || calls_confined()) return 3;
  for (size_t i = 0; i < sizeof CALLS / sizeof CALLS[0]; i++) {
    if (strcmp(CALLS[i].name, arguments[1])) continue;
    CALLS[i].call();
    _exit(0);
  }
  return 4;
}
