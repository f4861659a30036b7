/* Programs of others, such as reproducers, in a guest: nothing but the console tells of them. */
#ifndef PROGRAMS_H
#define PROGRAMS_H

/* As process 1: make the guest ready, run /programs/0, /programs/1 and so on, one after the other, each as root with an
 * empty standard input, tell the log what each says and how it ends, and switch the guest off.
 * `paranoid`: as for guest_started(). */
_Noreturn void programs_run(const char *paranoid);

#endif
