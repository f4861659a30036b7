import { createHash } from 'node:crypto';
import { VERSION } from '../../model/trace/version.js';
import type { PageData } from '../html/page-data.js';
import { counterexamples, type Shown } from '../html/shown.js';
import { answer, call, headline, why } from '../html/words.js';
import type { Result } from '../results/schema.js';
import { type Case, casesOf } from './cases.js';
import type { Sarif } from './sarif-schema.js';

type SarifResult = Sarif['runs'][number]['results'][number];
type CodeFlows = NonNullable<SarifResult['codeFlows']>;

/** A path as a relative reference of a URI. Half a surrogate pair, which no URI can hold, is the replacement character. */
const uriOf = (path: string): string =>
  path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split(/[/\\]/)
    .map(encodeURIComponent)
    .join('/');

/** Where a finding is: a trace has no source line, so the result that holds it stands for its place. */
function locationOf(
  { from: { source } }: Pick<Shown, 'from'>,
  system: string,
): SarifResult['locations'][number] {
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(source) }, region: { startLine: 1 } },
    logicalLocations: [{ fullyQualifiedName: system, kind: 'module' }],
  };
}

function flowsOf({ operations, observations, failure }: Shown['example']): CodeFlows {
  const locations = operations.slice(0, failure.step + 1).map((operation, i) => {
    const [short] = answer(operation, observations[i], operations);
    return {
      executionOrder: i,
      importance: i === failure.step ? ('essential' as const) : ('important' as const),
      location: { message: { text: `P${operation.proc} ${call(operation)} = ${short}` } },
    };
  });
  return locations.length === 0 ? [] : [{ threadFlows: [{ locations }] }];
}

const fingerprint = (...parts: readonly string[]): Record<string, string> => ({
  'mapahead/v1': createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32),
});

function ofExample(shown: Shown): Omit<SarifResult, 'ruleIndex'> {
  const { system, example, known } = shown;
  const flows = flowsOf(example);
  return {
    ruleId: example.failure.rule,
    level: known === undefined ? 'error' : 'note',
    message: {
      text: `${system} ${headline(example)}. ${why(example)} Replay: npx mapahead replay ${example.token}`,
    },
    locations: [locationOf(shown, system)],
    partialFingerprints: fingerprint(system, example.failure.rule, JSON.stringify(example.operations)),
    ...(flows.length === 0 ? {} : { codeFlows: flows }),
  };
}

function ofCase(each: Case): Omit<SarifResult, 'ruleIndex'> {
  return {
    ruleId: each.name,
    level: 'error',
    message: { text: `${each.suite}: ${each.rule} ${each.text} ${each.repeat}` },
    locations: [locationOf(each, each.suite)],
    partialFingerprints: fingerprint(each.suite, each.name),
  };
}

const wasComplete = (result: Result): boolean =>
  !('outcome' in result) || result.outcome === 'passed' || result.outcome === 'failed';

/** What failed, and known findings as notes, as SARIF 2.1.0; steps are a code flow. */
export function sarifLog(data: PageData): Sarif {
  const examples = counterexamples(data);
  const cases = casesOf(data);
  const told = new Set(examples.map(({ system, example }) => `${system} ${example.failure.rule}`));
  const others = cases.filter(
    ({ outcome, suite, name }) => outcome === 'failed' && !told.has(`${suite.split(' (')[0]} ${name}`),
  );
  const results = [...examples.map(ofExample), ...others.map(ofCase)];
  const texts = new Map([
    ...examples.map(({ example: { failure } }) => [failure.rule, failure.text] as const),
    ...cases.map(({ name, rule }) => [name, rule] as const),
  ]);
  const ids = [...new Set([...texts.keys(), ...results.map(({ ruleId }) => ruleId)])];
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'mapahead',
            semanticVersion: VERSION,
            rules: ids.map((id) => ({
              id,
              shortDescription: { text: texts.get(id) || id },
              defaultConfiguration: { level: 'error' },
            })),
          },
        },
        invocations: data.results.map(({ result }) => ({
          commandLine: result.command,
          executionSuccessful: wasComplete(result),
          startTimeUtc: result.started,
        })),
        results: results.map((result) => ({ ...result, ruleIndex: ids.indexOf(result.ruleId) })),
      },
    ],
  };
}

/** The same as text. */
export const sarif = (data: PageData): string => `${JSON.stringify(sarifLog(data), null, 2)}\n`;
