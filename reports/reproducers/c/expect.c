#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* How an operation ends: OK, -errno, or a fault. */
#define OK 0

#define FAULT(signo, code) ((signo) << 8 | (code))

static int result(long ret)
{
	return ret == -1 ? -errno : OK;
}

static const char *name_of(int status)
{
	static char text[2][60];
	static int turn;
	char *name = text[turn ^= 1];

	if (status == OK)
		return "ok";
	if (status < 0)
		snprintf(name, sizeof(text[0]), "errno %d (%s)", -status, strerror(-status));
	else
		snprintf(name, sizeof(text[0]), "%s with si_code %d", status >> 8 == SIGBUS ? "SIGBUS" : "SIGSEGV",
			 status & 0xff);
	return name;
}

static void expect(int expected, int status)
{
	if (status != expected)
		end_with(DIFFERS, "step %d: %s, should be %s", shared->step, name_of(status), name_of(expected));
	pass_on();
}

/* Right as well, but what comes next was written for another outcome. */
static int or_stop(int other, int status)
{
	if (status == other)
		end_with(SKIPPED, "step %d: %s is right as well, but the steps after it expect another outcome",
			 shared->step, name_of(status));
	return status;
}

/* What the last operation read. */
static int64_t got;

static void expect_value(int64_t expected, int status)
{
	if (status == OK && got != expected)
		end_with(DIFFERS, "step %d: read %lld, should be %lld", shared->step, (long long)got,
			 (long long)expected);
	expect(OK, status);
}

static bool is_record(size_t word)
{
	const bool header = got >> 48 == RECORD_SIZE && ((int32_t)got == PERF_RECORD_COMM ||
			    (int32_t)got == PERF_RECORD_FORK || (int32_t)got == PERF_RECORD_EXIT);
	const bool number = got % (int64_t)PAGE_BYTES == 0 && got >= 0 && got <= (int64_t)(63 * PAGE_BYTES);

	return word % RECORD_SIZE == 0 ? header : !number;
}

/*
 * A word over which the kernel has written a record: its header has a known type and the size, the words behind it hold no
 * small number of pages. A trace writes a data_head of three records backward in the same way.
 */
static void expect_record(size_t word, int status)
{
	if (status == OK && !is_record(word) && !(word == DATA_HEAD && got == RECORDS(-3)))
		end_with(DIFFERS, "step %d: read %#llx, should be a part of a record", shared->step,
			 (unsigned long long)got);
	expect(OK, status);
}
