/* The life of a process of a sequence: it acts when it is its turn. */
#ifndef EXECUTOR_H
#define EXECUTOR_H

#include <stdint.h>

/* Act from the next turn on, to the end of the sequence or of the process. */
_Noreturn void take_part(void);
/* The same, in the new program after `exec`. */
_Noreturn void resume_after_exec(int who);
/* Answer operations whose process does not live; the process of the next one, or CONTROLLER at the end. */
int next_actor(void);
/* Write the answer of the operation at hand, and go to the next one. */
void answer(int32_t status, int32_t value, const int32_t *view);

#endif
