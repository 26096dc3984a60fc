import { describe, expect, it } from 'vitest'
import { EMPTY, type Octets, octets } from '../../base/octets'
import { milliseconds } from '../../base/time'
import type { Input, Output, Protocol, Session } from '../../session/session'
import { startSession, step } from '../../session/step'
import { dnsClient } from './exchange'
import { meaningOf } from './meaning'
import { queryFor, responseTo } from './message'
import { dnsServer, type QueryAnswer } from './server'
import { QUERY_LIMIT } from './serverMachine'
import { encode, framed } from './wire'

const peer = { name: 'asker', address: '192.0.2.10', port: 50_000, localPort: 53 }
const query = (id: number) => queryFor(id, 'bird.example.', 'MX', true)
const wire = (id: number): Octets => framed(encode(query(id)))
const answerTo = (id: number): QueryAnswer => {
  const response = responseTo(query(id), 'NXDOMAIN')
  return { type: 'queryAnswered', octets: encode(response), means: meaningOf(response) }
}

/** A session; `out` has its latest outputs. */
class Driven {
  session: Session
  out: Output[] = []
  private readonly protocol: Protocol
  constructor(protocol: Protocol, input: object) {
    this.protocol = protocol
    const [session, outputs] = startSession(protocol, input)
    this.session = session
    this.out.push(...outputs)
  }
  give(input: Input): this {
    const [session, outputs] = step(this.protocol, this.session, input)
    this.session = session
    this.out.push(...outputs)
    return this
  }
  receive(text: string): this {
    return this.give({ type: 'received', octets: octets(text) })
  }
  get state(): unknown {
    return this.session.machine.value
  }
  get asked() {
    return this.out.flatMap((output) => (output.type === 'ask' ? [output.question] : []))
  }
  get sent(): string {
    return this.out.map((output) => (output.type === 'send' ? output.octets : '')).join('')
  }
}
const server = (): Driven => new Driven(dnsServer, {}).give({ type: 'opened', peer })
const answered = (answer: QueryAnswer): Input => ({ type: 'answered', answer })

describe('DNS over TCP, the server', () => {
  it('answers several queries on one connection as soon as each answer is ready (RFC 7766 section 6.2.1.1)', () => {
    const session = server().receive(wire(1) + wire(2))
    expect(session.asked).toEqual([1, 2].map((id) => ({ type: 'answerQuery', octets: encode(query(id)) })))
    session.give(answered(answerTo(2))).give(answered(answerTo(1)))
    expect(session.sent).toBe([2, 1].map((id) => framed(answerTo(id).octets ?? EMPTY)).join(''))
    expect(session.state).toBe('waiting')
    expect(session.receive(wire(3)).asked).toHaveLength(3)
  })

  it('reads the same octet by octet and whole, and with something after it', () => {
    const stream = `${wire(1)}${wire(2)}\0`
    const whole = server().receive(stream)
    const slow = server()
    for (const octet of stream) slow.receive(octet)
    expect(slow.asked).toEqual(whole.asked)
    expect(slow.session.inbox).toBe('\0')
  })

  it('closes after ten seconds of silence (RFC 7766 section 6.2.3), not while a query is unanswered', () => {
    const session = server()
    const timer = session.out.find((output) => output.type === 'setTimer')
    expect(timer).toMatchObject({ after: milliseconds(10_000) })
    session.receive(wire(1))
    expect(session.out.at(-1)).not.toMatchObject({ type: 'setTimer' })
    expect(session.out.some(({ type }) => type === 'stopTimer')).toBe(true)
    session.give(answered(answerTo(1)))
    session.give({ type: 'expired', timer: timer?.type === 'setTimer' ? timer.timer : '' })
    expect([session.state, session.out.some(({ type }) => type === 'close')]).toEqual(['closed', true])
  })

  it('does not wait for an answer that will not come', () => {
    const session = server().receive('\0\0')
    expect(session.asked).toEqual([{ type: 'answerQuery', octets: '' }])
    session.give(answered({ type: 'queryAnswered' }))
    expect([session.state, session.sent]).toEqual(['waiting', ''])
  })

  it('stops reading at its limit of unanswered queries', () => {
    const session = server().receive(Array.from({ length: QUERY_LIMIT + 9 }, (_, id) => wire(id)).join(''))
    expect([session.state, session.asked.length]).toEqual(['full', QUERY_LIMIT])
    session.give(answered(answerTo(0)))
    expect([session.state, session.asked.length]).toEqual(['full', QUERY_LIMIT + 1])
  })

  it('ends with the connection', () => {
    expect(server().receive(wire(1)).give({ type: 'closed', why: 'reset' }).session.machine.status).toBe('done')
  })
})

describe('DNS over TCP, the client', () => {
  const client = (): Driven => new Driven(dnsClient, { octets: encode(query(7)), means: meaningOf(query(7)) })
  const response = answerTo(7).octets ?? EMPTY
  const timer = (driven: Driven): string => {
    const output = driven.out.findLast(({ type }) => type === 'setTimer')
    return output?.type === 'setTimer' ? output.timer : ''
  }

  it('asks when the connection is open, reports the response and closes', () => {
    const session = client()
    expect([session.state, session.sent]).toEqual(['connecting', ''])
    session.give({ type: 'opened', peer })
    expect(session.sent).toBe(wire(7))
    session.receive(framed(response).slice(0, 9)).receive(framed(response).slice(9))
    expect(session.asked).toEqual([{ type: 'responseReceived', octets: response }])
    expect([session.state, session.out.at(-2)?.type]).toEqual(['answered', 'close'])
  })

  it.each([
    ['the connection is refused', (session: Driven) => session.give({ type: 'closed', why: 'refused' })],
    ['no connection comes about', (session: Driven) => session.give({ type: 'expired', timer: timer(session) })],
    [
      'the connection ends before the response',
      (session: Driven) =>
        session.give({ type: 'opened', peer }).receive('\0\x40half').give({ type: 'closed', why: 'finished' }),
    ],
    [
      'nothing is said',
      (session: Driven) => {
        session.give({ type: 'opened', peer })
        return session.give({ type: 'expired', timer: timer(session) })
      },
    ],
  ])('reports once that it failed where %s', (_, happen) => {
    const session = happen(client())
    expect(session.asked).toEqual([{ type: 'exchangeFailed' }])
    expect(session.state).toBe('failed')
  })
})
