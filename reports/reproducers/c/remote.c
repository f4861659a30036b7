#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static int vm_read(int process, char *at, size_t word)
{
	const struct iovec here = { &got, WORD_BYTES }, there = { at + word, WORD_BYTES };

	return transferred(process_vm_readv(shared->pid[process], &here, 1, &there, 1, 0), WORD_BYTES);
}

static int vm_write(int process, char *at, int64_t value)
{
	const struct iovec here = { &value, WORD_BYTES }, there = { at + SCRATCH, WORD_BYTES };

	return transferred(process_vm_writev(shared->pid[process], &here, 1, &there, 1, 0), WORD_BYTES);
}

/* The system call, not the wrapper, which hands a word back as its result. */
static int trace(int request, int process, char *at, void *data)
{
	const pid_t pid = shared->pid[process];
	int status = 0;

	if (ptrace(PTRACE_SEIZE, pid, NULL, NULL))
		return -errno;
	if (ptrace(PTRACE_INTERRUPT, pid, NULL, NULL) || waitpid(pid, &status, __WALL) != pid || !WIFSTOPPED(status))
		end_with(DIFFERS, "step %d: the process does not stop for ptrace", shared->step);
	status = result(syscall(SYS_ptrace, request, pid, at, data));
	ptrace(PTRACE_DETACH, pid, NULL, NULL);
	return status;
}

static int peek(int process, char *at, size_t word)
{
	return trace(PTRACE_PEEKDATA, process, at + word, &got);
}

static int poke(int process, char *at, intptr_t value)
{
	return trace(PTRACE_POKEDATA, process, at + SCRATCH, (void *)value);
}

/* Who opens it must have the capabilities of the target among its effective ones. */
static int open_memory(int process, int flags)
{
	char path[32];
	int file, error;

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)shared->pid[process]);
	if (shared->keeps)
		set_effective(LOCK_CAPABILITY | IDENTITY_CAPABILITY);
	file = open(path, flags | O_CLOEXEC);
	error = errno;
	if (shared->keeps)
		effective_as_said();
	errno = error;
	return file;
}

static int memory_read(int process, char *at, size_t word)
{
	const int file = open_memory(process, O_RDONLY);
	int status;

	if (file < 0)
		return -errno;
	status = transferred(pread(file, &got, WORD_BYTES, (off_t)(uintptr_t)(at + word)), WORD_BYTES);
	close(file);
	return status;
}

static int memory_write(int process, char *at, int64_t value)
{
	const int file = open_memory(process, O_WRONLY);
	int status;

	if (file < 0)
		return -errno;
	status = transferred(pwrite(file, &value, WORD_BYTES, (off_t)(uintptr_t)(at + SCRATCH)), WORD_BYTES);
	close(file);
	return status;
}
