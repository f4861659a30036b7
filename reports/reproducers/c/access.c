#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <ucontext.h>

static sigjmp_buf resume;

static volatile sig_atomic_t armed;

static volatile int fault;

static char *volatile fault_address;

static char *volatile fault_instruction;

static void on_fault(int signo, siginfo_t *info, void *context)
{
	fault = FAULT(signo, info->si_code & 0xff);
	fault_address = info->si_addr;
	fault_instruction = (char *)((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
	if (armed)
		siglongjmp(resume, 1);
	/* A fault of this program itself: let it die of it. */
	signal(signo, SIG_DFL);
}

static void catch_faults(void)
{
	static _Alignas(16) char stack[16384];
	const stack_t elsewhere = { .ss_sp = stack, .ss_size = sizeof(stack) };
	struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };

	sigaltstack(&elsewhere, NULL);
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
}

static bool in_page(const char *at, const char *address)
{
	return address >= at && address < at + PAGE_BYTES;
}

static int fault_in(const char *at)
{
	armed = 0;
	if (!in_page(at, fault_address))
		end_with(DIFFERS, "step %d: %s elsewhere", shared->step, name_of(fault));
	return fault;
}

static int load(char *at, size_t word)
{
	if (sigsetjmp(resume, 0))
		return fault_in(at);
	armed = 1;
	got = *(volatile int64_t *)(at + word);
	armed = 0;
	return OK;
}

static int store(char *at, size_t word, int64_t value)
{
	if (sigsetjmp(resume, 0))
		return fault_in(at);
	armed = 1;
	*(volatile int64_t *)(at + word) = value;
	armed = 0;
	return OK;
}

static int exchange(char *at, int64_t value)
{
	if (sigsetjmp(resume, 0))
		return fault_in(at);
	armed = 1;
	got = __atomic_exchange_n((int64_t *)(at + SCRATCH), value, __ATOMIC_SEQ_CST);
	armed = 0;
	return OK;
}

/* No word holds what this compares with: it needs write permission, and writes nothing. */
static int failing_compare_and_swap(char *at)
{
	static int64_t never;

	if (sigsetjmp(resume, 0))
		return fault_in(at);
	never = INT64_MIN + 1;
	armed = 1;
	__atomic_compare_exchange_n((int64_t *)(at + SCRATCH), &never, 0, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	armed = 0;
	got = never;
	return OK;
}

/*
 * Jump into the page, to zeros or to the header of a record: with all registers 0 both are instructions that fault at
 * address 0, which shows that they were executed.
 */
static int execute(char *at)
{
	static char *volatile target;

	target = at + 3072;
	if (sigsetjmp(resume, 0)) {
		armed = 0;
		return fault_address == NULL && in_page(at, fault_instruction) ? OK : fault_in(at);
	}
	armed = 1;
	__asm__ volatile("xor %%eax, %%eax\n\txor %%ebx, %%ebx\n\txor %%ecx, %%ecx\n\txor %%edx, %%edx\n\t"
			 "xor %%esi, %%esi\n\txor %%edi, %%edi\n\txor %%r8d, %%r8d\n\txor %%r9d, %%r9d\n\t"
			 "jmp *%0"
			 : : "m"(target) : "memory");
	__builtin_unreachable();
}
