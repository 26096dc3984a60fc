import { type ESTree, parseSync, Visitor } from 'vite'

/**
 * Finds code in a file that could return something other than a clean-up to React. React calls the return value of an effect or
 * a `ref`, and browsers change the return values of DOM calls: `scrollTo` and similar calls have begun to return promises.
 */

const EFFECTS = new Set(['useEffect', 'useLayoutEffect', 'useInsertionEffect'])
const SCROLLS = new Set(['scroll', 'scrollTo', 'scrollBy', 'scrollIntoView'])

type Fn = ESTree.ArrowFunctionExpression | ESTree.Function

/** The name of the called function: `f()` and `a.f()` call f. */
function nameOf(callee: ESTree.Expression): string | undefined {
  if (callee.type === 'Identifier') return callee.name
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier') return callee.property.name
  return undefined
}

function isFunction(node: ESTree.Node | null | undefined): node is Fn {
  return node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression'
}

/** A function, a function's name, or the result of `subscribe`, which is a way to unsubscribe. */
function isCleanUp(node: ESTree.Expression): boolean {
  if (isFunction(node) || node.type === 'Identifier') return true
  if (node.type === 'ConditionalExpression') return isCleanUp(node.consequent) && isCleanUp(node.alternate)
  return node.type === 'CallExpression' && nameOf(node.callee) === 'subscribe'
}

/** One line for each breach: the rule and the code that breaks it. */
export function effectFaults(file: string, code: string): readonly string[] {
  const { program, errors } = parseSync(file, code)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message ?? ''}`)
  const faults: string[] = []
  const textOf = (node: ESTree.Span): string => code.slice(node.start, node.end).replace(/\s+/g, ' ')
  /** Effects and `ref` functions around the present node; other functions are undefined. */
  const watched = new Set<Fn>()
  const around: Fn[] = []

  const watch = (node: ESTree.Node | null | undefined): void => {
    if (!isFunction(node)) return
    watched.add(node)
    if (node.body && node.body.type !== 'BlockStatement' && !isFunction(node.body))
      faults.push(`an effect is a block: ${textOf(node)}`)
  }
  const enter = (node: Fn): void => {
    around.push(node)
  }
  const leave = (): void => {
    around.pop()
  }

  new Visitor({
    CallExpression(node) {
      const name = nameOf(node.callee)
      if (name === undefined) return
      if (EFFECTS.has(name)) watch(node.arguments[0])
      if (SCROLLS.has(name)) faults.push(`scrolling goes through ui/dom/scroll: ${textOf(node)}`)
    },
    JSXAttribute(node) {
      if (node.name.name === 'ref' && node.value?.type === 'JSXExpressionContainer') watch(node.value.expression)
    },
    ReturnStatement(node) {
      const inside = around.at(-1)
      if (inside && watched.has(inside) && node.argument && !isCleanUp(node.argument))
        faults.push(`an effect returns its clean-up or nothing: ${textOf(node)}`)
    },
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
  }).visit(program)
  return faults
}
