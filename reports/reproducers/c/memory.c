#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The system call itself: what a library refuses the kernel would not see. */
static int map(void *at, size_t length, int prot, int flags, int file, off_t offset)
{
	return result(syscall(SYS_mmap, at, length, prot, flags, file, offset));
}

static int move(void *at, size_t length, size_t new_length, int flags, void *to)
{
	return result(syscall(SYS_mremap, at, length, new_length, flags, to));
}

static int lock(void *at, size_t length, int flags)
{
	return result(syscall(SYS_mlock2, at, length, flags));
}

/* Which pages mincore() says are resident: '#' or '.'. */
static void expect_resident(const char *expected, void *at)
{
	unsigned char seen[ARENA_PAGES];
	const int length = strlen(expected);
	const int status = result(mincore(at, pages(length), seen));

	for (int i = 0; status == OK && i < length; i++)
		if ((seen[i] & 1) != (expected[i] == '#'))
			end_with(DIFFERS, "step %d: page %d of the range is %sresident", shared->step, i,
				 seen[i] & 1 ? "" : "not ");
	expect(OK, status);
}

static int ask_resident(void *at, size_t length)
{
	unsigned char seen[ARENA_PAGES];

	return result(mincore(at, length, seen));
}
