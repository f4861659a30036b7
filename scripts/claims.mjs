// Writes docs/claims.json, docs/CLAIMS.md and a part of README.md: what the exhaustive searches came to.
// Usage: claims.mjs [--large | --symmetry] [--bounds NAME]  does the searches (those that take long, those that count what symmetry
//                                                          leaves out; those of one set of bounds), writes all three
//        claims.mjs --check [--large | --symmetry] [--bounds NAME]  does them, writes nothing, fails if a number is another one
//        claims.mjs --render  does no search, writes the text anew from the record
//        claims.mjs --text  does no search, fails if README.md or docs/CLAIMS.md are not what the record says
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { merged, record, separating } from './claims-record.mjs';
import { claimsFile, readmeWith } from './claims-text.mjs';

const { values: flags } = parseArgs({
  options: {
    large: { type: 'boolean' },
    symmetry: { type: 'boolean' },
    check: { type: 'boolean' },
    render: { type: 'boolean' },
    text: { type: 'boolean' },
    bounds: { type: 'string' },
    folder: { type: 'string', default: join(import.meta.dirname, '..') },
  },
});
const file = (name) => join(flags.folder, name);
const RECORD = file('docs/claims.json');
const CLAIMS = file('docs/CLAIMS.md');
const README = file('README.md');

const read = (path) => readFileSync(path, 'utf8');
const tell = (text) => console.error(`claims: ${text}`);

function fail(text) {
  tell(text);
  process.exit(1);
}

/** Places where two records differ, at most a few. */
function differences(was, is, place = '') {
  if (isDeepStrictEqual(was, is)) return [];
  const both = [was, is].every((each) => each !== null && typeof each === 'object');
  if (!both) return [`${place}: recorded ${JSON.stringify(was)}, now ${JSON.stringify(is)}`];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return keys.flatMap((key) => differences(was[key], is[key], `${place}/${key}`));
}

/** The part of the record that the searches of these bounds, or of all, must come to again. */
function recorded(part, bounds) {
  const { [part]: known, separating: points } = JSON.parse(read(RECORD));
  const is = (each) => bounds === undefined || each.bounds === bounds;
  const kinds = Object.entries(known).map(([kind, searches]) => [kind, searches.filter(is)]);
  return { points, ...Object.fromEntries(kinds) };
}

/** One search a line. */
function recordText({ format, version, separating: points, ...parts }) {
  const list = ([kind, searches]) =>
    `"${kind}": [${searches.map((each) => `\n${JSON.stringify(each)}`).join(',')}]`;
  const part = ([name, kinds]) => `,\n"${name}": {${Object.entries(kinds).map(list).join(',\n')}}`;
  const head = `"format": ${JSON.stringify(format)},\n"version": ${version},\n"separating": ${JSON.stringify(points)}`;
  return `{${head}${Object.entries(parts).map(part).join('')}}\n`;
}

function write(known) {
  writeFileSync(RECORD, recordText(known));
  writeFileSync(CLAIMS, claimsFile(known));
  writeFileSync(README, readmeWith(read(README), known));
}

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());

if (flags.render) {
  write(JSON.parse(read(RECORD)));
} else if (flags.text) {
  const known = JSON.parse(read(RECORD));
  if (read(CLAIMS) !== claimsFile(known))
    fail('docs/CLAIMS.md is not what docs/claims.json says: npm run claims');
  if (read(README) !== readmeWith(read(README), known))
    fail('README.md is not what docs/claims.json says: npm run claims');
} else {
  try {
    const part = flags.symmetry ? 'symmetry' : flags.large ? 'large' : 'closing';
    const anew = JSON.parse(JSON.stringify(await record(part, interrupt.signal, tell, flags.bounds)));
    if (flags.check) {
      const found = differences(recorded(part, flags.bounds), { points: separating(), ...anew });
      if (found.length > 0)
        fail(`docs/claims.json is not what the searches say:\n${found.slice(0, 20).join('\n')}`);
      const count = Object.values(anew).reduce((sum, searches) => sum + searches.length, 0);
      console.log(`claims: ${count} searches came to what is recorded`);
    } else {
      write({
        ...JSON.parse(read(RECORD)),
        separating: separating(),
        [part]: merged(part, JSON.parse(read(RECORD))[part], anew),
      });
    }
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    tell('interrupted: nothing is written');
    process.exit(130);
  }
}
