// What Jenkins' XSD of JUnit XML (xUnit plugin, junit-10.xsd) asks of the elements that are written here. JUnit XML has no standard; this reader
// is the strictest of those that are in use, and GitLab and GitHub's actions take whatever it takes.
import type { Element } from '../xml.js';

interface Rule {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[];
}

const OUTCOME: Rule = { required: [], optional: ['type', 'message'], children: [] };
const RULES: Readonly<Record<string, Rule>> = {
  testsuites: {
    required: [],
    optional: ['name', 'time', 'tests', 'failures', 'errors'],
    children: ['testsuite'],
  },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  skipped: OUTCOME,
  error: OUTCOME,
  failure: OUTCOME,
};
/** Digits, perhaps in groups of three, and a fraction; no exponent. */
const TIME = /^(?:(?:\d{0,3},)*\d{3}|\d{0,3})*(?:\.\d*)?$/;

/** What the structure has against an element and all in it, a line each; empty when it is valid. */
export function junitProblems({ name, attributes, children }: Element): string[] {
  const rule = RULES[name];
  if (rule === undefined) return [`${name} is no element of it`];
  const problems = [
    ...rule.required.filter((each) => !(each in attributes)).map((each) => `${name} has no ${each}`),
    ...Object.keys(attributes)
      .filter((each) => !rule.required.includes(each) && !rule.optional.includes(each))
      .map((each) => `${name} may not have ${each}`),
    ...children
      .filter((child) => !rule.children.includes(child.name))
      .map((child) => `${child.name} may not be in ${name}`),
  ];
  if (attributes['time'] !== undefined && !TIME.test(attributes['time']))
    problems.push(`${name} has the time ${attributes['time']}`);
  return [...problems, ...children.flatMap(junitProblems)];
}
