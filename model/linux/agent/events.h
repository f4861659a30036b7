/* Software dummy events, which need no PMU. */
#ifndef EVENTS_H
#define EVENTS_H

/* perf_event_open of a dummy event on this process; `flags` as OPEN_FLAGS of the alphabet. Gives a descriptor
 * or -1. */
int dummy_event(int flags, int group_fd, unsigned long open_flags);

/* Pages (2^k + 1, or 1) of the largest buffer that is no greater than this, which is at least 1. */
int buffer_pages_within(int pages);

/* Map buffers in sizes 2^k + 1 and 1, greedily, until EPERM or `most` pages; gives the pages, or -errno of
 * another failure. They stay mapped; `at` is the address of the first one, the others follow. */
int map_greedily(char *at, int most);

#endif
