// Watching a column of the model's state, to see what stands in others while it changes: which mutexes are held, say.
import type { World } from '#model/kernel/world';

type TableName = 'event' | 'rb' | 'rcu' | 'user';

/**
 * From now on `told` hears of every value that is written to the column, before it is.
 * @returns the column itself, which tells nobody
 */
export function watchColumn(
  w: World,
  table: TableName,
  name: string,
  told: (row: number, value: number) => void,
): Int32Array {
  const columns: Readonly<Record<string, Int32Array>> = w[table];
  const column = columns[name];
  const watched = new Proxy(column, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set(target, key, value: number) {
      told(Number(key), value);
      return Reflect.set(target, key, value);
    },
  });
  Object.assign(columns, { [name]: watched });
  return column;
}
