import { type Changed, entriesOf, type Row } from '../state.js';
import { Scroll } from './scroll.js';

const TABLES = [
  ['vma', 'VMAs', 'process.page'],
  ['pte', 'Page table entries', 'process.page'],
  ['page', 'Frames', 'frame'],
  ['rb', 'Ring buffers', 'buffer'],
  ['event', 'Events', 'event'],
  ['task', 'Processes', 'process'],
  ['fd', 'Descriptors', 'process.fd'],
  ['user', 'Users', 'user'],
] as const;

function Value({ name, field, row, changed }: { name: string; field: string; row: Row; changed: Changed }) {
  const was = changed.set.has(name) ? changed.before.get(name)?.[field] : row[field];
  if (was === undefined || was === row[field]) return <td>{row[field] ?? ''}</td>;
  return (
    <td class="other">
      <b>{row[field] === '' ? 'none' : row[field]}</b> <small>was {was === '' ? 'none' : was}</small>
    </td>
  );
}

/** The state in tables: what the picture shows, and the counts that it has no room for. */
export function StateTables({ rows, changed }: { rows: ReadonlyMap<string, Row>; changed: Changed }) {
  return (
    <div class="tables">
      {TABLES.map(([table, title, key]) => {
        const entries = entriesOf(rows, table);
        const gone = changed.gone.filter((name) => name.startsWith(`${table} `));
        const touched = gone.length + entries.filter(({ name }) => changed.set.has(name)).length;
        if (entries.length + gone.length === 0) return null;
        const fields = [...new Set(entries.flatMap(({ row }) => Object.keys(row)))];
        return (
          <details key={table} open={touched > 0}>
            <summary>
              {title} ({entries.length}){touched > 0 ? <b class="changes">{touched} changed</b> : null}
            </summary>
            <Scroll label={title}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{key}</th>
                    {fields.map((field) => (
                      <th key={field} scope="col">
                        {field}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {entries.map(({ name, row }) => (
                    <tr key={name} class={changed.set.has(name) ? 'changed' : ''}>
                      <th scope="row">
                        {changed.set.has(name) ? <span title="changed at this step">▲ </span> : null}
                        {name.slice(table.length + 1)}
                      </th>
                      {fields.map((field) => (
                        <Value key={field} name={name} field={field} row={row} changed={changed} />
                      ))}
                    </tr>
                  ))}
                  {gone.map((name) => (
                    <tr key={name} class="gone">
                      <th scope="row">{name.slice(table.length + 1)}</th>
                      <td colSpan={Math.max(1, fields.length)}>gone since this step</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          </details>
        );
      })}
    </div>
  );
}
