#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Nothing of the sequence stays behind when the program is killed. */
static void die_with_parent(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}

/* Others of the same user may look at the memory of this process. setresuid() takes that away. */
static void be_traceable(void)
{
	prctl(PR_SET_DUMPABLE, 1);
#ifdef PR_SET_PTRACER
	prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
#endif
}

static void set_capabilities(unsigned int permitted, unsigned int effective)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = {
		{ .permitted = permitted, .effective = effective, .inheritable = permitted },
	};

	if (syscall(SYS_capset, &header, data))
		end_with(SKIPPED, "capset: %s", strerror(errno));
}

/* Become an ordinary user without any privilege. */
static void drop_to(uid_t user)
{
	if (geteuid() == 0 && (syscall(SYS_setresgid, user, user, user) || syscall(SYS_setresuid, user, user, user)))
		end_with(SKIPPED, "root cannot become another user here: %s", strerror(errno));
	set_capabilities(0, 0);
	be_traceable();
	die_with_parent();
}

#define LOCK_CAPABILITY (1U << CAP_IPC_LOCK)

#define IDENTITY_CAPABILITY (1U << CAP_SETUID)

static void set_effective(unsigned int effective)
{
	set_capabilities(LOCK_CAPABILITY | IDENTITY_CAPABILITY, effective);
}

static void effective_as_said(void)
{
	set_effective(shared->cap[me] ? LOCK_CAPABILITY : 0);
}

/* Become an ordinary user who may raise CAP_IPC_LOCK and change to another user later. */
static void drop_to_and_keep(uid_t user)
{
	if (geteuid() != 0)
		end_with(SKIPPED, "run this as root: it changes users or capabilities");
	shared->keeps = true;
	if (prctl(PR_SET_KEEPCAPS, 1) || syscall(SYS_setresgid, user, user, user) ||
	    syscall(SYS_setresuid, user, user, user))
		end_with(SKIPPED, "root cannot become another user here: %s", strerror(errno));
	set_effective(0);
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_IPC_LOCK, 0, 0) ||
	    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SETUID, 0, 0))
		end_with(SKIPPED, "ambient capabilities: %s", strerror(errno));
	prctl(PR_SET_KEEPCAPS, 0);
	be_traceable();
	die_with_parent();
}

static int become(uid_t user)
{
	int status;

	set_effective(IDENTITY_CAPABILITY | (shared->cap[me] ? LOCK_CAPABILITY : 0));
	status = result(syscall(SYS_setresuid, user, user, user));
	effective_as_said();
	be_traceable();
	die_with_parent();
	return status;
}

static int set_lock_capability(bool on)
{
	shared->cap[me] = on;
	effective_as_said();
	return OK;
}

static int set_memlock(int limit)
{
	struct rlimit both;

	if (getrlimit(RLIMIT_MEMLOCK, &both))
		return -errno;
	both.rlim_cur = pages(limit);
	if (both.rlim_cur > both.rlim_max)
		end_with(SKIPPED, "RLIMIT_MEMLOCK may not be raised to %d pages here: run this as root", limit);
	return result(setrlimit(RLIMIT_MEMLOCK, &both));
}

/* Users that nobody else is, so that what they are charged is this program's alone. */
static void choose_users(void)
{
	unsigned int number = getpid();

	if (getrandom(&number, sizeof(number), 0) != sizeof(number))
		number = getpid();
	for (int i = 0; i < 2; i++)
		shared->user[i] = geteuid() == 0 ? 0x70000000U + (number % 0xfffffff) + i : getuid();
}

/*
 * A child of the parent of this one (CLONE_PARENT), so that it is waited for whoever goes first. It goes on after the step in
 * which it was made.
 */
static void fork_as(int child)
{
	const int step = shared->step;
	long pid;

	memcpy(shared->fds[child], shared->fds[me], sizeof(shared->fds[me]));
	shared->cap[child] = shared->cap[me];
	shared->leaving[child] = false;
	pid = syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, NULL);
	if (pid == 0) {
		me = child;
		die_with_parent();
		wait_for_step(step + 1);
		return;
	}
	if (pid > 0)
		shared->pid[child] = pid;
	expect(OK, result(pid));
}

/* The step is over when the process is gone. */
static _Noreturn void leave(void)
{
	shared->leaving[me] = true;
	_exit(0);
}

/* A copy that every user may execute, under the name that execve() shows. */
static void copy_program(void)
{
	char folder[] = "/tmp/mapahead-XXXXXX", bytes[4096];
	const int from = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	ssize_t length;
	int to;

	if (!mkdtemp(folder) || chmod(folder, 0755))
		end_with(SKIPPED, "%s: %s", folder, strerror(errno));
	snprintf(shared->program, sizeof(shared->program), "%s/%s", folder, NAME);
	to = open(shared->program, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
	while ((length = read(from, bytes, sizeof(bytes))) > 0)
		if (write(to, bytes, length) != length)
			break;
	if (length != 0 || fchmod(to, 0755) || close(to) || close(from) || access(shared->program, X_OK))
		end_with(SKIPPED, "no program can be executed in /tmp");
}

/* Run this program again in its place: it goes on after this step. */
static void execute_again(void)
{
	char who[] = { '0' + me, 0 };
	char *const arguments[] = { NAME, "resume", who, NULL };
	char *const environment[] = { NULL };

	execve(shared->program, arguments, environment);
	expect(OK, result(-1));
}
