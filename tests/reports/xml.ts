// A strict reader of the XML that is written here: what it takes is well formed.
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Text directly within it. */
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;

function unescaped(text: string): string {
  if (/<|&(?!(?:lt|gt|amp|quot|apos);)/.test(text)) throw new Error(`not escaped: ${text}`);
  return text.replace(/&(\w+);/g, (_, name: string) => ENTITIES[name] ?? '');
}

/** @throws Error when it is not well formed */
export function parseXml(source: string): Element {
  if (FORBIDDEN.test(source)) throw new Error('a character that XML cannot hold');
  let rest = source.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  const text = (): string => {
    const [found = ''] = /^[^<]*/.exec(rest) ?? [];
    rest = rest.slice(found.length);
    return unescaped(found);
  };
  const element = (): Element => {
    const open = /^<([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/.exec(rest);
    if (open === null) throw new Error(`no element: ${rest.slice(0, 60)}`);
    const [whole, name = '', list = '', empty] = open;
    rest = rest.slice(whole.length);
    const attributes: Record<string, string> = {};
    for (const [, key = '', value = ''] of list.matchAll(/ ([\w:-]+)="([^"]*)"/g)) {
      if (key in attributes) throw new Error(`${key} is there twice`);
      attributes[key] = unescaped(value);
    }
    const children: Element[] = [];
    let inside = '';
    if (empty === '') {
      for (inside = text(); !rest.startsWith('</'); inside += text()) children.push(element());
      if (!rest.startsWith(`</${name}>`)) throw new Error(`${name} does not end: ${rest.slice(0, 60)}`);
      rest = rest.slice(name.length + 3);
    }
    return { name, attributes, children, text: inside };
  };
  const root = element();
  if (rest.trim() !== '') throw new Error(`more after the end: ${rest.slice(0, 60)}`);
  return root;
}
