#define _GNU_SOURCE
#include "programs.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guest.h"

/* One that is not done by then never is. */
#define PROGRAM_SECONDS 60
/* What is told of it: its end, where verdicts are. */
#define MOST_BYTES 1200
/* The log's lines are cut at some length. */
#define LINE_BYTES 100

static const char SAID[] = "/said";

static _Noreturn void become(const char *path) {
  const int none = open("/dev/null", O_RDONLY);
  const int out = open(SAID, O_RDWR | O_CREAT | O_TRUNC | O_APPEND, 0600);
  if (none < 0 || out < 0 || dup2(none, STDIN_FILENO) < 0) _exit(126);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  close(none);
  close(out);
  alarm(PROGRAM_SECONDS);
  execl(path, path, (char *)NULL);
  _exit(127);
}

/* Each line in pieces: the host puts them together again. */
static void tell_what_it_said(int id) {
  char text[MOST_BYTES + 1];
  const int out = open(SAID, O_RDONLY | O_CLOEXEC);
  if (out < 0) return;
  const off_t size = lseek(out, 0, SEEK_END);
  const ssize_t got = pread(out, text, MOST_BYTES, size > MOST_BYTES ? size - MOST_BYTES : 0);
  close(out);
  text[got < 0 ? 0 : got] = '\0';
  for (char *rest = text, *line; (line = strsep(&rest, "\n"));) {
    for (; strlen(line) > LINE_BYTES; line += LINE_BYTES) logged("program %d, on: %.*s", id, LINE_BYTES, line);
    if (*line) logged("program %d: %s", id, line);
  }
}

static void program_run(int id, const char *path) {
  int status = 0;
  const pid_t program = fork();
  if (program == 0) become(path);
  for (pid_t pid; (pid = wait(&status)) != program;)
    if (pid < 0 && errno != EINTR) break;
  /* Nothing of it stays behind. */
  kill(-1, SIGKILL);
  while (wait(NULL) > 0) continue;
  settled();
  tell_what_it_said(id);
  if (WIFSIGNALED(status))
    logged("end of program %d: killed by signal %d", id, WTERMSIG(status));
  else
    logged("end of program %d: code %d", id, WEXITSTATUS(status));
}

_Noreturn void programs_run(const char *paranoid) {
  guest_made_ready(paranoid);
  logged("ready");
  for (int id = 0;; id++) {
    char path[32];
    snprintf(path, sizeof path, "/programs/%d", id);
    if (access(path, X_OK)) switch_off();
    program_run(id, path);
  }
}
