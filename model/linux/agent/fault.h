/* Accesses that may fault: what the kernel says of a bad one becomes a status. */
#ifndef FAULT_H
#define FAULT_H

#include <stdint.h>

void faults_caught(void);

/* Each does one access to the page at this address (`at` lies within it) and gives 0 or signal << 8 |
 * si_code. */
int try_load(char *page, char *at, int64_t *value);
int try_store(char *page, char *at, int64_t value);
int try_exchange(char *page, char *at, int64_t value, int64_t *old);
int try_failing_cas(char *page, char *at, int64_t *old);
int try_fetch(char *page);

#endif
