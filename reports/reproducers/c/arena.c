#include <linux/perf_event.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

#define PAGE_BYTES 4096UL

/* Where every process has its mappings: far from everything else. */
#define ARENA ((char *)0x200000000000UL)

#define ARENA_PAGES 32

/* Where buffers go that only count what may be mapped. */
#define ELSEWHERE (ARENA + (1UL << 30))

static char *page(int n)
{
	return ARENA + n * PAGE_BYTES;
}

static size_t pages(int n)
{
	return n * PAGE_BYTES;
}

/* Words of a page, by their place in it. SCRATCH is in the unused part of the control page. */
#define SCRATCH 2048

#define AUX_OFFSET offsetof(struct perf_event_mmap_page, aux_offset)

#define AUX_SIZE offsetof(struct perf_event_mmap_page, aux_size)

#define DATA_OFFSET offsetof(struct perf_event_mmap_page, data_offset)

#define DATA_SIZE offsetof(struct perf_event_mmap_page, data_size)

#define DATA_HEAD offsetof(struct perf_event_mmap_page, data_head)

#define FIRST_WORD 0

/* A COMM, FORK or EXIT record of these events has 32 bytes. */
#define RECORD_SIZE 32

#define RECORDS(n) ((int64_t)(n) * RECORD_SIZE)
