/** One thing that is measured: it does some work and says how many operations that was. */
export interface Contender {
  readonly name: string;
  /** @param seed of this round: both contenders get the same */
  work(seed: number): number | Promise<number>;
}

/** Operations a second of each contender, one number a round. */
export type Rates = readonly (readonly number[])[];

/**
 * Paired, interleaved rounds: in each round every contender works in turn, the first one changing from round to round, so that
 * whatever else the machine does meets all alike. Each works until `roundMs` have passed. A first round warms up and is not counted.
 */
export async function measure(
  contenders: readonly Contender[],
  rounds: number,
  roundMs: number,
): Promise<Rates> {
  const rates = contenders.map(() => [] as number[]);
  let seed = 1;
  for (let round = -1; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const which = (turn + round + 1) % contenders.length;
      const rate = await rateOf(contenders[which], () => seed++, roundMs);
      if (round >= 0) rates[which].push(rate);
    }
  }
  return rates;
}

async function rateOf(contender: Contender, seed: () => number, roundMs: number): Promise<number> {
  const start = performance.now();
  let operations = 0;
  let elapsed = 0;
  while (elapsed < roundMs) {
    operations += await contender.work(seed());
    elapsed = performance.now() - start;
  }
  return (operations / elapsed) * 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
