#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Read without a heap: what this program maps for itself must not show. */
static char *read_text(const char *path)
{
	static char text[1 << 18];
	const int file = open(path, O_RDONLY | O_CLOEXEC);
	size_t length = 0;
	ssize_t more;

	if (file < 0)
		end_with(DIFFERS, "step %d: %s: errno %d", shared->step, path, errno);
	while ((more = read(file, text + length, sizeof(text) - 1 - length)) > 0)
		length += more;
	close(file);
	text[length] = 0;
	return text;
}

#define NOT_LOOKED_AT INT_MIN

/* A count below zero is printed as an unsigned number of 64 bits. */
static void expect_pages(const char *text, const char *field, int expected)
{
	const char *line = strstr(text, field);
	const long long kib = line ? (long long)strtoull(line + strlen(field), NULL, 10) : 0;

	if (expected != NOT_LOOKED_AT && (!line || kib / 4 != expected))
		end_with(DIFFERS, "step %d: %s %lld pages, should be %d", shared->step, field, kib / 4, expected);
}

static void expect_status(int pinned, int locked)
{
	const char *text = read_text("/proc/self/status");

	expect_pages(text, "VmPin:", pinned);
	expect_pages(text, "VmLck:", locked);
	pass_on();
}

enum { NOTHING, ANONYMOUS, PERF, ANYTHING };

#define NOT_FIRST -1

/* Pages of the arena as /proc/self/smaps shows them; of anonymous ones only kind, permissions and flags count. */
struct area {
	int first, last, kind;
	const char *permissions;
	int pgoff;
	const char *flags;
	/* Resident pages of the mapping that begins here, or NOT_FIRST. */
	int rss;
};

/* The flags that are looked at. */
static const char WATCHED[][3] = { "lo", "dc", "de", "dd", "io", "pf", "rr", "sr", "hg", "nh", "mg", "wf" };

static bool same_flags(const char *one, const char *other)
{
	for (size_t i = 0; i < sizeof(WATCHED) / sizeof(WATCHED[0]); i++)
		if (!strstr(one, WATCHED[i]) != !strstr(other, WATCHED[i]))
			return false;
	return true;
}

/* One mapping of smaps, cut to the arena. */
struct seen {
	int first, last, kind, pgoff, rss;
	bool begins;
	char permissions[5];
	char flags[120];
};

/* Take a line of smaps. Returns whether the mapping is complete. */
static bool take_line(char *line, struct seen *seen)
{
	unsigned long start, end, offset;
	char permissions[5], path[40] = "";
	int kib;

	if (sscanf(line, "%lx-%lx %4s %lx %*s %*s %39s", &start, &end, permissions, &offset, path) >= 4) {
		const long first = ((long)start - (long)ARENA) / (long)PAGE_BYTES;
		const long last = ((long)end - (long)ARENA) / (long)PAGE_BYTES - 1;

		*seen = (struct seen){ .last = -1 };
		if (last >= 0 && first < ARENA_PAGES) {
			seen->begins = first >= 0;
			seen->first = first < 0 ? 0 : first;
			seen->last = last < ARENA_PAGES ? last : ARENA_PAGES - 1;
		}
		seen->kind = strncmp(path, "anon_inode:[perf_event]", 23) ? ANONYMOUS : PERF;
		seen->pgoff = offset / PAGE_BYTES;
		strcpy(seen->permissions, permissions);
	} else if (sscanf(line, "Rss: %d kB", &kib) == 1) {
		seen->rss = kib / 4;
	} else if (strncmp(line, "VmFlags:", 8) == 0) {
		snprintf(seen->flags, sizeof(seen->flags), "%s", line + 8);
		return true;
	}
	return false;
}

static bool page_is(int n, const struct area *area, const struct seen *seen)
{
	if (area->kind == ANYTHING)
		return true;
	if (area->kind != seen->kind)
		return false;
	if (area->kind == NOTHING)
		return true;
	if (strncmp(area->permissions, seen->permissions, 4) || !same_flags(area->flags, seen->flags))
		return false;
	if (area->kind == ANONYMOUS)
		return true;
	if (area->pgoff + n - area->first != seen->pgoff + n - seen->first)
		return false;
	if (n == area->first && area->rss != NOT_FIRST)
		return seen->begins && n == seen->first && seen->rss == area->rss;
	return !seen->begins || n != seen->first;
}

/* What smaps shows of the arena: these areas, and nothing else. */
static void expect_maps(const struct area *areas, int count)
{
	static const struct area none = { .kind = NOTHING };
	static struct seen mapping, seen[ARENA_PAGES];
	char *line = read_text("/proc/self/smaps"), *end;

	memset(seen, 0, sizeof(seen));
	for (; (end = strchr(line, '\n')); line = end + 1) {
		*end = 0;
		if (take_line(line, &mapping))
			for (int n = mapping.first; n <= mapping.last; n++)
				seen[n] = mapping;
	}
	for (int n = 0; n < ARENA_PAGES; n++) {
		const struct area *area = &none;

		for (int i = 0; i < count; i++)
			if (n >= areas[i].first && n <= areas[i].last)
				area = &areas[i];
		if (!page_is(n, area, &seen[n]))
			end_with(DIFFERS, "step %d: page %d is %s%s%s, Rss %d: another way than it should be", shared->step, n,
				 seen[n].kind == NOTHING ? "not mapped" : seen[n].kind == PERF ? "perf " : "anonymous ",
				 seen[n].permissions, seen[n].flags, seen[n].rss);
	}
	pass_on();
}
