import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DESIGNS } from '#model/designs/index';
import { parseTraceFile } from '#model/trace/trace-file';
import { replayOnDesign } from '#properties/checkers/replay';

const CORPUS = new URL('../corpus/', import.meta.url);
const FILES = readdirSync(CORPUS).sort();

/** `v6.14.mappings-counted.munmap-of-a-part.json`: design, rule, what it shows. */
const NAME = /^(?<design>v\d+\.\d+)\.(?<rule>[a-z-]+)\.[a-z0-9-]+\.json$/;

const replay = (id: string, file: string) => {
  const design = DESIGNS.find((each) => each.id === id);
  if (design === undefined) throw new Error(`${file}: there is no design ${id}`);
  return replayOnDesign(design, parseTraceFile(readFileSync(new URL(file, CORPUS), 'utf8'), file).trace);
};

describe('corpus', () => {
  it('has findings about every transcribed design', () => {
    const transcribed = DESIGNS.filter(({ kind }) => kind === 'transcribed').map(({ id }) => id);
    for (const id of transcribed)
      expect(FILES.filter((file) => file.startsWith(`${id}.`)).length, id).toBeGreaterThan(1);
  });

  it.each(FILES)('%s', (file) => {
    const { design = '', rule } = NAME.exec(file)?.groups ?? {};
    const { outcome, counterexample } = replay(design, file);
    expect({ outcome, rule: counterexample?.failure.rule }).toEqual({ outcome: 'failed', rule });
    expect(counterexample?.failure.step, 'the last operation is the one that shows it').toBe(
      (counterexample?.observations.length ?? 0) - 1,
    );
    for (const intended of ['advance', 'demand-fault'])
      expect(replay(intended, file).outcome, intended).toBe('passed');
  });
});
