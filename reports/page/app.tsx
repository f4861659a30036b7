import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { PageData } from '../html/page-data.js';
import { counterexamples, ofKind, overall } from '../html/shown.js';
import { CounterexamplePage } from './pages/counterexample.js';
import { CoveragePage } from './pages/coverage.js';
import { DifferencesPage } from './pages/differences.js';
import { KernelsPage } from './pages/kernels.js';
import { MutantsPage } from './pages/mutants.js';
import { RacesPage } from './pages/races.js';
import { TrendsPage } from './pages/trends.js';
import { VerdictPage } from './pages/verdict.js';
import { link, type Route, useRoute } from './route.js';
import { ThemeButton } from './theme.js';

interface Page {
  readonly id: string;
  readonly title: string;
  /** What stands beside the title: a count, or that there is nothing. */
  note(data: PageData): string;
  readonly show: (props: { data: PageData; route: Route }) => ComponentChildren;
}

const notRun = (missing: boolean, text = ''): string => (missing ? 'not run' : text);

const PAGES: readonly Page[] = [
  { id: 'verdict', title: 'Verdict', note: () => '', show: VerdictPage },
  {
    id: 'counterexample',
    title: 'Counterexamples',
    note: (data) => String(counterexamples(data).length),
    show: CounterexamplePage,
  },
  {
    id: 'differences',
    title: 'Differences',
    note: (data) => notRun(ofKind(data, 'exploration').every(({ result }) => result.against === 'spec')),
    show: DifferencesPage,
  },
  {
    id: 'kernels',
    title: 'Kernels',
    note: (data) => notRun(ofKind(data, 'kernels').length === 0),
    show: KernelsPage,
  },
  {
    id: 'races',
    title: 'Races',
    note: (data) => notRun(ofKind(data, 'race').length === 0),
    show: RacesPage,
  },
  {
    id: 'mutants',
    title: 'Mutants',
    note: (data) => notRun(ofKind(data, 'mutants').length === 0),
    show: MutantsPage,
  },
  {
    id: 'coverage',
    title: 'Coverage',
    note: (data) => notRun(ofKind(data, 'check').length + ofKind(data, 'exploration').length === 0),
    show: CoveragePage,
  },
  {
    id: 'trends',
    title: 'Trends',
    note: ({ history }) => notRun(history.length === 0, `${history.length}`),
    show: TrendsPage,
  },
];

const STATE = {
  failed: '✗ failed',
  passed: '✓ passed',
  'not-run': '○ not all was run',
  interrupted: '○ interrupted',
};

/** The whole report: where one is, and the page that is asked for. */
export function App({ data, children }: { data: PageData; children?: ComponentChildren }) {
  const route = useRoute();
  const page = PAGES.find(({ id }) => id === route[0]) ?? PAGES[0];
  const heading = useRef<HTMLElement>(null);
  const seen = useRef(page.id);
  const state = useMemo(() => overall(data), [data]);
  useLayoutEffect(() => {
    document.title = `${STATE[state]} · ${page.title} · mapahead`;
    if (seen.current === page.id) return;
    seen.current = page.id;
    // Who reads by ear or by keyboard goes on where the new page begins.
    heading.current?.focus();
  }, [page, state]);
  const Show = page.show;
  return (
    <>
      <a class="skip" href={link(page.id)} onClick={() => heading.current?.focus()}>
        Skip to the content
      </a>
      <header class="top">
        <span class="brand">mapahead</span>
        <span class={`pill ${state}`}>{STATE[state]}</span>
        <nav aria-label="Pages">
          {PAGES.map(({ id, title, note }) => {
            const text = note(data);
            return (
              <a key={id} href={link(id)} aria-current={id === page.id ? 'page' : undefined}>
                {title}
                {text === '' ? null : <span class={text === 'not run' ? 'note none' : 'note'}>{text}</span>}
              </a>
            );
          })}
        </nav>
        <ThemeButton />
      </header>
      {children}
      <main id="content" tabIndex={-1} ref={heading} aria-label={page.title}>
        <Show data={data} route={route.slice(1)} />
      </main>
      <footer>
        mapahead {data.madeBy}, page made {data.at}. Everything here comes from{' '}
        {data.results.length === 0 ? 'no result file' : data.results.map(({ source }) => source).join(', ')}.
        Its format is what <code>mapahead schema result</code> prints.
      </footer>
    </>
  );
}
