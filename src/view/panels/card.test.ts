import { describe, expect, it } from 'vitest'
import exampleTest from '../../../lessons/scenarios/example-test.json'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { type Instant, instant, START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { composeMessage } from '../../mail/compose'
import { bundledScenario } from '../../world/bundledScenario'
import type { InterventionBody } from '../../world/intervention'
import type { HostSymbol, Scenario } from '../../world/scenario'
import { intervene, startTimeline, type Timeline } from '../../world/timeline'
import { HOST_SYMBOLS } from '../network/symbols'
import { namesOf } from '../run/names'
import { viewOf } from '../run/runView'
import { sentMessage } from '../testing/sentMessage'
import { type Card, type CardPart, cardOf, linkAt, type Touched } from './card'

const towns = bundledScenario(twoTowns)
const worlds = [towns, bundledScenario(exampleTest)]
const atRest = startTimeline(towns, catalogue)

function card(touched: Touched, t: Instant = START, timeline: Timeline = atRest): Card {
  const found = cardOf(viewOf(timeline), namesOf(timeline.scenario), t, touched)
  if (!found) throw new Error('there is no card')
  return found
}
const host = (name: string, t?: Instant, timeline?: Timeline): Card => card({ kind: 'host', host: name }, t, timeline)
const rows = ({ parts }: Card, key: CardPart['key']) => parts.find((part) => part.key === key)?.rows ?? []
const texts = (shown: Card, key: CardPart['key']): readonly string[] => rows(shown, key).map(({ text }) => text)
const changed = (body: InterventionBody, timeline = atRest): Timeline =>
  intervene(timeline, catalogue, { ...body, at: instant(100) })

/** The world of the two towns with one host of another role or symbol. */
const worldWith = (role: string, symbol: HostSymbol): Scenario => ({
  ...towns,
  hosts: [{ name: 'new.example', address: '192.0.2.99', role, config: {} }],
  map: {
    ...towns.map,
    hosts: { 'new.example': { x: 1, y: 1, symbol, title: 'New', label: 'below', region: 'paper' } },
  },
})

describe('the card of a host', () => {
  const roles = Object.keys(catalogue.roles)
  const symbols = Object.keys(HOST_SYMBOLS) as readonly HostSymbol[]
  it.each(roles.flatMap((role) => symbols.map((symbol) => [role, symbol] as const)))(
    'says who a %s drawn as %s is, what it keeps and how it is reached',
    (role, symbol) => {
      const scenario = worldWith(role, symbol)
      const shown = host('new.example', START, { ...atRest, trace: [], scenario })
      expect(shown.sentences.join(' ')).toMatch(/^[A-Z].*\.$/)
      expect(texts(shown, 'doors').join(' ')).toMatch(/\w/)
      expect(texts(shown, 'now')).toEqual(['Nobody has spoken yet.'])
    },
  )

  it.each(worlds.flatMap((world) => world.hosts.map(({ name }) => [world.name, name] as const)))(
    'of %s tells of %s in every part',
    (worldName, name) => {
      const world = worlds.find((each) => each.name === worldName) ?? towns
      const shown = host(name, START, startTimeline(world, catalogue))
      for (const part of ['now', 'keeps', 'doors', 'links'] as const) expect(texts(shown, part)).not.toEqual([])
    },
  )

  it('names the ports of a server with what each is for', () => {
    expect(rows(host('mx-out.paper.example'), 'doors')).toEqual([
      { port: 25, text: 'SMTP, for letters from other servers' },
      { port: 587, text: 'SMTP, for letters of its own people' },
      { port: 143, text: 'IMAP, for people who read their mail' },
    ])
    expect(rows(host('resolver'), 'doors')).toEqual([{ port: 53, text: 'DNS, for questions about names' }])
    expect(texts(host('bob-phone'), 'doors')).toEqual(['None: it calls others, and nobody calls it.'])
  })

  it('tells what is kept: letters, zones, answers', () => {
    expect(texts(host('ns.bird.example'), 'keeps')).toEqual(['The names of bird.example.'])
    const sent = sentMessage(towns, towns.letter.to)
    const fetched = sent.trace.find(({ type }) => type === 'messageFetched')
    expect(texts(host('alice-laptop', instant(1), sent), 'keeps').join()).toContain(
      `“${towns.letter.subject}” was written`,
    )
    expect(texts(host('alice-laptop', START, atRest), 'keeps').join()).not.toContain('“')
    if (fetched?.type !== 'messageFetched') throw new Error('nobody fetched it')
    expect(texts(host(fetched.host, fetched.at, sent), 'keeps')).toContain('1 letter fetched')
    expect(texts(host(fetched.host, START, sent), 'keeps')).toContain('No letter fetched yet')
  })

  it('tells who speaks with it now, and leads to the lines and the link', () => {
    const sent = sentMessage(towns, towns.letter.to)
    const line = viewOf(sent).history.flights.lines
    const flight = [...line].find(({ flight }) => flight.protocol === 'SMTP' && flight.kind === 'line')?.flight
    if (!flight) throw new Error('no line of SMTP')
    const now = rows(host(flight.to, instant((flight.sent + flight.arrives) / 2), sent), 'now')
    expect(now.map(({ leads }) => leads)).toEqual(
      expect.arrayContaining([{ kind: 'line', fact: flight.fact }, expect.objectContaining({ kind: 'link' })]),
    )
    expect(now.map(({ text }) => text).join()).toMatch(/Alice’s laptop speaks SMTP with mx-out, port 587/)
  })

  it('says that a stopped host answers nothing', () => {
    const stopped = changed({ type: 'hostStopped', host: 'mx.bird.example' })
    expect(texts(host('mx.bird.example', instant(200), stopped), 'now')).toEqual([
      'It has no power, and answers nothing.',
    ])
    expect(texts(host('mx.bird.example', instant(50), stopped), 'now')).not.toContain(
      'It has no power, and answers nothing.',
    )
  })
})

describe('the card of a link', () => {
  const between = ['alice-laptop', 'mx-out.paper.example'] as const
  const link = (t: Instant, timeline?: Timeline) => card({ kind: 'link', between }, t, timeline)

  it('tells its delay and its loss', () => {
    expect(texts(link(START), 'state')).toEqual(['6 ms one way', 'No packet is lost'])
    const bad = changed({ type: 'linkChanged', between, latency: 900, loss: 0.25 })
    expect(texts(link(instant(200), bad), 'state')).toEqual(['900 ms one way', '25 % of the packets are lost'])
    expect(texts(link(instant(50), bad), 'state')).toEqual(['6 ms one way', 'No packet is lost'])
  })

  it('says that it is cut, whichever end is named first', () => {
    const cut = changed({ type: 'linkChanged', between: [between[1], between[0]], up: false })
    expect(link(instant(200), cut).sentences).toEqual(['The link is cut: nothing gets through.'])
    expect(linkAt(viewOf(cut), instant(200), between).up).toBe(false)
    expect(linkAt(viewOf(cut), instant(50), between).up).toBe(true)
  })

  it('of two hosts without a cable is the path through the internet', () => {
    const path = ['mx-out.paper.example', 'mx.bird.example'] as const
    expect(linkAt(viewOf(atRest), START, path).latency).toBe(towns.internet.latency)
  })
})

describe('the card of a line', () => {
  const sent = sentMessage(towns, towns.letter.to)
  const { lines } = viewOf(sent).history.flights
  const letter = [...lines].find(({ flight }) => flight.message)?.flight

  it('says that a letter travels, from where to where, and whether others can read it', () => {
    if (!letter) throw new Error('no letter travels')
    const shown = card({ kind: 'line', fact: letter.fact }, letter.sent, sent)
    expect(shown.title).toBe('A letter on its way')
    expect(texts(shown, 'way').slice(0, 2)).toEqual(['From Alice’s laptop', 'To submission server'])
    expect(texts(shown, 'now')).toEqual([
      expect.stringMatching(/^It takes [\d.]+ ms\.$/),
      expect.stringMatching(/in the clear/),
    ])
    expect(texts(card({ kind: 'line', fact: letter.fact }, letter.arrives, sent), 'now')[0]).toBe('It has arrived.')
  })

  it('says of a call that failed who cannot reach whom, and not that it is on its way', () => {
    const stopped = changed({ type: 'hostStopped', host: 'mx-out.paper.example' })
    const { host: client, account, to, from, subject, body } = towns.letter
    const message = composeMessage({ from, to: [to], subject, body })
    const tried = changed({ type: 'submitted', host: client, account, forwardPaths: [to], message }, stopped)
    const failed = [...viewOf(tried).history.flights.lines].find(({ flight }) => flight.kind === 'failure')?.flight
    if (!failed) throw new Error('no call failed')
    const shown = card({ kind: 'line', fact: failed.fact }, failed.sent, tried)
    expect(shown.title).toBe('A call that failed')
    expect(shown.sentences.join()).toMatch(/^Alice’s laptop cannot reach mx-out, port 587/)
    expect(texts(shown, 'now')).toEqual([])
  })

  it('has none in a run in which it was not said', () => {
    expect(cardOf(viewOf(atRest), namesOf(towns), START, { kind: 'line', fact: 100_000 })).toBeUndefined()
  })
})
