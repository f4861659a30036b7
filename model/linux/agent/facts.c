#define _GNU_SOURCE
#include "facts.h"

#include <cpuid.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/magic.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent.h"
#include "ballast.h"
#include "events.h"
#include "identity.h"
#include "privilege.h"
#include "transport.h"

static int number_in(const char *path, int otherwise) {
  char text[32] = "";
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return otherwise;
  const ssize_t got = read(fd, text, sizeof text - 1);
  close(fd);
  return got > 0 ? atoi(text) : otherwise;
}

/* CPUID leaf 7: ECX bit 4 (OSPKE) says that the kernel uses protection keys. */
static int has_protection_keys(void) {
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
  return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (ecx & 1 << 4);
}

static int advice_known(int advice) {
  char *page = mmap(NULL, A_PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  const int known = page != MAP_FAILED && madvise(page, A_PAGE_SIZE, advice) == 0;
  munmap(page, A_PAGE_SIZE);
  return known;
}

/* A file for O_DIRECT in the agent's own folder, with no name. tmpfs takes the flag, but copies. */
static int direct_file_opened(void) {
  static _Alignas(A_PAGE_SIZE) char page[A_PAGE_SIZE];
  struct statfs about;
  const int fd = open(".", O_TMPFILE | O_RDWR | O_DIRECT, 0600);
  if (fd < 0) return 0;
  if (fstatfs(fd, &about) == 0 && about.f_type != TMPFS_MAGIC && about.f_type != RAMFS_MAGIC &&
      pwrite(fd, page, sizeof page, 0) == sizeof page && pwrite(fd, page, 512, 0) == 512 &&
      dup2(fd, DIRECT_FD) == DIRECT_FD) {
    close(fd);
    return 1;
  }
  close(fd);
  return 0;
}

/* Name of a PMU that has AUX buffers, or "none". */
static void find_aux(char *name, size_t size) {
  static const char *const KNOWN[] = {"intel_pt", "intel_bts", "arm_spe", "cs_etm", "hisi_ptt"};
  DIR *devices = opendir("/sys/bus/event_source/devices");
  snprintf(name, size, "none");
  if (!devices) return;
  for (struct dirent *entry; (entry = readdir(devices));)
    for (size_t i = 0; i < sizeof KNOWN / sizeof KNOWN[0]; i++)
      if (strncmp(entry->d_name, KNOWN[i], strlen(KNOWN[i])) == 0)
        snprintf(name, size, "%.63s", entry->d_name);
  closedir(devices);
}

/* Whether root here can become a user that nobody is: not so in many user name spaces. */
static int can_become_another(void) {
  const uid_t user = fresh_user();
  const pid_t child = fork();
  if (child == 0) _exit(setgroups(0, NULL) || setresgid(user, user, user) || setresuid(user, user, user));
  int status = -1;
  waitpid(child, &status, 0);
  return status == 0;
}

static int pinned_to_first_cpu(void) {
  cpu_set_t first;
  CPU_ZERO(&first);
  CPU_SET(0, &first);
  return sched_setaffinity(0, sizeof first, &first) == 0;
}

/* NULL, or why no sequence can run here. */
static const char *why_not(void) {
  struct facts *facts = &S->facts;
  static char reason[160];
  if (!pinned_to_first_cpu()) return "CPU 0 may not be used here";
  facts->privileged = facts->uid == 0;
  if (facts->privileged && !identities_taken()) return "no uids are free: too many agents run here";
  if (facts->privileged && !can_become_another())
    return "root cannot become another user here: run it as an ordinary user";
  /* While one event is open, the kernel does not patch its code at each first and last one. */
  const int keep = dummy_event(0, -1, 0);
  if (keep < 0) {
    snprintf(reason, sizeof reason, "perf_event_open is denied (errno %d): kernel.perf_event_paranoid is %d",
             errno, facts->paranoid);
    return reason;
  }
  dup2(keep, KEEP_FD);
  close(keep);
  charged_like_any_user();
  gift_taken();
  facts->gift = gift_measured();
  gift_left();
  if (facts->gift >= 0) return NULL;
  snprintf(reason, sizeof reason,
           "an ordinary user cannot map perf buffers here (errno %d): kernel.perf_event_paranoid is %d",
           -facts->gift, facts->paranoid);
  return reason;
}

int facts_found(void) {
  struct facts *facts = &S->facts;
  struct utsname name;
  uname(&name);
  snprintf(facts->release, sizeof facts->release, "%.127s", name.release);
  snprintf(facts->build, sizeof facts->build, "%.71s", name.version);
  facts->uid = (int)getuid();
  facts->cpus = (int)sysconf(_SC_NPROCESSORS_ONLN);
  facts->paranoid = number_in("/proc/sys/kernel/perf_event_paranoid", 4);
  facts->mlock_kb = number_in("/proc/sys/kernel/perf_event_mlock_kb", 0);
  facts->pku = has_protection_keys();
  facts->thp = advice_known(MADV_HUGEPAGE);
  facts->ksm = advice_known(MADV_MERGEABLE);
  find_aux(facts->aux, sizeof facts->aux);
  facts->direct = direct_file_opened();
  const char *why = why_not();
  if (why) text_sent(A_FRAME_BROKEN, 0, "%s", why);
  return why ? -1 : 0;
}

void facts_sent(void) {
  const struct facts *facts = &S->facts;
  text_sent(A_FRAME_FACTS, 0,
            "release=%s\nbuild=%s\ncpus=%d\nparanoid=%d\nmlock_kb=%d\nuid=%d\nprivileged=%d\npku=%d\nthp=%d\nksm=%d\n"
            "direct=%d\ngift=%d\naux=%s\nstatic=%d\n",
            facts->release, facts->build, facts->cpus, facts->paranoid, facts->mlock_kb, facts->uid, facts->privileged,
            facts->pku, facts->thp, facts->ksm, facts->direct, facts->gift, facts->aux,
#ifdef AGENT_STATIC
            1
#else
            0
#endif
  );
}
