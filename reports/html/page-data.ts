import type { Result } from '../results/schema.js';
import type { HistoryPoint } from './history.js';

/** A result and the file that it was read from. */
export interface SourcedResult {
  readonly source: string;
  readonly result: Result;
}

/** All that a page shows. It is embedded as JSON, which nothing executes. */
export interface PageData {
  readonly madeBy: string;
  /** When the page was made, ISO 8601. */
  readonly at: string;
  readonly results: readonly SourcedResult[];
  /** Runs before this one, oldest first. */
  readonly history: readonly HistoryPoint[];
  /** Commands that this mapahead has: how to make what is missing. */
  readonly commands: readonly string[];
  /** A run that goes on: the page asks its server for more. */
  readonly live?: { readonly command: string };
}

/** How far a run has come. The server of a live page sends these. */
export interface LiveProgress {
  readonly system: string;
  /** Of what it has to do, from 0 to 1, where that is known. */
  readonly share?: number;
  readonly text: string;
}
