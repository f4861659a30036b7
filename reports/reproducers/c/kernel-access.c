#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/magic.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#define WORD_BYTES sizeof(int64_t)

/* Fewer bytes than asked, without an error, are what a bad address gives. */
static int transferred(ssize_t done, size_t asked)
{
	if (done < 0)
		return -errno;
	return (size_t)done == asked ? OK : -EFAULT;
}

static void open_pipe(void)
{
	int ends[2];

	if (pipe2(ends, O_NONBLOCK) || dup2(ends[0], PIPE_READ) < 0 || dup2(ends[1], PIPE_WRITE) < 0)
		end_with(SKIPPED, "no pipe: %s", strerror(errno));
	close(ends[0]);
	close(ends[1]);
}

static void drain_pipe(void)
{
	int64_t word;

	got = 0;
	while (read(PIPE_READ, &word, WORD_BYTES) > 0)
		got = word;
}

static int read_into(char *at, int64_t value)
{
	int status;

	if (write(PIPE_WRITE, &value, WORD_BYTES) != WORD_BYTES)
		return -errno;
	status = transferred(read(PIPE_READ, at + SCRATCH, WORD_BYTES), WORD_BYTES);
	drain_pipe();
	return status;
}

static int write_from(char *at, size_t word)
{
	const int status = transferred(write(PIPE_WRITE, at + word, WORD_BYTES), WORD_BYTES);

	drain_pipe();
	return status;
}

static int splice_from(char *at)
{
	const struct iovec from = { at + SCRATCH, WORD_BYTES };
	const int status = transferred(vmsplice(PIPE_WRITE, &from, 1, 0), WORD_BYTES);

	drain_pipe();
	return status;
}

/* A wait for a value that the word never has ends at once; the time-out is for the case that it has. */
static int futex_wait(char *at, int operation)
{
	const struct timespec now = { 0, 1 };

	return result(syscall(SYS_futex, at + SCRATCH, operation, INT32_MIN + 1, &now, NULL, 0));
}

#define DIRECT_BYTES 512

static char block[4096] __attribute__((aligned(4096)));

/* A file without a name that takes O_DIRECT in earnest. */
static void open_direct_file(void)
{
	struct statfs about;
	const int file = open(".", O_TMPFILE | O_RDWR | O_DIRECT, 0600);

	if (file < 0 || fstatfs(file, &about) || about.f_type == TMPFS_MAGIC || about.f_type == RAMFS_MAGIC ||
	    pwrite(file, block, sizeof(block), 0) != sizeof(block) ||
	    pwrite(file, block, DIRECT_BYTES, 0) != DIRECT_BYTES || dup2(file, DIRECT_FILE) < 0)
		end_with(SKIPPED, "the file system of this folder has no O_DIRECT: run it in another one");
	close(file);
}

static int direct_write(char *at)
{
	int status = transferred(pwrite(DIRECT_FILE, at + SCRATCH, DIRECT_BYTES, 0), DIRECT_BYTES);

	if (status == OK)
		status = transferred(pread(DIRECT_FILE, block, DIRECT_BYTES, 0), DIRECT_BYTES);
	memcpy(&got, block, sizeof(got));
	return status;
}

static int direct_read(char *at, int64_t value)
{
	int status;

	memset(block, 0, DIRECT_BYTES);
	memcpy(block, &value, sizeof(value));
	status = transferred(pwrite(DIRECT_FILE, block, DIRECT_BYTES, 0), DIRECT_BYTES);
	return status == OK ? transferred(pread(DIRECT_FILE, at + SCRATCH, DIRECT_BYTES, 0), DIRECT_BYTES) : status;
}
