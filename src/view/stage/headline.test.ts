import { describe, expect, it } from 'vitest'
import exampleTest from '../../../lessons/scenarios/example-test.json'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { type Instant, instant, START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import type { Fact, FactOf } from '../../world/fact'
import { intervene, runOn, type Timeline } from '../../world/timeline'
import { holdingsOf } from '../run/holdings'
import { momentAfter } from '../run/moments'
import { namesOf } from '../run/names'
import { type RunView, viewOf } from '../run/runView'
import { sentMessage } from '../testing/sentMessage'
import { headlineAt } from './headline'
import { sceneAt } from './scene'
import { sentenceAt } from './sentence'

const scenario = bundledScenario(twoTowns)
const names = namesOf(scenario)

const ofType = <T extends Fact['type']>({ timeline }: RunView, type: T): readonly FactOf<T>[] =>
  timeline.trace.filter((fact): fact is FactOf<T> => fact.type === type)
const hostIn = (view: RunView, host: string, t: Instant) => {
  const { waiting = 0, holds = 0, notices = 0 } = sceneAt(view, names, t).hosts[host] ?? {}
  return { waiting, holds, notices }
}
/** Every message on its way: from, to, and whether it comes back. */
const crossings = (view: RunView): readonly (readonly [string, string, boolean])[] =>
  [...view.history.flights.lines]
    .filter(({ flight }) => flight.message)
    .map(({ at }) => sceneAt(view, names, at).travellers.find(({ shape }) => shape === 'letter'))
    .flatMap((letter) => (letter ? [[letter.from, letter.to, letter.notice] as const] : []))

describe('the headline of a letter that arrives', () => {
  const view = viewOf(sentMessage(scenario, 'bob@bird.example'))
  const at = (fact: Fact | undefined) => headlineAt(view, names, fact?.at ?? START)

  it('is nothing before the first event', () => {
    expect(headlineAt(view, names, START)).toBeUndefined()
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
      text: 'The letter to nobody@bird.example comes back: a notice lies in the mailbox of alice@paper.example.',
      fate: 'returned',
      lies: { host: 'mx-out.paper.example', account: 'alice@paper.example', mailbox: 'INBOX', notice: true },
    })
    expect(headlineAt(view, names, view.end)).toMatchObject({
      text: 'The letter to nobody@bird.example came back: Alice’s laptop has the notice.',
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
      ['alice-laptop', 'mx-out.paper.example', false],
      ['mx-out.paper.example', 'alice-laptop', true],
    ])
    const before = instant((home?.at ?? 0) - 1)
    expect(hostIn(view, 'mx-out.paper.example', before)).toEqual({ waiting: 0, holds: 1, notices: 1 })
    expect(hostIn(view, 'alice-laptop', before)).toEqual({ waiting: 0, holds: 0, notices: 0 })
    expect(hostIn(view, 'alice-laptop', view.end)).toEqual({ waiting: 0, holds: 1, notices: 1 })
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
      ['alice-laptop', 'mx-out.paper.example', false],
      ['mx-out.paper.example', 'mx.bird.example', false],
      ['mx.bird.example', 'mx-out.paper.example', true],
      ['mx-out.paper.example', 'alice-laptop', true],
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

describe('other ends of a letter', () => {
  it('is put off while the exchanger is off, with nothing to read', () => {
    const stopped = intervene(sentMessage(scenario, 'bob@bird.example'), catalogue, {
      type: 'hostStopped',
      at: instant(50),
      host: 'mx.bird.example',
    })
    const headline = headlineAt(viewOf(stopped), names, viewOf(stopped).end)
    expect(headline).toMatchObject({ fate: 'later', text: expect.stringContaining('will try again in 30 min') })
    expect(headline?.lies).toBeUndefined()
  })

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
      'The letter to nobody@elsewhere.test came back: Alice’s laptop has the notice.',
    )
  })
})
