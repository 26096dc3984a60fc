import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json' with { type: 'json' }
import { instant, minutes, START } from '../../base/time'
import { bundledScenario } from '../../world/bundledScenario'
import { intervene, startTimeline, type Timeline } from '../../world/timeline'
import { catalogue } from '../catalogue'
import { message } from '../mailProgram/testing/bobsDevices'
import { type Greylist, type Triple, tryTriple } from './greylist'
import { mailWorld } from './testing/mailWorld'

/** Greylisting (RFC 6647): a stranger's first message is put off, and taken when the same server tries again. */

const LATER = /^451 4\.7\.1 Greylisted/
const MINUTE = 60
const DAY = 24 * 60 * MINUTE
const services = [
  { port: 25, service: 'relay' as const },
  { port: 587, service: 'submission' as const },
]
const world = (greylisting = 300) => mailWorld({ server: { services, greylisting } })
/** The answer to RCPT. */
const asks = (
  run: ReturnType<typeof world>,
  { from = 'zoe@far.test', to = 'ann@here.test', port = 25, login = [] as readonly string[] } = {},
): string => run.dialogue(port, ['EHLO far.test', ...login, `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`]).at(-1) ?? ''

describe('a stranger at port 25', () => {
  it('is put off at first, and too early again, and then taken, and known from then on', () => {
    const run = world()
    expect(asks(run)).toMatch(LATER)
    run.pass(200)
    expect(asks(run)).toMatch(LATER)
    run.pass(100)
    expect(asks(run)).toMatch(/^250/)
    expect(asks(run)).toMatch(/^250/)
    run.pass(30 * DAY)
    expect(asks(run)).toMatch(/^250/)
    expect(run.all('questionAnswered').map(({ answer }) => answer)).toContainEqual(
      expect.objectContaining({ type: 'recipientRefused', grounds: 'greylisted' }),
    )
  })

  it.each([
    ['another sender', { from: 'max@far.test' }],
    ['another recipient', { to: 'postmaster@here.test' }],
    ['no sender', { from: '' }],
  ])('is a stranger with %s', (_, other) => {
    const run = world()
    asks(run)
    run.pass(301)
    expect(asks(run, other)).toMatch(LATER)
    expect(asks(run)).toMatch(/^250/)
  })

  it('is the same whatever the case of a domain and of a local part', () => {
    const run = world()
    asks(run)
    run.pass(301)
    expect(asks(run, { from: 'zoe@FAR.test', to: 'Ann@Here.test' })).toMatch(/^250/)
  })

  it('to an unknown recipient or to another domain is refused at once, and not put off', () => {
    const run = world()
    expect(asks(run, { to: 'nobody@here.test' })).toMatch(/^550 5\.1\.1/)
    expect(asks(run, { to: 'you@there.test' })).toMatch(/^550 5\.7\.1/)
    expect(run.server.greylist).toEqual({})
  })

  it('that comes again after two days is new, and after 35 days without mail it is forgotten', () => {
    const run = world()
    asks(run)
    run.pass(2 * DAY + MINUTE)
    expect(asks(run)).toMatch(LATER)
    run.pass(301)
    expect(asks(run)).toMatch(/^250/)
    run.pass(36 * DAY)
    expect(asks(run)).toMatch(LATER)
  })

  it('is known after a loss of power, too', () => {
    const run = world()
    asks(run)
    run.do({ type: 'hostStopped', host: 'mail' }).pass(301).do({ type: 'hostStarted', host: 'mail' })
    expect(asks(run)).toMatch(/^250/)
  })
})

describe('greylisting does not put off', () => {
  it('any sender if it is off', () => expect(asks(world(0))).toMatch(/^250/))

  it('a user who has logged in', () => {
    const login = ['AUTH PLAIN AGFubkBoZXJlLnRlc3QAc2VjcmV0']
    expect(asks(world(), { port: 587, login, from: 'ann@here.test' })).toMatch(/^250/)
  })

  it('a person at the server itself', () => {
    const run = world()
    const at = { host: 'mail', terminal: 't' } as const
    run.do({ type: 'connected', ...at, to: 'localhost', port: 25 }).pass(1)
    for (const line of ['EHLO mail.here.test', 'MAIL FROM:<a@b.test>', 'RCPT TO:<ann@here.test>'])
      run.do({ type: 'typed', ...at, octets: `${line}\r\n` as never }).pass(1)
    const heard = run.facts.flatMap((fact) => (fact.type === 'read' && fact.means.kind === 'line' ? [fact.octets] : []))
    expect(heard.at(-1)).toMatch(/^250 2\.1\.5/)
  })
})

it('delays the first message to a mailbox until the next try, and no later one', () => {
  const policy = { type: 'policyChanged', host: 'mx.bird.example', policy: 'greylisting', value: 300 } as const
  const sent = (run: Timeline, at: number) => intervene(run, catalogue, { ...message, at: instant(at) })
  const waited = (run: Timeline, at: number) => intervene(run, catalogue, { type: 'waited', at: instant(at) })
  const delivered = ({ trace }: Timeline) =>
    trace.flatMap((fact) => (fact.type === 'messageDelivered' && fact.host === 'store.bird.example' ? [fact.at] : []))
  const on = startTimeline(bundledScenario(twoTowns), catalogue, { interventions: [{ ...policy, at: START }] })
  const first = waited(sent(on, 1000), minutes(40))
  expect(first.trace.find(({ type }) => type === 'messageDeferred')).toMatchObject({
    reason: { id: 'said', status: '4.7.1' },
  })
  expect(delivered(first)).toHaveLength(1)
  expect(delivered(first)[0]).toBeGreaterThan(minutes(30))
  const second = sent(first, minutes(41))
  expect((delivered(second)[1] ?? 0) - minutes(41)).toBeLessThan(2000)
})

describe('the list of triples', () => {
  const triple = (rest: Partial<Triple> = {}): Triple => ({
    clientAddress: '203.0.113.5',
    reversePath: 'a@b.test',
    forwardPath: 'c@d.test',
    ...rest,
  })
  const tried = (list: Greylist, each: Triple, now: number) => tryTriple(list, each, 300_000, now)

  it.each([
    ['203.0.113.77', true],
    ['203.0.114.5', false],
    ['2001:db8::5', false],
  ])('a try from %s counts as one from 203.0.113.5: %s', (clientAddress, passes) => {
    const { list } = tried({}, triple(), 0)
    expect(tried(list, triple({ clientAddress }), 400_000).passes).toBe(passes)
  })

  it.each([
    ['2001:db8:0:0:aaaa::1', true],
    ['2001:db8::1:2:3:4', true],
    ['2001:db8:0:1::5', false],
  ])('a try from %s counts as one from 2001:db8::5: %s', (clientAddress, passes) => {
    const { list } = tried({}, triple({ clientAddress: '2001:db8::5' }), 0)
    expect(tried(list, triple({ clientAddress }), 400_000).passes).toBe(passes)
  })

  it('has at most 1000 entries, of which the oldest go', () => {
    let list: Greylist = {}
    for (let n = 0; n < 1500; n++) list = tried(list, triple({ reversePath: `spam${n}@b.test` }), n).list
    expect(Object.keys(list)).toHaveLength(1000)
    expect(tried(list, triple({ reversePath: 'spam1499@b.test' }), 400_000).passes).toBe(true)
    expect(tried(list, triple({ reversePath: 'spam1@b.test' }), 400_000).passes).toBe(false)
  })
})
