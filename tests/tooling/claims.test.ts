import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLOSING_BOUNDS, LARGE_BOUNDS } from '#properties/explorer/named-bounds';
import { scratch } from './scratch.js';

const ROOT = join(import.meta.dirname, '..', '..');
const FILES = ['README.md', 'docs/CLAIMS.md', 'docs/claims.json'];
const PRODUCT = Object.fromEntries(FILES.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));

/** The script on the product's files, with other words in one of them. */
function claims(args: readonly string[], path = '', was = '', is = '') {
  const changed = path === '' ? {} : { [path]: PRODUCT[path]?.replace(was, is) ?? '' };
  const folder = scratch({ ...PRODUCT, ...changed });
  const script = join(ROOT, 'scripts', 'claims.mjs');
  return spawnSync(process.execPath, [script, ...args, '--folder', folder], { encoding: 'utf8' });
}

describe('claims --text', () => {
  it('passes for what is written in this repository', () => expect(claims(['--text']).status).toBe(0));

  it.each([
    ['README.md', '| `advance` | small | 40 |', '| `advance` | small | 41 |'],
    ['docs/CLAIMS.md', '| `advance` | small | 40 |', '| `advance` | small | 41 |'],
    ['docs/claims.json', '"operations":40', '"operations":41'],
    ['README.md', '<!-- Written by `npm run claims` to here. -->', ''],
  ])('fails when %s has %s as "%s"', (path, was, is) => {
    expect(PRODUCT[path]).toContain(was);
    const { status, stderr } = claims(['--text'], path, was, is);
    expect(status).toBe(1);
    expect(stderr).toMatch(/npm run claims|marks of the claims/);
  });
});

describe('claims --check', () => {
  const only = ['--check', '--bounds', 'aux-failures'];

  it('does the searches again, and comes to the same', () => {
    const { status, stdout } = claims(only);
    expect(status).toBe(0);
    expect(stdout).toBe('claims: 7 searches came to what is recorded\n');
  }, 180_000);

  it('names what is another number', () => {
    const { claims: list } = JSON.parse(PRODUCT['docs/claims.json'] ?? '').closing;
    const { states } = list.find((each: { bounds: string }) => each.bounds === 'aux-failures');
    const wrong = claims(only, 'docs/claims.json', `"states":${states},`, '"states":1,');
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toContain(`/claims/0/states: recorded 1, now ${states}`);
  }, 180_000);

  it('knows no other bounds', () => {
    expect(claims(['--check', '--bounds', 'nowhere']).stderr).toContain('no bounds are called nowhere');
  });
});

describe('the claims', () => {
  const { closing, separating, large, symmetry } = JSON.parse(PRODUCT['docs/claims.json'] ?? '');
  const intended = closing.claims.filter(({ design }: { design: string }) =>
    ['advance', 'demand-fault'].includes(design),
  );

  it('are that the intended designs close, and break nothing', () => {
    expect(intended.length).toBe(2 * CLOSING_BOUNDS.length);
    for (const claim of intended) {
      expect(claim.closed, `${claim.design}, ${claim.bounds}`).toBe(true);
      expect(claim.notFollowed).toMatchObject({ bound: 0, open: 0, irregular: 0 });
      for (const verdict of Object.values(claim.rules)) expect(verdict).toBeTypeOf('string');
    }
    expect(closing.comparisons.length).toBe(CLOSING_BOUNDS.length);
    for (const { closed } of closing.comparisons) expect(closed).toBe(true);
  });

  it('leave no rule and no state that should be shown without a search that looked at it', () => {
    for (const design of ['advance', 'demand-fault']) {
      const own = intended.filter((claim: { design: string }) => claim.design === design);
      const asked = own.flatMap(({ rules }: { rules: object }) =>
        Object.entries(rules).flatMap(([id, verdict]) => (verdict === 'vacuous' ? [] : [id])),
      );
      expect(new Set(asked)).toEqual(new Set(Object.keys(own[0].rules)));
      const seen = own.flatMap(({ sometimes }: { sometimes: object }) =>
        Object.entries(sometimes).flatMap(([id, length]) => (length === null ? [] : [id])),
      );
      expect(new Set(seen)).toEqual(new Set(Object.keys(own[0].sometimes)));
    }
  });

  it('witness every variation point on which the intended designs differ', () => {
    const witnessed = closing.comparisons.flatMap(({ differences }: { differences: { point?: string }[] }) =>
      differences.map(({ point }) => point),
    );
    expect(new Set(witnessed)).toEqual(new Set(separating));
  });

  it('count the same states with symmetry and without', () => {
    expect(symmetry.audits.length).toBeGreaterThan(0);
    for (const { stored, orbits } of symmetry.audits) expect(stored).toBe(orbits);
  });

  it('say of the long searches what was left', () => {
    for (const claim of large.claims) expect(claim.closed || claim.left > 0).toBe(true);
    expect(large.claims.length).toBe(2 * LARGE_BOUNDS.length);
  });
});
