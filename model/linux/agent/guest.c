#define _GNU_SOURCE
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/membarrier.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "agent.h"
#include "transport.h"

/* The second serial port; the first one is the console. */
#define CHANNEL "/dev/ttyS1"
#define RCU_EXPEDITED "/sys/kernel/rcu_expedited"
/* What RCU was left with after its grace period is done by then. */
#define SETTLE_NS 20000000L

static const struct {
  const char *path, *value;
} SETTINGS[] = {
    /* The kernel stops where it is wrong: then the sequence at hand is the one that did it. */
    {"/proc/sys/kernel/panic_on_warn", "1"},
    {"/proc/sys/kernel/panic_on_oops", "1"},
    {"/proc/sys/kernel/softlockup_panic", "1"},
    {"/proc/sys/kernel/hardlockup_panic", "1"},
    {"/proc/sys/kernel/hung_task_panic", "1"},
    {"/proc/sys/kernel/panic_on_rcu_stall", "1"},
    {"/proc/sys/kernel/panic", "-1"},
    /* An emulated processor on a busy machine is slow, not stuck. */
    {"/proc/sys/kernel/watchdog_thresh", "30"},
    /* Processes of a sequence trace each other. */
    {"/proc/sys/kernel/yama/ptrace_scope", "0"},
    /* Nothing but the sequences changes their memory. */
    {"/sys/kernel/mm/transparent_hugepage/enabled", "madvise"},
    {"/sys/kernel/mm/ksm/run", "0"},
    /* Who maps an event anew waits for RCU: ticks of an emulated clock, or a few interrupts. */
    {RCU_EXPEDITED, "1"},
    /* Sequences run on CPU 0: the other one moves the bytes of the channel meanwhile. */
    {"/proc/irq/3/smp_affinity", "2"},
};

_Noreturn void switch_off(void) {
  sync();
  reboot(RB_POWER_OFF);
  /* Without ACPI the power stays on; then a restart ends the guest as well. */
  reboot(RB_AUTOBOOT);
  _exit(81);
}

static int is_guest;

/* One line of the kernel's log, which goes to the console. */
void logged(const char *format, ...) {
  char text[200] = "<1>mapahead: ";
  const size_t head = strlen(text);
  va_list args;
  va_start(args, format);
  vsnprintf(text + head, sizeof text - head - 1, format, args);
  va_end(args);
  /* A line without an end waits for more, and is not shown. */
  strcat(text, "\n");
  /* Not dprintf(): it asks for a position in the file, and this one has none. */
  if (write(LOG_FD, text, strlen(text)) < 0) switch_off();
}

/* The host looks for this line when a guest does not come up. */
#define GIVEN_UP(...) (logged("cannot start: " __VA_ARGS__), switch_off())

static void open_as(const char *path, int flags, int fd) {
  const int opened = open(path, flags | O_NOCTTY | O_CLOEXEC);
  if (opened < 0 || dup3(opened, fd, O_CLOEXEC) < 0)
    GIVEN_UP("%s: errno %d (is it a kernel with 8250 serial ports?)", path, errno);
  close(opened);
}

static void mounted(const char *type, const char *at) {
  if (mount(type, at, type, MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) && errno != EBUSY)
    GIVEN_UP("no %s: errno %d", type, errno);
}

/* What a kernel was built without has no file here, and needs no setting. */
static void set(const char *path, const char *value) {
  const int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  if (write(fd, value, strlen(value)) < 0) logged("%s stays as it is", path);
  close(fd);
}

/* Bytes go through as they are. */
static void channel_opened(void) {
  struct termios raw;
  /* Without O_NONBLOCK, open() would wait for a carrier. */
  open_as(CHANNEL, O_RDWR | O_NONBLOCK, STDIN_FILENO);
  if (tcgetattr(STDIN_FILENO, &raw)) GIVEN_UP("%s: errno %d: no serial port is there", CHANNEL, errno);
  cfmakeraw(&raw);
  raw.c_cflag |= CLOCAL | CREAD;
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  cfsetspeed(&raw, B115200);
  if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw)) GIVEN_UP("%s: errno %d", CHANNEL, errno);
  fcntl(STDIN_FILENO, F_SETFL, O_RDWR);
  dup2(STDIN_FILENO, STDOUT_FILENO);
}

static _Noreturn void wait_for(pid_t agent) {
  int status = 0;
  for (pid_t pid; (pid = wait(&status)) != agent;)
    if (pid < 0 && errno != EINTR) break;
  const int by_signal = WIFSIGNALED(status);
  logged("the agent %s %d", by_signal ? "was killed by signal" : "ended with code",
          by_signal ? WTERMSIG(status) : WEXITSTATUS(status));
  tcdrain(STDOUT_FILENO);
  switch_off();
}

void guest_made_ready(const char *paranoid) {
  if (getpid() != 1) _exit(82);
  open_as("/dev/kmsg", O_WRONLY, LOG_FD);
  mounted("proc", "/proc");
  mounted("sysfs", "/sys");
  for (size_t i = 0; i < sizeof SETTINGS / sizeof SETTINGS[0]; i++)
    set(SETTINGS[i].path, SETTINGS[i].value);
  set("/proc/sys/kernel/perf_event_paranoid", paranoid);
}

void guest_started(const char *paranoid) {
  guest_made_ready(paranoid);
  is_guest = 1;
  channel_opened();
  const pid_t agent = fork();
  if (agent < 0) GIVEN_UP("fork: errno %d", errno);
  if (agent > 0) wait_for(agent);
  if (setsid() < 0) GIVEN_UP("setsid: errno %d", errno);
  transport_packed();
  /* What the host sent before would have been lost. */
  logged("ready");
}

static int is_more_to_come(void) {
  struct pollfd input = {.fd = IN_FD, .events = POLLIN};
  return is_read_ahead() || poll(&input, 1, 0) > 0;
}

/* What it freed under RCU is freed, or complained of, before the next one begins; worth the time only when
 * nothing else waits. What was freed waits for a grace period like any, not for one that was hurried. */
void settled(void) {
  const struct timespec rest = {0, SETTLE_NS};
  set(RCU_EXPEDITED, "0");
  syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0);
  nanosleep(&rest, NULL);
  set(RCU_EXPEDITED, "1");
}

void end_of_sequence_logged(int id) {
  if (!is_guest) return;
  if (!is_more_to_come()) settled();
  /* Each letter of the console is an interrupt of the emulator. */
  logged("end %d", id);
}
