import type { Exploration } from './exploration.js';
import { Explorer } from './explorer.js';
import type { Limits, Question } from './question.js';
import { reportOf } from './report-of.js';

/** Search all sequences of some bounds. */
export async function explore(question: Question, limits: Limits): Promise<Exploration> {
  const explorer = new Explorer(question);
  const cut = await explorer.run(limits);
  return reportOf(explorer, cut);
}
