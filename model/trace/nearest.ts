/** Edits (insert, delete, replace a character) between two words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}

const LONGEST = 64;

/** The known words that somebody who wrote `word` may have meant, best first, at most three. */
export function nearest(word: string, known: readonly string[]): string[] {
  if (word.length > LONGEST) return [];
  const written = word.toLowerCase();
  return known
    .map((candidate) => {
      const name = candidate.toLowerCase();
      const contains = written !== '' && (name.includes(written) || written.includes(name));
      return { candidate, edits: contains ? 1 : distance(written, name) };
    })
    .filter(({ candidate, edits }) => edits <= Math.max(1, Math.floor(candidate.length * 0.4)))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}
