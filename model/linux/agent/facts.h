/* What the agent finds out about the kernel and the machine, once. */
#ifndef FACTS_H
#define FACTS_H

/* Fill S->facts; 0, or -1 after saying why no sequence can run here. */
int facts_found(void);
void facts_sent(void);

#endif
