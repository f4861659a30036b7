#define _GNU_SOURCE
#include "sequence.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "agent.h"
#include "ballast.h"
#include "baton.h"
#include "executor.h"
#include "guest.h"
#include "identity.h"
#include "newborn.h"
#include "operations.h"
#include "tree.h"
#include "transport.h"

static char ended[256];
static int sent_obs;

static void send_observations(int id) {
  const int most = A_FRAME_MAX_PAYLOAD / (int)sizeof S->obs[0];
  for (int left; (left = atomic_load(&S->obs_len) - sent_obs) > 0;) {
    const int count = left < most ? left : most;
    frame_sent(A_FRAME_OBS, id, &S->obs[sent_obs], (size_t)count * sizeof S->obs[0], NULL, 0);
    sent_obs += count;
  }
}

static int why_not(const char *reason) {
  snprintf(ended, sizeof ended, "%s", reason);
  return -1;
}

static int set_up(const int32_t *payload) {
  memset(S->proc, 0, sizeof S->proc);
  for (int i = 0; i < A_PROCS; i++)
    for (int fd = 0; fd < A_FDS; fd++) S->proc[i].fds[fd] = -1;
  S->gift = payload[0];
  S->rlimit = payload[1];
  S->eager = (payload[2] & A_FRAME_EAGER) != 0;
  S->nops = payload[3];
  memcpy(S->ops, payload + A_FRAME_RUN_INTS, (size_t)S->nops * A_OP_WIDTH * sizeof S->ops[0]);
  atomic_store(&S->step, 0);
  atomic_store(&S->obs_len, 0);
  atomic_store(&S->broken, 0);
  atomic_store(&S->request, REQUEST_NONE);
  atomic_store(&S->turn, CONTROLLER);
  for (int i = 0; i <= A_PROCS; i++) atomic_store(&S->wake[i], 0);
  ended[0] = 0;
  sent_obs = 0;
  for (int user = 0; user < A_USERS; user++)
    if ((S->users[user] = fresh_user()) == NO_USER) return why_not("no uids are free");
  /* A process may have been killed while it used it. */
  drained_pipe();
  gift_taken();
  return ballast_loaded(0) ? why_not(S->broken_text) : 0;
}

static int process_of(pid_t pid) {
  for (int i = 0; i < A_PROCS; i++)
    if (S->proc[i].pid == pid && (S->proc[i].alive || S->proc[i].exiting)) return i;
  return -1;
}

/* Let the process of the next operation act, if there is one. */
static void pass_on(void) {
  const int next = next_actor();
  if (next == CONTROLLER) atomic_store(&S->request, REQUEST_END);
  hand_to(next);
}

static const char *name_of(int step) {
  return step < S->nops ? A_NAME[S->ops[step * A_OP_WIDTH]] : "the end";
}

static void died(int proc, int status) {
  const int step = atomic_load(&S->step), by_signal = WIFSIGNALED(status);
  snprintf(ended, sizeof ended, "process %d %s %d at operation %d (%s)", proc,
           by_signal ? "was killed by signal" : "ended by itself with code",
           by_signal ? WTERMSIG(status) : WEXITSTATUS(status), step, name_of(step));
}

static void collect_ends(int id) {
  int status;
  for (pid_t pid; (pid = next_end(&status)) > 0;) {
    const int proc = process_of(pid);
    if (proc >= 0 && S->proc[proc].exiting) {
      S->proc[proc].exiting = 0;
      if (S->eager) send_observations(id);
      pass_on();
    } else if (!ended[0]) {
      died(proc, status);
    }
  }
}

/* What a process left for the controller to do; whether the sequence goes on. */
static int request_met(int id) {
  const int request = atomic_load(&S->request);
  if (request == REQUEST_END) return 0;
  if (request == REQUEST_BALLAST && ballast_loaded(1)) {
    why_not(S->broken_text);
    return 0;
  }
  if (request == REQUEST_FLUSH) send_observations(id);
  hand_to(S->asker);
  return 1;
}

/* When the sequence began, and when the operation at hand was first seen, in ms. */
struct clock {
  int64_t sequence, operation;
  int step;
};

static int operation_hangs(const struct limits *limits, struct clock *clock) {
  const int step = atomic_load(&S->step);
  if (step != clock->step) *clock = (struct clock){clock->sequence, now_ms(), step};
  if (now_ms() - clock->operation <= limits->operation_ms) return 0;
  snprintf(ended, sizeof ended, "operation %d (%s) did not end within %d ms", step, name_of(step),
           limits->operation_ms);
  return step < S->nops;
}

static int sequence_too_long(const struct limits *limits, const struct clock *clock) {
  if (now_ms() - clock->sequence <= limits->sequence_ms) return 0;
  snprintf(ended, sizeof ended, "the sequence did not end within %d ms", limits->sequence_ms);
  return 1;
}

/* Wait for the end of the sequence; whether an operation hangs. */
static int conducted(int id, const struct limits *limits) {
  struct clock clock = {now_ms(), now_ms(), 0};
  pass_on();
  for (;;) {
    atomic_store(&S->wake[CONTROLLER], 0);
    collect_ends(id);
    if (ended[0] || atomic_load(&S->broken)) return 0;
    if (atomic_load(&S->turn) == CONTROLLER) {
      if (!request_met(id)) return 0;
      continue;
    }
    if (operation_hangs(limits, &clock)) return 1;
    if (ended[0] || sequence_too_long(limits, &clock)) return 0;
    rest_until_event(limits->operation_ms / 4 + 1);
  }
}

int sequence_run(int id, const int32_t *payload, const struct limits *limits) {
  static const int32_t nothing[A_VIEW_PAGES];
  int hangs = 0;
  if (!set_up(payload)) {
    const pid_t first = newborn_started();
    if (first < 0) {
      text_sent(A_FRAME_BROKEN, id, "fork: errno %d", (int)-first);
      return -1;
    }
    hangs = conducted(id, limits);
    if (tree_ended(first)) {
      send_observations(id);
      text_sent(A_FRAME_STUCK, id, "%s, and cannot be killed", ended[0] ? ended : "a process does not end");
      return -1;
    }
  }
  ballast_dropped();
  gift_left();
  if (atomic_load(&S->broken)) {
    text_sent(A_FRAME_BROKEN, id, "operation %d: %s", atomic_load(&S->step), S->broken_text);
    return -1;
  }
  if (hangs) answer(A_HANG, 0, nothing);
  send_observations(id);
  end_of_sequence_logged(id);
  const int32_t steps = atomic_load(&S->step);
  frame_sent(A_FRAME_DONE, id, &steps, sizeof steps, ended, strlen(ended));
  return 0;
}
