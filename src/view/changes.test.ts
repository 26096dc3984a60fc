import './gloss/known'
import { describe, expect, it } from 'vitest'
import exampleTest from '../../lessons/scenarios/example-test.json'
import twoTowns from '../../lessons/scenarios/two-towns.json'
import { fromText } from '../base/octets'
import { instant } from '../base/time'
import { catalogue } from '../hosts/catalogue'
import { bundledScenario } from '../world/bundledScenario'
import type { InterventionBody } from '../world/intervention'
import type { Scenario } from '../world/scenario'
import { intervene, startTimeline, type Timeline } from '../world/timeline'
import { connectionsIn } from './run/connections'
import { namesOf } from './run/names'
import { viewOf } from './run/runView'
import { transcriptOf } from './run/transcript'
import { sceneAt } from './stage/scene'
import { sentenceAt } from './stage/sentence'

/** Pictures and sentences about changes of the world itself: power, links, zones, switches, TLS. */

const towns = bundledScenario(twoTowns)
const open = bundledScenario(exampleTest)

function done(scenario: Scenario, ...deeds: (InterventionBody & { at: number })[]): Timeline {
  return deeds.reduce<Timeline>(
    (timeline, { at, ...body }) =>
      intervene(timeline, catalogue, { ...(body as InterventionBody), at: instant(at) } as never),
    startTimeline(scenario, catalogue),
  )
}

const sceneOf = (timeline: Timeline, t: number) => sceneAt(viewOf(timeline), namesOf(timeline.scenario), instant(t))
const said = (timeline: Timeline, t: number, step: 'line' | 'hop' = 'line') =>
  sentenceAt(viewOf(timeline), namesOf(timeline.scenario), instant(t), step)

describe('a host without power', () => {
  const run = done(
    towns,
    { at: 10_000, type: 'hostStopped', host: 'mx.bird.example' },
    { at: 20_000, type: 'hostStarted', host: 'mx.bird.example' },
  )
  it('is drawn as stopped until it starts again, and at no other time', () => {
    const up = (t: number) => sceneOf(run, t).hosts['mx.bird.example']?.up
    expect([9_999, 10_000, 19_999, 20_000].map(up)).toEqual([true, false, false, true])
    expect(sceneOf(run, 15_000).hosts['store.bird.example']?.up).toBe(true)
  })
  it('is described in words, in steps by line and by hop', () => {
    expect(said(run, 10_000)).toMatch(/^Bob’s exchanger has lost its power/)
    expect(said(run, 10_000, 'hop')).toMatch(/^Bob’s exchanger has lost its power/)
    expect(said(run, 20_000)).toMatch(/^Bob’s exchanger is up again/)
  })
  it('has no open connection on the map, though the other end does not know that yet', () => {
    const run = done(towns, { at: 4_500, type: 'hostStopped', host: 'store.bird.example' })
    const ofPhone = (t: number) => {
      const { connections } = viewOf(run).at(instant(t))
      return connectionsIn(connections).find(({ client }) => client === 'bob-phone')?.state
    }
    expect([ofPhone(4_499), ofPhone(4_500)]).toEqual(['open', 'halfOpen'])
  })
})

describe('a link that is cut', () => {
  const between = ['resolver', 'root'] as const
  const run = done(
    towns,
    { at: 10_000, type: 'linkChanged', between, up: false },
    { at: 12_000, type: 'linkChanged', between, loss: 0.5 },
    { at: 20_000, type: 'linkChanged', between: ['root', 'resolver'], up: true },
  )
  it('is marked until it is restored, whichever end is named first', () => {
    expect([9_000, 10_000, 12_000, 20_000].map((t) => sceneOf(run, t).cuts.length)).toEqual([0, 1, 1, 0])
    expect(sceneOf(run, 10_000).cuts[0]).toEqual(between)
  })
  it('is described in words', () => {
    expect(said(run, 10_000)).toBe('The link between resolver and root is cut: nothing gets through.')
    expect(said(run, 12_000)).toMatch(/other conditions/)
    expect(said(run, 20_000)).toMatch(/is mended/)
  })
})

