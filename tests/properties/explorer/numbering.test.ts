import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Numbering } from '#properties/explorer/numbering';

const ROWS = 6;
const visits = fc.array(fc.nat(ROWS - 1));

function expectOrder(numbering: Numbering, order: readonly number[]): void {
  expect(numbering.count).toBe(order.length);
  expect([...numbering.rows.subarray(0, numbering.count)]).toEqual(order);
  for (let row = 0; row < ROWS; row++) expect(numbering.of(row)).toBe(order.indexOf(row) + 1);
}

describe('a numbering', () => {
  it('numbers rows in the order in which they are come upon first, and begins anew when cleared', () => {
    fc.assert(
      fc.property(fc.array(visits, { minLength: 1, maxLength: 3 }), (walks) => {
        const numbering = new Numbering(ROWS);
        for (const walk of walks) {
          numbering.clear();
          expectOrder(numbering, []);
          for (const row of walk) numbering.number(row);
          expectOrder(numbering, [...new Set(walk)]);
        }
      }),
    );
  });

  it('can give the first rows their own numbers, whatever they had', () => {
    fc.assert(
      fc.property(visits, fc.nat(ROWS), (walk, count) => {
        const numbering = new Numbering(ROWS);
        for (const row of walk) numbering.number(row);
        numbering.identity(count);
        expectOrder(
          numbering,
          Array.from({ length: count }, (_, i) => i),
        );
      }),
    );
  });
});
