// What a report of StrykerJS comes to: the share of changes that were noticed, and whether each that was not has a reason.

/** The source text between two places of a file, which count lines and columns from 1. */
function between(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return lines.join('\n');
}

/** Changes of a report that were not noticed, in words that stay true when lines move. */
function survivorsOf({ files }) {
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ location, replacement }) => ({
        file,
        line: location.start.line,
        was: between(source, location),
        becomes: replacement,
      })),
  );
}

const same = (a, b) => a.file === b.file && a.was === b.was && a.becomes === b.becomes;

/**
 * @param survivors accepted ones, each with a `reason`
 * @param goal least percentage that has to be noticed
 */
export function verdictOn(name, report, survivors, goal) {
  const statuses = Object.values(report.files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const judged = statuses.filter((status) =>
    ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status),
  );
  const endless = judged.filter((status) => status === 'Timeout').length;
  const killed = judged.filter((status) => status === 'Killed').length + endless;
  const score = judged.length === 0 ? 0 : (100 * killed) / judged.length;
  const survived = survivorsOf(report);
  const unexplained = survived.filter((each) => !survivors.some((known) => same(known, each)));
  const stale = survivors.filter(
    (known) => known.file in report.files && !survived.some((each) => same(known, each)),
  );
  const text = [
    `${name}: ${killed} of ${judged.length} noticed (${endless} without an end), ${score.toFixed(1)} %${score >= goal ? '' : `, below ${goal} %`}`,
    ...unexplained.map(
      ({ file, line, was, becomes }) => `  no reason: ${file}:${line}: ${was} -> ${becomes}`,
    ),
    ...stale.map(({ file, was, becomes }) => `  no longer survives: ${file}: ${was} -> ${becomes}`),
  ].join('\n');
  return { text, passed: score >= goal && unexplained.length === 0 && stale.length === 0 };
}
