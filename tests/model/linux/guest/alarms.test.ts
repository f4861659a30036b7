import { describe, expect, it } from 'vitest';
import { ALARMS, alarmIn } from '#model/linux/guest/alarms';
import { ALARM_LINES, CLEAN_LINES } from './logs.js';

describe('an alarm', () => {
  it.each(ALARM_LINES)('of the kind %s: %s', (kind, line) => {
    expect(alarmIn(line)).toBe(kind);
  });

  it('of each kind is among these', () => {
    expect(new Set(ALARM_LINES.map(([kind]) => kind))).toEqual(new Set(ALARMS.map(({ id }) => id)));
  });

  it.each(CLEAN_LINES)('is not: %s', (line) => {
    expect(alarmIn(line)).toBeUndefined();
  });
});
