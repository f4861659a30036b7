import type { PublishFlags } from './publish.js';

/** The options of `explore`, as they are written. */
export interface ExploreFlags extends PublishFlags {
  readonly design: string;
  readonly against: string;
  readonly bounds: string;
  readonly symmetry: string;
  readonly depth?: string;
  readonly memory: string;
  readonly time?: string;
  readonly invariant?: readonly string[];
  readonly checkpoint?: string;
  readonly checkpointEvery: string;
  readonly workers?: string;
  readonly json?: boolean;
}
