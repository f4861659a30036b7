import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { isFunction } from './analyse.mjs';

const RT = 'tracking';
/** Arrays of a task's own: operands and observations. */
const OWN = new Set(['ops', 'obs', 'out']);
const METHODS = new Set(['indexOf', 'fill', 'copyWithin']);
const COMPOUND = new Map([
  [ts.SyntaxKind.PlusEqualsToken, 'add'],
  [ts.SyntaxKind.MinusEqualsToken, 'subtract'],
  [ts.SyntaxKind.AmpersandEqualsToken, 'and'],
  [ts.SyntaxKind.BarEqualsToken, 'or'],
]);
const STEPS = new Map([
  [ts.SyntaxKind.PlusPlusToken, 1],
  [ts.SyntaxKind.MinusMinusToken, -1],
]);

/** The transformer of one program: suspended calls, and accesses that are told. */
export function rewrite({ analysis, checker, nameOf, isDerived, sites }) {
  const { points, suspending, calleeOf, suspends } = analysis;
  const f = ts.factory;
  const call = (name, ...args) =>
    f.createCallExpression(f.createPropertyAccessExpression(f.createIdentifier(RT), name), undefined, args);
  const numberNode = (n) =>
    n < 0 ? f.createPrefixMinus(f.createNumericLiteral(-n)) : f.createNumericLiteral(n);

  const fail = (node, message) => {
    const file = node.getSourceFile();
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    throw new Error(`${nameOf(file)}:${line + 1}: ${message}`);
  };

  /** A column of the model's state: an Int32Array that is neither a constant of a module nor a task's own. */
  const isColumn = (node) => {
    if (checker.getTypeAtLocation(node).symbol?.name !== 'Int32Array') return false;
    if (!ts.isIdentifier(node)) return true;
    if (OWN.has(node.text)) return false;
    const declared = checker.getSymbolAtLocation(node)?.valueDeclaration;
    return !(
      declared &&
      ts.isVariableDeclaration(declared) &&
      ts.isSourceFile(declared.parent.parent.parent)
    );
  };
  const isPure = (node) => {
    let pure = true;
    const visit = (each) => {
      if (ts.isCallExpression(each) || ts.isPostfixUnaryExpression(each) || ts.isAwaitExpression(each))
        pure = false;
      if (ts.isPrefixUnaryExpression(each) && STEPS.has(each.operator)) pure = false;
      ts.forEachChild(each, visit);
    };
    visit(node);
    return pure;
  };
  const isSuspended = (node) =>
    (ts.isCallExpression(node) && suspends(node)) || ts.forEachChild(node, isSuspended) === true;
  const columnAccess = (node) => ts.isElementAccessExpression(node) && isColumn(node.expression);

  /** The name of the function around this place, for people. */
  const around = (node) => {
    for (let each = node.parent; each; each = each.parent) {
      if (ts.isFunctionDeclaration(each) && each.name) return each.name.text;
      if (ts.isVariableDeclaration(each) && ts.isSourceFile(each.parent.parent.parent))
        return each.name.getText();
      if (ts.isPropertyAssignment(each) || ts.isMethodDeclaration(each)) return each.name.getText();
    }
    return '';
  };
  const siteOf = (node) => {
    const file = node.getSourceFile();
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    const args = node.arguments
      .slice(1)
      .map((each) => each.getText().replace(/^w\./, ''))
      .join(', ');
    sites.push({
      at: `${nameOf(file)}:${line + 1}`,
      in: around(node),
      call: `${node.expression.getText()}(${args})`,
    });
    return numberNode(sites.length - 1);
  };

  return (context) => (source) => {
    const name = nameOf(source);
    const here = join('dist', 'interleaved', dirname(name));
    const pathTo = (path) => {
      const to = relative(here, path);
      return to.startsWith('.') ? to : `./${to}`;
    };
    let generator = false;

    const suspended = (node, visited) => {
      const callee = calleeOf(node);
      if (callee !== 'slot' && callee !== undefined && points.has(callee)) {
        const kind = points.get(callee);
        const site = siteOf(node);
        if (kind === 'after') return call('first_of', visited, f.createYieldExpression(undefined, site));
        if (kind === '')
          return f.createParenthesizedExpression(
            f.createComma(f.createYieldExpression(undefined, site), visited),
          );
        const [, column, row] = node.arguments;
        if (!isPure(column) || !isPure(row)) fail(node, 'name the lock by expressions without effects');
        const args = [column, row].map((each) => ts.visitNode(each, visit));
        const want = call(kind === 'lock' ? 'want' : 'want_shared', ...args);
        return f.createParenthesizedExpression(
          f.createComma(f.createYieldExpression(undefined, f.createComma(want, site)), visited),
        );
      }
      const run = callee === 'slot' ? call('may_suspend', visited) : visited;
      return f.createParenthesizedExpression(
        f.createYieldExpression(f.createToken(ts.SyntaxKind.AsteriskToken), run),
      );
    };

    const inFunction = (node, derive) => {
      const before = generator;
      generator = suspending.has(node);
      const made = derive();
      generator = before;
      return made;
    };

    const visitFunction = (node) =>
      inFunction(node, () => {
        const star = suspending.has(node) ? f.createToken(ts.SyntaxKind.AsteriskToken) : undefined;
        const parameters = node.parameters.map((each) => ts.visitNode(each, visit));
        const block = (body) =>
          ts.isBlock(body)
            ? ts.visitEachChild(body, visit, context)
            : f.createBlock([f.createReturnStatement(ts.visitNode(body, visit))]);
        if (ts.isFunctionDeclaration(node))
          return f.updateFunctionDeclaration(
            node,
            node.modifiers,
            star,
            node.name,
            undefined,
            parameters,
            undefined,
            node.body && block(node.body),
          );
        if (ts.isMethodDeclaration(node))
          return f.updateMethodDeclaration(
            node,
            node.modifiers,
            star,
            node.name,
            undefined,
            undefined,
            parameters,
            undefined,
            block(node.body),
          );
        if (ts.isArrowFunction(node) && !star)
          return f.updateArrowFunction(
            node,
            node.modifiers,
            undefined,
            parameters,
            undefined,
            node.equalsGreaterThanToken,
            ts.visitNode(node.body, visit),
          );
        return f.createFunctionExpression(
          undefined,
          star,
          undefined,
          undefined,
          parameters,
          undefined,
          block(node.body),
        );
      });

    const visitCall = (node) => {
      const callee = node.expression;
      if (ts.isPropertyAccessExpression(callee) && isColumn(callee.expression)) {
        if (!METHODS.has(callee.name.text)) fail(node, `${callee.name.text} of a column is not told`);
        const args = [callee.expression, ...node.arguments].map((each) => ts.visitNode(each, visit));
        return call(callee.name.text, ...args);
      }
      const visited = ts.visitEachChild(node, visit, context);
      if (!suspends(node)) return visited;
      if (generator) return suspended(node, visited);
      for (let each = node.parent; each; each = each.parent) {
        if (!isFunction(each)) continue;
        // Nothing inside a point is a point: it happens at once.
        if (points.has(each) && points.has(calleeOf(node))) return visited;
        break;
      }
      return fail(node, 'this call can be suspended, the function around it cannot');
    };

    const visitAssignment = (node, how) => {
      const { expression, argumentExpression } = node.left;
      const [column, row, value] = [expression, argumentExpression, node.right].map((each) =>
        ts.visitNode(each, visit),
      );
      if (how !== 'write' && isSuspended(node.right))
        fail(node, 'what is added can be suspended: the sum would be of an old value');
      return call(how, column, row, value);
    };

    const visit = (node) => {
      if (isFunction(node)) return visitFunction(node);
      if (ts.isImportDeclaration(node) || (ts.isExportDeclaration(node) && node.moduleSpecifier)) {
        const to = join(dirname(name), node.moduleSpecifier.text).replace(/\.js$/, '.ts');
        if (!node.moduleSpecifier.text.startsWith('.') || isDerived(to)) return node;
        const path = f.createStringLiteral(pathTo(join('dist', to.replace(/\.ts$/, '.js'))));
        return ts.isImportDeclaration(node)
          ? f.updateImportDeclaration(node, node.modifiers, node.importClause, path, node.attributes)
          : f.updateExportDeclaration(
              node,
              node.modifiers,
              node.isTypeOnly,
              node.exportClause,
              path,
              node.attributes,
            );
      }
      if (ts.isCallExpression(node)) return visitCall(node);
      if (ts.isBinaryExpression(node) && columnAccess(node.left)) {
        const { kind } = node.operatorToken;
        if (kind === ts.SyntaxKind.EqualsToken) return visitAssignment(node, 'write');
        if (COMPOUND.has(kind)) return visitAssignment(node, COMPOUND.get(kind));
        if (kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment)
          fail(node, 'this assignment is not told');
      }
      if (
        (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
        STEPS.has(node.operator) &&
        columnAccess(node.operand)
      ) {
        const args = [node.operand.expression, node.operand.argumentExpression].map((each) =>
          ts.visitNode(each, visit),
        );
        return call(
          ts.isPrefixUnaryExpression(node) ? 'add' : 'add_after',
          ...args,
          numberNode(STEPS.get(node.operator)),
        );
      }
      if (columnAccess(node)) {
        return call(
          'read',
          ts.visitNode(node.expression, visit),
          ts.visitNode(node.argumentExpression, visit),
        );
      }
      return ts.visitEachChild(node, visit, context);
    };

    const visited = ts.visitEachChild(source, visit, context);
    const tracking = f.createImportDeclaration(
      undefined,
      f.createImportClause(false, undefined, f.createNamespaceImport(f.createIdentifier(RT))),
      f.createStringLiteral(pathTo('dist/model/interleaving/tracking.js')),
    );
    return f.updateSourceFile(visited, [tracking, ...visited.statements]);
  };
}
