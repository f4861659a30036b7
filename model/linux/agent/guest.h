/* The agent as the init of a guest, and what it tells the kernel's log there. */
#ifndef GUEST_H
#define GUEST_H

/* As process 1: make the guest ready, fork the agent with its streams on the channel, and switch the guest off
 * when that ends. Comes back in the agent only.
 * `paranoid`: what kernel.perf_event_paranoid is to be. */
void guest_started(const char *paranoid);

/* In a guest: everything that this sequence did shows in the kernel's log before this line does. The host
 * believes an answer when it has read it. Elsewhere nothing happens. */
void end_of_sequence_logged(int id);

/* As process 1: file systems, the log and the settings of a guest, but no channel. */
void guest_made_ready(const char *paranoid);

/* What was freed under RCU is freed, or complained of, when this returns. */
void settled(void);

/* One line of the kernel's log, which goes to the console. */
__attribute__((format(printf, 1, 2))) void logged(const char *format, ...);

_Noreturn void switch_off(void);

#endif
