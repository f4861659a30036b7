/* What a process of a sequence may do, and how it keeps that over setuid and exec. */
#ifndef PRIVILEGE_H
#define PRIVILEGE_H

#include <sys/types.h>

/* Become this user for good, with CAP_IPC_LOCK and CAP_SETUID permitted and none effective. As an
 * unprivileged agent: give up whatever there is. */
void privileges_dropped(uid_t user, gid_t group);
/* All permitted capabilities effective; and again only what `cap` said. */
void effective_all(void);
void effective_as_said(void);
/* The controller gives up what would let its ballast go beyond the gift. */
void charged_like_any_user(void);
/* setresuid to another user of the sequence; 0 or -1. */
int become(uid_t user);
/* Whether the process is to die with the controller; setuid and exec forget it. */
void die_with_controller(void);

#endif
