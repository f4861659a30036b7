/* Another program, which must not outlive the one that wants it. */
#ifndef LAUNCH_H
#define LAUNCH_H

/* Become the program of these arguments (a list that ends with NULL, its path first), to be killed when the
 * process `parent` ends. Comes back only when that cannot be: the exit code. */
int launched(const char *parent, char **arguments);

#endif
