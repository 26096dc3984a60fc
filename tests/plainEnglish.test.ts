import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'
import { root } from './support/browser'

/**
 * Comments and READMEs are for readers whose first language may not be English. Each rule bans a word or a form that they would
 * have to read twice, and says what to write instead. Words in backticks are code and are not checked.
 */

interface Rule {
  readonly banned: RegExp
  readonly instead: string
  /** Sentences that the rule must catch. */
  readonly wrong: readonly string[]
  /** Sentences that it must let pass. */
  readonly right: readonly string[]
  /** Only the folders of the engine: a learner's captions say letter, and the page has machine rooms. */
  readonly engineOnly?: true
}

const RULES: readonly Rule[] = [
  {
    banned: /(?<=^|[.:;!?] )(?:Who|Whom|Whoever|Whose)\b[^?]*?(?:[.;:]|$)/g,
    instead: 'name the person or the program: "A refused login clears the user."',
    wrong: [
      'Who is refused is nobody again.',
      'Who asked, and where the answer goes.',
      'The server: Whoever connects.',
    ],
    right: ['Who may read it? The owner.', 'A user who logs in.'],
  },
  {
    banned: /(?<=^|[.:;!?] )What\b[^?]*?(?:[.;]|$)/g,
    instead: 'name the thing: "The server\'s replies", "A removed message"',
    wrong: ['What is gone already is as removed as it can be.', 'What the host answers.'],
    right: ['What is a message? A sequence of octets.', 'It returns what it has read.'],
  },
  {
    banned: /(?<!left )(?<!leaves? (?:nothing|no \w+) )\bbehind\b(?! (?:real )?sockets?)(?! the scenes)/g,
    instead: 'after, below, or what comes next',
    wrong: ['What stands behind the address.', 'The octets come right behind the CRLF.', 'an exchanger behind it'],
    right: ['It puts a world behind real sockets.', 'A session leaves nothing behind.'],
  },
  {
    banned: /\bwhere (?:it|there|that|they|these) (?:is|are|was) (?:none|nothing|no|not)\b/g,
    instead: 'if there is none',
    wrong: ['The address, or undefined where it is none.', 'Throws where there is no such user.'],
    right: ['The name, or undefined if there is none.'],
  },
  {
    banned: /\b(?:nobody|no one)\b/gi,
    instead: 'the role that is missing: "there is no listener", "the sender is not told"',
    wrong: ['Nobody is left without a word.', 'It is refused where nobody listens.'],
    right: ['It is refused if there is no listener.'],
  },
  {
    banned:
      /\bletters?\b(?! (?:case|form)\b)(?<!(?:capital|small|upper-case|lower-case|accented) letters?)(?! beyond ASCII)(?! of (?:the )?(?:alphabet|all languages))/gi,
    instead: 'message, or mail data on the wire',
    wrong: ['The letter under way.', 'Letters that wait.'],
    right: ['Text in any letter case.', 'Capital letters.', 'Letters beyond ASCII.', 'The field `letter`.'],
    engineOnly: true,
  },
  {
    banned: /\bmarks? of (?:a|the) message\b|\bmark(?:s|ed|ing)? (?:a|the|each) message\b(?! as deleted)/g,
    instead: 'flags: "sets a flag of the message"',
    wrong: ['A person marks a message.', 'The marks of a message.'],
    right: ['It sets a flag of the message.', 'DELE marks a message as deleted.'],
    engineOnly: true,
  },
  {
    banned: /\bweather\b/gi,
    instead: 'link conditions',
    wrong: ['Changes the weather on the link.'],
    right: ['Changes the conditions of the link.'],
  },
  {
    banned: /\brooms?\b/gi,
    instead: 'quota for a mailbox, space for octets, a limit for recipients',
    wrong: ['There is no room left in the mailbox.'],
    right: ['The message exceeds the quota.'],
    engineOnly: true,
  },
  {
    banned: /\bin the (?:clear|open)\b/g,
    instead: 'in plaintext, without TLS',
    wrong: ['A password may not go in the clear.'],
    right: ['A password may not travel in plaintext.'],
  },
  {
    banned: /\btak(?:es?|ing) leave\b/g,
    instead: 'ends the connection, with the reply or command that does it',
    wrong: ['The server takes leave of everybody.'],
    right: ['The server sends 421 and closes.'],
  },
  {
    banned: /\bto be had\b/g,
    instead: 'available',
    wrong: ['All of it is to be had over TCP.'],
    right: ['All of it is available over TCP.'],
  },
]

const ENGINE = /^src\/(?:base|mail|session|sasl|protocols|world|hosts)\//

/** One paragraph or comment on one line. */
interface Passage {
  readonly line: number
  readonly text: string
}

const lineAt = (code: string, offset: number): number => code.slice(0, offset).split('\n').length

/** Each comment of a module; line comments that follow one another are one passage. */
function commentsIn(file: string, code: string): readonly Passage[] {
  const found: { start: number; end: number; text: string; isLine: boolean }[] = []
  for (const { type, value, start, end } of parseSync(file, code).comments) {
    const before = found.at(-1)
    const text = value.replace(/^\*|^[ \t]*\*(?!\*)/gm, '')
    if (before?.isLine && type === 'Line' && /^\n[ \t]*$/.test(code.slice(before.end, start))) {
      before.text += `\n${text}`
      before.end = end
    } else found.push({ start, end, text, isLine: type === 'Line' })
  }
  return found.flatMap(({ start, text }) =>
    paragraphsIn(text).map((paragraph) => ({ line: lineAt(code, start), text: paragraph.text })),
  )
}

const TEST_FUNCTIONS: ReadonlySet<string> = new Set(['it', 'test', 'describe'])

