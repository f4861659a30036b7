#define _GNU_SOURCE
#include "launch.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

int launched(const char *parent, char **arguments) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  /* It may have ended before. */
  if (getppid() != atoi(parent)) return 83;
  execvp(arguments[0], arguments);
  fprintf(stderr, "%s: %s\n", arguments[0], strerror(errno));
  return 127;
}
