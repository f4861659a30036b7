import { expect, it } from 'vitest';
import { runScript, scratch } from './scratch.js';

// The words are put together here, because this file has to pass the check as well.
const OFFENCES: [string, string, string, number][] = [
  ['unfinished work', 'model/a.ts', `// ${'TO'}${'DO'}: later\n`, 1],
  ['a silenced compiler', 'model/a.ts', `let a;\n// @ts-${'ignore'}\n`, 2],
  ['a silenced linter', 'cli/a.ts', `// biome-${'ignore'} lint: no\n`, 1],
  ['a cast to anything', 'cli/a.ts', `f(x as ${'any'});\n`, 1],
  ['a test left out', 'tests/a.test.ts', `\n\nit.${'skip'}('x', f);\n`, 3],
  ['a test run alone', 'tests/deep/a.test.ts', `describe.concurrent.${'only'}('x', f);\n`, 1],
  ['a download address', 'package-lock.json', `{\n"${'resolved'}": "x"\n}\n`, 2],
  ['a registry host', 'docs/a.md', `see registry.${'example'}.org\n`, 1],
  ['a long C file', 'model/linux/agent/a.c', 'int a;\n'.repeat(301), 301],
];

it.each(OFFENCES)('names file and line of %s', (_what, file, text, line) => {
  const { status, stderr } = runScript('check-files.mjs', scratch({ [file]: text }));
  expect(stderr).toContain(`${file}:${line}: `);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(status).toBe(1);
});

it('accepts what is allowed', () => {
  const folder = scratch({
    'model/a.ts': '// as any reader sees\n'.repeat(300),
    'model/linux/agent/a.c': 'int a;\n',
    'docs/a.md': 'text\n'.repeat(1000),
    'node_modules/a/a.ts': `// ${'FIX'}${'ME'}\n`,
    'coverage/a.ts': `// ${'FIX'}${'ME'}\n`,
  });
  expect(runScript('check-files.mjs', folder)).toMatchObject({ status: 0, stdout: '', stderr: '' });
});
