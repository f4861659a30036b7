import type { Reach } from '../../html/reach.js';
import { type Changed, type Entry, entriesOf, type Row } from '../state.js';
import { Frames, frameColumns, frameHeight } from './frames.js';
import { Scroll } from './scroll.js';

/** Pages of the arena, as the alphabet has them. */
const PAGES = 32;
const CELL = 26;
const LEFT = 52;
/** Rows of a process: page numbers, VMAs, pgoff, entries. */
const HEAD = 24;
const VMA = 24;
const PGOFF = 16;
const PTE = 22;
const BAND = HEAD + VMA + PGOFF + PTE + 14;
const GAP = 34;

interface Failure {
  readonly proc?: number | undefined;
  readonly page?: number | undefined;
}

const x = (page: number): number => LEFT + page * CELL;

function vmaText({ row }: Entry): string {
  const short = `${row.permissions}`;
  if (row.maps !== 'event') return Number(row.pages) > 2 ? `anon ${short}` : short;
  return Number(row.pages) > 2 ? `event ${row.event} ${short}` : `e${row.event} ${short}`;
}

const kindOf = ({ row }: Entry): string => (row.maps === 'event' ? `perf e${Number(row.event) % 6}` : 'anon');

function Vma({ entry, y, changed }: { entry: Entry; y: number; changed: Changed }) {
  const { row, keys, name } = entry;
  const width = Number(row.pages) * CELL;
  const isChanged = changed.set.has(name);
  return (
    <g>
      <rect
        class={`vma ${kindOf(entry)}${isChanged ? ' changed' : ''}`}
        x={x(keys[1]) + 1}
        y={y}
        width={width - 2}
        height={VMA}
        rx={3}
      />
      <text
        class={width < 60 ? 'on-vma tight' : 'on-vma'}
        x={x(keys[1]) + width / 2}
        y={y + 16}
        text-anchor="middle"
      >
        {width < 60 ? row.permissions : vmaText(entry)}
      </text>
      {isChanged ? (
        <text class="mark-changed" x={x(keys[1]) + 3} y={y - 3}>
          ▲
        </text>
      ) : null}
      {row.maps === 'event' &&
        Array.from({ length: Number(row.pages) }, (_, i) => (
          <text key={i} class="small" x={x(keys[1] + i) + CELL / 2} y={y + VMA + 12} text-anchor="middle">
            {Number(row.pgoff) + i}
          </text>
        ))}
    </g>
  );
}

function Pte({ entry, y, changed, wrong }: { entry: Entry; y: number; changed: Changed; wrong: boolean }) {
  const { row, keys, name } = entry;
  const access = String(row.access);
  const kind = access === '---' ? 'no' : access.includes('w') ? 'rw' : 'r';
  const isChanged = changed.set.has(name);
  return (
    <g>
      <rect
        class={`pte ${kind}${isChanged ? ' changed' : ''}${wrong ? ' wrong' : ''}`}
        x={x(keys[1]) + 2}
        y={y}
        width={CELL - 4}
        height={PTE}
        rx={2}
      />
      <text class={`on-pte ${kind}`} x={x(keys[1]) + CELL / 2} y={y + 15} text-anchor="middle">
        {access.replaceAll('-', '') || '-'}
      </text>
    </g>
  );
}

/** What was there before this step and is not any more. */
function Gone({ changed, y }: { changed: Changed; y: (process: number) => number }) {
  const gone = new Set(changed.gone);
  const was = (table: string): Entry[] =>
    entriesOf(changed.before, table).filter(({ name }) => gone.has(name));
  return (
    <g>
      {was('vma').map(({ name, keys, row }) => (
        <rect
          key={name}
          class="ghost"
          x={x(keys[1]) + 1}
          y={y(keys[0]) + HEAD}
          width={Number(row.pages) * CELL - 2}
          height={VMA}
          rx={3}
        />
      ))}
      {was('pte').map(({ name, keys }) => (
        <g key={name}>
          <rect
            class="ghost"
            x={x(keys[1]) + 2}
            y={y(keys[0]) + HEAD + VMA + PGOFF}
            width={CELL - 4}
            height={PTE}
            rx={2}
          />
          <text
            class="gone"
            x={x(keys[1]) + CELL / 2}
            y={y(keys[0]) + HEAD + VMA + PGOFF + 15}
            text-anchor="middle"
          >
            ×
          </text>
        </g>
      ))}
    </g>
  );
}

const pagesText = (page: number, pages: number): string =>
  pages === 1 ? `page ${page}` : `pages ${page} to ${page + pages - 1}`;

/** The pages that the call of this step names, as a line below their numbers. */
function Called({ reach: { page, pages }, y, wrong }: { reach: Reach; y: number; wrong: boolean }) {
  return (
    <path
      class={wrong ? 'called wrong' : 'called'}
      d={`M${x(page) + 2} ${y} V${y + 4} H${x(Math.min(page + pages, PAGES)) - 2} V${y}`}
    />
  );
}

