#define _GNU_SOURCE
#include "identity.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "agent.h"

/* Above the ranges that containers and user name spaces are given. */
#define FIRST_UID 0x70000000u
#ifndef RANGES
#define RANGES 128u
#define RANGE_UIDS (1u << 24)
#endif

static unsigned next_range, range_start, given, offset;

/* A name that vanishes with the agent that holds it. */
static int name_bound(int socket_fd, unsigned range) {
  struct sockaddr_un name = {.sun_family = AF_UNIX};
  /* The first byte stays 0: the name is in no file system. */
  const int length = snprintf(name.sun_path + 1, sizeof name.sun_path - 1, "mapahead-uids-%u", range);
  const socklen_t bytes = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length);
  return bind(socket_fd, (struct sockaddr *)&name, bytes) == 0;
}

int identities_taken(void) {
  const int holder = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  const int kept = fcntl(holder, F_DUPFD_CLOEXEC, LAST_FD);
  close(holder);
  for (; next_range < RANGES; next_range++) {
    if (!name_bound(kept, next_range)) continue;
    range_start = FIRST_UID + next_range++ * RANGE_UIDS;
    given = 0;
    /* An earlier agent may have left something in the accounts of the first ones. */
    return getrandom(&offset, sizeof offset, 0) == sizeof offset;
  }
  close(kept);
  return 0;
}

uid_t fresh_user(void) {
  if (!S->facts.privileged) return getuid();
  if (given == RANGE_UIDS && !identities_taken()) return NO_USER;
  return range_start + (offset + given++) % RANGE_UIDS;
}