describe('switches and zones', () => {
  it('are described when they change, and so are refused changes', () => {
    const text = ['@ 60 SOA ns hostmaster 7 1 1 1 1', '@ 60 NS ns', 'ns 60 A 198.51.100.4'].join('\n')
    const host = 'ns.bird.example'
    const run = done(
      towns,
      { at: 10_000, type: 'policyChanged', host: 'mx.bird.example', policy: 'relayForStrangers', value: true },
      { at: 11_000, type: 'policyChanged', host: 'mx.bird.example', policy: 'nothing', value: true },
      { at: 12_000, type: 'zoneEdited', host, apex: 'bird.example.', text },
      { at: 13_000, type: 'zoneEdited', host, apex: 'bird.example.', text: `${text}\nmx 60 A nowhere` },
    )
    expect(said(run, 10_000)).toBe('A switch of mx.bird is turned: “Relay for strangers” is now on.')
    expect(said(run, 11_000)).toMatch(/stays as it is/)
    expect(said(run, 12_000)).toMatch(/serves the zone bird\.example\. anew, serial 7/)
    expect(said(run, 13_000)).toMatch(/line 4/)
  })
})

describe('TLS', () => {
  const host = 'alice-laptop'
  const type = (at: number, line: string) =>
    ({ at, type: 'typed', host, terminal: 'a', octets: fromText(`${line}\r\n`) }) as const
  const connected = { at: 100, type: 'connected', host, terminal: 'a', to: 'mail.example.test' } as const

  it('begins when both ends agree, and the transcript and the map show which lines are encrypted', () => {
    const run = done(
      open,
      { ...connected, port: 587 },
      type(1000, 'EHLO a'),
      type(2000, 'STARTTLS'),
      type(3000, 'EHLO b'),
    )
    const [seen] = connectionsIn(viewOf(run).at(instant(4000)).connections)
    if (!seen) throw new Error('there is a connection')
    const lines = transcriptOf(viewOf(run).history, seen.connection, instant(4000))
    const inTheClear = lines.filter(({ encrypted }) => !encrypted).map(({ octets }) => octets as string)
    const encrypted = lines.filter((line) => line.encrypted).map(({ octets }) => octets as string)
    expect(inTheClear.at(-1)).toMatch(/^220 /)
    expect(inTheClear).toContain('STARTTLS')
    expect(encrypted[0]).toBe('EHLO b')
    expect(encrypted.some((text) => text.startsWith('250'))).toBe(true)
    expect(connectionsIn(viewOf(run).at(instant(1500)).connections)[0]?.encrypted).toBe(false)
    expect(seen.encrypted).toBe(true)
    const path = (t: number) => sceneOf(run, t).paths.find(({ from, to }) => from === host || to === host)
    expect([path(1500)?.encrypted, path(3500)?.encrypted]).toEqual([false, true])
  })

  it('begins with the first octet on port 465', () => {
    const run = done(open, { ...connected, port: 465, implicitTls: true })
    const [seen] = connectionsIn(viewOf(run).at(instant(1000)).connections)
    const lines = transcriptOf(viewOf(run).history, seen?.connection ?? '', instant(1000))
    expect(lines[0]?.octets).toMatch(/^220 /)
    expect(lines.every(({ encrypted }) => encrypted)).toBe(true)
  })
})

describe('DNS over TCP', () => {
  it('is a dialogue of messages, written as in a zone file', () => {
    const text = `@ 60 SOA ns hostmaster 7 1 1 1 1\n@ 60 NS ns\nns 60 A 198.51.100.4\n${Array.from(
      { length: 30 },
      (_, n) => `@ 60 MX ${n} exchanger-with-a-rather-long-name-number-${n}`,
    ).join('\n')}`
    const run = done(
      towns,
      { at: 6000, type: 'zoneEdited', host: 'ns.bird.example', apex: 'bird.example.', text },
      {
        at: 7000,
        type: 'submitted',
        host: 'alice-laptop',
        account: 'alice@paper.example',
        forwardPaths: ['bob@bird.example'],
        message: fromText('From: a\r\n\r\nhello\r\n'),
      },
    )
    const seen = connectionsIn(viewOf(run).at(run.until).connections).find(({ protocol }) => protocol === 'DNS')
    if (!seen) throw new Error('a truncated answer is asked for again over TCP')
    expect(seen.port).toBe(53)
    const [question, answer] = transcriptOf(viewOf(run).history, seen.connection, run.until)
    expect(question?.words).toBe('MX? bird.example.')
    expect(answer?.words).toMatch(/^MX 0 exchanger/)
    const line = [...viewOf(run).history.flights.lines].find(
      ({ flight }) => flight.kind === 'line' && flight.connection === seen.connection,
    )
    expect(line?.flight.protocol).toBe('DNS')
  })
})
