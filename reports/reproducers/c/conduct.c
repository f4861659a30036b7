#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void share_memory(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED, SHARED_FD, 0);
	if (shared == MAP_FAILED) {
		perror("shared memory");
		exit(SKIPPED);
	}
}

static void make_shared(void)
{
	const int memory = memfd_create(NAME, 0);

	if (memory < 0 || ftruncate(memory, sizeof(struct shared)) || dup2(memory, SHARED_FD) < 0) {
		perror("memfd_create");
		exit(SKIPPED);
	}
	close(memory);
	share_memory();
	shared->step = 1;
	shared->verdict = UNDECIDED;
	memset(shared->fds, -1, sizeof(shared->fds));
}

static void remove_program(void)
{
	if (!shared->program[0])
		return;
	unlink(shared->program);
	*strrchr(shared->program, '/') = 0;
	rmdir(shared->program);
}

static void hold_back_signals(void)
{
	sigset_t ends;

	sigemptyset(&ends);
	sigaddset(&ends, SIGCHLD);
	sigprocmask(SIG_BLOCK, &ends, NULL);
}

/* SIGKILL ends a process that retries a fault for ever, too. */
static void kill_all(pid_t first)
{
	kill(first, SIGKILL);
	kill(-first, SIGKILL);
	for (int i = 0; i < 2; i++)
		if (shared->holder[i] > 0)
			kill(shared->holder[i], SIGKILL);
}

/* One process has ended: as it should, if it was to leave. */
static void note_end(pid_t pid, int status)
{
	for (int process = 0; process < PROCS; process++) {
		if (shared->pid[process] != pid)
			continue;
		if (shared->leaving[process]) {
			shared->leaving[process] = false;
			shared->pid[process] = 0;
			pass_on();
		} else if (shared->verdict == UNDECIDED && shared->step <= LAST_STEP) {
			snprintf(shared->why, sizeof(shared->why), "step %d: process %d ended with status %#x",
				 shared->step, process, (unsigned int)status);
			shared->verdict = DIFFERS;
		}
	}
}

#define MOST_SECONDS 10

/* Let the processes run until all steps are done, one is wrong, or one does not end. */
static void watch(void)
{
	const struct timespec second = { 1, 0 };
	sigset_t ends;
	int step = 0, seconds = 0, status;
	pid_t pid;

	sigemptyset(&ends);
	sigaddset(&ends, SIGCHLD);
	for (;;) {
		while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
			note_end(pid, status);
		if (shared->verdict != UNDECIDED || shared->step > LAST_STEP)
			return;
		seconds = step == shared->step ? seconds + 1 : 0;
		step = shared->step;
		if (seconds > MOST_SECONDS) {
			snprintf(shared->why, sizeof(shared->why), "step %d: it does not end", step);
			shared->verdict = DIFFERS;
			return;
		}
		sigtimedwait(&ends, NULL, &second);
	}
}

/* Wait until all children are gone, but not for ever: the kernel may be stuck. */
static void reap(void)
{
	const struct timespec second = { 1, 0 };
	sigset_t ends;
	pid_t pid;

	sigemptyset(&ends);
	sigaddset(&ends, SIGCHLD);
	for (int seconds = 0; seconds < MOST_SECONDS; seconds++) {
		while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
			continue;
		if (pid < 0)
			return;
		sigtimedwait(&ends, NULL, &second);
	}
}

/* Fork the first process and see the sequence through. What goes wrong on the way ends this process. */
static _Noreturn void conduct(void)
{
	pid_t first;

	prctl(PR_SET_NAME, NAME);
	hold_back_signals();
	prepare();
	first = fork();
	if (first == 0)
		begin();
	if (first < 0)
		end_with(SKIPPED, "fork: %s", strerror(errno));
	shared->pid[P0] = first;
	watch();
	kill_all(first);
	reap();
	if (shared->verdict == UNDECIDED)
		shared->verdict = AS_SPECIFIED;
	_exit(0);
}

/* All of it: the verdict, with the reason in shared->why. */
static int run(void)
{
	pid_t conductor;
	int status;

	make_shared();
	fflush(NULL);
	conductor = fork();
	if (conductor == 0)
		conduct();
	if (conductor > 0)
		waitpid(conductor, &status, 0);
	remove_program();
	if (shared->verdict == UNDECIDED) {
		snprintf(shared->why, sizeof(shared->why), "the processes could not be started");
		return SKIPPED;
	}
	return shared->verdict;
}
