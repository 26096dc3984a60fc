import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { instant, START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { scenarioOf } from '../../learning/scenarioSchema'
import { composeMessage } from '../../mail/compose'
import { receivedPath } from '../../mail/receivedPath'
import type { Scenario } from '../../world/scenario'
import { carryOn, intervene, startTimeline, worldAt } from '../../world/timeline'
import { journeysIn, withLying } from './journey'
import { type RebuiltWords, rebuiltScenario } from './rebuilt'
import { wayOf } from './way'

const WORDS: RebuiltWords = {
  title: 'A way',
  writer: 'writer',
  reader: 'reader',
  resolver: 'resolver',
  root: 'root',
  west: 'west',
  sea: 'sea',
  east: 'east',
  body: 'Hello',
  simplifies: [],
}

function rebuilt(...fields: readonly string[]): Scenario | undefined {
  const path = receivedPath(octets(`${fields.join('\r\n')}\r\n\r\n`))
  return rebuiltScenario(path, wayOf(path), WORDS)
}

/** The way of the ready message through a world, as its own trace fields tell it. */
function wayThrough(scenario: Scenario) {
  const { host, account, from, to, subject, body } = scenario.letter
  const begun = intervene(startTimeline(scenario, catalogue), catalogue, {
    type: 'submitted',
    at: START,
    host,
    account,
    forwardPaths: [to],
    message: composeMessage({ from, to: [to], subject, body }),
  })
  const timeline = carryOn(begun, catalogue, instant(86_400_000))
  const [journey] = journeysIn(timeline.trace).map((one) => withLying(one, (t) => worldAt(timeline, catalogue, t)))
  const last = journey?.stops.at(-1)
  if (last?.kind !== 'delivered' || last.octets === undefined) throw new Error('the message has not arrived')
  return wayOf(receivedPath(last.octets))
}

const at = (time: string): string => `Sat, 21 Nov 2026 ${time} +0000`
const HEADER = [
  `Received: from mx.bird.example by store.bird.example with ESMTP id 3 for <bob@bird.example>; ${at('10:01:04')}`,
  `Received: from out.paper.example by mx.bird.example with ESMTP id 2; ${at('09:30:01')}`,
  `Received: from [192.0.2.10] by out.paper.example with ESMTPA id 1; ${at('09:30:00')}`,
  `Date: ${at('09:30:00')}`,
  'From: Alice <alice@paper.example>',
  'Subject: Lunch?',
]

describe('a world that is made from a header', () => {
  it('is a scenario, and its message takes the same way with the same delays', () => {
    const scenario = rebuilt(...HEADER)
    expect(scenarioOf(JSON.parse(JSON.stringify(scenario))).problem).toBeUndefined()
    if (!scenario) throw new Error('there is no scenario')
    const { stations, legs } = wayThrough(scenario)
    expect(stations.slice(1).map(({ name }) => name)).toEqual([
      'out.paper.example',
      'mx.bird.example',
      'store.bird.example',
    ])
    const delays = legs.map(({ delay = -1 }) => delay / 1000)
    for (const [n, seconds] of [0, 1, 1863].entries())
      expect(Math.abs((delays[n] ?? -9) - seconds)).toBeLessThanOrEqual(1)
    expect(stations[1]?.at).toBe(Date.UTC(2026, 10, 21, 9, 30))
  })

  it.each<[string, readonly string[], readonly string[]]>([
    ['one server', [`Received: by only.example; ${at('09:30:00')}`], ['only.example']],
    [
      'one domain for both people',
      [
        `Received: from a.one.example by b.one.example with ESMTP id 1 for <bob@one.example>; ${at('09:31:00')}`,
        `Received: by a.one.example; ${at('09:30:00')}`,
        'From: alice@one.example',
      ],
      ['a.one.example', 'b.one.example'],
    ],
    [
      'servers without names, twice the same server, and clocks that disagree',
      [
        `Received: from a by B.EXAMPLE with ESMTP id 1; ${at('09:20:00')}`,
        `Received: by 2001:db8::5 with SMTP id 1; ${at('09:30:00')}`,
        `Received: from a by b2.example with mapi id 2; ${at('09:29:00')}`,
        `Received: from a by b2.example with mapi id 1; ${at('09:28:00')}`,
      ],
      ['b2.example', 'server-3.example', 'b.example'],
    ],
    [
      'a server that the message passed twice',
      ['a', 'b', 'a'].map((name) => `Received: by ${name}.example; ${at('09:30:00')}`),
      ['a.example', 'b.example'],
    ],
    [
      'more servers than the map has places for',
      Array.from({ length: 20 }, (_, n) => `Received: by h${20 - n}.example; ${at('09:30:00')}`),
      Array.from({ length: 8 }, (_, n) => `h${n + 13}.example`),
    ],
    [
      'people whose addresses fit no scenario',
      [`Received: by only.example for <"Bob B"@[192.0.2.1]>; ${at('09:30:00')}`, 'From: nobody'],
      ['only.example'],
    ],
  ])('is made of %s', (_, fields, names) => {
    const scenario = rebuilt(...fields)
    expect(scenarioOf(JSON.parse(JSON.stringify(scenario))).problem).toBeUndefined()
    if (!scenario) throw new Error('there is no scenario')
    expect(
      wayThrough(scenario)
        .stations.slice(1)
        .map(({ name }) => name),
    ).toEqual(names)
  })

  it('is the same for the same header, and another for another', () => {
    expect(rebuilt(...HEADER)?.name).toBe(rebuilt(...HEADER)?.name)
    expect(rebuilt(...HEADER)?.name).not.toBe(rebuilt(...HEADER.slice(1))?.name)
  })

  it('needs a server', () => {
    expect(rebuilt('Subject: x')).toBeUndefined()
  })
})
