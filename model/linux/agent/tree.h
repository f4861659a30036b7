/* The processes of a sequence, as children of the controller. */
#ifndef TREE_H
#define TREE_H

#include <stdint.h>
#include <sys/types.h>

/* From here on, the end of a child wakes the controller. */
void ends_noticed(void);
/* A child that has ended, reaped, with its status; 0 when there is none at the moment. */
pid_t next_end(int *status);
/* Sleep until a process hands over or ends, or so many ms have passed. */
void rest_until_event(int limit_ms);
/* Kill and reap all of the sequence whose first process this is; 0, or -1 when one of them does not go. */
int tree_ended(pid_t first);
int64_t now_ms(void);

#endif
