import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { expect, it } from 'vitest'
import { root } from './support/browser'

/**
 * Sentences for people are in `src/messages`, so that they can be translated. This test searches the code of the engine and of
 * the page for English: text of two or more words in strings, templates and JSX. Thrown texts are for programmers; compared and
 * imported strings are no texts.
 */

const FOLDERS = ['session', 'sasl', 'protocols', 'world', 'hosts', 'learning', 'view', 'ui']

/** Files whose English is not for a person at the page, each with the reason. Paths begin in `src`. */
const EXCEPTIONS: readonly (readonly [path: RegExp, reason: string])[] = [
  [/^protocols\/\w+\/(?:catalogue\/)?\w*[cC]atalogue\.ts$/, 'terms of the RFCs and lines of the wire'],
  [/^view\/reference\/terms\.ts$/, 'terms of the RFCs and lines of the wire'],
  [/^protocols\/smtp\/(?:grammar|server|byHand)\//, 'replies on the wire (RFC 5321 section 4.2)'],
  [/^protocols\/pop3\/(?:grammar|machine|responses|server\w*)\.ts$/, 'responses on the wire (RFC 1939 section 3)'],
  [/^protocols\/imap\/(?!client|face|meaning)/, 'responses on the wire (RFC 9051 section 7)'],
  [
    /^protocols\/(?:smtp|pop3|imap)\/client/,
    'why a client gave up: notices carry it on the wire (RFC 3464 section 2.3.6)',
  ],
  [/^protocols\/dns\/(?:fields|master\w+)\.ts$/, 'fields by the terms of RFC 1035, which are keys of messages'],
  [/^protocols\/dns\/zoneF\w+\.ts$/, 'the text of a zone, and an error for programmers'],
  [/^protocols\/smtp\/meaning\.ts$/, 'the name of mail data, a term of RFC 5321'],
  [/^ui\/watch\/WatchPage\.tsx$/, 'a command to type'],
  [/^ui\/letter\/example\.ts$/, 'a header, as servers write it'],
  [/^learning\/examWorld\.ts$/, 'letters that lie in the world of the exam'],
  [/^view\/log\/line\.ts$/, 'lines of a log, as servers write them'],
  [/^view\/events\/pauses\.ts$/, 'filters as they are typed'],
  [/^sasl\//, 'responses on the wire (RFC 4422 section 3.6)'],
  [
    /^hosts\/mailServer\/(?:notice\w*|postmasterNotice|room|smtpSide)\.ts$/,
    'notices and replies, which are mail and wire',
  ],
  [
    /^learning\/(?:parse\w*|readQuestion|questionParts|proveQuestion|markdown|yaml\w*|directiveLines|knownNames|nearest|extension|patch|schema\w*|\w+Schema)\.ts$/,
    'errors of lessons and scenarios, for their authors',
  ],
]
/** Calls whose text is for programmers, or a key of a message. */
const NOT_FOR_PEOPLE = /^(?:assert|\w+Text|matches|closest|querySelector(?:All)?|useMedia|attr)$/

interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** Text on the wire or in a file of a standard, attributes of CSS and SVG, and syntax are not English. */
const WORDS = /(?:^|[\s“(])[A-Za-z][a-z’']*[,:;.]? [a-z’']{2,}(?=$|[\s,.:;!?”)])/

/** The texts of a node, without those below that are no text for people. */
function textsOf(node: Node, found: (text: string, start: number) => void): void {
  switch (node.type) {
    // Thrown errors are for programmers, types and imports are no text, and a regular expression is compared.
    case 'ThrowStatement':
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSLiteralType':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return
    case 'Literal':
      if (typeof node['value'] === 'string') found(node['value'], node.start)
      return
    case 'JSXText':
      found(String(node['value']), node.start)
      return
    case 'TemplateElement':
      found((node['value'] as { readonly cooked: string }).cooked, node.start)
      return
    case 'JSXAttribute': {
      const name = (node['name'] as { readonly name?: unknown }).name
      if (name === 'className' || name === 'd' || name === 'viewBox' || name === 'style') return
      break
    }
    case 'CallExpression': {
      const callee = node['callee'] as {
        readonly type?: unknown
        readonly name?: unknown
        readonly property?: { readonly name?: unknown }
      }
      if (callee.type === 'Super') return
      if (NOT_FOR_PEOPLE.test(String(callee.name ?? callee.property?.name))) return
      break
    }
    case 'NewExpression':
      if (/Error$|^Set$/.test(String((node['callee'] as { readonly name?: unknown }).name))) return
  }
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) textsOf(child, found)
}

/** The English texts of a module, with their lines. */
function englishIn(file: string, code: string): readonly string[] {
  const english: string[] = []
  const { program } = parseSync(file, code)
  if (isNode(program))
    textsOf(program, (text, start) => {
      if (WORDS.test(text.trim())) english.push(`${code.slice(0, start).split('\n').length}: ${text.trim()}`)
    })
  return english
}

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, 'src', folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\/testing\//.test(file)),
)

it('no English for people stands in code', () => {
  expect(files.length).toBeGreaterThan(300)
  const found = files
    .filter((file) => !EXCEPTIONS.some(([path]) => path.test(file)))
    .flatMap((file) => englishIn(file, readFileSync(join(root, 'src', file), 'utf8')).map((text) => `${file}:${text}`))
  expect(found).toEqual([])
})

it('each exception has files in which English stands', () => {
  const needless = EXCEPTIONS.filter(
    ([path]) =>
      !files.some(
        (file) => path.test(file) && englishIn(file, readFileSync(join(root, 'src', file), 'utf8')).length > 0,
      ),
  )
  expect(needless.map(([path]) => String(path))).toEqual([])
})

it.each([
  "const title = 'Nobody has spoken yet'",
  'const said = `${count} letters are waiting`',
  'const row = <p>press the button</p>',
  'const field = <input aria-label="Server to connect to" />',
])('English is found in %s', (code) => {
  expect(englishIn('a.tsx', code)).toHaveLength(1)
})

it.each([
  "throw new Error('Broken expectation: a letter has octets')",
  "labText('no world')",
  'const row = <p className="one two">{text}</p>',
  "const query = document.querySelector('main button')",
  "const verb = 'MAIL FROM:'",
])('no English for people is found in %s', (code) => {
  expect(englishIn('a.tsx', code)).toEqual([])
})
