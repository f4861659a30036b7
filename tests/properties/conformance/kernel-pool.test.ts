import { describe, expect, it } from 'vitest';
import { NoAgentError } from '#model/linux/compile';
import { AgentError } from '#model/linux/lane';
import { KernelLost } from '#properties/checkers/ask-kernel';
import { KernelPool } from '#properties/conformance/kernel-pool';
import { specKernel } from './kernels.js';

describe('KernelPool', () => {
  it('opens a kernel once for each of the limits, and closes what it opened', async () => {
    const kernel = specKernel();
    const pool = new KernelPool(kernel);
    const [one, same, other] = await Promise.all([
      pool.at({ gift: 5, rlimit: 6 }),
      pool.at({ gift: 5, rlimit: 6 }),
      pool.at({ gift: 0, rlimit: 6 }),
    ]);
    expect(one).toBe(same);
    expect(other).not.toBe(one);
    expect([one.env.gift, other.env.gift]).toEqual([5, 0]);
    expect(kernel.open_now).toBe(2);
    await pool.close();
    expect(kernel.open_now).toBe(0);
  });

  it('takes a kernel that cannot be had for lost, and a mistake for a mistake', async () => {
    const failing = (error: Error) => new KernelPool({ name: 'x', open: () => Promise.reject(error) });
    await expect(failing(new NoAgentError('no compiler')).at({ gift: 1, rlimit: 1 })).rejects.toThrow(
      KernelLost,
    );
    await expect(failing(new AgentError('it is gone')).at({ gift: 1, rlimit: 1 })).rejects.toThrow(
      'it is gone',
    );
    const cause = new AgentError('it is gone');
    const lost = failing(cause).at({ gift: 1, rlimit: 1 });
    await expect(lost).rejects.toThrow(new KernelLost('it is gone', { cause }));
    const mistaken = failing(new TypeError('mine'));
    await expect(mistaken.at({ gift: 1, rlimit: 1 })).rejects.toThrow(TypeError);
    await mistaken.close();
  });
});
