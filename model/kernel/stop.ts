/**
 * Thrown to leave an operation that cannot go on. Two objects, made once: nothing is allocated when a run
 * meets them often.
 */
class ModelStop extends Error {}

/** A table of the model is full. What follows is beyond the model's bounds. */
export const TABLE_FULL = new ModelStop('a table of the model is full');
/** The operation waits or retries for ever. */
export const NEVER_RETURNS = new ModelStop('the operation never returns');
