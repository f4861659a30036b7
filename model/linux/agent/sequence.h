/* One sequence, as the controller sees it. */
#ifndef SEQUENCE_H
#define SEQUENCE_H

#include <stdint.h>

struct limits {
  int operation_ms, sequence_ms;
};

/* Run the program of this RUN payload, which was found good, and answer it. Gives 0, or -1 when the agent
 * cannot go on. */
int sequence_run(int id, const int32_t *payload, const struct limits *limits);

#endif
