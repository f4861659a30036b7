#define _GNU_SOURCE
#include "ballast.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent.h"
#include "baton.h"
#include "events.h"
#include "identity.h"
#include "privilege.h"

/* The controller's RLIMIT_MEMLOCK is 0 and CAP_IPC_LOCK not effective: what it maps is within a gift, or
 * fails. */

/* Room for the ballast of one user. */
#define BALLAST_AREA (1UL << 32)
#define BALLAST_BASE(user) ((char *)0x300000000000UL + (user) * BALLAST_AREA)
#define MOST_PAGES ((int)(BALLAST_AREA / A_PAGE_SIZE))

void gift_taken(void) {
  /* Agents of one user have the same program, in the same folder. */
  while (!S->facts.privileged && flock(FOLDER_FD, LOCK_EX) && errno == EINTR) continue;
}

void gift_left(void) { flock(FOLDER_FD, LOCK_UN); }

int gift_measured(void) {
  const uid_t user = fresh_user();
  int found[2];
  if (pipe(found)) return -errno;
  const pid_t child = fork();
  if (child == 0) {
    privileges_dropped(user, user);
    const int pages = map_greedily(BALLAST_BASE(0), MOST_PAGES);
    _exit(write(found[1], &pages, sizeof pages) != sizeof pages);
  }
  int pages = -ECHILD;
  close(found[1]);
  if (child < 0 || read(found[0], &pages, sizeof pages) != sizeof pages) pages = -ECHILD;
  close(found[0]);
  if (child > 0) waitpid(child, NULL, 0);
  return pages;
}

static int ballast_failed(int user, int wanted, int got) {
  snprintf(S->broken_text, sizeof S->broken_text, "no ballast of %d pages for user %u: %d", wanted,
           (unsigned)S->users[user], got);
  return -1;
}

int ballast_loaded(int user) {
  const int available = S->facts.privileged ? S->facts.gift : gift_measured();
  const int wanted = available - S->gift;
  if (wanted < 0) return ballast_failed(user, wanted, available);
  /* perf charges the user behind the real uid. */
  if (S->facts.privileged && syscall(SYS_setresuid, S->users[user], -1, -1))
    return ballast_failed(user, wanted, -errno);
  const int got = map_greedily(BALLAST_BASE(user), wanted);
  if (S->facts.privileged && syscall(SYS_setresuid, 0, -1, -1)) return ballast_failed(user, wanted, -errno);
  if (got != wanted) return ballast_failed(user, wanted, got);
  S->ballast[user] = 1;
  return 0;
}

void ballast_dropped(void) {
  for (int user = 0; user < A_USERS; user++) {
    if (S->ballast[user]) munmap(BALLAST_BASE(user), BALLAST_AREA);
    S->ballast[user] = 0;
  }
}
