import { describe, expect, it } from 'vitest'
import exampleTest from '../../../lessons/scenarios/example-test.json'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { octets } from '../../base/octets'
import { instant, START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import type { Fact } from '../../world/fact'
import { carryOn, intervene, runOn, startTimeline, type Timeline, worldAt } from '../../world/timeline'
import { sentMessage } from '../testing/sentMessage'
import { type Journey, journeysIn, wayTo, withLying } from './journey'
import { growthOf, layersTo, pileOf } from './layers'

const scenario = bundledScenario(twoTowns)

const journeysOf = (timeline: Timeline): readonly Journey[] =>
  journeysIn(timeline.trace).map((journey) => withLying(journey, (t) => worldAt(timeline, catalogue, t)))

function onlyOne(timeline: Timeline): Journey {
  const [journey, ...others] = journeysOf(timeline)
  if (!journey || others.length > 0) throw new Error('one message was expected')
  return journey
}

/** The mail data that each host has sent by SMTP, without the dot at its end and without dot-stuffing. */
const onTheWire = (trace: readonly Fact[]): readonly { readonly host: string; readonly octets: string }[] =>
  trace.flatMap((fact) =>
    fact.type === 'sent' && fact.means.kind === 'mailData' && fact.means.parsed?.protocol === 'SMTP'
      ? [{ host: fact.host, octets: fact.octets.replace(/\.\r\n$/, '').replace(/^\.\./gm, '.') }]
      : [],
  )

describe('the way of a message in two towns', () => {
  const timeline = sentMessage(scenario, 'bob@bird.example')
  const journey = onlyOne(timeline)
  const way = wayTo(journey, journey.stops.length - 1)
  const layers = layersTo(journey, journey.stops.length - 1)

  it('has a stop at each host that has had it, in order', () => {
    expect(journey.subject).toBe('Lunch?')
    expect(journey.stops.map(({ kind, host, port, transport }) => [kind, host, port, transport])).toEqual([
      ['written', 'alice-laptop', undefined, undefined],
      ['queued', 'mx-out.paper.example', 587, 'ESMTPA'],
      ['queued', 'mx.bird.example', 25, 'ESMTP'],
      ['delivered', 'store.bird.example', 25, 'ESMTP'],
    ])
    expect(way).toEqual([0, 1, 2, 3])
    expect(journey.stops.map(({ envelope }) => envelope)).toEqual(
      journey.stops.map(() => ({ reversePath: 'alice@paper.example', forwardPaths: ['bob@bird.example'] })),
    )
  })

  it('has the octets that each host sends on, as they are on the wire', () => {
    expect(journey.stops.slice(0, -1).map(({ host, octets: lying }) => ({ host, octets: lying }))).toEqual(
      onTheWire(timeline.trace),
    )
  })

  it('the parts at each stop are the whole message there', () => {
    expect(layers).toHaveLength(4)
    for (const { stop, parts, length } of layers) {
      expect(parts.map(({ octets: each }) => each).join('')).toBe(journey.stops[stop]?.octets)
      expect(growthOf({ parts }).reduce((sum, part) => sum + part.octets, 0)).toBe(length)
    }
  })

  it('each stop adds the difference between its octets and those that it was given', () => {
    for (const { stop, parts } of layers.slice(1)) {
      const { octets: lying = '', given = '' } = journey.stops[stop] ?? {}
      expect(lying.endsWith(given)).toBe(true)
      expect(growthOf({ parts }).at(-1)).toEqual({ by: stop, octets: lying.length - given.length })
    }
  })

  it('each layer has the fields of its origin, the newest on top', () => {
    const [last] = layers.slice(-1)
    if (!last) throw new Error('there is no last stop')
    expect(pileOf(last).map(({ by, fields }) => [by, ...fields.map(({ fieldName }) => fieldName)])).toEqual([
      [3, 'Return-Path', 'Received'],
      [2, 'Received'],
      [1, 'Received'],
      ['program', 'Message-ID', 'Date'],
      ['author', 'From', 'To', 'Subject'],
      ['program', 'MIME-Version', 'Content-Type', 'Content-Transfer-Encoding'],
    ])
    expect(last.parts.find(({ kind }) => kind === 'body')?.by).toBe('author')
  })

  it('octets that a run no longer keeps are left out, and the rest still adds up', () => {
    const facts = timeline.trace.filter(({ type }) => type.startsWith('message'))
    const [told] = journeysIn(facts)
    if (!told) throw new Error('the message is not found')
    const kept = withLying(told, (t) => (t > 800 ? worldAt(timeline, catalogue, t) : undefined))
    const place = kept.stops.length - 1
    expect(kept.stops[place]?.octets).toBe(journey.stops[3]?.octets)
    expect(layersTo(kept, place).map(({ parts }) => growthOf({ parts }))).toEqual([
      [{ by: 'before', octets: journey.stops[3]?.octets?.length }],
    ])
  })
})

it('a message that waits in a queue lies there as it will be sent', () => {
  const off = intervene(startTimeline(scenario, catalogue), catalogue, {
    type: 'hostStopped',
    at: START,
    host: 'mx.bird.example',
  })
  const sent = sentMessage(scenario, 'bob@bird.example').interventions[0]
  if (sent?.type !== 'submitted') throw new Error('nothing was sent')
  const journey = onlyOne(intervene(off, catalogue, sent))
  expect(journey.stops.map(({ host }) => host)).toEqual(['alice-laptop', 'mx-out.paper.example'])
  expect(layersTo(journey, 1).map(({ parts }) => growthOf({ parts }).map(({ by }) => by))).toEqual([
    ['author', 'program'],
    ['author', 'program', 1],
  ])
})

it('a notice is a message of its own, from the server that writes it', () => {
  const [message, notice] = journeysOf(sentMessage(scenario, 'nobody@bird.example'))
  expect(message?.stops.map(({ host }) => host)).toEqual(['alice-laptop', 'mx-out.paper.example'])
  expect(notice?.stops.map(({ kind, host, envelope }) => [kind, host, envelope])).toEqual([
    ['delivered', 'mx-out.paper.example', { reversePath: '', forwardPaths: ['alice@paper.example'] }],
  ])
  expect(
    notice &&
      layersTo(notice, 0)
        .flatMap(growthOf)
        .map(({ by }) => by),
  ).toEqual(['before'])
})

it('one message to two domains has two ways', () => {
  const one = sentMessage(scenario, 'bob@bird.example').interventions[0]
  if (one?.type !== 'submitted') throw new Error('nothing was sent')
  const both = { ...one, forwardPaths: ['bob@bird.example', 'alice@paper.example'] }
  const journey = onlyOne(intervene(startTimeline(scenario, catalogue), catalogue, both))
  const ends = journey.stops.flatMap(({ kind, box }, place) =>
    kind === 'delivered' ? [[box?.user, wayTo(journey, place).map((at) => journey.stops[at]?.host)]] : [],
  )
  expect(ends).toEqual([
    ['alice@paper.example', ['alice-laptop', 'mx-out.paper.example']],
    ['bob@bird.example', ['alice-laptop', 'mx-out.paper.example', 'mx.bird.example', 'store.bird.example']],
  ])
})

it('a message that is sent twice has two ways, each through its own copies', () => {
  const sent = sentMessage(scenario, 'bob@bird.example').interventions[0]
  if (sent?.type !== 'submitted') throw new Error('nothing was sent')
  const message = octets(`Message-ID: <twice@paper.example>\r\n${sent.message}`)
  const once = intervene(startTimeline(scenario, catalogue), catalogue, { ...sent, message })
  const journey = onlyOne(intervene(once, catalogue, { ...sent, message, at: instant(100) }))
  const ends = journey.stops.flatMap(({ kind }, place) => (kind === 'delivered' ? [wayTo(journey, place)] : []))
  expect(ends.map((way) => way.map((at) => journey.stops[at]?.host))).toEqual(
    [1, 2].map(() => ['alice-laptop', 'mx-out.paper.example', 'mx.bird.example', 'store.bird.example']),
  )
  expect(new Set(ends.flat()).size).toBe(8)
})

it('line ends that a server mends change neither fields nor their origin', () => {
  const given = octets('Subject: x\nFrom: a\r\n\nHello\n')
  const lying = octets('Received: y\r\nSubject: x\r\nFrom: a\r\n\r\nHello\r\n')
  const envelope = { reversePath: '', forwardPaths: [] }
  const stop = { kind: 'queued', host: 'h', at: START, fact: 0, envelope, given, octets: lying } as const
  const [layers] = layersTo({ id: 'x', subject: 'x', stops: [stop], copies: [] }, 0)
  expect(layers?.parts.map(({ kind, fieldName, by }) => [kind, fieldName, by])).toEqual([
    ['field', 'Received', 0],
    ['field', 'Subject', 'author'],
    ['field', 'From', 'author'],
    ['emptyLine', '', 'author'],
    ['body', '', 'author'],
  ])
})

/** A run in which these lines are typed to a server, one every five seconds. */
function typedTo(server: string, lines: readonly string[]): Timeline {
  const host = 'alice-laptop'
  let timeline = intervene(startTimeline(scenario, catalogue), catalogue, {
    type: 'connected',
    at: START,
    host,
    terminal: 't1',
    to: server,
    port: 25,
  })
  for (const [n, line] of lines.entries())
    timeline = intervene(timeline, catalogue, {
      type: 'typed',
      at: instant(5000 + n * 5000),
      host,
      terminal: 't1',
      octets: octets(`${line}\r\n`),
    })
  return timeline
}

it('a notice of success that follows at once is not the message that was handed over', () => {
  const [message, notice] = journeysOf(
    typedTo('store.bird.example', [
      'EHLO me',
      'MAIL FROM:<bob@bird.example>',
      'RCPT TO:<bob@bird.example> NOTIFY=SUCCESS',
      'DATA',
      'Subject: to myself\r\n\r\nHello\r\n.',
    ]),
  )
  expect(message?.stops.map(({ envelope }) => envelope.reversePath)).toEqual(['bob@bird.example'])
  expect(notice?.stops.map(({ envelope, given, client }) => [envelope.reversePath, given, client])).toEqual([
    ['', undefined, undefined],
  ])
})

it('a message that is typed by hand begins with what was typed', () => {
  const host = 'alice-laptop'
  const journey = onlyOne(
    typedTo('mx.bird.example', [
      'HELO me',
      'MAIL FROM:<alice@paper.example>',
      'RCPT TO:<bob@bird.example>',
      'DATA',
      'Return-Path: <forged@paper.example>\r\nSubject: by hand\r\n\r\nHello\r\n.',
    ]),
  )
  expect(journey.stops.map(({ host: at, client }) => [client, at])).toEqual([
    [host, 'mx.bird.example'],
    ['mx.bird.example', 'store.bird.example'],
  ])
  const [first, last] = layersTo(journey, 1)
  expect(first && growthOf(first).map(({ by }) => by)).toEqual(['author', 0])
  // The mailbox has one Return-Path, the true one: the store has taken out the other.
  expect(last?.removed).toBe('Return-Path: <forged@paper.example>\r\n'.length)
  expect(last?.parts.map(({ octets: each }) => each).join('')).toBe(journey.stops[1]?.octets)
})

it('a server that holds its own mailboxes adds the trace and the sender at once', () => {
  const home = bundledScenario(exampleTest)
  const journey = onlyOne(sentMessage(home, home.letter.to))
  const place = journey.stops.length - 1
  const last = layersTo(journey, place).at(-1)
  const top = last && pileOf(last)[0]
  expect(top?.fields.map(({ fieldName }) => fieldName)).toEqual(['Return-Path', 'Received'])
  expect(top?.by).toBe(place)
})

describe('a notice', () => {
  const noticesIn = (timeline: Timeline) => journeysIn(timeline.trace).flatMap(({ notice }) => (notice ? [notice] : []))

  it('names the recipients that a letter failed for, and the device that has fetched it', () => {
    const timeline = runOn(
      sentMessage(scenario, ['bob@bird.example', 'nobody@bird.example', 'x@bird.example']),
      catalogue,
    )
    expect(noticesIn(timeline)).toEqual([{ event: 'failed', recipients: ['nobody@bird.example', 'x@bird.example'] }])
    const [letter, notice] = journeysIn(timeline.trace)
    expect(notice?.copies.map(({ host }) => host)).toEqual(['alice-laptop'])
    expect(letter?.copies.map(({ host }) => host)).toEqual(['bob-phone', 'bob-laptop'])
  })

  it('names those whose letter is late', () => {
    const sent = sentMessage(scenario, ['bob@bird.example', 'alice@paper.example'])
    const off = intervene(sent, catalogue, { type: 'hostStopped', at: instant(300), host: 'mx.bird.example' })
    const hours = carryOn(off, catalogue, instant(5 * 3_600_000))
    expect(noticesIn(hours)).toEqual([{ event: 'delayed', recipients: ['bob@bird.example'] }])
  })
})
