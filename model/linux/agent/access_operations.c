/* Loads, stores, atomic operations and instruction fetch by the process itself. */
#include "agent.h"
#include "fault.h"
#include "operations.h"

static char *word_at(int page, int word) { return page_at(page) + A_WORD_BYTE[word]; }

int do_load(const int32_t *op, int32_t *value, int32_t *view) {
  (void)view;
  const int page = op[A_LOAD_AT_PAGE], word = op[A_LOAD_AT_WORD];
  int64_t bytes = 0;
  const int status = try_load(page_at(page), word_at(page, word), &bytes);
  if (!status) *value = word_value(word, bytes);
  return status;
}

int do_store(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  const int page = op[A_STORE_AT_PAGE], word = op[A_STORE_AT_WORD];
  return try_store(page_at(page), word_at(page, word), word_bytes(word, op[A_STORE_AT_VALUE]));
}

int do_xchg(const int32_t *op, int32_t *value, int32_t *view) {
  (void)view;
  const int page = op[A_XCHG_AT_PAGE];
  int64_t old = 0;
  const int status = try_exchange(page_at(page), word_at(page, A_WORD_SCRATCH), op[A_XCHG_AT_VALUE], &old);
  if (!status) *value = word_value(A_WORD_SCRATCH, old);
  return status;
}

int do_cas_fail(const int32_t *op, int32_t *value, int32_t *view) {
  (void)view;
  const int page = op[A_CAS_FAIL_AT_PAGE];
  int64_t old = 0;
  const int status = try_failing_cas(page_at(page), word_at(page, A_WORD_SCRATCH), &old);
  if (!status) *value = word_value(A_WORD_SCRATCH, old);
  return status;
}

int do_fetch(const int32_t *op, int32_t *value, int32_t *view) {
  (void)value, (void)view;
  return try_fetch(page_at(op[A_FETCH_AT_PAGE]));
}
