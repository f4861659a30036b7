import { describe, expect, test } from 'vitest';
import { DEFAULT_ENV } from '#model/alphabet/system';
import { operationsToJson } from '#model/trace/operation-json';
import { ACTIONS } from '#properties/races/actions';
import { allPlans, PlanError, parsePlan, triplePlans } from '#properties/races/plans';

const calls = (ops: Int32Array): string =>
  operationsToJson(ops)
    .map(({ op, proc }) => `${op}${proc === 0 ? '' : `@${proc}`}`)
    .join(' ');
const told = (text: string) => {
  const { name, plan } = parsePlan(text);
  return [name, [plan.prefix, ...plan.tasks].map(calls)];
};

describe('a plan as text', () => {
  test('is a situation, and tasks by processes 0 and 1', () => {
    expect(told('opened: map | close')).toEqual(['opened: map | close', ['open fork', 'mmap', 'close@1']]);
    expect(parsePlan('opened: map | close').plan.tasks).toEqual([
      Int32Array.from(ACTIONS['map'](0)[0]),
      Int32Array.from(ACTIONS['close'](1)[0]),
    ]);
  });

  test('may be written with spaces, and names the processes that go without saying', () => {
    const name = 'mapped: map-fails+look | unmap';
    const ops = ['open fork mmap', 'inject mmap headroom', 'munmap@1'];
    expect(told(name)).toEqual([name, ops]);
    expect(told('  mapped  :map-fails + look@0|unmap @ 1 ')).toEqual([name, ops]);
  });

  test('has a process 2 where a task is of it, and no more', () => {
    expect(told('opened: close | close@2')).toEqual([
      'opened: close | close@2',
      ['open fork fork', 'close', 'close@2'],
    ]);
    expect(told('opened: close@2 | close@0 | close')).toEqual([
      'opened: close@2 | close@0 | close',
      ['open fork fork', 'close@2', 'close', 'close'],
    ]);
    expect(told('opened: close | close@0')[1]).toEqual(['open fork', 'close', 'close']);
    expect(told('opened: close@1 | close')[1]).toEqual(['open fork', 'close@1', 'close@1']);
  });

  test('is of an environment', () => {
    expect(parsePlan('opened: close | close').plan.env).toBe(DEFAULT_ENV);
    const env = { ...DEFAULT_ENV, gift: 3 };
    expect(parsePlan('opened: close | close', env).plan.env).toBe(env);
  });

  const SITUATIONS =
    'opened, mapped, shared, two-events, redirected, redirected-shared, aux-asked, aux-mapped, aux-other, aux-other-mapped, aux-redirected';
  const loads = (n: number): string => Array.from({ length: n }, () => 'load').join('+');
  test.each([
    ['unmap | map', '"unmap | map" has no colon: write "situation: task | task"'],
    ['mapped: unmap', '1 task(s): write 2 or 3'],
    ['mapped: map | map | map | map', '4 task(s): write 2 or 3'],
    ['here: unmap | map', `no situation "here": write one of ${SITUATIONS}`],
    ['mapped: unmap | jump', `no action "jump": write one of ${Object.keys(ACTIONS).join(', ')}`],
    ['mapped: unmap | map: load', `no action "map: load": write one of ${Object.keys(ACTIONS).join(', ')}`],
    ['mapped: unmap | map@3', '@3: there are processes 0, 1 and 2'],
    ['mapped: unmap | map@', '@: there are processes 0, 1 and 2'],
    ['mapped: unmap | map@1@2', '@1@2: there are processes 0, 1 and 2'],
    ['mapped: unmap | map@@1', '@@1: there are processes 0, 1 and 2'],
    [`mapped: ${loads(9)} | load`, 'a task of more than 8 operations'],
    [`mapped: ${loads(8)} | ${loads(8)}`, '12870 orders of its operations: at most 5000 are compared with'],
    // The mmap over a mapping counts twice.
    [
      `mapped: ${loads(6)}+map-over | ${loads(7)}`,
      '6435 orders of its operations: at most 5000 are compared with',
    ],
    ['mapped: exit | load@0', 'a process that exits or execs has one task only'],
    ['mapped: load@1 | look+exec', 'a process that exits or execs has one task only'],
    ['mapped: fork | map | map@2', 'fork makes process 2: no task is of it'],
    ['mapped: map@2 | fork', 'fork makes process 2: no task is of it'],
  ])('"%s" is none', (text, problem) => {
    expect(() => parsePlan(text)).toThrow(new PlanError(problem));
    expect(() => parsePlan(text)).toThrow(PlanError);
  });

  test.each([
    `mapped: ${loads(8)} | load`,
    `mapped: ${loads(7)} | ${loads(7)}`,
    'mapped: exit | load',
    'mapped: exec | exit',
    'mapped: fork | map | map@1',
  ])('"%s" is one', (text) => {
    expect(parsePlan(text).name).toBe(text);
  });
});

