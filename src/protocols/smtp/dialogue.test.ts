import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { relayInput, ServerUnderTest, submissionInput } from './stubHost'

/** Golden dialogues: `C:` lines go in with CRLF, `S:` lines must come out, `@` names the port, `#` is a remark. */

const folder = new URL('./dialogues/', import.meta.url)
const dialogues = readdirSync(folder).map((name) => {
  const lines = readFileSync(new URL(name, folder), 'utf8').split('\n')
  return { name, lines, input: lines.includes('@ submission') ? submissionInput : relayInput }
})

/** The text of a line after `C:` or `S:`; a line with nothing behind it is empty. */
const textOf = (line: string): string => line.slice(line.startsWith('C: ') || line.startsWith('S: ') ? 3 : 2)
const side = (lines: readonly string[], mark: string): string =>
  lines
    .filter((line) => line.startsWith(mark))
    .map((line) => `${textOf(line)}\r\n`)
    .join('')

describe.each(dialogues)('$name', ({ lines, input }) => {
  const said = side(lines, 'C:')
  const expected = side(lines, 'S:')

  it('line by line', () => {
    const server = new ServerUnderTest(input)
    let answered = server.sent as string
    let transcript = ''
    for (const line of lines) {
      if (line.startsWith('S:')) {
        const end = answered.indexOf('\r\n') + 2
        transcript += `S: ${answered.slice(0, end)}`
        answered = answered.slice(end)
      } else if (line.startsWith('C:')) {
        expect(answered, `nothing more is said before ${line}`).toBe('')
        transcript += `C: ${textOf(line)}\r\n`
        answered = server.receive(`${textOf(line)}\r\n`)
      }
    }
    expect(transcript).toBe(
      lines
        .filter((line) => /^[CS]:/.test(line))
        .map((line) => `${line[0]}: ${textOf(line)}\r\n`)
        .join(''),
    )
    expect(server.closed).toBe(true)
  })

  it('all in one write', () => {
    const server = new ServerUnderTest(input)
    server.receive(said)
    expect(server.sent).toBe(expected)
    expect(server.session.inbox).toBe('')
  })

  it('octet by octet', () => {
    const server = new ServerUnderTest(input)
    for (const octet of said) server.receive(octet)
    expect(server.sent).toBe(expected)
  })

  it('with the session sent through JSON after every input', () => {
    const server = new ServerUnderTest(input, (session) => JSON.parse(JSON.stringify(session)))
    for (const line of said.split(/(?<=\r\n)/)) server.receive(line)
    expect(server.sent).toBe(expected)
  })
})
