import { describe, expect, it } from 'vitest';
import { OP_NAMES } from '#model/alphabet/operations';
import { traceJsonSchema } from '#model/trace/schema';

interface Node {
  title?: string;
  properties?: Record<string, Node>;
  items?: Node;
  oneOf?: Node[];
  const?: string;
  enum?: string[];
  maximum?: number;
  uniqueItems?: boolean;
  additionalProperties?: boolean;
}

describe('the JSON Schema of trace files', () => {
  const schema = (): Node => JSON.parse(JSON.stringify(traceJsonSchema()));
  const operations = (): Node[] => schema().properties?.['operations']?.items?.oneOf ?? [];

  it('says what it is of', () => {
    expect(schema().title).toBe('mapahead trace file');
  });

  it('has every operation of the alphabet and no other', () => {
    expect(operations().map((each) => each.properties?.['op']?.const)).toEqual(OP_NAMES);
  });

  it('has the domains of the operands', () => {
    const mmap = operations()[OP_NAMES.indexOf('mmap')];
    expect(mmap?.additionalProperties).toBe(false);
    expect(mmap?.properties?.['page']?.maximum).toBe(31);
    expect(mmap?.properties?.['prot']?.uniqueItems).toBe(true);
    expect(mmap?.properties?.['prot']?.items?.enum).toEqual(['read', 'write', 'exec']);
    expect(operations()[OP_NAMES.indexOf('cap')]?.properties?.['on']?.enum).toEqual(['off', 'on']);
  });
});
