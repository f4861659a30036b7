// Counting in c8's report (the Istanbul format: one entry of maps and hit counts for each file).

export const percent = ({ covered, total }) => (total === 0 ? 100 : (100 * covered) / total);

export const sum = (counts) => ({
  covered: counts.reduce((all, one) => all + one.covered, 0),
  total: counts.reduce((all, one) => all + one.total, 0),
});

const count = (hits) => ({ covered: hits.filter((hit) => hit > 0).length, total: hits.length });

/** A file that the report does not know was never run: it counts as one missed function. */
export const missingFile = () => ({
  functions: { covered: 0, total: 1 },
  branches: { covered: 0, total: 1 },
  uncovered: 'not in the report',
});

/** Line numbers as short text: 3-5, 9. */
function ranges(lines) {
  const parts = [];
  for (const line of [...new Set(lines)].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last !== undefined && last.to === line - 1) last.to = line;
    else parts.push({ from: line, to: line });
  }
  return parts.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}

const missedLines = (entry) =>
  Object.keys(entry.s)
    .filter((id) => entry.s[id] === 0)
    .map((id) => entry.statementMap[id].start.line);

// A branch can be missed inside a line that is covered.
const missedBranches = (entry) =>
  Object.keys(entry.b)
    .filter((id) => entry.b[id].includes(0))
    .map((id) => entry.branchMap[id].loc.start.line);

export function countsOf(entry) {
  return {
    functions: count(Object.values(entry.f)),
    branches: count(Object.values(entry.b).flat()),
    uncovered: `lines ${ranges([...missedLines(entry), ...missedBranches(entry)])}`,
  };
}
