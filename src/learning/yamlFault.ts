import type { YAMLParseError } from 'yaml'

/** The cause of a text that is no YAML, and what to do about it. The parser names only the consequence. */

export interface YamlFault {
  /** Its offset in the text. */
  readonly offset: number
  readonly message: string
  readonly remedy: string
}

interface Line {
  readonly text: string
  readonly begins: number
}

/** The first fault; whatever the parser says after it follows from it. */
export function yamlFault(source: string, errors: readonly YAMLParseError[]): YamlFault | undefined {
  const error = errors.toSorted((a, b) => a.pos[0] - b.pos[0])[0]
  if (!error) return undefined
  const offset = Math.min(error.pos[0], source.length)
  const line = lineAt(source, offset)
  const tab = /^ *\t/.exec(line.text)
  if (tab || error.code === 'TAB_AS_INDENT')
    return {
      offset: line.begins,
      message: 'a tab stands at the beginning of this line',
      remedy: 'Indent by spaces, as many as the lines beside it.',
    }
  if (error.code === 'DUPLICATE_KEY') {
    const name = /^[\w.-]+/.exec(source.slice(offset, offset + 80))?.[0] ?? 'it'
    return { offset, message: `"${name}" stands here a second time`, remedy: 'Remove one of the two.' }
  }
  return (
    unclosed(source, error, offset) ??
    badBeginning(line, error) ??
    quotedInPart(line) ??
    missingComma(line, offset, error) ??
    colonInText(line) ??
    wrongIndent(source, line, offset, error) ?? {
      offset,
      message: `this is not YAML: ${(error.message.split(/ at line \d+/)[0] ?? '').replace(/\.$/, '')}`,
      remedy: 'Mind indentation, colons and quotes.',
    }
  )
}

function lineAt(source: string, offset: number): Line {
  const begins = source.lastIndexOf('\n', offset - 1) + 1
  const end = source.indexOf('\n', offset)
  return { text: source.slice(begins, end < 0 ? source.length : end).replace(/\r$/, ''), begins }
}

/** A bracket or a quotation mark that is opened and not closed, at its opening. */
function unclosed(source: string, { message, code }: YAMLParseError, offset: number): YamlFault | undefined {
  const quote = /Missing closing (['"])/.exec(message)?.[1]
  if (quote !== undefined) {
    const at = source.lastIndexOf(quote, offset - 1)
    return {
      offset: at < 0 ? offset : at,
      message: `the text that begins here has no ${quote} at its end`,
      remedy: `Write ${quote} where it ends.`,
    }
  }
  const close = /must (?:be sufficiently indented and )?end with a ([\]}])/.exec(message)?.[1]
  if (close === undefined || (code !== 'BAD_INDENT' && code !== 'MISSING_CHAR')) return undefined
  const open = close === ']' ? '[' : '{'
  let depth = 0
  for (let at = offset - 1; at >= 0; at--) {
    if (source[at] === close) depth++
    else if (source[at] === open && depth-- === 0)
      return {
        offset: at,
        message: `the ${open} that stands here is not closed`,
        remedy: `Write ${close} where it ends.`,
      }
  }
  return undefined
}

