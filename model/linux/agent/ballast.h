/* What makes `gift` true for a user: buffers of the controller, charged to that user. */
#ifndef BALLAST_H
#define BALLAST_H

/* Map buffers as this user of the sequence until S->gift pages of the gift remain; 0, or -1 with the reason
 * in S->broken_text. */
int ballast_loaded(int user);
/* Without privilege all agents of a user share its gift: only the one that holds this may use it. */
void gift_taken(void);
void gift_left(void);
/* Give all of it back. */
void ballast_dropped(void);
/* Pages that a user gets for nothing, found by mapping in a process of its own; or -errno. */
int gift_measured(void);

#endif
