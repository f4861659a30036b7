import type { SourcedResult } from '../../html/page-data.js';
import { percent } from '../../html/words.js';
import type { CodeCoverageResult, CoveredFile } from '../../results/code-coverage.js';
import { link } from '../route.js';
import { Scroll } from './scroll.js';
import { Source } from './source.js';

type Ratio = CoveredFile['lines'];

const share = ({ covered, total }: Ratio): string =>
  total === 0 ? '–' : `${percent(covered / total)} (${covered}/${total})`;

function FileView({ file }: { file: CoveredFile }) {
  const partial = new Set(file.partial);
  return (
    <>
      <p>
        <a href={link('coverage', 'code')}>All files</a>
      </p>
      <h1>
        <code>{file.path}</code>
      </h1>
      <p>
        functions {share(file.functions)}, branches {share(file.branches)}, lines {share(file.lines)}
      </p>
      <Scroll label="Source">
        <table class="code">
          <tbody>
            {file.source.map((text, i) => {
              const hits = file.hits[i] ?? -1;
              const kind = hits === 0 ? 'missed' : partial.has(i + 1) ? 'partial' : hits > 0 ? 'ran' : '';
              return (
                <tr key={i} class={kind}>
                  <th scope="row">{i + 1}</th>
                  <td class="hits">
                    {hits === 0 ? '✗ never' : hits > 0 ? `${hits}×` : ''}
                    {kind === 'partial' ? ' ◐' : ''}
                  </td>
                  <td>
                    <code>{text}</code>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

/** Which of its own lines the tests of mapahead ran: by file, and one file with its source. */
export function CodeCoverage({
  from,
  path,
}: {
  from: SourcedResult & { readonly result: CodeCoverageResult };
  path: string | undefined;
}) {
  const { files } = from.result;
  const file = files.find((each) => each.path === path);
  if (file !== undefined) return <FileView file={file} />;
  return (
    <>
      <p>
        <a href={link('coverage')}>Coverage</a>
      </p>
      <h1>Code coverage</h1>
      <p>Of the code of mapahead itself, by its own tests. It says nothing about a kernel.</p>
      <Scroll label="Files">
        <table>
          <thead>
            <tr>
              <th scope="col">file</th>
              <th scope="col">functions</th>
              <th scope="col">branches</th>
              <th scope="col">lines</th>
            </tr>
          </thead>
          <tbody>
            {files.map(({ path: name, functions, branches, lines }) => (
              <tr key={name}>
                <th scope="row">
                  <a href={link('coverage', 'code', name)}>{name}</a>
                </th>
                {[functions, branches, lines].map((ratio, i) => (
                  <td key={i} class={ratio.covered < ratio.total ? 'partial' : ''}>
                    {share(ratio)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Source from={from} />
    </>
  );
}
