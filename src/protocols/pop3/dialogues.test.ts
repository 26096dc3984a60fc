import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromText, type Octets, octets } from '../../base/octets'
import { pop3Server } from './server'
import type { ServerInput } from './serverTypes'
import { bobsMessages, End, MemoryHost, type Mishaps, peer, utf8Message } from './testing/memoryHost'

/**
 * Dialogues as text: `S:` and `C:` lines, `T:` for the TLS handshake, and before them a line `= {…}` with the differences from
 * a plain server: fields of its input, and faults of its host.
 */
const folder = new URL('./dialogues/', import.meta.url)
interface Line {
  readonly from: 'C' | 'S' | 'T'
  readonly text: string
}
interface Settings extends Partial<ServerInput> {
  readonly mishaps?: Mishaps
  /** A third message, with UTF-8 in its header. */
  readonly utf8Mail?: true
}
const dialogues = readdirSync(folder).map((file) => {
  const lines = readFileSync(new URL(file, folder), 'utf8').split('\n')
  const settings = lines.find((line) => line.startsWith('= '))?.slice(2) ?? '{}'
  return {
    file,
    settings: JSON.parse(settings) as Settings,
    lines: lines
      .filter((line) => /^[CST]:/.test(line))
      .map((line): Line => ({ from: line[0] as Line['from'], text: line.slice(3) })),
  }
})

const said = (lines: readonly Line[], from: 'C' | 'S'): Octets =>
  fromText(lines.flatMap((line) => (line.from === from ? [`${line.text}\r\n`] : [])).join(''))

/** A client sends nothing between STLS and TLS, so pipelining ends there. */
function untilTls(lines: readonly Line[]): readonly Octets[] {
  const at = lines.findIndex((line) => line.from === 'T')
  return at === -1 ? [said(lines, 'C')] : [said(lines.slice(0, at), 'C'), ...untilTls(lines.slice(at + 1))]
}

function opened({ mishaps = {}, utf8Mail, ...input }: Settings): End {
  const all = { hostName: 'store.bird.example', plaintextAuth: true, ...input }
  const messages = utf8Mail ? [...bobsMessages, utf8Message] : bobsMessages
  const server = new End(pop3Server, all, new MemoryHost(messages, mishaps))
  server.give({ type: 'opened', peer })
  return server
}

describe.each(dialogues)('dialogue $file', ({ lines, settings }) => {
  const fromServer = said(lines, 'S')
  const wholePieces = untilTls(lines)

  /** The whole pipelined input, cut into pieces; TLS begins between two parts. */
  function ahead(parts: readonly string[], length: number, between?: End['between']): End {
    const server = opened(settings)
    if (between) server.between = between
    for (const [n, part] of parts.entries()) {
      if (n > 0) server.give({ type: 'secured' })
      for (let at = 0; at < part.length; at += length)
        server.give({ type: 'received', octets: octets(part.slice(at, at + length)) })
    }
    return server
  }

  it('gets each answer before the next command', () => {
    const server = opened(settings)
    let at = 0
    while (at < lines.length) {
      const from = at
      while (lines[at]?.from === 'S') at++
      expect(server.sent()).toBe(said(lines.slice(from, at), 'S'))
      const line = lines[at++]
      if (line?.from === 'T') server.give({ type: 'secured' })
      else if (line) server.give({ type: 'received', octets: fromText(`${line.text}\r\n`) })
    }
    expect(server.sent()).toBe('')
    expect(server.session.machine.status).toBe('done')
  })

  it('begins TLS exactly at the T: lines of the dialogue', () => {
    const asked = ahead(wholePieces, 65_536).outputs.filter((output) => output.type === 'startTls')
    expect(asked).toHaveLength(wholePieces.length - 1)
  })

  it('is the same pipelined in one piece', () => {
    expect(ahead(wholePieces, 65_536).sent()).toBe(fromServer)
  })

  it('is the same octet by octet', () => {
    expect(ahead(wholePieces, 1).sent()).toBe(fromServer)
  })

  it('is the same with bare LF as line end', () => {
    const bare = wholePieces.map((piece) => piece.replaceAll('\r\n', '\n'))
    expect(ahead(bare, 65_536).sent()).toBe(fromServer)
  })

  it('is the same with the session passed through JSON before every input', () => {
    expect(ahead(wholePieces, 1, (session) => JSON.parse(JSON.stringify(session))).sent()).toBe(fromServer)
  })
})
