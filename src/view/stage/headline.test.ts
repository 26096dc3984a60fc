import { describe, expect, it } from 'vitest'
import exampleTest from '../../../lessons/scenarios/example-test.json'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { octets } from '../../base/octets'
import { type Instant, instant, START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import type { Fact, FactOf } from '../../world/fact'
import type { InterventionBody } from '../../world/intervention'
import { carryOn, intervene, runOn, startTimeline, type Timeline } from '../../world/timeline'
import { holdingsOf } from '../run/holdings'
import { momentAfter } from '../run/moments'
import { namesOf } from '../run/names'
import type { NoticeKind } from '../run/notice'
import { type RunView, viewOf } from '../run/runView'
import { sentMessage } from '../testing/sentMessage'
import { headlineAt } from './headline'
import { sceneAt } from './scene'
import { eventSentence, sentenceAt } from './sentence'

const scenario = bundledScenario(twoTowns)
const names = namesOf(scenario)

const ofType = <T extends Fact['type']>({ timeline }: RunView, type: T): readonly FactOf<T>[] =>
  timeline.trace.filter((fact): fact is FactOf<T> => fact.type === type)
const hostIn = (view: RunView, host: string, t: Instant) => {
  const { waiting = 0, holds = 0, notices = 0 } = sceneAt(view, names, t).hosts[host] ?? {}
  return { waiting, holds, notices }
}
const upTo = (timeline: Timeline, t: Instant): Timeline => carryOn(timeline, catalogue, t)
/** Every message on its way: from, to, and which kind of notice it is. */
const crossings = (view: RunView): readonly (readonly [string, string, NoticeKind | undefined])[] =>
  [...view.history.flights.lines]
    .filter(({ flight }) => flight.message)
    .map(({ at }) => sceneAt(view, names, at).travellers.find(({ shape }) => shape === 'letter'))
    .flatMap((letter) => (letter ? [[letter.from, letter.to, letter.notice] as const] : []))

describe('every headline and every sentence', () => {
  it.each([
    ['two towns', bundledScenario(twoTowns), 'bob@bird.example'],
    ['the world for real programs', bundledScenario(exampleTest), 'friend@elsewhere.test'],
  ])('begins with a capital, or with a name on the wire, in %s', (_, world, to) => {
    const view = viewOf(sentMessage(world, to))
    const known = namesOf(world)
    const onWire = new Set(world.hosts.map(({ name }) => known.short(name)).filter((name) => !name.includes(' ')))
    const texts = view.timeline.trace.flatMap(({ at }) => {
      const { text, short = text } = headlineAt(view, known, at)
      return [text, short, sentenceAt(view, known, at)]
    })
    expect(new Set(texts).size).toBeGreaterThan(40)
    const starts = new Set(texts.flatMap((text) => text.split(/(?<=[.!?]) /)[0] ?? []))
    const low = [...starts].filter((text) => /^\p{Ll}/u.test(text) && !onWire.has(text.split(' ')[0] ?? ''))
    expect(low).toEqual([])
  })
})

describe('the headline of a letter that arrives', () => {
  const view = viewOf(sentMessage(scenario, 'bob@bird.example'))
  const at = (fact: Fact | undefined) => headlineAt(view, names, fact?.at ?? START)

  it('is that it is on its way from its writing on, until it crosses', () => {
    const [crossing] = [...view.history.flights.lines].filter(({ flight }) => flight.message)
    for (const t of [START, instant(20), instant((crossing?.flight.sent ?? 0) - 1)])
      expect(headlineAt(view, names, t)).toEqual({ text: 'The letter to bob@bird.example is on its way.' })
  })

  it('says what the server does that has it: it asks the way, and speaks with the next', () => {
    const [queried] = ofType(view, 'queried').filter(({ host }) => host === 'mx-out.paper.example')
    expect(at(queried).text).toBe('mx-out asks the DNS where mail for bird.example goes.')
    const greeted = ofType(view, 'sent').filter(
      ({ host, octets: said }) => host.startsWith('mx-') && said.startsWith('EHLO'),
    )
    expect(at(greeted[0]).text).toBe('mx-out is handing the letter to mx.bird.')
    const [, taken] = ofType(view, 'messageQueued')
    expect(at(taken).text).toBe('The letter waits in the queue of mx.bird.')
    const told = [...view.history.flights.lines].map(({ at: t }) => headlineAt(view, names, t)?.text ?? '')
    expect(told.filter((text, n) => text !== told[n - 1]).filter((text) => text.startsWith('mx'))).toEqual([
      'mx-out asks the DNS where mail for bird.example goes.',
      'mx-out calls mx.bird, to hand the letter on.',
      'mx-out is handing the letter to mx.bird.',
      'mx.bird is handing the letter to store.',
    ])
  })

  it('says between which hosts it travels, and has no fate yet', () => {
    const [crossing] = [...view.history.flights.lines].filter(
      ({ flight }) => flight.message && flight.from === 'mx-out.paper.example',
    )
    expect(headlineAt(view, names, crossing?.at ?? START)).toEqual({
      text: 'The letter travels from mx-out to mx.bird.',
    })
  })

  it('leads to the mailbox, to the phone and to the laptop that carried it home', () => {
    const [delivered] = ofType(view, 'messageDelivered')
    expect(at(delivered)).toMatchObject({
      fate: 'arrived',
      lies: { host: 'store.bird.example', account: 'bob@bird.example', mailbox: 'INBOX', uid: '1', notice: false },
    })
    const [onPhone, onLaptop] = ofType(view, 'messageFetched')
    expect(at(onPhone)).toMatchObject({ fate: 'arrived', lies: { host: 'bob-phone', account: 'bob@bird.example' } })
    expect(headlineAt(view, names, view.end)).toMatchObject({
      text: 'Bob’s laptop has carried the letter home: POP3 took it off the server.',
      fate: 'arrived',
      lies: { host: 'bob-laptop', account: 'bob@bird.example', uid: onLaptop?.uid, notice: false },
    })
  })

  it('is no notice, whatever its Message-ID looks like', () => {
    const [delivered] = ofType(view, 'messageDelivered')
    expect(delivered && eventSentence({ ...delivered, letter: '4F2.notice@elsewhere' }, names, view.history)).toBe(
      'The letter lies in the mailbox INBOX of bob@bird.example.',
    )
  })

  it('is the same object until the next event, and again when time goes back', () => {
    const [delivered] = ofType(view, 'messageDelivered')
    const there = at(delivered)
    expect(headlineAt(view, names, instant((delivered?.at ?? 0) + 100))).toBe(there)
    headlineAt(view, names, view.end)
    expect(at(delivered)).toBe(there)
  })
})

describe('a letter to a recipient that does not exist', () => {
  const view = viewOf(runOn(sentMessage(scenario, 'nobody@bird.example'), catalogue))
  const [home] = ofType(view, 'messageFetched')

  it('is announced as returned, where it lies: in Alice’s mailbox, and then on her laptop', () => {
    const [bounced] = ofType(view, 'messageBounced')
    expect(headlineAt(view, names, bounced?.at ?? START)).toMatchObject({
      text: 'The letter to nobody@bird.example comes back: mx.bird knows nobody of that name. A notice waits for alice@paper.example.',
      fate: 'returned',
      lies: { host: 'mx-out.paper.example', account: 'alice@paper.example', mailbox: 'INBOX', notice: true },
    })
    expect(headlineAt(view, names, view.end)).toMatchObject({
      text: 'The letter to nobody@bird.example came back: mx.bird knows nobody of that name. Alice’s laptop has the notice.',
      short: 'It came back: mx.bird knows nobody of that name. Alice’s laptop has the notice.',
      fate: 'returned',
      lies: { host: 'alice-laptop', account: 'alice@paper.example', uid: home?.uid, notice: true },
    })
  })

  it('is said in the same words to those who listen', () => {
    const moment = momentAfter(view.history, 'hop', instant((home?.at ?? 0) - 0.001))?.at ?? START
    expect(moment).toBe(home?.at)
    expect(sentenceAt(view, names, moment, 'hop')).toBe(headlineAt(view, names, moment)?.text)
  })

  it('looks like a returned one in the mailbox, on the way and on the device', () => {
    expect(crossings(view)).toEqual([
      ['alice-laptop', 'mx-out.paper.example', undefined],
      ['mx-out.paper.example', 'alice-laptop', 'returned'],
    ])
    const before = instant((home?.at ?? 0) - 1)
    expect(hostIn(view, 'mx-out.paper.example', before)).toEqual({ waiting: 0, holds: 1, notices: 1 })
    expect(hostIn(view, 'alice-laptop', before)).toEqual({ waiting: 0, holds: 0, notices: 0 })
    expect(hostIn(view, 'alice-laptop', view.end)).toEqual({ waiting: 0, holds: 1, notices: 1 })
    expect(sceneAt(view, names, view.end).hosts['alice-laptop']?.notice).toBe('returned')
  })
})

describe('a letter that is refused after the exchanger has accepted it', () => {
  // The exchanger accepts mail for Bob, and his mailbox store does not know him.
  const hosts = scenario.hosts.map((host) =>
    host.name === 'store.bird.example'
      ? {
          ...host,
          config: { ...host.config, domains: [{ domain: 'bird.example', recipients: [], postmaster: 'bob' }] },
        }
      : host,
  )
  const view = viewOf(runOn(sentMessage({ ...scenario, hosts }, 'bob@bird.example'), catalogue))

  it('crosses the sea again as a returned one, and waits as such in each queue', () => {
    expect(crossings(view)).toEqual([
      ['alice-laptop', 'mx-out.paper.example', undefined],
      ['mx-out.paper.example', 'mx.bird.example', undefined],
      ['mx.bird.example', 'mx-out.paper.example', 'returned'],
      ['mx-out.paper.example', 'alice-laptop', 'returned'],
    ])
    const [queued] = ofType(view, 'messageQueued').filter(({ reversePath }) => reversePath === '')
    expect(queued?.host).toBe('mx.bird.example')
    expect(hostIn(view, 'mx.bird.example', queued?.at ?? START)).toMatchObject({ waiting: 1, notices: 1 })
    for (const host of ['mx.bird.example', 'mx-out.paper.example'])
      expect(holdingsOf(view.seen.holdings, host).notices.queue.size).toBe(0)
    const [back] = [...view.history.flights.lines].filter(({ flight }) => flight.notice)
    expect(headlineAt(view, names, back?.at ?? START)?.text).toBe('The notice travels back from mx.bird to mx-out.')
  })
})

describe('a letter for an exchanger that is off', () => {
  const stopped = intervene(sentMessage(scenario, 'bob@bird.example'), catalogue, {
    type: 'hostStopped',
    at: instant(50),
    host: 'mx.bird.example',
  })
  const [put] = ofType(viewOf(stopped), 'messageDeferred')
  const view = viewOf(upTo(stopped, instant(Number(put?.nextTry) + 60 * 60_000)))
  const at = (t: number) => headlineAt(view, names, instant(t))
  const [first] = ofType(view, 'messageDeferred')
  const due = Number(first?.nextTry)
  const hosts = scenario.hosts.map((host) =>
    host.name.startsWith('bob-') ? { ...host, config: { ...host.config, rests: true } } : host,
  )
  const stop: InterventionBody = { type: 'hostStopped', host: 'mx.bird.example' }
  const alone = intervene(sentMessage({ ...scenario, hosts }, 'bob@bird.example'), catalogue, {
    ...stop,
    at: instant(50),
  })

  it('is called for, while no answer comes', () => {
    expect(at(Number(first?.at) - 20_000).text).toBe('mx-out calls mx.bird, to hand the letter on.')
  })

  it('is put off, with nothing to read', () => {
    expect(at(first?.at ?? 0)).toEqual({
      fate: 'later',
      text: 'mx-out keeps the letter and will try again in 30 min: mx.bird does not answer.',
    })
  })

  it('counts the time to the next try down, and says so when it is tried', () => {
    expect(at(due - 10 * 60_000).text).toContain('will try again in 10 min')
    expect(at(due + 10).text).toBe('mx-out tries again to hand the letter on.')
    const again = ofType(view, 'messageDeferred')[1]
    expect(at(again?.at ?? 0).text).toContain('will try again in 30 min')
  })

  it('stays the headline, whatever else is stopped, and whatever trouble a device has', () => {
    const stop: InterventionBody = { type: 'hostStopped', host: 'store.bird.example' }
    const dark = viewOf(upTo(intervene(stopped, catalogue, { ...stop, at: put?.at ?? START }), instant(1_500_000)))
    const [trouble] = ofType(dark, 'connectionFailed').filter(({ client }) => client.startsWith('bob'))
    expect(headlineAt(dark, names, trouble?.at ?? START).text).toMatch(/^mx-out keeps the letter/)
  })

  it('is late after four hours, which is told as a warning and not as a return', () => {
    const late = viewOf(upTo(alone, instant(5 * 3_600_000)))
    const [warned] = ofType(late, 'messageDelivered')
    expect(warned && eventSentence(warned, names, late.history)).toBe(
      'A warning waits for alice@paper.example: the letter to bob@bird.example is late.',
    )
    const { notices } = holdingsOf(late.seen.holdings, 'mx-out.paper.example')
    expect([...notices.stored].map(([, kind]) => kind)).toEqual(['report'])
    expect(headlineAt(late, names, late.end)).toMatchObject({
      fate: 'later',
      text: expect.stringContaining('try again'),
    })
  })

  it('comes back after five days, and the headline says who was silent', () => {
    const home = viewOf(upTo(alone, instant(5.2 * 86_400_000)))
    expect(headlineAt(home, names, home.end).text).toBe(
      'The letter to bob@bird.example came back: mx.bird did not answer, and the next try would come after more than 5 days. Alice’s laptop has the notice.',
    )
  })
})

describe('a reply that decides about a letter', () => {
  const refused = viewOf(sentMessage(scenario, 'nobody@bird.example'))
  const reply = ofType(refused, 'sent').find(({ means, host }) => means.refused && host === 'mx.bird.example')

  it('is told when it is said, before the server has given the letter back', () => {
    const bounced = ofType(refused, 'messageBounced')[0]
    for (const t of [Number(reply?.at), Number(bounced?.at) - 0.1])
      expect(headlineAt(refused, names, instant(t))).toEqual({
        fate: 'returned',
        text: 'The letter to nobody@bird.example is refused: mx.bird knows nobody of that name.',
      })
  })

  it.each([
    ['bob@brid.example', 'The letter to bob@brid.example comes back: there is no brid.example. A notice waits for'],
  ])('to %s: says why it comes back', (to, text) => {
    const view = viewOf(sentMessage(scenario, to))
    expect(headlineAt(view, names, view.end).text).toContain(text)
  })
})

describe('a lookup that fails', () => {
  const put = (world: typeof scenario, ...stopped: readonly string[]): string => {
    let timeline = sentMessage(world, 'bob@bird.example')
    for (const host of stopped) timeline = intervene(timeline, catalogue, { type: 'hostStopped', at: START, host })
    const view = viewOf(timeline)
    return headlineAt(view, names, ofType(view, 'messageDeferred')[0]?.at ?? START).text
  }

  it('by a resolver that is off, by a name server that is off, by one that serves no such zone: who it was is named', () => {
    expect(put(scenario, 'resolver')).toMatch(/: the resolver of mx-out does not answer\.$/)
    expect(put(scenario, 'ns.bird.example')).toMatch(/: the name server ns\.bird does not answer\.$/)
    const elsewhere = scenario.hosts.find(({ name }) => name === 'ns.paper.example')?.config ?? {}
    const hosts = scenario.hosts.map((host) =>
      host.name === 'ns.bird.example' ? { ...host, config: elsewhere } : host,
    )
    expect(put({ ...scenario, hosts })).toMatch(/: the name server ns\.bird gives no usable answer\.$/)
  })
})

describe('without a letter', () => {
  const silent = startTimeline(scenario, catalogue)
  const typed = (...deeds: readonly InterventionBody[]) =>
    viewOf(deeds.reduce((timeline, deed) => intervene(timeline, catalogue, { ...deed, at: timeline.until }), silent))

  it('says so, and which device looks for mail', () => {
    const view = viewOf(upTo(silent, instant(3100)))
    expect(headlineAt(view, names, START)).toMatchObject({ text: 'No letter has been sent yet.', nothingSent: true })
    expect(headlineAt(view, names, instant(3100))).toEqual({
      text: 'No letter has been sent yet: Bob’s phone looks whether there is any mail.',
      nothingSent: true,
    })
  })

  it('says with whom a person speaks by hand, and that the dialogue is over', () => {
    const call = { host: 'alice-laptop', terminal: 't' }
    const connected: InterventionBody = { type: 'connected', ...call, to: 'mx-out.paper.example', port: 587 }
    const view = typed(connected)
    expect(headlineAt(view, names, view.end)).toEqual({ text: 'You speak with mx-out, port 587.' })
    const quit: InterventionBody = { type: 'typed', ...call, octets: octets('QUIT\r\n') }
    const over = typed(connected, quit)
    expect(headlineAt(over, names, over.end).text).toBe('The dialogue with mx-out is over.')
  })
})

it('a letter from a laptop that is stopped was not sent, and the headline says why', () => {
  const off = intervene(startTimeline(scenario, catalogue), catalogue, {
    type: 'hostStopped',
    at: START,
    host: 'alice-laptop',
  })
  const [submitted] = sentMessage(scenario, 'bob@bird.example').interventions
  const view = viewOf(submitted ? intervene(off, catalogue, submitted) : off)
  expect(headlineAt(view, names, START).text).toMatch(/is stopped, and the letter .* was not sent\.$/)
})

describe('other ends of a letter', () => {
  it('is returned at once if the submission server refuses it', () => {
    const view = viewOf(sentMessage(scenario, 'nobody@paper.example'))
    expect(headlineAt(view, names, view.end)).toMatchObject({
      fate: 'returned',
      text: expect.stringContaining('could not send the letter'),
    })
  })

  it('stays the headline when later connections begin TLS', () => {
    const world = bundledScenario(exampleTest)
    let timeline: Timeline = sentMessage(world, 'nobody@elsewhere.test')
    for (let n = 0; n < 4; n++) timeline = runOn(timeline, catalogue)
    const view = viewOf(timeline)
    const lastTls = ofType(view, 'tlsStarted').at(-1)?.at ?? START
    expect(lastTls).toBeGreaterThan(ofType(view, 'messageFetched').at(-1)?.at ?? START)
    expect(headlineAt(view, namesOf(world), view.end)?.text).toBe(
      'The letter to nobody@elsewhere.test came back: mx.elsewhere knows nobody of that name. Alice’s laptop has the notice.',
    )
  })
})

describe('a letter to several readers who fare differently', () => {
  const HOME = 'Alice’s laptop has the notice.'
  const [BOB, NOBODY] = ['bob@bird.example', 'nobody@bird.example'] as const
  const view = viewOf(runOn(sentMessage(scenario, [BOB, NOBODY]), catalogue))

  it('tells both fates from the first one on, above the map and by ear', () => {
    const at = (fact: Fact | undefined) => headlineAt(view, names, fact?.at ?? START)
    expect(at(ofType(view, 'messageBounced')[0])).toMatchObject({
      fate: 'returned',
      text: 'The letter to bob@bird.example is on its way. For nobody@bird.example it comes back: mx.bird knows nobody of that name. A notice waits for alice@paper.example.',
      short: 'The letter to bob@bird.example is on its way. For nobody@bird.example it comes back.',
    })
    expect(at(ofType(view, 'messageRemoved')[0])).toMatchObject({
      fate: 'arrived',
      text: 'Bob’s laptop has carried the letter home: POP3 took it off the server. For nobody@bird.example it comes back: mx.bird knows nobody of that name.',
    })
    expect(headlineAt(view, names, view.end)).toMatchObject({
      fate: 'returned',
      text: `bob@bird.example has the letter. For nobody@bird.example it came back: mx.bird knows nobody of that name. ${HOME}`,
      short: 'bob@bird.example has the letter. For nobody@bird.example it came back.',
    })
  })

  it.each(['hop', 'line'] as const)('is told in the same words to those who listen, by %s', (size) => {
    const home = ofType(view, 'messageFetched').at(-1)?.at ?? START
    expect(sentenceAt(view, names, home, size)).toBe(headlineAt(view, names, home).text)
  })

  it('says who has it while it waits for another', () => {
    const sent = sentMessage(scenario, [BOB, 'alice@paper.example'])
    const off = intervene(sent, catalogue, { type: 'hostStopped', at: instant(300), host: 'mx.bird.example' })
    const late = viewOf(upTo(off, instant(65_000)))
    expect(headlineAt(late, names, late.end)).toMatchObject({
      fate: 'later',
      text: 'alice@paper.example has the letter. For bob@bird.example mx-out tries again in 30 min: mx.bird does not answer.',
    })
    // Once that time has come, it is waited for no more.
    const begun = ofType(late, 'messageDeferred')[0]?.nextTry ?? START
    const again = viewOf(upTo(off, instant(begun + 65_000)))
    const [, second] = ofType(again, 'messageDeferred')
    expect(headlineAt(again, names, second?.at ?? START).text).toContain('For bob@bird.example mx-out tries again in')
  })

  it('says for whom it could not even be sent', () => {
    const refused = viewOf(sentMessage(scenario, [BOB, 'nobody@paper.example']))
    const [failed] = ofType(refused, 'submissionFailed')
    expect(headlineAt(refused, names, failed?.at ?? START).text).toBe(
      'The letter to bob@bird.example is on its way. To nobody@paper.example it could not be sent: mx-out knows nobody of that name.',
    )
  })

  it('is told as before if all fare alike', () => {
    const both = viewOf(runOn(sentMessage(scenario, [NOBODY, 'noone@bird.example']), catalogue))
    expect(headlineAt(both, names, both.end).text).toMatch(/^The letter to nobody@bird\.example.* came back: /)
  })
})

describe('a letter that waits for a host that did not answer', () => {
  const WAITS = 'mx-out keeps the letter and will try again in 29 min: '
  const [stop, start] = [instant(300), instant(120_000)]
  const stopped = (host: string): Timeline =>
    upTo(
      intervene(sentMessage(scenario, 'bob@bird.example'), catalogue, { type: 'hostStopped', at: stop, host }),
      start,
    )
  const told = (timeline: Timeline, t: Instant = timeline.until): string => headlineAt(viewOf(timeline), names, t).text

  it.each([
    ['mx.bird.example', 'mx.bird is running again. mx-out tries again in 29 min.'],
    ['resolver', 'resolver is running again. mx-out tries again in'],
  ])('says that %s is running again, and when the next try is', (host, words) => {
    const off = stopped(host)
    expect(told(off)).toContain('does not answer')
    const on = intervene(off, catalogue, { type: 'hostStarted', at: start, host })
    expect(told(on)).toContain(words)
  })

  it('says so only as long as it is true', () => {
    const host = 'mx.bird.example'
    const on = intervene(stopped(host), catalogue, { type: 'hostStarted', at: start, host })
    const off = intervene(upTo(on, instant(130_000)), catalogue, { type: 'hostStopped', at: instant(130_000), host })
    expect(told(off)).toBe(`${WAITS}mx.bird does not answer.`)
    const elsewhere = intervene(stopped(host), catalogue, { type: 'hostStarted', at: start, host: 'bob-phone' })
    expect(told(elsewhere)).toBe(`${WAITS}mx.bird does not answer.`)
    const tried = viewOf(upTo(on, instant(1_900_000)))
    const [deferred] = ofType(tried, 'messageDeferred')
    expect(headlineAt(tried, names, deferred?.nextTry ?? START).text).not.toContain('running again')
  })

  it('says that a link is mended', () => {
    const between = ['mx-out.paper.example', 'mx.bird.example'] as const
    const sent = sentMessage(scenario, 'bob@bird.example')
    const cut = upTo(intervene(sent, catalogue, { type: 'linkChanged', at: stop, between, up: false }), start)
    const mended = intervene(cut, catalogue, { type: 'linkChanged', at: start, between, up: true })
    expect(told(mended)).toBe('The link between mx-out and mx.bird is mended. mx-out tries again in 29 min.')
  })
})
