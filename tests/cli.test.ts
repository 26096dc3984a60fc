import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import twoTowns from '../lessons/scenarios/two-towns.json'
import { ehlo } from '../src/adapters/node/commandLine'

const tsx = join(import.meta.dirname, '../node_modules/tsx/dist/cli.mjs')
const root = join(import.meta.dirname, '..')
let folder: string

/** As a user runs it: a process of its own. */
const spawned = (...args: string[]) =>
  spawnSync(process.execPath, [tsx, 'src/adapters/node/ehlo.ts', ...args], { cwd: root, encoding: 'utf8' })
/** The same command line within this process. */
async function called(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  let stdout = ''
  let stderr = ''
  const status = await ehlo(args, {
    out: (text) => {
      stdout += text
    },
    err: (text) => {
      stderr += text
    },
  })
  return { status, stdout, stderr }
}
const file = (name: string, text: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const messageText = (to: string, more = ''): string =>
  `From: Alice <alice@paper.example>\nTo: ${to}\nSubject: Lunch?\n${more}\nAt noon?\n`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ehlo-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('ehlo run', () => {
  it('fails as a process too: one sentence, no stack trace, exit code 1', () => {
    const result = spawned('run', 'two-towns', '--send', file('wrong.eml', messageText('nobody@bird.example')))
    expect(result.status).toBe(1)
    expect(result.stdout).toBe('')
    expect(result.stderr).toMatch(/^The letter to nobody@bird\.example came back: .*\n$/)
  })

  it('carries a letter, prints what was said, writes every fact, and ends with 0', () => {
    const trace = join(folder, 'trace.jsonl')
    const result = spawned(
      'run',
      'two-towns',
      '--send',
      file('good.eml', messageText('bob@bird.example')),
      '--trace',
      trace,
      '--transcript',
    )
    expect(result.stderr).toBe('')
    expect(result.status).toBe(0)
    expect(result.stdout).toContain('C: RCPT TO:<bob@bird.example>')
    expect(result.stdout).toMatch(/S: 250 2\.0\.0 .*queued/)
    expect(result.stdout).toMatch(/C: RETR 1/)
    expect(result.stdout).toMatch(/C: \S+ IDLE/)
    const facts = readFileSync(trace, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(facts.map((fact) => fact.order)).toEqual(facts.map((_, at) => at))
    expect(facts.filter((fact) => fact.type === 'messageFetched').map((fact) => fact.by)).toEqual(['IMAP', 'POP3'])
  })

  const refused: [string, () => string[], RegExp][] = [
    [
      'a wrong user',
      () => ['run', 'two-towns', '--send', file('a.eml', messageText('nobody@bird.example'))],
      /^The letter to nobody@bird\.example came back: .*550 5\.1\.1/,
    ],
    [
      'a wrong domain',
      () => ['run', 'two-towns', '--send', file('b.eml', messageText('bob@brid.example'))],
      /came back: .*NXDOMAIN/,
    ],
    [
      'a stranger as sender',
      () => [
        'run',
        'two-towns',
        '--send',
        file('c.eml', messageText('bob@bird.example').replace('alice@', 'mallory@')),
      ],
      /Nobody in two-towns can send as mallory@paper\.example: write From: alice@paper\.example/,
    ],
    [
      'no recipient',
      () => ['run', 'two-towns', '--send', file('d.eml', 'From: alice@paper.example\nSubject: x\n\nx\n')],
      /names nobody to send it to: add a field such as To:/,
    ],
    [
      'no header',
      () => ['run', 'two-towns', '--send', file('e.eml', 'Dear Bob,\n\nhello\n')],
      /has no header field in line 1 \("Dear Bob,"\)/,
    ],
    [
      'a NUL',
      () => ['run', 'two-towns', '--send', file('f.eml', messageText('bob@bird.example', 'X: y\n\na\0b\n'))],
      /NUL octet in line 6/,
    ],
    ['an empty file', () => ['run', 'two-towns', '--send', file('g.eml', '')], /is empty/],
    ['a missing file', () => ['run', 'two-towns', '--send', join(folder, 'none.eml')], /cannot be read: ENOENT/],
    ['an unknown scenario', () => ['run', 'three-towns', '--send', 'x.eml'], /There is no scenario "three-towns"/],
    ['a scenario that is not JSON', () => ['run', file('h.json', '{'), '--send', 'x.eml'], /is not JSON/],
    [
      'a scenario of another shape',
      () => ['run', file('i.json', '{"name":"x"}'), '--send', 'x.eml'],
      /cannot be used: title is missing; give it a string\./,
    ],
    [
      'a scenario with a zone that cannot be read',
      () => ['check', file('j.json', JSON.stringify(twoTowns).replace('MX 10', 'MX ten'))],
      /line \d+, column \d+, ".*MX ten.*": The preference "ten" has to be a whole number from 0 to 65535\.$/m,
    ],
    ['an unknown option', () => ['run', 'two-towns', '--sned', 'x'], /Unknown option '--sned'/],
    ['an unknown command', () => ['fly'], /"fly" is no command/],
    ['a name that every object has', () => ['toString'], /"toString" is no command/],
    ['no letter', () => ['run', 'two-towns'], /Say which letter to send/],
    [
      'an option that swallows another',
      () => ['run', 'two-towns', '--send', '--trace'],
      /^Option '--send' argument is ambiguous\. Try: /,
    ],
    ['a bad seed', () => ['run', 'two-towns', '--send', 'x', '--seed', 'blue'], /--seed wants a whole number/],
  ]
  it.each(refused)('says one clear sentence about %s and does not end with 0', async (_, args, message) => {
    const result = await called(...args())
    expect(result.stderr).toMatch(message)
    expect(result.stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(result.status).not.toBe(0)
  })
})

describe('ehlo help', () => {
  it.each(['run', 'check', 'serve', 'storm'])('of %s is the same by --help and by its name', async (name) => {
    const { status, stdout, stderr } = await called(name, '--help')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.match(/^ {2}ehlo \w+/gm)).toEqual([`  ehlo ${name}`])
    expect(await called('help', name)).toEqual({ status, stdout, stderr })
    expect((await called('help')).stdout).toContain(stdout)
  })
})

describe('ehlo check', () => {
  const scenario = (): string => readFileSync(join(root, 'lessons/scenarios/two-towns.json'), 'utf8')
  const lesson = 'lessons/01-the-journey/01-one-letter-three-steps'

  it('finds nothing wrong with what comes with the program', async () => {
    const files = ['lessons/scenarios/two-towns.json', 'lessons/quiz/quiz.yaml', 'lessons/course.yaml', lesson]
    const result = await called('check', ...files)
    expect(result).toMatchObject({ status: 0, stderr: '' })
  })

  const broken: [string, (text: string) => string, RegExp][] = [
    ['a missing title', (text) => text.replace('"title": "Two towns",', ''), /title is missing; give it a string\./],
    [
      'a role that nobody knows',
      (text) => text.replace('"role": "resolver"', '"role": "baker"'),
      /hosts\[\d\]\.role must be "mailProgram"/,
    ],
    [
      'a port that is a word',
      (text) => text.replace('"port": 587', '"port": "587"'),
      /hosts\[0\]\.config\.accounts\[0\]\.submission\.port must be an? (number|int)/,
    ],
    ['a slip in a name', (text) => text.replace('"postmaster"', '"postmistress"'), /hosts\[1\]\.config\.domains\[0\]/],
    [
      'an address that is none',
      (text) => text.replace('"192.0.2.53"', '"here"'),
      /an IPv4 address such as 192\.0\.2\.10 is wanted/,
    ],
    [
      'a record that is none',
      (text) => text.replace('MX 10 mx.bird.example.', 'MX ten mx.bird.example.'),
      /MX ten mx\.bird\.example/,
    ],
    [
      'a record of a type that nobody knows',
      (text) => text.replace('MX 10 mx.bird.example.', 'MAILA mx.bird.example.'),
      /"MAILA" is none of .*[^.]\.\n$/,
    ],
    [
      'a mailbox without an account',
      (text) => text.replace('"recipients": ["alice"]', '"recipients": ["alice", "eve"]'),
      /eve@paper\.example has no account/,
    ],
  ]
  it.each(broken)('says where a scenario has %s', async (_, breakIt, message) => {
    const text = scenario()
    expect(breakIt(text)).not.toBe(text)
    const result = await called('check', file('broken.json', breakIt(text)))
    expect(result.stderr).toMatch(message)
    expect(result.status).toBe(1)
  })

  it('names file, line and remedy of what is wrong in a course', async () => {
    mkdirSync(join(folder, 'lessons'), { recursive: true })
    const text = readFileSync(join(root, 'lessons/course.yaml'), 'utf8')
    const result = await called('check', file('lessons/course.yaml', text))
    expect(result.stderr).toMatch(
      /course\.yaml:8:\d+: there is no lesson "the-journey\/one-letter-three-steps"\. Write its/,
    )
    expect(result.status).toBe(1)
  })

  it.each(['10-the-envelope', '03-another'])('makes no second lesson of a name or number: %s', async (name) => {
    const result = await called('lesson', 'new', `02-pushing-with-smtp/${name}`)
    expect(result.status).not.toBe(0)
    expect(result.stderr).toContain('02-pushing-with-smtp has 03-the-envelope already')
    expect(existsSync(join(root, 'lessons/02-pushing-with-smtp', name))).toBe(false)
  })

  it('names file, line and remedy of what is wrong in a lesson', async () => {
    const result = await called('check', join(folder, 'no-lesson'))
    expect(result.stderr).toMatch(/lesson\.md:1:1: there is no such file\. A lesson is a folder with/)
    expect(result.status).toBe(1)
  })
})
