import { describe, expect, it } from 'vitest'
import { octets } from '../base/octets'
import { instant } from '../base/time'
import type { Meaning } from '../session/session'
import type { Fact, FactBody } from '../world/fact'
import { envelopeAt } from './envelope'

const opening: FactBody = {
  type: 'connectionOpening',
  protocol: 'smtp.client',
  connection: 'c1',
  client: 'a',
  server: 'b',
  port: 25,
}
function say(type: 'sent' | 'read', kind: Meaning['kind'], line: string, refused = false): FactBody {
  const means = { kind, name: line.slice(0, 4), ...(refused && { refused }) }
  return { type, session: 's1', host: 'a', connection: 'c1', octets: octets(`${line}\r\n`), means, start: 0, end: 1 }
}
const bodies: readonly FactBody[] = [
  opening,
  say('read', 'greeting', '220 b'),
  say('sent', 'command', 'EHLO a'),
  say('read', 'reply', '250 b'),
  say('sent', 'command', 'MAIL FROM:<x@a> SIZE=3'),
  say('read', 'reply', '250 Ok'),
  say('sent', 'command', 'RCPT TO:<y@b>'),
  say('sent', 'command', 'RCPT TO:<z@b>'),
  say('read', 'reply', '250 Ok'),
  say('read', 'reply', '550 no', true),
  say('sent', 'command', 'DATA'),
  say('read', 'reply', '354 go on'),
  say('sent', 'mailData', 'Hello'),
  say('read', 'reply', '250 Ok'),
  say('sent', 'command', 'MAIL FROM:<> BODY=8BITMIME'),
  say('read', 'reply', '250 Ok'),
]
const trace: readonly Fact[] = bodies.map((body, order) => ({ at: instant(order), order, ...body }))

describe('the envelope', () => {
  it.each([
    ['before MAIL', 4, undefined],
    ['MAIL said', 5, { port: 25, reversePath: { address: 'x@a', agreed: 'asked' }, forwardPaths: [] }],
    ['MAIL agreed', 6, { port: 25, reversePath: { address: 'x@a', agreed: 'yes' }, forwardPaths: [] }],
    [
      'two recipients, one refused, pipelined',
      10,
      {
        port: 25,
        reversePath: { address: 'x@a', agreed: 'yes' },
        forwardPaths: [
          { address: 'y@b', agreed: 'yes' },
          { address: 'z@b', agreed: 'no' },
        ],
      },
    ],
    [
      'the next letter begins a new one',
      16,
      { port: 25, reversePath: { address: '', agreed: 'yes' }, forwardPaths: [] },
    ],
  ])('%s', (_, facts, expected) => expect(envelopeAt(trace, facts)).toEqual(expected))
})

/** A person types at `a`; the server `b` reads and answers. */
const byHand: readonly Fact[] = [
  { ...opening, protocol: 'text.client' },
  ...[
    ['EHLO a', '250 b'],
    ['MAIL FROM:<king@c>', '250 Ok'],
    ['RCPT TO:<y@b>', '250 Ok'],
    ['RCPT TO:<z@b>', '550 no'],
    ['MAIL FROM:<x@a>', '503 no'],
    ['RSET', '250 Ok'],
    ['MAIL FROM:<x@a>', '250 Ok'],
  ].flatMap(([line = '', answer = '']): FactBody[] => [
    say('sent', 'line', line),
    { ...say('read', 'command', line), host: 'b' } as FactBody,
    { ...say('sent', 'reply', answer, answer.startsWith('5')), host: 'b' } as FactBody,
  ]),
  // A line of a letter, which looks like a command.
  say('sent', 'line', 'RCPT TO:<w@b>'),
].map((body, order) => ({ at: instant(order), order, ...body }))

describe('the envelope of a call by hand', () => {
  const king = { address: 'king@c', agreed: 'yes' }
  const readers = [
    { address: 'y@b', agreed: 'yes' },
    { address: 'z@b', agreed: 'no' },
  ]
  it.each([
    ['before MAIL', 4, undefined],
    ['MAIL heard', 6, { port: 25, reversePath: { address: 'king@c', agreed: 'asked' }, forwardPaths: [] }],
    ['two readers, one refused', 13, { port: 25, reversePath: king, forwardPaths: readers }],
    ['a second sender is refused and changes nothing', 16, { port: 25, reversePath: king, forwardPaths: readers }],
    ['RSET empties it', 19, undefined],
    [
      'a line of the letter does not count',
      23,
      { port: 25, reversePath: { address: 'x@a', agreed: 'yes' }, forwardPaths: [] },
    ],
  ])('%s', (_, facts, expected) => expect(envelopeAt(byHand, facts)).toEqual(expected))
})
