#include <cpuid.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int number_in(const char *path)
{
	FILE *file = fopen(path, "r");
	int number = INT_MIN;

	if (!file)
		return number;
	if (fscanf(file, "%d", &number) != 1)
		number = INT_MIN;
	fclose(file);
	return number;
}

static void need(bool holds, const char *what)
{
	if (!holds)
		end_with(SKIPPED, "this needs %s", what);
}

static void need_events(void)
{
	const int event = dummy_event(0, -1, NO_FD, 0);

	if (event < 0)
		end_with(SKIPPED, "perf_event_open: %s (kernel.perf_event_paranoid is %d)", strerror(errno),
			 number_in("/proc/sys/kernel/perf_event_paranoid"));
	close(event);
}

static bool paranoid_within(int least, int most)
{
	const int paranoid = number_in("/proc/sys/kernel/perf_event_paranoid");

	return paranoid >= least && paranoid <= most;
}

/* CPUID leaf 7, ECX bit 4: the kernel uses protection keys. */
static bool has_protection_keys(void)
{
	unsigned int eax = 0, ebx = 0, ecx = 0, edx = 0;

	return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (ecx & 1 << 4);
}

static bool knows_advice(int advice)
{
	void *at = mmap(NULL, PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	const bool known = at != MAP_FAILED && madvise(at, PAGE_BYTES, advice) == 0;

	munmap(at, PAGE_BYTES);
	return known;
}

static void pin_to_first_cpu(void)
{
	cpu_set_t first;

	CPU_ZERO(&first);
	CPU_SET(0, &first);
	if (sched_setaffinity(0, sizeof(first), &first))
		end_with(SKIPPED, "CPU 0 may not be used here");
}
