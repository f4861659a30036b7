import type { PageData } from '../html/page-data.js';
import { type Case, casesOf } from './cases.js';
import { xml } from './xml.js';

const count = (cases: readonly Case[], outcome: Case['outcome']): number =>
  cases.filter((each) => each.outcome === outcome).length;

function caseXml({ suite, name, outcome, rule, text, repeat }: Case): string {
  const open = `    <testcase classname="${xml(suite)}" name="${xml(name)}"`;
  if (outcome === 'passed') return `${open}/>`;
  const inside =
    outcome === 'skipped'
      ? `      <skipped message="${xml(text)}"/>`
      : `      <failure message="${xml(text)}" type="${xml(name)}">${xml(`${rule}\n${text}\n\n${repeat}\n`)}</failure>`;
  return `${open}>\n${inside}\n    </testcase>`;
}

function suiteXml(name: string, cases: readonly Case[]): string {
  const [{ from }] = cases;
  const about = [
    `name="${xml(name)}"`,
    `tests="${cases.length}"`,
    `failures="${count(cases, 'failed')}"`,
    `errors="0"`,
    `skipped="${count(cases, 'skipped')}"`,
    `timestamp="${xml(from.result.started)}"`,
    `time="${from.result.seconds}"`,
  ];
  return `  <testsuite ${about.join(' ')}>\n${cases.map(caseXml).join('\n')}\n  </testsuite>`;
}

/**
 * Everything that was judged as JUnit XML: a suite a System, a case a rule.
 * Only elements and attributes that the strictest of its readers, the XSD `junit-10` of Jenkins' xUnit plugin, allows: it has no `skipped` on `testsuites`.
 */
export function junit(data: PageData): string {
  const cases = casesOf(data);
  const suites = [...new Set(cases.map(({ suite }) => suite))];
  const body = suites.map((suite) =>
    suiteXml(
      suite,
      cases.filter((each) => each.suite === suite),
    ),
  );
  const totals = `tests="${cases.length}" failures="${count(cases, 'failed')}" errors="0"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mapahead" ${totals}>\n${body.join('\n')}\n</testsuites>\n`;
}
