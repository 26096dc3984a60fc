import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { seeded } from '../../base/random'
import type { Input, Output, Protocol, Session } from '../../session/session'
import { startSession, step } from '../../session/step'
import { type DnsMessage, OUR_EDNS, queryFor, responseTo } from './message'
import { queryMachine } from './queryMachine'
import type { ResourceRecord } from './record'
import { dnsResolver, type ResolverQuestion } from './resolver'
import { resolverMachine } from './resolverMachine'
import { dnsStub, type StubQuestion } from './stub'
import { decode, encode } from './wire'

/** A session with its last question. It passes through JSON after every input if requested. */
function drive(protocol: Protocol, input: object, throughJson = false) {
  const freeze = (session: Session): Session =>
    throughJson ? (JSON.parse(JSON.stringify(session)) as Session) : session
  let [session, outputs]: readonly [Session, readonly Output[]] = startSession(protocol, input)
  session = freeze(session)
  const transcript: Output[] = [...outputs]
  return {
    give(given: Input) {
      const [next, out] = step(protocol, session, given)
      session = freeze(next)
      outputs = out
      transcript.push(...out)
      return out
    },
    get state(): unknown {
      return session.machine.value
    },
    get outputs(): readonly Output[] {
      return outputs
    },
    get asked() {
      return outputs.flatMap((output) =>
        output.type === 'ask' ? [output.question as StubQuestion | ResolverQuestion] : [],
      )
    },
    transcript,
  }
}

const SERVER = '192.0.2.53'
const stub = (throughJson = false) =>
  drive(dnsStub, { name: 'bird.example.', rrType: 'MX', servers: [SERVER], queryId: 7 }, throughJson)
const MX: ResourceRecord = { name: 'bird.example.', ttl: 60, type: 'MX', preference: 10, exchange: 'mx.bird.example.' }
const SOA: ResourceRecord = {
  name: 'example.',
  ttl: 300,
  type: 'SOA',
  mname: 'ns.example.',
  rname: 'h.example.',
  serial: 1,
  refresh: 1,
  retry: 1,
  expire: 1,
  minimum: 60,
}
const query = queryFor(7, 'bird.example.', 'MX', true, OUR_EDNS)
const received = (
  message: DnsMessage | string,
  address = SERVER,
  port = 53,
  transport: 'udp' | 'tcp' = 'udp',
): Input => ({
  type: 'answered',
  answer: {
    type: 'responseReceived',
    octets: typeof message === 'string' ? octets(message) : encode(message),
    source: { address, port, transport },
  } as never,
})
const timerOf = (outputs: readonly Output[]): string => {
  const timer = outputs.find((output) => output.type === 'setTimer')
  if (timer?.type !== 'setTimer') throw new Error('a timer runs')
  expect(timer.after).toBe(2000)
  return timer.timer
}

describe('the stub', () => {
  it('asks with recursion desired', () => {
    const [question] = stub().asked
    expect(question).toMatchObject({
      type: 'sendQuery',
      server: SERVER,
      means: {
        kind: 'query',
        name: 'MX',
        parsed: { protocol: 'DNS', type: 'query', question: { name: 'bird.example.', type: 'MX' } },
      },
    })
    expect(question?.type === 'sendQuery' && decode(question.octets)).toEqual(query)
  })

  it.each([
    ['answered', { answers: [MX] }, { status: 'answered', records: [MX] }],
    [
      'answered',
      {
        answers: [
          { name: 'bird.example.', ttl: 1, type: 'CNAME', target: 'a.' },
          { ...MX, name: 'a.' },
        ],
      },
      { status: 'answered', records: [{ ...MX, name: 'a.' }] },
    ],
    ['nodata', { authorities: [SOA] }, { status: 'nodata', records: [], soaMinimum: 60 }],
    ['nxdomain', { rcode: 'NXDOMAIN', authorities: [SOA] }, { status: 'nxdomain', records: [], soaMinimum: 60 }],
    ['nxdomain', { rcode: 'NXDOMAIN' }, { status: 'nxdomain', records: [] }],
    ['failed', { rcode: 'SERVFAIL' }, { status: 'servfail', records: [] }],
    ['failed', { rcode: 'REFUSED' }, { status: 'servfail', records: [] }],
  ] as const)('ends as %s', (state, part, outcome) => {
    const session = stub()
    session.give(received({ ...responseTo(query, 'NOERROR'), ...part }))
    expect(session.state).toBe(state)
    expect(session.asked).toEqual([{ type: 'lookedUp', outcome: { ...outcome, fromCache: false } }])
    expect(session.outputs.some(({ type }) => type === 'stopTimer')).toBe(true)
  })

  it.each([
    ['another id', received({ ...responseTo(query, 'NXDOMAIN'), id: 8 })],
    [
      'another question',
      received({ ...responseTo(query, 'NXDOMAIN'), question: [{ name: 'x.', type: 'MX', class: 'IN' }] }),
    ],
    [
      'another type',
      received({ ...responseTo(query, 'NXDOMAIN'), question: [{ name: 'bird.example.', type: 'A', class: 'IN' }] }),
    ],
    ['another address', received(responseTo(query, 'NXDOMAIN'), '192.0.2.66')],
    ['another port', received(responseTo(query, 'NXDOMAIN'), SERVER, 5353)],
    ['another transport', received(responseTo(query, 'NXDOMAIN'), SERVER, 53, 'tcp')],
    ['a query', received(query)],
    ['nonsense', received('nonsense')],
  ])('does not believe %s', (_, given) => {
    const session = stub()
    expect(session.give(given)).toEqual([])
    expect(session.state).toBe('asking')
  })

  it('asks three times, two seconds apart, then gives up', () => {
    const session = stub()
    for (const left of [2, 1]) {
      session.give({ type: 'expired', timer: timerOf(session.outputs) })
      expect([session.state, session.asked[0]?.type, left]).toEqual(['asking', 'sendQuery', left])
    }
    session.give({ type: 'expired', timer: timerOf(session.outputs) })
    expect(session.asked).toEqual([{ type: 'lookedUp', outcome: { status: 'timeout', records: [], fromCache: false } }])
  })
})

