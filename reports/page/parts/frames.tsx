import type { Entry } from '../state.js';

const WIDTH = 92;
const HEIGHT = 46;
const BETWEEN = 12;
const LABEL = 18;

interface Place {
  /** The middle of its upper edge. */
  readonly x: number;
  readonly y: number;
}

const A_ROW = 9;

/** Where each frame stands, by its number. */
export function frameColumns(
  frames: readonly Entry[],
  left: number,
  width: number,
): ReadonlyMap<number, Place> {
  const step = width / A_ROW;
  return new Map(
    frames.map(({ keys }, i) => [
      keys[0],
      { x: left + (i % A_ROW) * step + WIDTH / 2, y: LABEL + Math.floor(i / A_ROW) * (HEIGHT + BETWEEN) },
    ]),
  );
}

/** What the frames take below each other. */
export const frameHeight = (frames: readonly Entry[]): number =>
  frames.length === 0 ? 0 : LABEL + Math.ceil(frames.length / A_ROW) * (HEIGHT + BETWEEN);

/** The page frames: whose each is, at which offset of the buffer, and how often it is held and mapped. */
export function Frames({
  frames,
  y,
  places,
  changed,
}: {
  frames: readonly Entry[];
  y: number;
  places: ReadonlyMap<number, Place>;
  changed: { readonly set: ReadonlySet<string> };
}) {
  return (
    <g>
      {frames.map(({ name, keys, row }) => {
        const place = places.get(keys[0]);
        if (place === undefined) return null;
        const left = place.x - WIDTH / 2;
        const top = y + place.y;
        const free = row.state !== 'allocated';
        return (
          <g key={name}>
            <rect
              class={`frame${free ? ' free' : ''}${changed.set.has(name) ? ' changed' : ''}`}
              x={left}
              y={top}
              width={WIDTH - 4}
              height={HEIGHT}
              rx={3}
            />
            <text class="small strong" x={left + 5} y={top + 13}>
              {changed.set.has(name) ? '▲ ' : ''}frame {keys[0]}
            </text>
            <text class="small" x={left + 5} y={top + 26}>
              {free ? 'FREE, but mapped' : `${row.owner}, pgoff ${row.pgoff}`}
            </text>
            <text class="small" x={left + 5} y={top + 39}>
              ref {row.refcount}, map {row.mapcount}
            </text>
          </g>
        );
      })}
    </g>
  );
}
