import type { CertifyFlag } from './certify.js';
import type { PublishFlags } from './publish.js';

/** The options of `mutants`, as they are written. */
export interface MutantsFlags extends PublishFlags {
  readonly mutant?: readonly string[];
  readonly seed: string;
  readonly seeds: string;
  readonly sequences: string;
  readonly time: string;
  readonly json?: boolean;
  readonly certify?: CertifyFlag;
}