describe('the stub and an answer too long for a datagram', () => {
  const cut = { ...responseTo(query, 'NOERROR'), truncated: true }
  const truncated = (): ReturnType<typeof stub> => {
    const session = stub()
    session.give(received(cut))
    return session
  }

  it('asks the same over TCP (RFC 7766 section 5)', () => {
    const session = truncated()
    expect(session.state).toBe('askingOverTcp')
    expect(session.asked).toMatchObject([
      { type: 'sendQuery', server: SERVER, transport: 'tcp', octets: encode(query) },
    ])
    session.give(received({ ...responseTo(query, 'NOERROR'), answers: [MX] }, SERVER, 53, 'tcp'))
    expect(session.asked).toMatchObject([{ type: 'lookedUp', outcome: { status: 'answered', records: [MX] } }])
  })

  it('ignores a duplicate datagram', () => {
    const session = truncated()
    expect(session.give(received(cut))).toEqual([])
    expect(session.state).toBe('askingOverTcp')
  })

  it('asks by datagram again if TCP fails, up to its limit of tries', () => {
    const session = truncated()
    const failed: Input = { type: 'answered', answer: { type: 'exchangeFailed' } }
    for (const state of ['asking', 'asking', 'timedOut']) {
      session.give(failed)
      expect(session.state).toBe(state)
      session.give(received(cut))
    }
  })

  it.each([
    ['is cut too', cut],
    ['is none', 'nonsense'],
  ])('fails where what comes over TCP %s', (_, message) => {
    const session = truncated()
    session.give(received(message, SERVER, 53, 'tcp'))
    expect(session.asked).toMatchObject([{ type: 'lookedUp', outcome: { status: 'servfail' } }])
  })
})

describe('the stub and its resolvers', () => {
  const OTHER = '192.0.2.54'
  const two = () => drive(dnsStub, { name: 'bird.example.', rrType: 'MX', servers: [SERVER, OTHER], queryId: 7 })
  const servers = (session: ReturnType<typeof two>) =>
    session.asked.map((question) => (question.type === 'sendQuery' ? question.server : question.type))

  it('asks them in turn if they are silent', () => {
    const session = two()
    const asked = [...servers(session)]
    while (session.state === 'asking') {
      session.give({ type: 'expired', timer: timerOf(session.outputs) })
      asked.push(...servers(session))
    }
    expect(asked).toEqual([SERVER, OTHER, SERVER, OTHER, SERVER, OTHER, 'lookedUp'])
  })

  it('asks the next after SERVFAIL, and returns the last answer', () => {
    const session = two()
    session.give(received(responseTo(query, 'SERVFAIL')))
    expect(servers(session)).toEqual([OTHER])
    session.give(received(responseTo(query, 'REFUSED'), OTHER))
    expect(session.asked).toMatchObject([{ type: 'lookedUp', outcome: { status: 'servfail' } }])
  })

  it('asks no other after NXDOMAIN', () => {
    const session = two()
    session.give(received(responseTo(query, 'NXDOMAIN')))
    expect(session.state).toBe('nxdomain')
  })

  it.each(['FORMERR', 'NOTIMP', 'BADVERS'] as const)(
    'leaves out EDNS if a resolver answers %s to it (RFC 6891 section 6.2.2)',
    (rcode) => {
      const session = two()
      session.give(received({ ...responseTo(query, rcode), question: [] }))
      expect(servers(session)).toEqual([SERVER])
      const [question] = session.asked
      expect(question?.type === 'sendQuery' && decode(question.octets)).toEqual(
        queryFor(7, 'bird.example.', 'MX', true),
      )
      session.give(received({ ...responseTo(query, rcode), question: [] }))
      expect(servers(session)).toEqual([OTHER])
    },
  )
})

