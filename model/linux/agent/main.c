/* The agent: runs sequences of operations on this kernel for a host that sends them in frames. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent.h"
#include "executor.h"
#include "facts.h"
#include "guest.h"
#include "launch.h"
#include "program.h"
#include "programs.h"
#include "sequence.h"
#include "transport.h"
#include "tree.h"

/* The window must be the sequences' own, up to the shared memory in it. */
static void expect_window_free(void) {
  void *at = mmap((void *)ARENA_BASE, SHARED_BASE - ARENA_BASE, PROT_NONE,
                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (at != (void *)ARENA_BASE || munmap(at, SHARED_BASE - ARENA_BASE)) _exit(79);
}

static void share_memory(void) {
  expect_window_free();
  void *at = mmap((void *)SHARED_BASE, sizeof(struct shared), PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_FIXED_NOREPLACE, SHARED_FD, 0);
  if (at != (void *)SHARED_BASE) _exit(73);
}

/* The streams go where no sequence looks for descriptors. */
static void arrange_descriptors(void) {
  if (dup3(0, IN_FD, O_CLOEXEC) < 0 || dup3(1, OUT_FD, O_CLOEXEC) < 0) _exit(74);
  const int folder = open(".", O_RDONLY | O_DIRECTORY);
  if (folder < 0 || dup3(folder, FOLDER_FD, O_CLOEXEC) < 0) _exit(80);
  const int nothing = open("/dev/null", O_RDWR);
  if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(nothing, 1) < 0) _exit(75);
  if (syscall(SYS_close_range, 3, SHARED_FD - 1, 0)) _exit(78);
  const int memory = memfd_create(AGENT_NAME, 0);
  int ends[2];
  if (memory < 0 || ftruncate(memory, sizeof(struct shared)) || dup2(memory, SHARED_FD) < 0) _exit(76);
  close(memory);
  if (pipe2(ends, O_NONBLOCK) || dup2(ends[0], PIPE_READ_FD) < 0 || dup2(ends[1], PIPE_WRITE_FD) < 0)
    _exit(77);
  close(ends[0]);
  close(ends[1]);
}

static int greeted(struct limits *limits) {
  struct frame frame;
  const int32_t *hello;
  if (!frame_received(&frame, &hello)) return 0;
  if (frame.type != A_FRAME_HELLO || frame.bytes != A_FRAME_HELLO_INTS * (int)sizeof *hello ||
      hello[0] != A_FRAME_VERSION || hello[1] != A_HASH) {
    text_sent(A_FRAME_BROKEN, 0, "another version: this agent speaks protocol %d, alphabet %d",
              A_FRAME_VERSION, A_HASH);
    return 0;
  }
  *limits = (struct limits){hello[2], hello[3]};
  if (limits->operation_ms > 0 && limits->sequence_ms > 0) return 1;
  text_sent(A_FRAME_BROKEN, 0, "time limits of %d and %d ms", limits->operation_ms, limits->sequence_ms);
  return 0;
}

static void serve(const struct limits *limits) {
  struct frame frame;
  const int32_t *payload;
  while (frame_received(&frame, &payload)) {
    const char *why = frame.type == A_FRAME_RUN ? why_refused(payload, frame.bytes) : "not a RUN frame";
    if (why)
      text_sent(A_FRAME_REFUSED, frame.id, "%s", why);
    else if (sequence_run(frame.id, payload, limits))
      return;
  }
}

int main(int count, char **arguments) {
  if (count == 3 && strcmp(arguments[1], "resume") == 0) {
    share_memory();
    resume_after_exec(atoi(arguments[2]));
  }
  if (count >= 4 && strcmp(arguments[1], "launch") == 0) return launched(arguments[2], arguments + 3);
  if (count == 3 && strcmp(arguments[1], "guest") == 0) guest_started(arguments[2]);
  if (count == 3 && strcmp(arguments[1], "programs") == 0) programs_run(arguments[2]);
  struct limits limits;
  arrange_descriptors();
  share_memory();
  S->controller = getpid();
  prctl(PR_SET_NAME, AGENT_NAME);
  setgroups(0, NULL);
  ends_noticed();
  if (!greeted(&limits) || facts_found()) return 1;
  facts_sent();
  serve(&limits);
  return 0;
}
