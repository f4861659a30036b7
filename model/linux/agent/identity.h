/* Users that nobody else is: each sequence has its own, so that what one leaves behind is charged to no
 * other. */
#ifndef IDENTITY_H
#define IDENTITY_H

#include <sys/types.h>

/* Take a range of uids that no other agent of this machine uses; whether there is one. */
int identities_taken(void);
#define NO_USER ((uid_t) - 1)
/* A uid that this agent has not given before, or NO_USER; without privilege the agent's own. */
uid_t fresh_user(void);

#endif
