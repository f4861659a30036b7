// What the agent's program launches ends with the one that wanted it, however that ends.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { agentProgram } from '#model/linux/compile';
import { eventually, isAlive } from '../raw-agent.js';

const run = promisify(execFile);

it('a launched program is killed with its parent', async () => {
  const program = await agentProgram();
  const parent = spawn('sh', ['-c', `${program} launch $$ sleep 600 & echo $!; wait`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(parent.stdout, 'data');
  const pid = Number(said);
  // Only then is it what it is to be.
  await eventually(() => (isAlive(pid) ? true : undefined));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await eventually(() => (isAlive(pid) ? undefined : true));
}, 60_000);

it('a program whose parent has gone is not launched, and one that is missing says so', async () => {
  const program = await agentProgram();
  await expect(run(program, ['launch', '1', 'true'])).rejects.toMatchObject({ code: 83 });
  await expect(run(program, ['launch', String(process.pid), 'no-such-program'])).rejects.toMatchObject({
    code: 127,
    stderr: 'no-such-program: No such file or directory\n',
  });
  await expect(run(program, ['launch', String(process.pid), 'echo', 'a', 'b'])).resolves.toMatchObject({
    stdout: 'a b\n',
  });
});

it('no other process than the first one is a guest', async () => {
  await expect(run(await agentProgram(), ['guest', '2'])).rejects.toMatchObject({ code: 82 });
});
