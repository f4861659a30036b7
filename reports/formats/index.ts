import type { PageData } from '../html/page-data.js';
import { pageHtml } from '../html/page-html.js';
import { coverageBadge, verdictBadge } from './badge.js';
import { junit } from './junit.js';
import { lcov } from './lcov.js';
import { markdown } from './markdown.js';
import { sarif } from './sarif.js';
import { tap } from './tap.js';

/** What results can be written as, by the name of the format. */
export const FORMATS: Readonly<Record<string, (data: PageData) => string>> = {
  html: pageHtml,
  junit,
  sarif,
  markdown,
  tap,
  lcov,
  badge: verdictBadge,
  'coverage-badge': coverageBadge,
};
