import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Patience } from '#properties/races/patience';

const START = 1_000_000;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

test('looks at once, and then twenty times a second', async () => {
  const patience = new Patience(1_000);
  expect(patience.due).toBe(true);
  expect(await patience.pause()).toBeUndefined();
  expect(patience.due).toBe(false);
  vi.setSystemTime(START + 49);
  expect(patience.due).toBe(false);
  vi.setSystemTime(START + 50);
  expect(patience.due).toBe(true);
});

test('ends when the time is up, and not before', async () => {
  const patience = new Patience(200);
  vi.setSystemTime(START + 199);
  expect(await patience.pause()).toBeUndefined();
  vi.setSystemTime(START + 200);
  expect(await patience.pause()).toBe('time');
});

test('ends when it is interrupted, whatever the time', async () => {
  const controller = new AbortController();
  const patience = new Patience(200, controller.signal);
  expect(await patience.pause()).toBeUndefined();
  vi.setSystemTime(START + 300);
  expect(await patience.pause()).toBe('time');
  controller.abort();
  expect(await patience.pause()).toBe('interrupted');
});

test('lets others have the processor while it pauses', async () => {
  const patience = new Patience(1_000);
  let others = false;
  setImmediate(() => {
    others = true;
  });
  await patience.pause();
  expect(others).toBe(true);
});
