import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { bobsMessages, End, MemoryHost, peer } from './memoryHost'
import { pop3Server } from './server'

const folder = new URL('./dialogues/', import.meta.url)
const dialogues = readdirSync(folder).map((file) => ({
  file,
  lines: readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .filter((line) => /^[CS]:/.test(line))
    .map((line) => ({ from: line[0], text: line.slice(3) })),
}))

const input = { hostName: 'store.bird.example', plaintextAuth: true }
const said = (lines: readonly { from: string | undefined; text: string }[], from: string): string =>
  lines.flatMap((line) => (line.from === from ? [`${line.text}\r\n`] : [])).join('')

function opened(): End {
  const server = new End(pop3Server, input, new MemoryHost(bobsMessages))
  server.give({ type: 'opened', peer })
  return server
}

describe.each(dialogues)('dialogue $file', ({ lines }) => {
  const fromServer = said(lines, 'S')
  const fromClient = said(lines, 'C')

  it('gets each answer before the next command', () => {
    const server = opened()
    let at = 0
    while (at < lines.length) {
      const from = at
      while (lines[at]?.from === 'S') at++
      expect(server.sent()).toBe(said(lines.slice(from, at), 'S'))
      const line = lines[at++]
      if (line) server.give({ type: 'received', octets: octets(`${line.text}\r\n`) })
    }
    expect(server.sent()).toBe('')
    expect(server.session.machine.status).toBe('done')
  })

  it('is the same sent ahead in one piece', () => {
    const server = opened()
    server.give({ type: 'received', octets: octets(fromClient) })
    expect(server.sent()).toBe(fromServer)
  })

  it('is the same octet by octet', () => {
    const server = opened()
    for (const octet of fromClient) server.give({ type: 'received', octets: octets(octet) })
    expect(server.sent()).toBe(fromServer)
  })

  it('is the same with bare LF as line end', () => {
    const server = opened()
    server.give({ type: 'received', octets: octets(fromClient.replaceAll('\r\n', '\n')) })
    expect(server.sent()).toBe(fromServer)
  })

  it('is the same with the session sent through JSON before every input', () => {
    const server = opened()
    server.between = (session) => JSON.parse(JSON.stringify(session))
    for (const octet of fromClient) server.give({ type: 'received', octets: octets(octet) })
    expect(server.sent()).toBe(fromServer)
  })
})
