import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A declaration of the library: what it is called by, and its text with the comment before it. */
interface Block {
  readonly names: readonly string[];
  readonly text: string;
  readonly words: ReadonlySet<string>;
}

interface LibraryFile {
  readonly includes: readonly string[];
  readonly blocks: readonly Block[];
}

/** What comes before the sequence, in the order in which one builds on the other; and what comes after it. */
const BEFORE = [
  'arena',
  'turns',
  'expect',
  'events',
  'memory',
  'access',
  'kernel-access',
  'processes',
  'remote',
  'limits',
  'views',
  'needs',
];
const AFTER = ['conduct'];

const FOLDER = join(import.meta.dirname, 'c');

/** Names that a text may refer to: those of members are the structure's own. */
const wordsOf = (text: string): Set<string> => new Set(text.match(/(?<!\.|->|\w)[A-Za-z_]\w*/g));
const withoutComments = (text: string): string =>
  text.replace(/\/\*.*?\*\//gs, '').replace(/"[^"\n]*"/g, '""');

/** What a declaration of C in this library declares. */
function namesOf(code: string): string[] {
  const body = /^enum[^{]*\{(.*)\}/s.exec(code)?.[1];
  if (body !== undefined)
    return [...body.matchAll(/\b([A-Za-z_]\w*)\b(?=\s*(?:=|,|$))/g)].map(([, name]) => name);
  const named =
    /^#define (\w+)/m.exec(code) ??
    /^struct (\w+) \{/m.exec(code) ??
    /^static [^;{=(]*?\b(\w+)\s*(?:\(|\[|=|;)/m.exec(code);
  if (named === null) throw new Error(`no declaration: ${code.slice(0, 80)}`);
  return [named[1]];
}

/** Parts of a text that are apart by an empty line outside of braces. */
function partsOf(text: string): string[] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const line of text.split('\n')) {
    if (line === '' && depth === 0) parts.push([]);
    else parts[parts.length - 1].push(line);
    const code = withoutComments(line);
    depth += (code.match(/\{/g)?.length ?? 0) - (code.match(/\}/g)?.length ?? 0);
  }
  return parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
}

function read(name: string): LibraryFile {
  const [first, ...rest] = partsOf(readFileSync(join(FOLDER, `${name}.c`), 'utf8'));
  const blocks = rest.map((text) => {
    const code = withoutComments(text);
    return { names: namesOf(code.trim()), text, words: wordsOf(code) };
  });
  return { includes: first.split('\n'), blocks };
}

/** The parts of a program, in order. */
interface Linked {
  readonly includes: readonly string[];
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Everything that the library declares, by name. */
export const libraryNames = (): string[] =>
  [...BEFORE, ...AFTER].flatMap((name) => read(name).blocks.flatMap(({ names }) => names));

/** The declarations that a text needs, with those that they need, and the headers of the files that they stand in. */
export function link(text: string): Linked {
  const files = [...BEFORE, ...AFTER].map(read);
  const all = files.flatMap(({ blocks }) => blocks);
  const needed = new Set<Block>();
  const reach = (words: ReadonlySet<string>): void => {
    for (const block of all) {
      if (needed.has(block) || !block.names.some((name) => words.has(name))) continue;
      needed.add(block);
      reach(block.words);
    }
  };
  reach(wordsOf(withoutComments(text)));
  const used = files.map(({ includes, blocks }) => ({
    includes,
    texts: blocks.filter((block) => needed.has(block)).map((block) => block.text),
  }));
  const includes = used.flatMap((file) => (file.texts.length > 0 ? file.includes : []));
  return {
    includes: [...new Set(includes)].sort(),
    before: used.slice(0, BEFORE.length).flatMap(({ texts }) => texts),
    after: used.slice(BEFORE.length).flatMap(({ texts }) => texts),
  };
}
