// Rules about whole files that the linter cannot express. Usage: check-files.mjs [folder]
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { walk } from './walk.mjs';

const MAX_LINES = 300;

// One letter of each word stands in brackets, so that this file passes its own rules.
const UNFINISHED = /\b(?:[T]ODO|[F]IXME|[H]ACK)\b/;
const SILENCED = /@ts-[i]gnore|@ts-[n]ocheck|[b]iome-ignore|\bas [a]ny\b(?!\s+[a-z])/;
const LEFT_OUT = /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:only|skip)\b/;
const RESOLVED = /"[r]esolved"/;
const REGISTRY =
  /\bregistry\.[a-z0-9-]+\.(?:com|org|net|io|dev|cn)\b|npm\.[p]kg\.|[y]arnpkg\.|[n]pmmirror\./i;

const isSource = (path) => /\.(?:[cm]?[jt]sx?|css|[ch]|sh)$/.test(path) || path === '.ci/run';
const isTest = (path) => path.startsWith('tests/') && isSource(path);
const isLockFile = (path) => path === 'package-lock.json';

const LINE_RULES = [
  { applies: isSource, pattern: UNFINISHED, message: 'mark of unfinished work' },
  { applies: isSource, pattern: SILENCED, message: 'silenced check' },
  { applies: isTest, pattern: LEFT_OUT, message: 'test left out or run alone' },
  { applies: isLockFile, pattern: RESOLVED, message: 'download address in the lock file' },
  { applies: () => true, pattern: REGISTRY, message: 'name of a package registry host' },
];

function problemsOf(path, text) {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const problems = [];
  if (isSource(path) && lines.length > MAX_LINES) {
    problems.push(`${path}:${MAX_LINES + 1}: ${lines.length} lines, at most ${MAX_LINES} are allowed`);
  }
  for (const rule of LINE_RULES.filter((each) => each.applies(path))) {
    lines.forEach((line, index) => {
      if (rule.pattern.test(line)) problems.push(`${path}:${index + 1}: ${rule.message}`);
    });
  }
  return problems;
}

const root = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
const problems = walk(root).flatMap((path) => problemsOf(path, readFileSync(join(root, path), 'utf8')));

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
