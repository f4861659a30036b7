#define _GNU_SOURCE
#include "tree.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "agent.h"
#include "baton.h"

#define NS_PER_MS 1000000LL
/* How long a killed process may take to go: it may be freeing memory on a busy machine. */
#define KILL_MS 30000

/* A child's end must not fall between a look and the sleep that follows. */
static void on_child(int signo) {
  (void)signo;
  atomic_store(&S->wake[CONTROLLER], 1);
}

void ends_noticed(void) {
  const struct sigaction action = {.sa_handler = on_child, .sa_flags = SA_NOCLDSTOP | SA_RESTART};
  sigaction(SIGCHLD, &action, NULL);
}

pid_t next_end(int *status) { return waitpid(-1, status, WNOHANG); }

void rest_until_event(int limit_ms) { futex_sleep(&S->wake[CONTROLLER], 0, limit_ms * NS_PER_MS); }

int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / NS_PER_MS;
}

int tree_ended(pid_t first) {
  const int64_t start = now_ms();
  int status;
  /* All are in the group of the first one, which leads it unless it was too young. */
  kill(first, SIGKILL);
  kill(-first, SIGKILL);
  for (;;) {
    atomic_store(&S->wake[CONTROLLER], 0);
    while (next_end(&status) > 0) continue;
    /* With no child left waitpid() fails; 0 means that some live. */
    if (waitpid(-1, &status, WNOHANG) < 0 && errno == ECHILD) return 0;
    if (now_ms() - start > KILL_MS) return -1;
    rest_until_event(KILL_MS / 10);
  }
}
