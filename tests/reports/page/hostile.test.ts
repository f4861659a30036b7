import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Result } from '#reports/results/schema';
import { resultSchema } from '#reports/results/schema';
import { HISTORY } from '../history-example.js';
import { ALL, dataOf } from '../result-examples.js';
import { pages } from './opened.js';

const { open } = pages();
const SLOW = 120_000;

/** Each would call out, if any part of a page took it for more than text. */
const attack = (address: string): readonly string[] => [
  `</script><img src=x onerror="fetch('${address}/1')">`,
  `"><svg onload=fetch('${address}/2')>`,
  `<!--<script>fetch('${address}/3')`,
  `javascript:fetch('${address}/4')`,
  `\u2028\u2029';fetch('${address}/5');//`,
  "$& $` $' $1 __MAPAHEAD_DATA__ __MAPAHEAD_CONNECT__",
  '__proto__',
  '{{constructor.constructor("alert(1)")()}}',
  `<link rel=stylesheet href=${address}/6><style>@import '${address}/7'</style>`,
];

/** The same result, with every string that its schema lets be anything made hostile. */
function poisoned(result: Result, strings: readonly string[]): Result {
  let nth = 0;
  const poison = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') {
      const hostile = `${strings[nth % strings.length]}${nth}`;
      nth++;
      return KEPT.has(key) ? value : hostile;
    }
    if (Array.isArray(value)) return value.map((each) => poison(each, key));
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).map(([name, each]) => [name, poison(each, name)]);
    if (OPEN.has(key) && members.length > 0)
      for (const hostile of strings) members.push([hostile, members[0]?.[1]]);
    return Object.fromEntries(members);
  };
  const read = resultSchema.safeParse(poison(result));
  if (!read.success) throw new Error(JSON.stringify(read.error.issues.slice(0, 3)));
  return read.data;
}

/** Where a schema has a list of what is allowed. */
const KEPT = new Set(['format', 'kind', 'outcome', 'seen', 'evidence']);
/** Objects whose keys may be anything. */
const OPEN = new Set(['set', 'invariants', 'perOperation', 'notFollowed']);

describe('results from somebody else', () => {
  it(
    'run nothing in the page, ask for nothing, and break nothing',
    async () => {
      const asked: string[] = [];
      const server = createServer((request, response) => {
        asked.push(request.url ?? '');
        response.end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      const strings = attack(`http://127.0.0.1:${port}`);
      const results = ALL.map(({ source, result }, i) => ({
        source: `${strings[i % strings.length]}${source}`,
        result: poisoned(result, strings),
      }));
      const history = HISTORY.map((point, i) => ({ ...point, revision: strings[i] ?? '' }));
      const opened = await open({ ...dataOf(results, history), madeBy: strings[0] ?? '' });
      for (const place of [
        'verdict',
        'counterexample',
        'differences',
        'kernels',
        'races',
        'mutants',
        'coverage',
        'coverage/code',
        'trends',
      ]) {
        await opened.go(`#/${place}`);
        expect(await opened.page.locator('h1').count(), place).toBeGreaterThan(0);
        expect(
          await opened.page.locator('#app :is(img, script, link, style, iframe, object)').count(),
          place,
        ).toBe(0);
      }
      // The text is there, as text.
      await opened.go('#/mutants');
      expect(await opened.page.innerText('main')).toContain('</script><img src=x onerror=');
      await opened.go(`#/counterexample/${encodeURIComponent(strings[0] ?? '')}/%E0%A4%A`);
      expect(opened.complaints).toEqual([]);
      expect(opened.requests).toEqual([opened.address]);
      expect(asked).toEqual([]);
      server.close();
    },
    SLOW,
  );

  it(
    'would be stopped by the policy, should a part of the page ever let one through',
    async () => {
      const { page } = await open(dataOf(ALL));
      const ran = await page.evaluate(async () => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.ran = true';
        document.body.append(script);
        const image = document.createElement('div');
        image.innerHTML = '<img src="data:," onerror="globalThis.ran = true">';
        document.body.append(image);
        const fetched = await fetch('data:text/plain,x').then(
          () => 'fetched',
          () => 'refused',
        );
        await new Promise((resolve) => setTimeout(resolve, 200));
        return [fetched, 'ran' in globalThis];
      });
      expect(ran).toEqual(['refused', false]);
    },
    SLOW,
  );
});
