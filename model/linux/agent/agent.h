/* What the parts of the agent share: the layout of the memory between its processes, and their state. */
#ifndef AGENT_H
#define AGENT_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "alphabet.h"

/* Where things are in every process of a sequence. Nothing else lives in these 4 GB (see seccomp.c). */
#define ARENA_BASE 0x200000000000UL
#define HEADROOM_BASE 0x200010000000UL
#define SHARED_BASE 0x200040000000UL
#define WINDOW_HIGH (ARENA_BASE >> 32)

/* Descriptors that outlive exec. Those of a sequence are lower: the kernel gives the lowest free number. */
enum { SHARED_FD = 90, PIPE_READ_FD, PIPE_WRITE_FD, DIRECT_FD, IN_FD, OUT_FD, KEEP_FD, FOLDER_FD, LOG_FD, LAST_FD };

#define AGENT_NAME "mapahead-agent0"
#define CONTROLLER A_PROCS

enum request { REQUEST_NONE, REQUEST_END, REQUEST_EXIT, REQUEST_BALLAST, REQUEST_FLUSH };

/* A process of the sequence, as the agent needs it beside what the kernel knows. */
struct process {
  int alive;
  int exiting;
  pid_t pid;
  int user;
  int cap;
  int lock_current;
  int lock_future;
  int fds[A_FDS];
};

/* Facts that do not change while the agent lives. */
struct facts {
  int cpus, paranoid, mlock_kb, uid, privileged, pku, thp, ksm, direct, gift;
  char release[128];
  char build[72];
  char aux[64];
};

struct shared {
  struct facts facts;
  pid_t controller;
  uid_t users[A_USERS];
  struct process proc[A_PROCS];
  /* The baton: who may act, and a futex word for each to sleep on. */
  _Atomic int turn;
  _Atomic int wake[A_PROCS + 1];
  _Atomic int request;
  int asker;
  /* A forked process is ready for its first turn. */
  _Atomic int ready;
  int ballast[A_USERS];
  int eager;
  int gift, rlimit;
  int nops;
  _Atomic int step;
  _Atomic int obs_len;
  _Atomic int broken;
  char broken_text[200];
  int32_t ops[A_FRAME_MAX_STEPS * A_OP_WIDTH];
  int32_t obs[A_FRAME_MAX_STEPS * A_OBS_WIDTH];
};

#define S ((struct shared *)SHARED_BASE)

/* The process that this is, and its own entry. */
extern int me;
#define SELF (&S->proc[me])

static inline char *page_at(int page) { return (char *)ARENA_BASE + (size_t)page * A_PAGE_SIZE; }
static inline size_t bytes_of(int pages) { return (size_t)pages * A_PAGE_SIZE; }

#endif
