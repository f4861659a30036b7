/* Provokes one fault inside or outside of an access; prints what became of it. */
#define _GNU_SOURCE
#include "fault.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent.h"

static char *page;

static int nothing_there(void) { return try_load(page_at(3), page_at(3), &(int64_t){0}); }
static int twice(void) { return nothing_there() + nothing_there(); }
static int another_page(void) { return try_load(page_at(3), page_at(4), &(int64_t){0}); }
static int no_access(void) { return *(volatile char *)page_at(3); }
static int fetch_zeros(void) { return try_fetch(page); }
static int fetch_nothing(void) { return try_fetch(page_at(3)); }
/* Code that goes on elsewhere, here to address 0: jmp *%rax. */
static int fetch_jump(void) {
  memcpy(page + 3072, "\xff\xe0", 2);
  return try_fetch(page);
}

static const struct {
  const char *name;
  int (*provoke)(void);
} FAULTS[] = {
    {"nothing-there", nothing_there}, {"twice", twice},
    {"another-page", another_page},   {"no-access", no_access},
    {"fetch-zeros", fetch_zeros},     {"fetch-nothing", fetch_nothing},
    {"fetch-jump", fetch_jump},
};

static int provoked(const char *name) {
  for (size_t i = 0; i < sizeof FAULTS / sizeof FAULTS[0]; i++)
    if (strcmp(FAULTS[i].name, name) == 0) return FAULTS[i].provoke();
  return -1;
}

int main(int count, char **arguments) {
  const int all = PROT_READ | PROT_WRITE;
  void *shared =
      mmap((void *)SHARED_BASE, sizeof(struct shared), all, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  page = mmap(page_at(0), A_PAGE_SIZE, all | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  if (count != 2 || shared == MAP_FAILED || page == MAP_FAILED) return 2;
  if (fork() == 0) {
    faults_caught();
    printf("%#x\n", (unsigned)provoked(arguments[1]));
    fflush(stdout);
    _exit(0);
  }
  int status;
  wait(&status);
  printf("%d %s\n", WEXITSTATUS(status), S->broken_text);
  return 0;
}
