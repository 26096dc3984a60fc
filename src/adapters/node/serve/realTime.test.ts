import { describe, expect, it } from 'vitest'
import { octets } from '../../../base/octets'
import { type Instant, instant } from '../../../base/time'
import { catalogue } from '../../../hosts/catalogue'
import { decode, encode } from '../../../protocols/dns'
import { buildWorld } from '../../../world/build'
import type { Intervention, InterventionBody } from '../../../world/intervention'
import { startTimeline, worldAt } from '../../../world/timeline'
import { readScenario } from '../scenarios'
import { act, carryOn, dueAt, type RealTime, realTime, type WorldOutput } from './realTime'

const scenario = readScenario('example-test')
const host = 'gateway'
const mail = '192.0.2.25'

/** A person who does one thing after another and records the output. */
class Visit {
  state: RealTime = realTime(buildWorld(scenario, catalogue), host)
  now: Instant = instant(0)
  readonly done: Intervention[] = []

  do(body: InterventionBody): readonly WorldOutput[] {
    const { state, outputs, intervention } = act(this.state, this.now, body, catalogue)
    this.state = state
    this.done.push(intervention)
    return outputs
  }
  connect(port: number, more: object = {}): readonly WorldOutput[] {
    return this.do({ type: 'connected', host, terminal: 't', to: mail, port, ...more })
  }
  type(text: string): readonly WorldOutput[] {
    return this.do({ type: 'typed', host, terminal: 't', octets: octets(text) })
  }
  /** Waits this many milliseconds, and wakes up for each due item. */
  wait(time: number): readonly WorldOutput[] {
    const until = instant(this.now + time)
    const outputs: WorldOutput[] = []
    for (let due = dueAt(this.state); due !== undefined && due <= until; due = dueAt(this.state)) {
      const advanced = carryOn(this.state, due, catalogue)
      this.state = advanced.state
      outputs.push(...advanced.outputs)
    }
    this.now = until
    return outputs
  }
}

const said = (outputs: readonly WorldOutput[]): string =>
  outputs.map((output) => (output.type === 'octets' ? output.octets : `<${output.type}>`)).join('')

describe('a program outside', () => {
  it('is greeted and answered at once: its link takes no time', () => {
    const visit = new Visit()
    expect(said(visit.connect(25))).toMatch(/^220 mail\.example\.test ESMTP/)
    expect(said(visit.type('EHLO me.example\r\n'))).toMatch(/^250-mail\.example\.test.*\r\n(250-.*\r\n)+250 .*\r\n$/)
    expect(visit.state.world.now).toBe(0)
  })

  it('gets the answers to one write in one piece', () => {
    const visit = new Visit()
    visit.connect(25)
    expect(visit.type('EHLO me.example\r\nNOOP\r\nRSET\r\n')).toHaveLength(1)
  })

  it('gets the 220 before TLS begins, and its plaintext after STARTTLS is discarded', () => {
    const visit = new Visit()
    visit.connect(25)
    visit.type('EHLO me.example\r\n')
    const outputs = visit.type('STARTTLS\r\nMAIL FROM:<mallory@example.test>\r\n')
    expect(said(outputs)).toMatch(/^220 2\.0\.0 [^\r]*\r\n<tlsStarted>$/)
    expect(visit.do({ type: 'secured', host, terminal: 't' })).toEqual([])
    expect(said(visit.type('EHLO me.example\r\n'))).not.toContain('STARTTLS')
    expect(said(visit.type('RCPT TO:<bob@example.test>\r\n'))).toMatch(/^503/)
  })

  it('gets no 220 for TLS if the connection began with TLS', () => {
    const visit = new Visit()
    expect(said(visit.connect(465, { implicitTls: true }))).toMatch(/^220 [^<]*$/)
    expect(said(visit.type('EHLO me.example\r\n'))).toMatch(/AUTH PLAIN/)
  })

  it('that hangs up is forgotten', () => {
    const visit = new Visit()
    visit.connect(25)
    visit.do({ type: 'hungUp', host, terminal: 't' })
    visit.wait(1000)
    expect(visit.state.terminals).toEqual({})
    expect(visit.state.world.connections).toEqual({})
  })

  it('is hung up on after QUIT', () => {
    const visit = new Visit()
    visit.connect(25)
    expect(said(visit.type('QUIT\r\n'))).toMatch(/^221 [^\r]*\r\n<closed>$/)
    expect(visit.state.terminals).toEqual({})
  })

  it('is disconnected if there is no listener', () => {
    const visit = new Visit()
    expect(visit.connect(26)).toEqual([{ type: 'closed', terminal: 't', why: 'broken' }])
  })

  it('gets a 421 if it is silent for too long (RFC 5321 section 4.5.3.2.7)', () => {
    const visit = new Visit()
    visit.connect(25)
    expect(said(visit.wait(4 * 60_000))).toBe('')
    expect(said(visit.wait(2 * 60_000))).toMatch(/^421 .*\r\n<closed>$/)
  })

  it('has its datagram answered at the port that it came from', () => {
    const visit = new Visit()
    const query = encode({
      id: 7,
      response: false,
      opcode: 0,
      authoritative: false,
      truncated: false,
      recursionDesired: true,
      recursionAvailable: false,
      rcode: 'NOERROR',
      question: [{ name: 'example.test.', type: 'MX', class: 'IN' }],
      answers: [],
      authorities: [],
      additionals: [],
    })
    visit.do({ type: 'datagramSent', host, to: '192.0.2.53', port: 53, fromPort: 1024, octets: query })
    const [output, ...others] = visit.wait(2000)
    expect(others).toEqual([])
    expect(output).toMatchObject({ type: 'datagram', port: 1024 })
    expect(output?.type === 'datagram' && decode(output.octets)).toMatchObject({
      id: 7,
      rcode: 'NOERROR',
      answers: [{ type: 'MX', exchange: 'mail.example.test.' }],
    })
  })
})

it('a replay of the interventions at the same instants gives the same world', () => {
  const visit = new Visit()
  visit.wait(1234.567)
  visit.connect(25)
  visit.type('EHLO me.example\r\nMAIL FROM:<x@elsewhere.test>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n')
  visit.wait(20.001)
  visit.type('Subject: hello\r\n\r\nhello\r\n.\r\nQUIT\r\n')
  visit.wait(5000)
  const timeline = startTimeline(scenario, catalogue, { interventions: visit.done })
  const { world } = carryOn(visit.state, visit.now, catalogue).state
  expect(worldAt(timeline, catalogue, visit.now)).toEqual(world)
  expect(timeline.trace.map(({ type }) => type)).toContain('messageDelivered')
})
