#define _GNU_SOURCE
#include "baton.h"

#include <linux/futex.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "agent.h"

void futex_sleep(_Atomic int *word, int value, int64_t limit_ns) {
  struct timespec limit = {limit_ns / 1000000000, limit_ns % 1000000000};
  syscall(SYS_futex, word, FUTEX_WAIT, value, limit_ns ? &limit : NULL, NULL, 0);
}

void futex_rouse(_Atomic int *word) { syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0); }

void hand_to(int who) {
  atomic_store(&S->turn, who);
  atomic_store(&S->wake[who], 1);
  futex_rouse(&S->wake[who]);
}

void wait_for_turn(void) {
  for (;;) {
    atomic_store(&S->wake[me], 0);
    if (atomic_load(&S->turn) == me) return;
    futex_sleep(&S->wake[me], 0, 0);
  }
}

void ask_controller(int request) {
  S->asker = me;
  atomic_store(&S->request, request);
  hand_to(CONTROLLER);
  wait_for_turn();
}

void broken(const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(S->broken_text, sizeof S->broken_text, format, args);
  va_end(args);
  atomic_store(&S->broken, 1);
  _exit(70);
}
