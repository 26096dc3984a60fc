import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromText, octets } from '../../base/octets'
import { drawBelow, seeded } from '../../base/random'
import type { Session } from '../../session/session'
import { MemoryHost, message, type ServerEnd } from './testing/memoryHost'

const folder = new URL('./dialogues/', import.meta.url)
const dialogues = readdirSync(folder).map((file) => ({
  file,
  lines: readFileSync(new URL(file, folder), 'utf8')
    .split('\n')
    .filter((line) => /^[CS]:/.test(line))
    .map((line) => ({ from: line[0], text: fromText(`${line.slice(3)}\r\n`) })),
}))

const open = (): ServerEnd => new MemoryHost([message('one'), message('two')]).connect()
/** Pieces of one to forty octets: literals are split at any place. */
function cutAnywhere(text: string): string[] {
  const pieces: string[] = []
  let random = seeded(text.length)
  for (let at = 0; at < text.length; ) {
    let size: number
    ;[size, random] = drawBelow(random, 40)
    pieces.push(text.slice(at, at + size + 1))
    at += size + 1
  }
  return pieces
}
const throughJson = (session: Session): Session => JSON.parse(JSON.stringify(session)) as Session

describe.each(dialogues)('dialogue $file', ({ file, lines }) => {
  const said = (from: string): string => lines.map((line) => (line.from === from ? line.text : '')).join('')

  it('gets each answer before the next command', () => {
    const server = open()
    for (let at = 0; at < lines.length; ) {
      let answer = ''
      for (; lines[at]?.from === 'S'; at++) answer += lines[at]?.text
      expect(server.sent()).toBe(answer)
      const line = lines[at++]
      if (line) server.give({ type: 'received', octets: octets(line.text) })
    }
    expect([server.sent(), server.alive]).toEqual(['', false])
  })

  // A literal that is announced with its size has other octets with other line ends.
  const hasLiteral = /\{\d+\+?\}\r\n/.test(said('C'))
  const bare = (): string[] => [said('C').replaceAll('\r\n', '\n').replace('{14}\n', '{12}\n')]
  const ways: readonly (readonly [how: string, pieces: () => readonly string[]])[] = [
    ['in one piece', () => [said('C')]],
    ['octet by octet', () => [...said('C')]],
    ['line by line', () => said('C').split(/(?<=\n)/)],
    ['cut anywhere', () => cutAnywhere(said('C'))],
    ...(hasLiteral && file !== 'literals.txt' ? [] : [['with bare line feeds', bare] as const]),
  ]
  it.each(ways)('is the same %s', (_, pieces) => {
    const server = open()
    for (const piece of pieces()) server.give({ type: 'received', octets: octets(piece) })
    expect(server.sent()).toBe(said('S'))
  })

  it('is the same with the session sent through JSON before every octet', () => {
    const server = open()
    server.between = throughJson
    for (const octet of said('C')) server.give({ type: 'received', octets: octets(octet) })
    expect(server.sent()).toBe(said('S'))
  })
})