/** What can be done in a situation, in the order of all actions. */
const ALWAYS = ['map', 'map-fails', 'map-over', 'close', 'fork', 'exit', 'exec'];
const MAPPED = ['unmap', 'load', 'store', 'load-data', 'move'];
const ANOTHER = ['map-other', 'redirect', 'redirect-back', 'detach', 'close-other'];
const AUX = ['map-aux', 'map-aux-fails', 'unmap-aux', 'load-aux'];
const AUX_OF_ANOTHER = ['map-aux-other', 'map-aux-other-fails'];
const DONE_IN: Readonly<Record<string, readonly string[]>> = {
  opened: ALWAYS,
  mapped: [...ALWAYS, ...MAPPED],
  shared: [...ALWAYS, ...MAPPED],
  'two-events': [...ALWAYS, ...MAPPED, ...ANOTHER],
  redirected: [...ALWAYS, ...MAPPED, ...ANOTHER],
  'redirected-shared': [...ALWAYS, ...MAPPED, ...ANOTHER],
  'aux-asked': [...ALWAYS, ...MAPPED, ...AUX],
  'aux-mapped': [...ALWAYS, ...MAPPED, ...AUX],
  'aux-other': [...ALWAYS, ...MAPPED, ...ANOTHER, ...AUX, ...AUX_OF_ANOTHER],
  'aux-other-mapped': [...ALWAYS, ...MAPPED, ...ANOTHER, ...AUX, ...AUX_OF_ANOTHER],
  'aux-redirected': [...ALWAYS, ...MAPPED, ...ANOTHER, ...AUX, ...AUX_OF_ANOTHER],
};
const inOrder = (actions: readonly string[]) => Object.keys(ACTIONS).filter((each) => actions.includes(each));
const THREADS = ['redirect', 'detach', 'close', 'load', 'store', 'load-data', 'load-aux'];
const CHARGED = ['map', 'map-other', 'map-aux', 'map-aux-other'];
const ENV = { ...DEFAULT_ENV, gift: 5 };

test('all plans: what can be done, beside what can be done, by a process and where that is another thing by a thread', () => {
  const expected = Object.entries(DONE_IN).flatMap(([from, actions]) =>
    inOrder(actions).flatMap((one) =>
      inOrder(actions).flatMap((other) => [
        `${from}: ${one} | ${other}`,
        ...(CHARGED.includes(other) ? [`${from}: ${one} | ${other}+look`] : []),
        ...(THREADS.includes(other) && one !== 'exit' && one !== 'exec'
          ? [`${from}: ${one} | ${other}@0`]
          : []),
      ]),
    ),
  );
  const plans = allPlans(ENV);
  expect(plans.map(({ name }) => name)).toEqual(expected);
  expect(plans).toHaveLength(4_712);
  for (const each of plans.filter((_, i) => i % 97 === 0)) expect(parsePlan(each.name, ENV)).toEqual(each);
});

test('plans of three: two of what a buffer comes and goes by, beside everything else', () => {
  const core = ['map', 'unmap', 'map-other', 'map-aux', 'unmap-aux', 'redirect', 'close'];
  const expected = Object.entries(DONE_IN).flatMap(([from, actions]) =>
    core
      .filter((each) => actions.includes(each))
      .flatMap((one, i, all) =>
        all
          .slice(i)
          .flatMap((other) =>
            inOrder(actions).flatMap((third) => [
              ...(third === 'fork' ? [] : [`${from}: ${one} | ${other} | ${third}@2`]),
              ...(third === 'fork' || THREADS.includes(third)
                ? [`${from}: ${one} | ${other} | ${third}`]
                : []),
            ]),
          ),
      ),
  );
  const plans = triplePlans(ENV);
  expect(plans.map(({ name }) => name)).toEqual(expected);
  expect(plans).toHaveLength(4_401);
  for (const each of plans.filter((_, i) => i % 97 === 0)) expect(parsePlan(each.name, ENV)).toEqual(each);
});
