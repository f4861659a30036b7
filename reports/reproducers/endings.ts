import type { Ending } from './c-program.js';

const EXITS = 'Exit code: 0 all as specified; 1 a step showed something else; 4 it could not be run here.';

/** A program of its own. */
export const PROGRAM: Ending = {
  includes: [],
  usage: ['Build it with: cc -Wall -Wextra -Werror -o reproducer reproducer.c', EXITS],
  text: (resumes) => `int main(${resumes ? 'int count, char **arguments' : 'void'})
{
	int verdict;

${resumes ? '\tresume_after_execve(count, arguments);\n' : ''}	verdict = run();
	printf("%s\\n", verdict == AS_SPECIFIED ? "as specified" : shared->why);
	return verdict;
}`,
};

/** A test for tools/testing/selftests/perf_events of the kernel's tree. */
export const KSELFTEST: Ending = {
  includes: ['#include "../kselftest_harness.h"'],
  usage: [
    'For the kernel tree: put it into tools/testing/selftests/perf_events, and its name into TEST_GEN_PROGS of the Makefile there.',
  ],
  text: (resumes) => `${
    resumes
      ? `/* execve() runs the whole program again: this comes before the harness. */
__attribute__((constructor)) static void resume_program(int count, char **arguments)
{
	resume_after_execve(count, arguments);
}

`
      : ''
  }FIXTURE(perf_mmap)
{
	int verdict;
};

FIXTURE_SETUP(perf_mmap)
{
	self->verdict = run();
	if (self->verdict == SKIPPED)
		SKIP(return, "%s", shared->why);
}

FIXTURE_TEARDOWN(perf_mmap)
{
}

TEST_F(perf_mmap, as_specified)
{
	ASSERT_EQ(AS_SPECIFIED, self->verdict)
		TH_LOG("%s", shared->why);
}

TEST_HARNESS_MAIN`,
};