/** The name that a call begins with: `it` of `it.each(rows)(name, body)`. */
function calledName(node: unknown): string | undefined {
  if (!isRecord(node)) return undefined
  if (node['type'] === 'Identifier') return typeof node['name'] === 'string' ? node['name'] : undefined
  return calledName(node['object'] ?? node['callee'] ?? node['tag'])
}

/** The text of a string literal or of a template, with `%s` for each expression. */
function textOf(node: unknown): string | undefined {
  if (!isRecord(node)) return undefined
  if (node['type'] === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined
  if (node['type'] !== 'TemplateLiteral' || !Array.isArray(node['quasis'])) return undefined
  const parts = node['quasis'].map((part: unknown) =>
    isRecord(part) && isRecord(part['value']) ? part['value']['cooked'] : '',
  )
  return parts.join('%s')
}

/** The names of the tests of a module. A name is checked as a sentence, so it is given a capital letter. */
function testNamesIn(file: string, code: string): readonly Passage[] {
  const found: Passage[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const part of node) visit(part)
      return
    }
    if (!isRecord(node)) return
    if (node['type'] === 'CallExpression' && Array.isArray(node['arguments']) && typeof node['start'] === 'number') {
      const name = TEST_FUNCTIONS.has(calledName(node['callee']) ?? '') ? textOf(node['arguments'][0]) : undefined
      if (name) found.push({ line: lineAt(code, node['start']), text: name.charAt(0).toUpperCase() + name.slice(1) })
    }
    for (const part of Object.values(node)) visit(part)
  }
  visit(parseSync(file, code).program)
  return found.flatMap(({ line, text }) => paragraphsIn(text).map((part) => ({ line, text: part.text })))
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The paragraphs, list items and table cells of a text, without code and links. */
function paragraphsIn(text: string): readonly Passage[] {
  const bare = text
    .replace(/^```[\s\S]*?^```/gm, (fence) => fence.replace(/[^\n]/g, ''))
    .replace(/`[^`\n]*`/g, '`')
    .replace(/\]\([^)]*\)/g, ']')
  const passages: Passage[] = []
  let line = 1
  for (const part of bare.split(/(\n[ \t]*\n|\n(?=[ \t]*(?:[-#|]|\d+\.) ?)|\|)/)) {
    const flat = part
      .replace(/\s+/g, ' ')
      .replace(/^ ?(?:[-#|]+|\d+\.) /, '')
      .trim()
    if (/\w/.test(flat)) passages.push({ line, text: flat })
    line += part.split('\n').length - 1
  }
  return passages
}

const breachesIn = (passages: readonly Passage[], isEngine: boolean): readonly string[] =>
  passages.flatMap(({ line, text }) =>
    RULES.filter(({ engineOnly }) => isEngine || !engineOnly).flatMap(({ banned, instead }) =>
      [...text.matchAll(banned)].map(([words]) => `${line}: "${words}". Write ${instead}.`),
    ),
  )

describe('comments, READMEs and the names of tests are in plain English', () => {
  const files = execFileSync('git', ['ls-files', 'src', 'tests', 'scripts', 'README.md'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => /\.(?:tsx?|mjs)$|README\.md$/.test(file) && file !== 'tests/plainEnglish.test.ts')

  it('in every folder', () => {
    expect(files.length).toBeGreaterThan(150)
    const found = files.flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8')
      const passages = file.endsWith('.md') ? paragraphsIn(text) : commentsIn(file, text)
      return breachesIn(passages, ENGINE.test(file)).map((breach) => `${file}:${breach}`)
    })
    expect(found).toEqual([])
  })

  it('in the name of every test', () => {
    const tests = files.filter((file) => /\.test\.tsx?$/.test(file))
    expect(tests.length).toBeGreaterThan(150)
    const found = tests.flatMap((file) => {
      const names = testNamesIn(file, readFileSync(join(root, file), 'utf8'))
      return breachesIn(names, ENGINE.test(file)).map((breach) => `${file}:${breach}`)
    })
    expect(found).toEqual([])
  })

  const caught = (text: string): readonly string[] => breachesIn(commentsIn('a.ts', `/** ${text} */\nexport {}`), true)

  it.each(RULES.flatMap(({ wrong }) => wrong))('would catch: %s', (sentence) => {
    expect(caught(sentence)).not.toEqual([])
  })

  it.each(RULES.flatMap(({ right }) => right))('lets pass: %s', (sentence) => {
    expect(caught(sentence)).toEqual([])
  })

  it.each([
    "it('what is shown', () => {})",
    "describe.skipIf(bare)('nobody listens', () => {})",
    "it.each(rows)('is sent in the clear by %s', () => {})",
    'it.each`a | b`(`nobody reads ${name}`, () => {})',
    "describe('a', () => { test('b', { timeout: 1 }, () => {}); it('is refused by nobody', () => {}) })",
  ])('reads the names of the tests in %s', (code) => {
    expect(breachesIn(testNamesIn('a.test.ts', code), false)).toHaveLength(1)
  })

  it('reads a name, not the arguments of other calls and not the code in a template', () => {
    const code = "say('nobody')\nit(`is sent to ${nobody} by \\`nobody\\``, () => { say('in the clear') })"
    expect(breachesIn(testNamesIn('a.test.ts', code), false)).toEqual([])
  })

  it('reads comments, not code and not text in quotation marks', () => {
    const code = "const a = 'Who // is nobody' // in backticks `nobody`\nexport const b = /\\/\\/ nobody/.test(a)"
    expect(breachesIn(commentsIn('a.ts', code), true)).toEqual([])
    expect(breachesIn(commentsIn('a.tsx', '// The octets right\n// behind the end.\nexport {}'), true)).toHaveLength(1)
  })
})