/** The dashes, the bracket and the name before a value. */
const FIELD = /^\s*(?:- +)*(?:\{ *)?([\w.-]+): +/

function fieldIn({ text }: Line): { readonly field: string; readonly value: string; readonly at: number } | undefined {
  const found = FIELD.exec(text)
  return found ? { field: found[1] ?? '', value: text.slice(found[0].length), at: found[0].length } : undefined
}

/** Characters with a meaning of their own in YAML. */
const RESERVED = /^[`@%*&!|>[\]{}]/

function badBeginning(line: Line, { code, pos }: YAMLParseError): YamlFault | undefined {
  const given = fieldIn(line)
  if (code === 'BAD_SCALAR_START') {
    const sign = line.text.charAt(pos[0] - line.begins)
    return {
      offset: pos[0],
      message: `a text in YAML cannot begin with ${sign}`,
      remedy: 'Put the whole text in quotes: "…".',
    }
  }
  if (!given || !/UNEXPECTED_TOKEN|BAD_ALIAS|MISSING_CHAR|BLOCK_AS_IMPLICIT_KEY/.test(code)) return undefined
  // A list or fields in brackets may begin so, and are the whole value.
  if (!RESERVED.test(given.value) || /^(?:\[.*\]|\{.*\})\s*$/.test(given.value) || line.text.includes('{ '))
    return undefined
  return {
    offset: line.begins + given.at,
    message: `a text in YAML cannot begin with ${given.value.charAt(0)}`,
    remedy: 'Put the whole text in quotes: "…".',
  }
}

/** `'The letter that's too big'`, or `"Hello": again`. */
function quotedInPart(line: Line): YamlFault | undefined {
  const given = fieldIn(line)
  const quote = given?.value.charAt(0)
  if (!given || (quote !== "'" && quote !== '"')) return undefined
  const end = /^(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")/.exec(given.value)
  const rest = end && given.value.slice(end[0].length).trim()
  if (!rest || /^[,}\]#]/.test(rest)) return undefined
  return {
    offset: line.begins + given.at,
    message: `the quotes of "${given.field}" end before its text does`,
    remedy: `Put the whole text in quotes${quote === "'" ? ", and write an apostrophe in it twice: that''s" : ''}.`,
  }
}

/** `{ at: 30000 type: wait }` */
function missingComma(line: Line, offset: number, { code }: YAMLParseError): YamlFault | undefined {
  if (code !== 'BLOCK_IN_FLOW' && code !== 'BLOCK_AS_IMPLICIT_KEY' && code !== 'MISSING_CHAR') return undefined
  const rest = line.text.slice(offset - line.begins)
  const found = /^([^,{}[\]'":]*?) +([\w-]+):(?= )/.exec(rest)
  const inBraces = line.text.slice(0, offset - line.begins).includes('{')
  if (!inBraces) return undefined
  if (found)
    return {
      offset: offset + (found[1] ?? '').length,
      message: `a comma is missing before "${found[2] ?? ''}:"`,
      remedy: `Write it; or if "${found[2] ?? ''}:" belongs to a text, put that text in quotes.`,
    }
  const text = /^([^,{}[\]'"]*?: [^,}\]]*)/.exec(rest)
  if (!text) return undefined
  return {
    offset,
    message: 'a text with a colon in it stands here without quotes',
    remedy: `Put it in quotes: '${(text[1] ?? '').trim()}'.`,
  }
}

/** `title: Hello: again` */
function colonInText(line: Line): YamlFault | undefined {
  const given = fieldIn(line)
  if (
    !given ||
    line.text.slice(0, given.at).includes('{') ||
    /^['"[{]/.test(given.value) ||
    !/:(?: |$)/.test(given.value)
  )
    return undefined
  const text = given.value.trim()
  return {
    offset: line.begins + given.at,
    message: `the text of "${given.field}" has a colon in it`,
    remedy: `Put it in quotes: ${given.field}: ${text.includes("'") ? `"${text}"` : `'${text}'`}.`,
  }
}

const indentOf = (text: string): number => text.length - text.trimStart().length

function wrongIndent(source: string, line: Line, offset: number, { code }: YAMLParseError): YamlFault | undefined {
  const next = lineAt(source, Math.min(line.begins + line.text.length + 1, source.length))
  const above = line.begins > 0 ? lineAt(source, line.begins - 1) : undefined
  for (const [upper, lower] of [[line, next] as const, ...(above ? [[above, line] as const] : [])]) {
    if (!fieldIn(upper) || lower.begins <= upper.begins || indentOf(lower.text) <= upper.text.search(/\w/)) continue
    if (/^\s*- \w[\w-]*: *\S/.test(upper.text) && lineAround(source, upper) === 'ways:')
      return {
        offset: upper.begins + indentOf(upper.text),
        message: 'a way begins with two dashes: it is a list within the list of ways',
        remedy: 'Write - - before its first deed, and - before each other.',
      }
    return {
      offset: lower.begins + indentOf(lower.text),
      message: 'this line is indented more than the one above it, which has its value already',
      remedy: 'Let lines that belong together begin at the same column.',
    }
  }
  if (!/BAD_INDENT|BLOCK_AS_IMPLICIT_KEY|MULTILINE_IMPLICIT_KEY|UNEXPECTED_TOKEN|MISSING_CHAR/.test(code))
    return undefined
  const at = lineAt(source, offset)
  if (/^\s*(?:- |[\w.-]+:)/.test(at.text) && offset - at.begins <= indentOf(at.text))
    return {
      offset: at.begins + indentOf(at.text),
      message: 'this line is not indented as those that it belongs to',
      remedy: 'Let lines that belong together begin at the same column, and indent by spaces.',
    }
  if (/^\s*[\w.-]+\s*$/.test(at.text))
    return {
      offset: at.begins + indentOf(at.text),
      message: `"${at.text.trim()}" has no colon after it`,
      remedy: 'A field is its name, a colon, a space and its value.',
    }
  return undefined
}

/** The nearest line above that is indented less. */
function lineAround(source: string, { text, begins }: Line): string {
  for (let at = begins; at > 0; ) {
    const above = lineAt(source, at - 1)
    if (above.text.trim() !== '' && indentOf(above.text) < indentOf(text)) return above.text.trim()
    at = above.begins
  }
  return ''
}
