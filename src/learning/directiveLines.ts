import { meant, nearest } from './nearest'
import { directiveSchemas } from './schema'

/**
 * The colons of a lesson, line by line: a directive that is not closed, or has too few of them, makes another text of all that
 * follows, so this is told before anything else is read.
 */

export interface LineFault {
  /** From 1, as in the file. */
  readonly line: number
  readonly column: number
  readonly message: string
  readonly remedy: string
}

/** Directives with text and directives in them; all others are one line. */
const CONTAINERS: readonly string[] = ['step', 'predict', 'task', 'dialogue', 'fine-print', 'try']
const NAMES: readonly string[] = Object.keys(directiveSchemas)

interface Open {
  readonly name: string
  readonly colons: number
  readonly line: number
  /** Something is wrong with it already: all that follows in it may come of that. */
  told: boolean
}

/** Every fault of the colons, brackets and braces of directives. */
export function directiveFaults(markdown: string): readonly LineFault[] {
  const found: LineFault[] = []
  const lines = markdown.split('\n').map((line) => line.replace(/\r$/, ''))
  let stack: Open[] = []
  let fence: string | undefined
  /** After a fault the colons say nothing until the next step. */
  let lost = false
  const tell = (line: number, column: number, message: string, remedy: string): void => {
    found.push({ line: line + 1, column, message, remedy })
  }
  const notClosed = ({ name, colons, line, told }: Open, before: number): void => {
    if (!told)
      tell(
        line,
        1,
        `"${name}" is not closed`,
        `Write ${':'.repeat(colons)} in a line of its own where it ends, before line ${before + 1}.`,
      )
  }
  const begins = bodyBegins(lines)
  for (const [at, text] of lines.entries()) {
    if (at < begins) continue
    const code = /^ {0,3}(```+|~~~+)/.exec(text)?.[1]
    if (fence !== undefined) {
      if (code?.startsWith(fence) && text.trim() === code) fence = undefined
      continue
    }
    if (code !== undefined) {
      fence = code
      continue
    }
    const closing = /^ {0,3}(:{2,})\s*$/.exec(text)
    if (closing) {
      const colons = (closing[1] ?? '').length
      const outer = stack.findIndex((open) => open.colons <= colons)
      if (outer < 0) {
        const last = stack.at(-1)
        if (last?.told && lost) continue
        if (last) {
          tell(
            at,
            1,
            `${':'.repeat(colons)} is too short to close "${last.name}"`,
            `Close it with ${':'.repeat(last.colons)}, as many as it begins with.`,
          )
          last.told = true
        } else if (!lost)
          tell(
            at,
            1,
            `${':'.repeat(colons)} closes nothing here`,
            'Remove it, or give the directive that it belongs to as many colons.',
          )
        lost ||= !last
        continue
      }
      for (const inner of stack.slice(outer + 1)) notClosed(inner, at)
      stack = stack.slice(0, outer)
      continue
    }
    const opening = /^( {0,3})(:+)( *)([A-Za-z][\w-]*)(.*)$/.exec(text)
    const directive = opening && directiveIn(opening)
    if (!directive) continue
    const { name, colons, column } = directive
    const isContainer = CONTAINERS.includes(name) || (!NAMES.includes(name) && colons > 2)
    if (name === 'step') {
      for (const open of stack) notClosed(open, at)
      stack = []
      lost = false
    }
    const around = stack.at(-1)
    const fault = faultIn(directive, isContainer) ?? (isContainer ? tooMany(directive, around) : undefined)
    if (fault) {
      if (!around?.told) tell(at, column + (fault.column ?? 0), fault.message, fault.remedy)
      if (around && fault.outer) around.told = true
      if (name === 'step' || fault.outer) lost = true
    }
    const isOpen = isContainer ? colons > 1 : colons > 2 && !directive.rest.startsWith('[')
    if (isOpen && (!lost || stack.length > 0))
      stack.push({ name, colons, line: at, told: fault !== undefined || around?.told === true })
  }
  for (const open of stack) notClosed(open, lines.length)
  return found
}

/** The first line after the front matter. */
function bodyBegins(lines: readonly string[]): number {
  if (lines[0]?.replace(/^\uFEFF/, '').trim() !== '---') return 0
  const end = lines.findIndex((line, at) => at > 0 && line.trim() === '---')
  return end < 0 ? 0 : end + 1
}

interface Directive {
  /** As it is known, or the nearest of those that are. */
  readonly name: string
  readonly written: string
  readonly colons: number
  readonly space: string
  /** All that stands after the name. */
  readonly rest: string
  readonly column: number
}

/** A line that is a directive, or was to be one: a word of a text after a colon is none. */
function directiveIn(found: RegExpExecArray): Directive | undefined {
  const [, indent = '', colons = '', space = '', written = '', rest = ''] = found
  const exact = NAMES.find((name) => name === written)
  if (colons.length === 1 && (exact === undefined || !/^[[{]/.test(rest))) return undefined
  const name = exact ?? nearest(written, NAMES) ?? written
  return { name, written, colons: colons.length, space, rest, column: indent.length + 1 }
}

interface Fault {
  readonly column?: number
  readonly message: string
  readonly remedy: string
  /** It is the fault of the directive around it as well. */
  readonly outer?: true
}

function faultIn({ name, written, colons, space, rest }: Directive, isContainer: boolean): Fault | undefined {
  if (written !== name || !NAMES.includes(name))
    return { message: `there is no directive "${written}"`, remedy: meant(written, NAMES, '') }
  const right = ':'.repeat(name === 'step' ? 4 : isContainer ? 3 : 2)
  if (space !== '')
    return {
      message: `a space stands between the colons and "${name}"`,
      remedy: `Write ${':'.repeat(colons)}${name} without it.`,
    }
  if (isContainer && colons < 3)
    return {
      message: `"${name}" begins with ${colons === 1 ? 'one colon' : 'two colons'}`,
      remedy: `It has text in it: begin it with ${right} or more, and close it with as many.`,
    }
  if (!isContainer && colons === 1)
    return { message: `"${name}" begins with one colon`, remedy: `Write two: ::${name}${rest}` }
  if (!isContainer && colons > 2 && rest.startsWith('['))
    return { message: `"${name}" is one line and begins with ${colons} colons`, remedy: `Write two: ::${name}[…]` }
  return badRest(name, rest, (isContainer ? colons : 2) + name.length)
}

/** As many colons as the directive around it, whose end they would be. */
function tooMany({ name, colons }: Directive, around: Open | undefined): Fault | undefined {
  if (!around || colons < around.colons) return undefined
  return {
    message: `"${name}" has ${colons} colons, and the "${around.name}" around it, at line ${around.line + 1}, has ${around.colons}`,
    remedy: `Give the outer one more than the inner: ${':'.repeat(colons + 1)}${around.name}, and as many at its end.`,
    outer: true,
  }
}

/** A text in brackets, and attributes in braces. */
function badRest(name: string, rest: string, column: number): Fault | undefined {
  let at = 0
  if (rest.startsWith('[')) {
    at = closingBracket(rest)
    if (at < 0)
      return {
        column,
        message: `the [ of "${name}" is not closed`,
        remedy: 'Write ] after its text, in the same line.',
      }
  }
  const attributes = rest.slice(at).trimEnd()
  if (attributes === '') return undefined
  const here = column + at
  if (/^\s+\{/.test(attributes))
    return {
      column: here,
      message: `a space stands before the { of "${name}"`,
      remedy: 'Write {…} right after the name or the ].',
    }
  if (!attributes.startsWith('{'))
    return at === 0
      ? { column: here, message: `the text of "${name}" stands in no brackets`, remedy: `Write ::${name}[the text].` }
      : {
          column: here,
          message: `the text of "${name}" ends here, and more follows`,
          remedy: String.raw`A bracket within it is written \[ or \].`,
        }
  return badAttributes(name, attributes, here)
}

/** Where the text in brackets ends; brackets may stand in pairs in it. */
function closingBracket(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '[') depth++
    else if (text[at] === ']' && --depth === 0) return at + 1
  }
  return -1
}

const ATTRIBUTE = /\s*(?:[#.][\w-]+|([\w-]+)(?:=(?:"[^"]*"|'[^']*'|([^\s"'=<>`{}]+)))?)(?=[\s}]|$)/y

function badAttributes(name: string, text: string, column: number): Fault | undefined {
  ATTRIBUTE.lastIndex = 1
  for (let at = 1; ; at = ATTRIBUTE.lastIndex) {
    const rest = text.slice(at).trimStart()
    if (rest === '}') return undefined
    const here = column + text.length - rest.length
    if (rest === '')
      return {
        column: column + text.length,
        message: `the { of "${name}" is not closed`,
        remedy: 'Write } at the end of the line.',
      }
    const curly = /^[\w-]+=["“”„‘’]*[“”„‘’]/.exec(rest)
    if (curly)
      return {
        column: here,
        message: 'a value in braces stands in quotation marks of print',
        remedy: 'Write straight ones: title="…".',
      }
    ATTRIBUTE.lastIndex = at
    if (ATTRIBUTE.exec(text)) continue
    if (rest.startsWith('}'))
      return {
        column: here,
        message: `something follows the } of "${name}"`,
        remedy: 'Write it into the next line, or remove it.',
      }
    return {
      column: here,
      message: `the attributes of "${name}" cannot be read from here on`,
      remedy: `Each is name="value" with straight quotes around it and none in it${/^[\w-]+="[^"]*$/.test(rest) ? '; here a " is missing' : ''}.`,
    }
  }
}
