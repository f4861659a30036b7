#define _GNU_SOURCE
#include "identity.h"

#include <stdio.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "agent.h"

/* Above the ranges that containers and user name spaces are given. */
#define FIRST_UID 0x80000000u
#define RANGES 16u
#define RANGE_UIDS (1u << 26)

static unsigned range_start, given, offset;

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
  if (holder < 0 || dup2(holder, IDENTITY_FD) < 0) return 0;
  close(holder);
  for (unsigned range = 0; range < RANGES; range++) {
    if (!name_bound(IDENTITY_FD, range)) continue;
    range_start = FIRST_UID + range * RANGE_UIDS;
    /* An earlier agent may have left something in the accounts of the first ones. */
    return getrandom(&offset, sizeof offset, 0) == sizeof offset;
  }
  return 0;
}

uid_t fresh_user(void) {
  if (!S->facts.privileged) return getuid();
  return range_start + (offset + given++) % RANGE_UIDS;
}
