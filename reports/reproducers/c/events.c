#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NO_FD -1

enum { INHERIT = 1, WRITE_BACKWARD = 2 };

/* A software event that counts nothing; the kernel writes a record for each new name of the process. */
static int dummy_event(int attributes, int cpu, int output, unsigned long flags)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_SW_DUMMY,
		.comm = 1,
		.exclude_kernel = 1,
		.inherit = (attributes & INHERIT) != 0,
		.write_backward = (attributes & WRITE_BACKWARD) != 0,
	};

	return syscall(SYS_perf_event_open, &attr, 0, cpu, output, flags);
}

static int open_event(int slot, int attributes, int cpu, int output)
{
	const unsigned long flags = output == NO_FD ? 0 : PERF_FLAG_FD_OUTPUT | PERF_FLAG_FD_NO_GROUP;
	const int opened = dummy_event(attributes, cpu, output, flags);

	if (opened >= 0)
		shared->fds[me][slot] = opened;
	return result(opened);
}

static int close_event(int slot)
{
	const int closed = fd(slot);

	shared->fds[me][slot] = -1;
	return result(close(closed));
}

static int duplicate(int slot, int copy)
{
	const int opened = dup(fd(slot));

	if (opened >= 0)
		shared->fds[me][copy] = opened;
	return result(opened);
}

/* The kernel compares all 64 bits of the argument with -1. */
static int set_output(int slot, long output)
{
	return result(ioctl(fd(slot), PERF_EVENT_IOC_SET_OUTPUT, output));
}

static int write_records(int count)
{
	for (int i = 0; i < count; i++)
		if (prctl(PR_SET_NAME, NAME))
			return result(-1);
	return OK;
}