/** What the picture shows, in words. */
function said(vmas: readonly Entry[], ptes: readonly Entry[], reaches: readonly Reach[]): string {
  const called = reaches.map(({ proc, page, pages }) => `process ${proc}, ${pagesText(page, pages)}`);
  const call = called.length === 0 ? '' : `this call names ${called.join(' and ')}. `;
  if (vmas.length === 0) return `${call}nothing is mapped`;
  return vmas
    .map((vma) => {
      const [p, page] = vma.keys;
      const pages = Number(vma.row.pages);
      const end = page + pages - 1;
      const own = ptes.filter(({ keys }) => keys[0] === p && keys[1] >= page && keys[1] <= end);
      const entries = own
        .map(({ keys, row }) => `page ${keys[1]} ${row.access} frame ${row.page}`)
        .join(', ');
      return `process ${p}, ${pagesText(page, pages)}: ${vmaText(vma)}; entries: ${entries || 'none'}`;
    })
    .reduce((text, each, i) => text + (i === 0 ? '' : '. ') + each, call);
}

/** The address spaces of all processes, and the frames behind their page table entries. */
export function Arena({
  rows,
  changed,
  reaches,
  failure,
}: {
  rows: ReadonlyMap<string, Row>;
  changed: Changed;
  /** The pages that the call of this step names. */
  reaches: readonly Reach[];
  failure: Failure | undefined;
}) {
  const tasks = entriesOf(rows, 'task');
  const vmas = entriesOf(rows, 'vma');
  const ptes = entriesOf(rows, 'pte');
  const frames = entriesOf(rows, 'page');
  const top = (p: number): number => tasks.findIndex(({ keys }) => keys[0] === p) * BAND;
  const entryY = (p: number): number => top(p) + HEAD + VMA + PGOFF;
  const framesY = tasks.length * BAND + (frames.length > 0 ? GAP : 0);
  const columns = frameColumns(frames, LEFT, PAGES * CELL);
  const width = LEFT + PAGES * CELL + 8;
  const height = framesY + frameHeight(frames);
  return (
    <Scroll label="Address space" more="arena">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={said(vmas, ptes, reaches)}
      >
        {tasks.map(({ keys: [p] }) => (
          <g key={p}>
            <text class="label strong" x={0} y={top(p) + 14}>
              P{p}
            </text>
            <text class="label" x={0} y={top(p) + HEAD + 16}>
              VMA
            </text>
            <text class="label" x={0} y={top(p) + HEAD + VMA + 12}>
              pgoff
            </text>
            <text class="label" x={0} y={entryY(p) + 15}>
              PTE
            </text>
            {Array.from({ length: PAGES }, (_, page) => (
              <g key={page}>
                <text
                  class={failure?.page === page && failure.proc === p ? 'small wrong' : 'small'}
                  x={x(page) + CELL / 2}
                  y={top(p) + 14}
                  text-anchor="middle"
                >
                  {page}
                </text>
                <rect class="empty" x={x(page) + 2} y={entryY(p)} width={CELL - 4} height={PTE} rx={2} />
              </g>
            ))}
          </g>
        ))}
        {reaches.map((reach, i) =>
          top(reach.proc) < 0 ? null : (
            <Called key={i} reach={reach} y={top(reach.proc) + 17} wrong={failure !== undefined} />
          ),
        )}
        <Gone changed={changed} y={top} />
        {vmas.map((entry) => (
          <Vma key={entry.name} entry={entry} y={top(entry.keys[0]) + HEAD} changed={changed} />
        ))}
        {ptes.map((entry) => {
          const [p, page] = entry.keys;
          const frame = columns.get(Number(entry.row.page));
          return frame === undefined ? null : (
            <path
              key={`to ${entry.name}`}
              class={`maps${changed.set.has(entry.name) ? ' changed' : ''}`}
              d={`M${x(page) + CELL / 2} ${entryY(p) + PTE} V${entryY(p) + PTE + 8} L${frame.x} ${framesY + frame.y - 10} V${framesY + frame.y}`}
            />
          );
        })}
        {ptes.map((entry) => (
          <Pte
            key={entry.name}
            entry={entry}
            y={entryY(entry.keys[0])}
            changed={changed}
            wrong={failure?.proc === entry.keys[0] && failure.page === entry.keys[1]}
          />
        ))}
        {failure?.page !== undefined && failure.proc !== undefined && top(failure.proc) >= 0 ? (
          <text
            class="wrong-sign"
            x={x(failure.page) + CELL / 2}
            y={top(failure.proc) + HEAD - 4}
            text-anchor="middle"
          >
            ✗
          </text>
        ) : null}
        <Frames frames={frames} y={framesY} places={columns} changed={changed} />
      </svg>
      <p class="legend">
        P0, P1: the processes, each with 32 pages of addresses. Bracket: the pages that this call names. VMA:
        colour by event, grey: anonymous. PTE: what the processor may do without a fault: r read, rw write
        too, - nothing, empty: no entry. Lines lead to the frame that an entry maps. ▲ and a thick line:
        changed at this step.
      </p>
    </Scroll>
  );
}
