/* The first process of a sequence. */
#ifndef NEWBORN_H
#define NEWBORN_H

#include <sys/types.h>

/* Fork it; it makes itself ready and waits for its turn. Its pid, or -errno. */
pid_t newborn_started(void);

#endif
