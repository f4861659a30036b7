/** The command was used wrongly, or given what it cannot read: one line, and exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
