import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromText } from '../../base/octets'
import type { SmtpServerInput } from './server/types'
import { inputs, ServerUnderTest } from './testing/stubHost'

/**
 * Golden dialogues: `C:` lines go in with CRLF, `S:` lines must come out, `T` is the TLS handshake, `@` names the server, `#`
 * is a remark. `\ ` in a line is a bare LF.
 */

const folder = new URL('./dialogues/', import.meta.url)
const dialogues = readdirSync(folder).map((name) => {
  const lines = readFileSync(new URL(name, folder), 'utf8').split('\n')
  const server = lines.find((line) => line.startsWith('@ '))?.slice(2) ?? 'relay'
  const input: SmtpServerInput | undefined = inputs[server as keyof typeof inputs]
  if (!input) throw new Error(`${name}: no server is called "${server}"`)
  return { name, lines, input }
})

/** The octets of a line after `C:` or `S:`; a line without text is empty. */
const octetsOf = (line: string): string =>
  `${fromText(line.slice(/^[CS]: /.test(line) ? 3 : 2)).replaceAll('\\n', '\n')}\r\n`

const expectedOf = (lines: readonly string[]): string =>
  lines
    .filter((line) => line.startsWith('S:'))
    .map(octetsOf)
    .join('')

/** The client's octets, cut at the TLS handshake: the server discards earlier ones. */
const writesOf = (lines: readonly string[]): readonly string[] => {
  const writes = ['']
  for (const line of lines) {
    if (line === 'T') writes.push('')
    else if (line.startsWith('C:')) writes[writes.length - 1] += octetsOf(line)
  }
  return writes
}

function playedBy(
  server: ServerUnderTest,
  lines: readonly string[],
  cut: (write: string) => readonly string[],
): string {
  for (const [at, write] of writesOf(lines).entries()) {
    if (at > 0) server.input({ type: 'secured' })
    for (const piece of cut(write)) server.receive(piece)
  }
  return server.sent
}

describe.each(dialogues)('$name', ({ lines, input }) => {
  const expected = expectedOf(lines)

  it('line by line', () => {
    const server = new ServerUnderTest(input)
    let answered = server.sent as string
    let transcript = ''
    for (const line of lines) {
      if (line.startsWith('S:')) {
        const end = answered.indexOf('\r\n') + 2
        transcript += `S: ${answered.slice(0, end)}`
        answered = answered.slice(end)
      } else if (line === 'T') {
        server.input({ type: 'secured' })
      } else if (line.startsWith('C:')) {
        expect(answered, `nothing more is said before ${line}`).toBe('')
        transcript += `C: ${octetsOf(line)}`
        answered = server.receive(octetsOf(line))
      }
    }
    const golden = lines.filter((line) => /^[CS]:/.test(line)).map((line) => `${line[0]}: ${octetsOf(line)}`)
    expect(transcript).toBe(golden.join(''))
    expect(server.closed).toBe(true)
  })

  it('all in one write', () => {
    const server = new ServerUnderTest(input)
    expect(playedBy(server, lines, (write) => [write])).toBe(expected)
    expect(server.session.inbox).toBe('')
  })

  it('octet by octet', () => {
    expect(playedBy(new ServerUnderTest(input), lines, (write) => [...write])).toBe(expected)
  })

  it('with the session passed through JSON before every input', () => {
    const server = new ServerUnderTest(input, (session) => JSON.parse(JSON.stringify(session)))
    expect(playedBy(server, lines, (write) => write.split(/(?<=\r\n)/))).toBe(expected)
  })
})
