import type { Mark } from '../../html/shown.js';

const MARKS: Readonly<Record<Mark, readonly [string, string]>> = {
  held: ['✓', 'held'],
  failed: ['✗', 'FAILED'],
  until: ['·', 'held until the run stopped at its failure'],
  vacuous: ['○', 'VACUOUS: there was never anything to look at'],
  'not-asked': ['–', 'not promised, or not asked for'],
  unseen: ['–', 'cannot be seen from user space'],
  'not-run': ['?', 'NOT RUN'],
};

/** How a rule held: a sign, and what it means for who cannot see it. */
export function MarkSign({ mark, more = '' }: { mark: Mark; more?: string }) {
  const [sign, text] = MARKS[mark];
  const title = more === '' ? text : `${text}, ${more}`;
  return (
    <span class={`mark ${mark}`} title={title}>
      <span aria-hidden="true">{sign}</span>
      <span class="heard">{title}</span>
    </span>
  );
}

/** What the signs mean. */
export function Legend() {
  const shown: readonly Mark[] = ['held', 'failed', 'until', 'vacuous', 'not-asked', 'not-run'];
  return (
    <p class="legend">
      {shown.map((mark) => (
        <span key={mark}>
          <span class={`mark ${mark}`} aria-hidden="true">
            {MARKS[mark][0]}
          </span>{' '}
          {mark === 'not-asked'
            ? 'not promised, not asked for, or not visible'
            : MARKS[mark][1].toLowerCase()}
        </span>
      ))}
    </p>
  );
}
