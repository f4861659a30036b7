/* What the host asks to run, judged before anything is done. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stddef.h>
#include <stdint.h>

/* NULL when the payload of a RUN frame is a program that can be run; else why it is refused. */
const char *why_refused(const int32_t *payload, int bytes);

#endif
