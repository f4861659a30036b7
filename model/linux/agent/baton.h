/* Who acts: one process of the sequence, or the controller, at any time. */
#ifndef BATON_H
#define BATON_H

#include <stdint.h>

/* Sleep on a futex word while it has this value, at most so long (ns; 0: for ever). */
void futex_sleep(_Atomic int *word, int value, int64_t limit_ns);
void futex_rouse(_Atomic int *word);
void hand_to(int who);
void wait_for_turn(void);
/* Leave the controller something to do, and wait until it hands back. */
void ask_controller(int request);
/* End this process: the agent, not the kernel, is wrong. */
_Noreturn void broken(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
