#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

/* A buffer has one page, or one and a power of two. */
static int buffer_pages_within(int most)
{
	int data = 1;

	if (most < 2)
		return 1;
	while (data * 2 + 1 <= most)
		data *= 2;
	return data + 1;
}

/* Map buffers of fresh events, the largest first, until EPERM or `most` pages: how many pages, or -errno. */
static int map_greedily(int most)
{
	int mapped = 0, size = most > 0 ? buffer_pages_within(most) : 0;

	while (size > 0 && mapped < most) {
		const int event = dummy_event(0, -1, NO_FD, 0);

		if (event < 0)
			return -errno;
		while (size > 0 && mmap(ELSEWHERE + pages(mapped), pages(size), PROT_READ | PROT_WRITE,
					MAP_SHARED | MAP_FIXED_NOREPLACE, event, 0) == MAP_FAILED) {
			const int error = errno;

			if (error != EPERM) {
				close(event);
				return -error;
			}
			size = size == 1 ? 0 : buffer_pages_within(size - 1);
		}
		close(event);
		mapped += size;
		if (size > most - mapped)
			size = most > mapped ? buffer_pages_within(most - mapped) : 0;
	}
	return mapped;
}

#define MOST_HEADROOM 129

/* How many pages this process could still map before EPERM. */
static int headroom(void)
{
	const int found = map_greedily(MOST_HEADROOM);

	munmap(ELSEWHERE, pages(MOST_HEADROOM));
	got = found;
	return found < 0 ? found : OK;
}

#define MOST_GIFT (1 << 20)

/* In a process of that user: map all but `left` pages of what is free of charge, and keep them. */
static _Noreturn void hold(uid_t user, int left, int answer)
{
	const struct rlimit nothing = { 0, 0 };
	int free_pages, held;

	drop_to(user);
	setrlimit(RLIMIT_MEMLOCK, &nothing);
	free_pages = map_greedily(MOST_GIFT);
	munmap(ELSEWHERE, pages(MOST_GIFT));
	held = free_pages < left ? -1 : map_greedily(free_pages - left);
	if (write(answer, &(bool){ held >= 0 && held == free_pages - left }, 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

/* Leave a user so many pages that may be mapped without a charge to RLIMIT_MEMLOCK. */
static void leave_gift(int which, int left)
{
	bool held = false;
	int answer[2];
	pid_t holder;

	if (pipe(answer))
		end_with(SKIPPED, "no pipe: %s", strerror(errno));
	holder = fork();
	if (holder == 0)
		hold(shared->user[which], left, answer[1]);
	close(answer[1]);
	shared->holder[which] = holder;
	if (holder < 0 || read(answer[0], &held, 1) != 1 || !held)
		end_with(SKIPPED, "user %u has not %d pages that are free of charge", (unsigned int)shared->user[which], left);
	close(answer[0]);
}

static void set_first_memlock(int limit)
{
	struct rlimit both;

	getrlimit(RLIMIT_MEMLOCK, &both);
	both.rlim_cur = pages(limit);
	if (geteuid() == 0)
		both.rlim_max = pages(64);
	if (both.rlim_cur > both.rlim_max || setrlimit(RLIMIT_MEMLOCK, &both))
		end_with(SKIPPED, "RLIMIT_MEMLOCK cannot be %d pages here", limit);
}
