import { isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import type { Problem } from './problem'
import { mistakesIn } from './schemaIssue'
import { type YamlFault, yamlFault } from './yamlFault'

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
  remedy = 'The guide, lessons/README.md, says what may stand here.',
): ReadYaml<T> {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: line + firstLine - 1, column: col }
  }
  const placeOf = (path: readonly (string | number)[]): Place => place(offsetOf(document, path))
  const fault = yamlFault(source, document.errors)
  if (fault) {
    const { offset, ...said } = fault
    return { problems: [{ file, ...place(offset), ...said }], placeOf }
  }
  const odd = oddTexts(document)
  if (odd.some(({ fatal }) => fatal))
    return { problems: odd.map(({ offset, fatal: _, ...said }) => ({ file, ...place(offset), ...said })), placeOf }
  const data: unknown = document.toJS()
  const result = schema.safeParse(data)
  const problems = [
    ...odd.map(({ offset, fatal: _, ...said }): Problem => ({ file, ...place(offset), ...said })),
    ...mistakesIn(schema, data, result.error?.issues ?? [], remedy).map(
      ({ path, ...said }): Problem => ({ file, ...placeOf(path), ...said }),
    ),
  ]
  return { ...(result.success && odd.length === 0 && { value: result.data }), problems, placeOf }
}

/** A name or a line in quotation marks of print. A sentence may well be a quotation. */
const CURLY = /^[“”„‘’‚](?!.*[.?!](?:\s|[“”‘’]$)).*[“”‘’]$/s

/** Texts that YAML reads otherwise than their author means. Without their value the rest says nothing if they are fatal. */
function oddTexts(document: ReturnType<typeof parseDocument>): readonly (YamlFault & { readonly fatal: boolean })[] {
  const found: (YamlFault & { readonly fatal: boolean })[] = []
  const anchors = new Set<string>()
  visit(document, {
    Node(_, { anchor }) {
      if (anchor !== undefined) anchors.add(anchor)
    },
    Alias(_, { source, range }) {
      if (anchors.has(source)) return
      const message = 'a text in YAML cannot begin with *'
      found.push({ offset: range?.[0] ?? 0, message, remedy: 'Put the whole text in quotes: "…".', fatal: true })
    },
    Scalar(_, { value, type, range, anchor }) {
      if (anchor !== undefined) anchors.add(anchor)
      if (type !== 'PLAIN' || typeof value !== 'string' || !CURLY.test(value)) return
      const message = 'these quotation marks would be a part of the text'
      found.push({ offset: range?.[0] ?? 0, message, remedy: 'Write straight ones: \' or ".', fatal: false })
    },
  })
  return found
}

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
