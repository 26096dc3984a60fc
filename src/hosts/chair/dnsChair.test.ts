import { describe, expect, it } from 'vitest'
import scenarioFile from '../../../lessons/scenarios/two-towns.json' with { type: 'json' }
import { instant } from '../../base/time'
import { composeMessage } from '../../mail/compose'
import { decode, recordText } from '../../protocols/dns'
import { bundledScenario } from '../../world/bundledScenario'
import type { Fact, FactOf, FactType } from '../../world/fact'
import type { InterventionBody } from '../../world/intervention'
import { intervene, startTimeline, type Timeline } from '../../world/timeline'
import { catalogue } from '../catalogue'

/** A person in the chair of the resolver that Alice's server asks. */

const RESOLVER = 'resolver'
const ROOT = '198.51.100.1'
const EXAMPLE = '198.51.100.2'
const BIRD = '198.51.100.4'
const ALICE = 'alice@paper.example'
const MX = 'bird.example. 3600 IN MX 10 mx.bird.example.'
const A = 'mx.bird.example. 3600 IN A 203.0.113.25'

class Chair {
  timeline: Timeline = startTimeline(bundledScenario(scenarioFile), catalogue)

  constructor() {
    this.deed(0, { type: 'seatTaken', host: RESOLVER, port: 53 })
    const forwardPaths = ['bob@bird.example']
    const message = composeMessage({ from: ALICE, to: forwardPaths, subject: 'Lunch?', body: 'Plums.' })
    this.deed(1000, { type: 'submitted', host: 'alice-laptop', account: ALICE, forwardPaths, message })
  }
  deed(at: number, body: InterventionBody): this {
    this.timeline = intervene(this.timeline, catalogue, { ...body, at: instant(at) })
    return this
  }
  all<Type extends FactType>(type: Type): readonly FactOf<Type>[] {
    return this.timeline.trace.filter((fact: Fact): fact is FactOf<Type> => fact.type === type)
  }
  /** The questions that came to the person, as name and type; a repetition of the asker is none of its own. */
  get questions(): readonly string[] {
    return this.all('datagramReceived').flatMap(({ octets }) => {
      const message = decode(octets)
      return message === 'malformed' ? [] : message.question.map(({ name, type }) => `${name} ${type}`)
    })
  }
  /** The instant at which the last question came. */
  get askedAt(): number {
    return this.all('datagramReceived').at(-1)?.at ?? 0
  }
  asks(server: string, name = 'bird.example', rrType = 'MX', after = 0): this {
    return this.deed(this.askedAt + after, { type: 'dug', host: RESOLVER, name, rrType, server, recursion: false })
  }
  answers(...records: readonly string[]): this {
    return this.deed(this.askedAt, { type: 'resolved', host: RESOLVER, rcode: 'NOERROR', records })
  }
  /** The responses of the resolver. */
  get responses() {
    return this.all('responded').flatMap(({ host, octets }) => {
      const message = decode(octets)
      return host === RESOLVER && message !== 'malformed' ? [message] : []
    })
  }
}

describe('the person in the chair of the resolver', () => {
  it('finds the answer by three questions down the tree, and the message goes on', () => {
    const chair = new Chair()
    expect(chair.questions).toEqual(['bird.example. MX'])
    for (const [nth, server] of [ROOT, EXAMPLE, BIRD].entries()) chair.asks(server, 'bird.example', 'MX', nth * 100)
    const heard = chair.all('responded').flatMap(({ host, octets }) => {
      const message = decode(octets)
      if (host === RESOLVER || message === 'malformed') return []
      return [[...message.answers, ...message.authorities].map(recordText).join(' ')]
    })
    expect(heard).toHaveLength(3)
    expect(heard[0]).toMatch(/NS\s+ns\.example\./)
    expect(heard[2]).toMatch(/MX\s+10 mx\.bird\.example\./)
    chair.deed(chair.askedAt + 400, { type: 'resolved', host: RESOLVER, rcode: 'NOERROR', records: [MX] })
    expect(chair.questions).toEqual(['bird.example. MX', 'mx.bird.example. A'])
    chair.answers(A)
    expect(chair.all('messageDelivered').map(({ host }) => host)).toContain('store.bird.example')
  })

  it.each([
    ['NXDOMAIN', 'messageBounced', 'noSuchDomain'],
    ['SERVFAIL', 'messageDeferred', 'lookupFailed'],
  ] as const)('says %s, and the asker does what it does with that', (rcode, type, reason) => {
    const chair = new Chair()
    chair.deed(chair.askedAt, { type: 'resolved', host: RESOLVER, rcode, records: [] })
    expect(chair.all(type).map((fact) => fact.reason.id)).toEqual([reason])
  })

  it('answers with the referral, which is no answer: the asker goes on to ask for an address', () => {
    const chair = new Chair().answers('bird.example. 172800 IN NS ns.bird.example.')
    expect(chair.responses[0]).toMatchObject({ answers: [], authorities: [{ type: 'NS' }] })
    expect(chair.questions.at(-1)).toBe('bird.example. A')
  })

  it('gives the chair back, and the machine answers what waits', () => {
    const chair = new Chair()
    chair.deed(chair.askedAt, { type: 'seatLeft', host: RESOLVER, port: 53 })
    expect(chair.responses[0]?.answers).toMatchObject([{ type: 'MX', exchange: 'mx.bird.example.' }])
    expect(chair.all('messageDelivered')).not.toEqual([])
  })

  it('is told of a line that is no record, and of a chair that is not there', () => {
    const chair = new Chair().answers('bird.example. MX')
    expect(chair.all('changeRefused').map(({ reason }) => reason)).toEqual([
      { id: 'notARecord', given: 'bird.example. MX' },
    ])
    chair.answers(MX)
    chair.deed(chair.askedAt, { type: 'seatTaken', host: 'store.bird.example', port: 53 })
    expect(chair.all('changeRefused').at(-1)?.reason).toEqual({ id: 'noChair', port: 53, ports: [25] })
  })
})
