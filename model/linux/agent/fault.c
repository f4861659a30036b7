#define _GNU_SOURCE
#include "fault.h"

#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <ucontext.h>

#include "agent.h"
#include "baton.h"

/* Byte of a page that `fetch` jumps to: no word of the alphabet is near. Zeros there decode as
 * `add %al,(%rax)`, and the header of a COMM record as `add (%rax),%eax`. With rax 0 both fault at 0. */
#define FETCH_BYTE 3072

static _Alignas(16) char signal_stack[16384];
static sigjmp_buf resume;
static volatile sig_atomic_t armed;
static volatile int fault_status;
static char *volatile fault_address;
static char *volatile fault_rip;

static void on_fault(int signo, siginfo_t *info, void *context) {
  const ucontext_t *user = context;
  fault_status = signo << 8 | (info->si_code & 0xff);
  fault_address = info->si_addr;
  fault_rip = (char *)user->uc_mcontext.gregs[REG_RIP];
  if (!armed)
    broken("signal %d at %p outside of any access, rip %p", signo, info->si_addr, (void *)fault_rip);
  siglongjmp(resume, 1);
}

void faults_caught(void) {
  const stack_t stack = {.ss_sp = signal_stack, .ss_size = sizeof signal_stack};
  sigaltstack(&stack, NULL);
  /* SA_NODEFER: siglongjmp leaves the handler without a system call to restore the mask. */
  struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
  sigaction(SIGSEGV, &action, NULL);
  sigaction(SIGBUS, &action, NULL);
}

static int in_page(const char *page, const char *at) { return at >= page && at < page + A_PAGE_SIZE; }

static int fault_in(char *page) {
  armed = 0;
  if (!in_page(page, fault_address))
    broken("fault %#x at %p instead of page %p", fault_status, (void *)fault_address, (void *)page);
  return fault_status;
}

#define GUARDED(access)                            \
  if (sigsetjmp(resume, 0)) return fault_in(page); \
  armed = 1;                                       \
  access;                                          \
  armed = 0;                                       \
  return 0

int try_load(char *page, char *at, int64_t *value) { GUARDED(*value = *(volatile int64_t *)at); }

int try_store(char *page, char *at, int64_t value) { GUARDED(*(volatile int64_t *)at = value); }

int try_exchange(char *page, char *at, int64_t value, int64_t *old) {
  GUARDED(*old = __atomic_exchange_n((int64_t *)at, value, __ATOMIC_SEQ_CST));
}

int try_failing_cas(char *page, char *at, int64_t *old) {
  /* No word ever holds this: tokens are small and records are text. */
  int64_t expected = INT64_MIN + 1;
  GUARDED(__atomic_compare_exchange_n((int64_t *)at, &expected, 0, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
          *old = expected);
}

int try_fetch(char *page) {
  static char *volatile target;
  target = page + FETCH_BYTE;
  if (sigsetjmp(resume, 0)) {
    armed = 0;
    if (fault_address == NULL && in_page(page, fault_rip)) return 0;
    return fault_in(page);
  }
  armed = 1;
  __asm__ volatile(
      "xor %%eax, %%eax\n\txor %%ebx, %%ebx\n\txor %%ecx, %%ecx\n\txor %%edx, %%edx\n\t"
      "xor %%esi, %%esi\n\txor %%edi, %%edi\n\txor %%r8d, %%r8d\n\txor %%r9d, %%r9d\n\t"
      "jmp *%0"
      :
      : "m"(target)
      : "memory");
  __builtin_unreachable();
}
