#include "executor.h"

#include <string.h>
#include <unistd.h>

#include "agent.h"
#include "baton.h"
#include "fault.h"
#include "operations.h"
#include "privilege.h"
#include "skip.h"

int me;

static const int32_t *operation_at_hand(void) { return &S->ops[atomic_load(&S->step) * A_OP_WIDTH]; }

static int view_length(int kind) { return kind == A_OP_MAPS ? A_VIEW_PAGES : kind == A_OP_STATUS ? 2 : 0; }

void answer(int32_t status, int32_t value, const int32_t *view) {
  const int at = atomic_load(&S->obs_len), length = view_length(operation_at_hand()[0]);
  S->obs[at] = status;
  S->obs[at + 1] = value;
  memcpy(&S->obs[at + A_OBS_VIEW], view, (size_t)length * sizeof *view);
  atomic_store(&S->obs_len, at + A_OBS_VIEW + length);
  atomic_fetch_add(&S->step, 1);
}

int next_actor(void) {
  static const int32_t nothing[A_VIEW_PAGES];
  while (atomic_load(&S->step) < S->nops) {
    const int32_t *op = operation_at_hand();
    if (S->proc[op[1]].alive) return op[1];
    answer(A_SKIP, 0, nothing);
  }
  return CONTROLLER;
}

/* Have the answer sent before anything else is done, where the kernel may not live to the end. */
static void flush(void) {
  if (S->eager) ask_controller(REQUEST_FLUSH);
}

static void act(void) {
  int32_t value = 0, view[A_VIEW_PAGES] = {0};
  const int32_t *op = operation_at_hand();
  const int32_t status = names_missing(op) ? A_SKIP : OPERATION[op[0]](op, &value, view);
  answer(status, value, view);
  /* The controller waits for the end of this process, and only then lets the next one act. */
  if (SELF->exiting) _exit(0);
  flush();
}

void take_part(void) {
  for (;;) {
    wait_for_turn();
    int next;
    while ((next = next_actor()) == me) act();
    if (next == CONTROLLER) atomic_store(&S->request, REQUEST_END);
    hand_to(next);
  }
}

void resume_after_exec(int who) {
  static const int32_t nothing[A_VIEW_PAGES];
  me = who;
  effective_as_said();
  die_with_controller();
  faults_caught();
  SELF->lock_current = SELF->lock_future = 0;
  answer(0, 0, nothing);
  flush();
  take_part();
}
