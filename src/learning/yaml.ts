import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { Problem } from './problem'

export interface Place {
  /** From 1, in the file. */
  readonly line: number
  /** From 1. */
  readonly column: number
}

export interface ReadYaml<T> {
  readonly value?: T
  readonly problems: Problem[]
  /** The place of the field with this path, or of the nearest thing around it: for errors that the schema cannot find. */
  placeOf(path: readonly (string | number)[]): Place
}

/** Reads YAML by a schema. Every problem has the line and column of its field. `firstLine` is the text's first line in its file. */
export function readYaml<T>(
  source: string,
  schema: z.ZodType<T>,
  file: string,
  firstLine = 1,
  remedy = 'The fields and what they mean are in src/learning/schema.ts.',
): ReadYaml<T> {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: line + firstLine - 1, column: col }
  }
  const placeOf = (path: readonly (string | number)[]): Place => place(offsetOf(document, path))
  const broken = document.errors.map((error): Problem => {
    const message = (error.message.split(/ at line \d+/)[0] ?? error.message).replace(/\.$/, '')
    return {
      file,
      ...place(error.pos[0]),
      message: `this is not YAML: ${message}`,
      remedy: 'Mind indentation, colons and quotes.',
    }
  })
  if (broken.length > 0) return { problems: broken, placeOf }

  const result = schema.safeParse(document.toJS())
  if (result.success) return { value: result.data, problems: [], placeOf }
  return {
    placeOf,
    problems: deepest(result.error.issues).map((issue): Problem => {
      const path = issue.path.filter((key) => typeof key !== 'symbol')
      return {
        file,
        ...placeOf(path),
        message: `${path.join('.') || 'the front'}: ${lowerFirst(issue.message)}`,
        remedy,
      }
    }),
  }
}

type Issue = z.core.$ZodIssue

/**
 * The cause of a union's error: a union itself says only "invalid input", so this takes its nearest branch, the one that went
 * furthest.
 */
function deepest(issues: readonly Issue[], prefix: readonly PropertyKey[] = []): Issue[] {
  return issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path]
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ ...issue, path }]
    const weight = (branch: readonly Issue[]): number =>
      branch.reduce((most, each) => Math.max(most, each.path.length * 10), 0) -
      branch.length -
      (branch.some(isOtherKind) ? 100 : 0)
    const nearest = [...issue.errors].sort((a, b) => weight(b) - weight(a))[0] ?? []
    return deepest(nearest, path)
  })
}

/** A branch with another `type` is not the intended one. */
const isOtherKind = (issue: Issue): boolean =>
  issue.code === 'invalid_value' && issue.path[issue.path.length - 1] === 'type'

/** The offset of the field, or of the nearest thing around it. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    const last = path[length - 1]
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === last)
      if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0]
    }
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1)
