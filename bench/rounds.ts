/** One thing that is measured: it does some work and says how many operations that was. */
export interface Contender {
  readonly name: string;
  /** @param seed another one at each call */
  work(seed: number): number | Promise<number>;
}

/** Operations a second of one contender, one number a round. */
export interface Rates {
  /** By the clock. */
  readonly wall: number[];
  /** By the processor time that the process took, all its threads together: what others do on the machine counts less. */
  readonly cpu: number[];
}

/**
 * Paired, interleaved rounds: in each round every contender works in turn, the first one changing from round to round, so that
 * whatever else the machine does meets all alike. Each works until `roundMs` have passed. A first round warms up and is not counted.
 */
export async function measure(
  contenders: readonly Contender[],
  rounds: number,
  roundMs: number,
): Promise<readonly Rates[]> {
  const rates = contenders.map((): Rates => ({ wall: [], cpu: [] }));
  let seed = 1;
  for (let round = -1; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const which = (turn + round + 1) % contenders.length;
      const { wall, cpu } = await rateOf(contenders[which], () => seed++, roundMs);
      if (round < 0) continue;
      rates[which].wall.push(wall);
      rates[which].cpu.push(cpu);
    }
  }
  return rates;
}

async function rateOf(contender: Contender, seed: () => number, roundMs: number) {
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  let operations = 0;
  let elapsedMs = 0;
  while (elapsedMs < roundMs) {
    operations += await contender.work(seed());
    elapsedMs = performance.now() - start;
  }
  const { user, system } = process.cpuUsage(cpuStart);
  return { wall: (operations / elapsedMs) * 1e3, cpu: (operations / (user + system)) * 1e6 };
}

/** The middle of an odd number of values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
