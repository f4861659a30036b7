import type { CertifyFlag } from './certify.js';
import type { PublishFlags } from './publish.js';

/** The options of `race`, as they are written. */
export interface RaceFlags extends PublishFlags {
  readonly design: string;
  readonly tasks?: readonly string[];
  readonly three?: boolean;
  readonly mode: string;
  readonly budget?: string;
  readonly time?: string;
  readonly depth?: string;
  readonly seed?: string;
  readonly all?: boolean;
  readonly certify?: CertifyFlag;
  readonly json?: boolean;
}
