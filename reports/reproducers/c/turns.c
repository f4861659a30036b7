#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* The processes of the sequence. */
enum { P0, P1, P2, PROCS };

#define FDS 4

enum { AS_SPECIFIED = 0, DIFFERS = 1, SKIPPED = 4, UNDECIDED = -1 };

/* 15 letters: so the record of a process that gets this name, by prctl or execve, has 32 bytes. */
#define NAME "mapahead-repro0"

/* What the processes share: whose turn it is, and what each of them has. */
struct shared {
	_Atomic int step;
	_Atomic int verdict;
	char why[300];
	pid_t pid[PROCS];
	bool leaving[PROCS];
	/* The processes have kept capabilities, and which of them has CAP_IPC_LOCK effective. */
	bool keeps;
	bool cap[PROCS];
	int fds[PROCS][FDS];
	uid_t user[2];
	/* Processes that hold what is not to be free of charge. */
	pid_t holder[2];
	char program[64];
};

static struct shared *shared;

/* The process that this is. */
static int me;

/* Descriptors that must survive execve; those of the sequence are lower. */
enum { SHARED_FD = 90, PIPE_READ, PIPE_WRITE, DIRECT_FILE };

static int fd(int slot)
{
	return shared->fds[me][slot];
}

/* The sequence is over. */
__attribute__((format(printf, 2, 3)))
static _Noreturn void end_with(int verdict, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(shared->why, sizeof(shared->why), format, arguments);
	va_end(arguments);
	shared->verdict = verdict;
	_exit(0);
}

static void pass_on(void)
{
	shared->step++;
	syscall(SYS_futex, &shared->step, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

static void wait_for_step(int step)
{
	int now;

	while ((now = shared->step) < step)
		syscall(SYS_futex, &shared->step, FUTEX_WAIT, now, NULL, NULL, 0);
}

/*
 * Every process goes through all steps and does its own: wait until it is this step's turn, and tell whether this is the
 * process that does it. Who does it passes on.
 */
static bool turns_to(int step, int process)
{
	wait_for_step(step);
	return shared->step == step && me == process;
}

/* Nothing is done in this step. */
static void skip_step(int step)
{
	int due = step;

	wait_for_step(step);
	if (__atomic_compare_exchange_n((int *)&shared->step, &due, step + 1, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
		syscall(SYS_futex, &shared->step, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}
