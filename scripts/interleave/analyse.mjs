import ts from 'typescript';

/** The tag in the comment of a function that is a point: nothing of it is suspended, but its callers are, before or after it. */
const TAG = 'suspends';

export const isFunction = (node) =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node);

/** What the tag says: undefined (no point), '' (suspended before it), 'after', 'lock', 'lock-shared', 'never' (it happens at once, no more). */
function pointOf(node) {
  if (!ts.isFunctionDeclaration(node)) return undefined;
  const tag = ts.getJSDocTags(node).find((each) => each.tagName.text === TAG);
  return tag && (ts.getTextOfJSDocComment(tag.comment) ?? '').trim();
}

/** Calls in this function's own body, not in functions within it. */
function ownCalls(fn) {
  const calls = [];
  const visit = (node) => {
    if (isFunction(node)) return;
    if (ts.isCallExpression(node)) calls.push(node);
    ts.forEachChild(node, visit);
  };
  if (fn.body) visit(fn.body);
  return calls;
}

/**
 * Which functions can be suspended: those that call a point, or such a function, or what is not known before it runs: a hook, a
 * handler, a function that was given.
 */
export function analyse(checker, files, nameOf) {
  const functions = [];
  const ours = new Set(files);
  const visit = (node) => {
    if (isFunction(node)) functions.push(node);
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(file);

  const points = new Map();
  for (const fn of functions) {
    const point = pointOf(fn);
    if (point !== undefined) points.set(fn, point);
  }
  const suspending = new Set();

  /** The function that a call runs, as far as it is known: a declaration of ours, `slot` (any of several), or undefined (not ours). */
  const calleeOf = (call) => {
    const declared = checker.getResolvedSignature(call)?.declaration;
    if (!declared) return undefined;
    if (ours.has(declared.getSourceFile()) && declared.body) {
      // A name that stands for one function; a property that holds a function literal could hold another.
      const named =
        ts.isVariableDeclaration(declared.parent) && declared.parent.parent.flags & ts.NodeFlags.Const;
      return ts.isFunctionDeclaration(declared) || named ? declared : 'slot';
    }
    return /^model\//.test(nameOf(declared.getSourceFile())) && !declared.body ? 'slot' : undefined;
  };

  /** Properties by name: whether any object of ours has a function under it that can be suspended. */
  const holders = new Map();
  const collect = (node) => {
    if (
      (ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node)) &&
      ts.isObjectLiteralExpression(node.parent)
    ) {
      const name = node.name.getText();
      holders.set(name, [...(holders.get(name) ?? []), node]);
    } else if (ts.isShorthandPropertyAssignment(node)) {
      holders.set(node.name.text, [...(holders.get(node.name.text) ?? []), node]);
    }
    ts.forEachChild(node, collect);
  };
  for (const file of files) collect(file);

  const declarationOf = (identifier) => {
    let symbol = checker.getSymbolAtLocation(identifier);
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
    return symbol?.valueDeclaration;
  };
  const mayHoldSuspending = (node) => {
    if (ts.isMethodDeclaration(node)) return suspending.has(node);
    const value = ts.isPropertyAssignment(node) ? node.initializer : node.name;
    if (isFunction(value)) return suspending.has(value);
    if (!ts.isIdentifier(value)) return true;
    const declared = ts.isShorthandPropertyAssignment(node)
      ? checker.getShorthandAssignmentValueSymbol(node)?.valueDeclaration
      : declarationOf(value);
    return !(declared && ts.isFunctionDeclaration(declared)) || suspending.has(declared);
  };

  const suspends = (call) => {
    const callee = calleeOf(call);
    if (callee === undefined) return false;
    if (callee !== 'slot') return suspending.has(callee) || (points.get(callee) ?? 'never') !== 'never';
    if (!ts.isPropertyAccessExpression(call.expression)) return true;
    const held = holders.get(call.expression.name.text) ?? [];
    return held.some(mayHoldSuspending);
  };

  for (let before = -1; before !== suspending.size; ) {
    before = suspending.size;
    for (const fn of functions) {
      if (points.has(fn) || suspending.has(fn)) continue;
      if (ownCalls(fn).some(suspends)) suspending.add(fn);
    }
  }
  return { points, suspending, calleeOf, suspends };
}
