/** JSON that is laid out already. */
class Laid {
  constructor(readonly text: string) {}
}

const json = (value: unknown): string => (value instanceof Laid ? value.text : JSON.stringify(value));

/** An object, one member a line; members that are undefined are left out. */
export function members(parts: readonly (readonly [string, unknown])[], indent: string): Laid {
  const present = parts.filter(([, value]) => value !== undefined);
  const body = present.map(([key, value]) => `${indent}  ${JSON.stringify(key)}: ${json(value)}`);
  return new Laid(`{\n${body.join(',\n')}\n${indent}}`);
}

/** A list, one element a line. */
export function lines(list: readonly unknown[], indent: string): Laid {
  const body = list.map((each) => `${indent}  ${JSON.stringify(each)}`);
  return new Laid(list.length === 0 ? '[]' : `[\n${body.join(',\n')}\n${indent}]`);
}
