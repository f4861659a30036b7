import { describe, expect, it } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { NoAgentError } from '#model/linux/compile';
import { KernelLost } from '#properties/checkers/ask-kernel';
import { type ConformOptions, conform } from '#properties/conformance/conform';
import { recheck } from '#properties/conformance/recheck';
import { traceOf } from '../../shrinkers/traces.js';

// It loads every module of conformance: where a part of mutation/ is about these, it stands first.
const SUSPECT = { trace: traceOf([['maps', 0]], DEFAULT_ENV) };
const OPTIONS: ConformOptions = {
  seed: 1,
  runs: 1,
  length: 1,
  timeMs: 1_000,
  sources: ['corpus', 'cover', 'random'],
  corpus: [],
  matrix: true,
};
const refusing = (error: Error) => ({ name: 'refusing', open: () => Promise.reject(error) });

describe('a kernel that cannot be opened', () => {
  it('is lost to whoever asks', async () => {
    const none = refusing(new NoAgentError('no compiler'));
    await expect(conform(none, OPTIONS)).rejects.toThrow(new KernelLost('no compiler'));
    await expect(recheck(none, [SUSPECT])).rejects.toThrow(new KernelLost('no compiler'));
  });

  it('is a mistake when it is one', async () => {
    const mistaken = refusing(new TypeError('a mistake'));
    await expect(conform(mistaken, OPTIONS)).rejects.toThrow(new TypeError('a mistake'));
    await expect(recheck(mistaken, [SUSPECT])).rejects.toThrow(new TypeError('a mistake'));
  });
});
