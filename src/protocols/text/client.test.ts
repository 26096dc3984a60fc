import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import type { Input, Output, Session } from '../../session/session'
import { startSession, step } from '../../session/step'
import { textClient } from './client'
import type { TextInput } from './clientMachine'

const peer = { name: 'mx.bird.example', address: '198.51.100.25', port: 25, localPort: 50_000 }
const received = (text: string): Input => ({ type: 'received', octets: octets(text) })
const hangUp: Input = { type: 'wanted', intent: { type: 'hangUp' } }
const of = (type: 'read' | 'send') => (outputs: readonly Output[]) =>
  outputs.flatMap((output) => (output.type === type ? [output.octets] : []))
const read = of('read')
const sent = of('send')
const typed = (text: string): Input => ({ type: 'wanted', intent: { type: 'type', octets: octets(text) } as never })

function play(...inputs: readonly Input[]): readonly [Session, readonly Output[]] {
  return playWith({}, ...inputs)
}

function playWith(input: TextInput, ...inputs: readonly Input[]): readonly [Session, readonly Output[]] {
  let [session, outputs] = startSession(textClient, input)
  for (const input of inputs) {
    const [next, more] = step(textClient, session, input)
    session = next
    outputs = [...outputs, ...more]
  }
  return [session, outputs]
}

describe('a person typing', () => {
  it('sends the typed octets and reads line by line', () => {
    const [, outputs] = play(
      { type: 'opened', peer },
      { type: 'received', octets: octets('220 mx.bird') },
      { type: 'received', octets: octets('.example\r\n250-a\r\n250 b\r\n') },
      typed('ehlo me\r\n'),
    )
    expect(outputs.filter((output) => output.type === 'read' || output.type === 'send')).toEqual([
      { type: 'read', octets: '220 mx.bird.example\r\n', means: { kind: 'line', name: '220' } },
      { type: 'read', octets: '250-a\r\n', means: { kind: 'line', name: '250' } },
      { type: 'read', octets: '250 b\r\n', means: { kind: 'line', name: '250' } },
      { type: 'send', octets: 'ehlo me\r\n', means: { kind: 'line', name: 'EHLO' } },
    ])
  })

  it('keeps typed octets until the connection is open', () => {
    const [, outputs] = play(typed('NOOP\r\n'), { type: 'opened', peer })
    expect(outputs.filter((output) => output.type === 'send')).toHaveLength(1)
  })

  it('reads the last lines of the far end after hanging up, for one minute at most', () => {
    const [session, outputs] = play({ type: 'opened', peer }, hangUp, received('221 bye\r\n'))
    expect(outputs).toContainEqual({ type: 'close' })
    expect(read(outputs)).toEqual(['221 bye\r\n'])
    expect(session.machine).toMatchObject({ value: 'hungUp', status: 'active' })
    const timer = outputs.find((output) => output.type === 'setTimer')
    expect(timer?.after).toBe(60_000)
    expect(
      play({ type: 'opened', peer }, hangUp, { type: 'expired', timer: timer?.timer ?? '' })[0].machine,
    ).toMatchObject({ value: 'over', status: 'done' })
  })

  it('hangs up before the connection is open', () => {
    const [session, outputs] = play(hangUp)
    expect(outputs).toContainEqual({ type: 'close' })
    expect(session.machine.status).toBe('done')
  })

  it('shows an unfinished line when the far end closes', () => {
    const [session, outputs] = play({ type: 'opened', peer }, received('220 half a gree'), {
      type: 'closed',
      why: 'finished',
    })
    expect(read(outputs)).toEqual(['220 half a gree'])
    expect(session.machine.value).toBe('closed')
  })
})

describe('a program outside', () => {
  it('gets all arriving octets at once and unchanged', () => {
    const [, outputs] = playWith(
      { units: 'octets' },
      { type: 'opened', peer },
      received('* 1 FETCH {3}\r\n\0'),
      received('\xff'),
      hangUp,
      received('\n'),
    )
    expect(read(outputs)).toEqual(['* 1 FETCH {3}\r\n\0', '\xff', '\n'])
  })

  it('begins TLS on request, and holds typed octets back meanwhile', () => {
    const [session, outputs] = playWith(
      { units: 'octets' },
      { type: 'opened', peer },
      { type: 'wanted', intent: { type: 'secure' } },
      typed('EHLO me\r\n'),
    )
    expect(outputs).toContainEqual({ type: 'startTls' })
    expect(sent(outputs)).toEqual([])
    expect(sent(step(textClient, session, { type: 'secured' })[1])).toEqual(['EHLO me\r\n'])
  })
})

describe('a terminal that begins TLS', () => {
  const startsTls = (output: Output): boolean => output.type === 'startTls'
  const dialogue = (input: TextInput, typedText: string, ...answers: readonly string[]): readonly Output[] =>
    playWith(input, { type: 'opened', peer }, received('220 hello\r\n'), typed(typedText), ...answers.map(received))[1]

  it.each([
    ['SMTP', 'STARTTLS\r\n', '220 2.0.0 Ready\r\n'],
    ['SMTP, in small letters and two lines', 'starttls\r\n', '220-2.0.0 Ready\r\n220 now\r\n'],
    ['POP3', 'STLS\r\n', '+OK Begin TLS\r\n'],
    ['IMAP', 'a1 STARTTLS\r\n', '* CAPABILITY IMAP4rev2\r\na1 OK Begin TLS now\r\n'],
  ])('does so after a yes: %s', (_, command, answer) => {
    const outputs = dialogue({ startsTls: true }, command, answer)
    expect(outputs.filter(startsTls)).toHaveLength(1)
    expect(outputs.at(-1)).toEqual({ type: 'entered', state: 'securing' })
    expect(dialogue({}, command, answer).some(startsTls)).toBe(false)
  })

  it.each([
    ['SMTP', 'STARTTLS\r\n', '454 4.7.0 Not now\r\n220 2.0.0 too late\r\n'],
    ['POP3', 'STLS\r\n', '-ERR no\r\n+OK\r\n'],
    ['IMAP', 'a1 STARTTLS\r\n', 'a1 BAD no\r\na2 OK\r\n'],
    ['a word that only begins so', 'STARTTLSX\r\n', '220 x\r\n'],
    ['a line that is not finished', 'STARTTLS', '220 x\r\n'],
    ['a letter that speaks of it', 'please type STARTTLS now\r\n', '220 x\r\n'],
  ])('does not after a no: %s', (_, command, answer) => {
    expect(dialogue({ startsTls: true }, command, answer).some(startsTls)).toBe(false)
  })

  it('does not mistake the greeting for agreement', () => {
    const [, outputs] = playWith(
      { startsTls: true },
      typed('STARTTLS\r\n'),
      { type: 'opened', peer },
      received('220 hello\r\n'),
    )
    expect(outputs.some(startsTls)).toBe(false)
  })
})
