#include "program.h"

#include <stdio.h>

#include "agent.h"

static char reason[160];

static const char *why_operation_refused(const int32_t *op, int at) {
  if (op[0] < 0 || op[0] >= A_KINDS) {
    snprintf(reason, sizeof reason, "operation %d: kind %d is not known", at, op[0]);
    return reason;
  }
  if (op[1] < 0 || op[1] >= A_PROCS) {
    snprintf(reason, sizeof reason, "operation %d (%s): process %d", at, A_NAME[op[0]], op[1]);
    return reason;
  }
  for (int i = 0; i < A_OPERANDS[op[0]]; i++) {
    if (op[2 + i] >= A_MIN[op[0]][i] && op[2 + i] <= A_MAX[op[0]][i]) continue;
    snprintf(reason, sizeof reason, "operation %d (%s): operand %d is %d, outside of %d to %d", at,
             A_NAME[op[0]], i, op[2 + i], A_MIN[op[0]][i], A_MAX[op[0]][i]);
    return reason;
  }
  return NULL;
}

const char *why_refused(const int32_t *payload, int bytes) {
  const int ints = bytes / (int)sizeof(int32_t);
  if (ints < A_FRAME_RUN_INTS) return "too short for a program";
  const int gift = payload[0], rlimit = payload[1], flags = payload[2], nops = payload[3];
  if (nops < 0 || nops > A_FRAME_MAX_STEPS || ints != A_FRAME_RUN_INTS + nops * A_OP_WIDTH) {
    snprintf(reason, sizeof reason, "%d operations do not make %d bytes", nops, bytes);
    return reason;
  }
  if (gift < A_GIFT_PAGES_MIN || gift > A_GIFT_PAGES_MAX || rlimit < A_RLIMIT_PAGES_MIN ||
      rlimit > A_RLIMIT_PAGES_MAX || (flags & ~A_FRAME_EAGER)) {
    snprintf(reason, sizeof reason, "gift %d, rlimit %d, flags %#x", gift, rlimit, (unsigned)flags);
    return reason;
  }
  for (int i = 0; i < nops; i++) {
    const char *why = why_operation_refused(payload + A_FRAME_RUN_INTS + i * A_OP_WIDTH, i);
    if (why) return why;
  }
  return NULL;
}