describe('the recursive resolver', () => {
  const start = (throughJson = false) =>
    drive(dnsResolver, { name: 'bird.example.', rrType: 'MX', random: seeded(1) }, throughJson)
  const answered = (answer: object): Input => ({ type: 'answered', answer: answer as never })
  const miss = answered({
    type: 'cacheMiss',
    zone: '.',
    servers: [
      { name: 'a.', address: '198.51.100.1', tries: 0 },
      { name: 'b.', address: '198.51.100.2', tries: 0 },
    ],
  })

  type Driven = ReturnType<typeof start>
  const at = (session: Driven): unknown => session.state
  const sent = (session: Driven): { server: string; message: DnsMessage } => {
    const question = session.asked.find(({ type }) => type === 'sendQuery')
    if (question?.type !== 'sendQuery') throw new Error('a query was sent')
    const message = decode(question.octets)
    if (message === 'malformed') throw new Error('it can be read')
    return { server: question.server, message }
  }
  const reply = (session: Driven, part: Partial<DnsMessage>): void => {
    const { server, message } = sent(session)
    session.give(received({ ...responseTo(message, 'NOERROR'), ...part }, server))
  }
  const referral = (zone: string, address: string, server = `ns.${zone}`): Partial<DnsMessage> => ({
    authorities: [{ name: zone, ttl: 60, type: 'NS', nameServer: server }],
    additionals: [{ name: server, ttl: 60, type: 'A', address }],
  })

  const whole = (throughJson: boolean): Driven => {
    const session = start(throughJson)
    session.give(miss)
    reply(session, referral('example.', '198.51.100.3'))
    session.give(answered({ type: 'noted' }))
    reply(session, referral('bird.example.', '198.51.100.4'))
    session.give(answered({ type: 'noted' }))
    reply(session, { authoritative: true, answers: [MX] })
    return session
  }

  it('goes down from the root and behaves the same through JSON', () => {
    const session = whole(false)
    expect(session.state).toBe('answered')
    expect(session.asked.at(-1)).toEqual({
      type: 'resolved',
      resolution: { rcode: 'NOERROR', answers: [MX], authorities: [], fromCache: false },
    })
    expect(whole(true).transcript).toEqual(session.transcript)
  })

  it('asks without recursion and with a new id each time', () => {
    const session = start()
    session.give(miss)
    const first = sent(session)
    reply(session, referral('example.', '198.51.100.3'))
    session.give(answered({ type: 'noted' }))
    const second = sent(session)
    expect(first.message.recursionDesired).toBe(false)
    expect(second.message.id).not.toBe(first.message.id)
    expect(second.server).toBe('198.51.100.3')
  })

  it('tries each server twice, in turn, then fails', () => {
    const session = start()
    session.give(miss)
    const servers: string[] = []
    while (session.state === 'asking') {
      servers.push(sent(session).server)
      session.give({ type: 'expired', timer: timerOf(session.outputs) })
    }
    expect(servers).toEqual(['198.51.100.1', '198.51.100.2', '198.51.100.1', '198.51.100.2'])
    expect(session.asked).toMatchObject([{ type: 'resolved', resolution: { rcode: 'SERVFAIL' } }])
  })

  it.each([
    ['SERVFAIL', { rcode: 'SERVFAIL' }],
    ['REFUSED', { rcode: 'REFUSED' }],
    ['an answer that is not its own', { answers: [MX] }],
    ['nothing at all', {}],
    ['a referral upward', referral('.', '198.51.100.66', 'ns.root.')],
    ['a referral aside', referral('stone.example.', '198.51.100.66')],
  ])('leaves a server that says %s', (_, part) => {
    const session = start()
    session.give(miss)
    reply(session, part)
    expect(sent(session).server).toBe('198.51.100.2')
  })

  it('asks over TCP after a truncated answer, and another server if TCP fails', () => {
    const session = start()
    session.give(miss)
    reply(session, { authoritative: true, truncated: true })
    expect(session.asked).toMatchObject([{ type: 'sendQuery', transport: 'tcp', server: '198.51.100.1' }])
    session.give({ type: 'answered', answer: { type: 'exchangeFailed' } })
    expect(session.asked).toMatchObject([{ type: 'sendQuery', transport: 'udp', server: '198.51.100.2' }])
    reply(session, { truncated: true })
    const { message } = sent(session)
    const whole = { ...responseTo(message, 'NOERROR'), authoritative: true, answers: [MX] }
    session.give(received(whole, '198.51.100.2', 53, 'tcp'))
    expect(session.state).toBe('answered')
  })

  it('asks a server that cannot read EDNS without it', () => {
    const session = start()
    session.give(miss)
    expect(sent(session).message.edns).toEqual(OUR_EDNS)
    reply(session, { rcode: 'FORMERR', question: [] })
    expect(sent(session)).toMatchObject({ server: '198.51.100.1' })
    expect(sent(session).message.edns).toBeUndefined()
    reply(session, { rcode: 'FORMERR', question: [] })
    expect(sent(session)).toMatchObject({ server: '198.51.100.2', message: { edns: OUR_EDNS } })
  })

  it('returns a remembered failure', () => {
    const session = start()
    session.give(answered({ type: 'cacheHit', status: 'servfail', records: [] }))
    expect(session.asked).toMatchObject([{ type: 'resolved', resolution: { rcode: 'SERVFAIL', fromCache: true } }])
  })

  it('ends at a loop of aliases, without another query', () => {
    const session = start()
    session.give(miss)
    const alias = (name: string, target: string): ResourceRecord => ({ name, ttl: 1, type: 'CNAME', target })
    reply(session, { authoritative: true, answers: [alias('bird.example.', 'a.'), alias('a.', 'Bird.Example.')] })
    expect(session.state).toBe('failed')
  })

  it('does not learn records outside the zone of the server (RFC 2181 section 5.4.1)', () => {
    const session = start()
    session.give(
      answered({ type: 'cacheMiss', zone: 'example.', servers: [{ name: 'a.', address: '198.51.100.1', tries: 0 }] }),
    )
    reply(session, referral('bird.example.', '198.51.100.66', 'bank.test.'))
    expect(session.asked).toMatchObject([{ type: 'learnt', rank: 'referral', records: [{ type: 'NS' }] }])
    session.give(answered({ type: 'noted' }))
    expect(session.state).toBe('findingAddress')
    expect(session.asked).toEqual([{ type: 'lookInCache', name: 'bank.test.', rrType: 'A', rank: 'referral' }])
  })

  it('stops after sixteen referrals', () => {
    const deep = Array.from({ length: 20 }, (_, n) => `l${n}`)
    const session = drive(dnsResolver, { name: `${deep.join('.')}.`, rrType: 'A', random: seeded(1) })
    session.give(miss)
    let referrals = 0
    while (session.state === 'asking') {
      reply(session, referral(`${deep.slice(19 - referrals).join('.')}.`, '198.51.100.7'))
      if (at(session) !== 'followingReferral') break
      referrals++
      session.give(answered({ type: 'noted' }))
    }
    expect(referrals).toBe(16)
    expect(session.state).toBe('failed')
  })

  it('stops after eight aliases', () => {
    const session = start()
    session.give(miss)
    let aliases = 0
    while (session.state === 'asking') {
      const { message } = sent(session)
      reply(session, {
        authoritative: true,
        answers: [{ name: message.question[0]?.name ?? '', ttl: 1, type: 'CNAME', target: `n${aliases}.` }],
      })
      if (at(session) !== 'followingCname') break
      aliases++
      session.give(answered({ type: 'noted' }))
      session.give(miss)
    }
    expect(aliases).toBe(8)
    expect(session.state).toBe('failed')
  })
})

describe('the charts', () => {
  it.each([
    ['stub', queryMachine],
    ['resolver', resolverMachine],
  ])('of the %s lead nowhere that is not', (_, machine) => {
    for (const state of Object.values(machine.root.states)) {
      for (const transition of [...state.transitions.values()].flat().concat(state.always ?? [])) {
        for (const target of transition.target ?? []) expect(Object.keys(machine.root.states)).toContain(target.key)
      }
    }
  })
})
