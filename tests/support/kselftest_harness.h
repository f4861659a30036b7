/*
 * A small stand-in for the kernel's tools/testing/selftests/kselftest_harness.h: one fixture, one test, the macros that a test
 * for the kernel's tree uses, and the exit codes of kselftest.h.
 */
#include <stdio.h>
#include <stdlib.h>

struct harness_test {
  int skipped;
};

#define FIXTURE(name) struct fixture_##name
#define FIXTURE_SETUP(name) static void setup_##name(struct harness_test *harness, struct fixture_##name *self)
#define FIXTURE_TEARDOWN(name) static void teardown_##name(struct fixture_##name *self __attribute__((unused)))
#define SKIP(statement, ...) \
  do {                       \
    printf(__VA_ARGS__);     \
    harness->skipped = 1;    \
    statement;               \
  } while (0)
#define TEST_F(fixture, name)                                                          \
  static void name(struct fixture_##fixture *self);                                    \
  static void harness_run(void) {                                                      \
    struct harness_test harness = {0};                                                 \
    struct fixture_##fixture self = {0};                                               \
    setup_##fixture(&harness, &self);                                                  \
    if (harness.skipped) exit(4);                                                      \
    name(&self);                                                                       \
    teardown_##fixture(&self);                                                         \
  }                                                                                    \
  static void name(struct fixture_##fixture *self)
/* What stands behind it runs when they are not equal. */
#define ASSERT_EQ(expected, seen) for (int harness_wrong = (expected) != (seen); harness_wrong; exit(1))
#define TH_LOG(...) printf(__VA_ARGS__)
#define TEST_HARNESS_MAIN \
  int main(void) {        \
    harness_run();        \
    return 0;             \
  }
