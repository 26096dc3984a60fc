import { describe, expect, it } from 'vitest'
import exampleTest from '../../../lessons/scenarios/example-test.json'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant, START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import type { MailServerState } from '../../hosts/mailServer/state'
import { composeMessage } from '../../mail/compose'
import { bundledScenario } from '../../world/bundledScenario'
import { intervene, runOn, startTimeline, type Timeline, worldAt } from '../../world/timeline'
import type { Host, World } from '../../world/world'
import { viewOf } from '../run/runView'
import { accountsOf, awayInWords, conditionsBetween, neighboursOf, queueOf, servicesOf } from './machineRoom'

const towns = bundledScenario(twoTowns)
const open = bundledScenario(exampleTest)
const serverOf = (world: World, name: string) => world.hosts[name] as Host & { readonly state: MailServerState }

function sent(timeline: Timeline): Timeline {
  const { host, account, from, to, subject, body } = towns.letter
  const message = composeMessage({ from, to: [to], subject, body })
  return intervene(timeline, catalogue, {
    type: 'submitted',
    at: instant(100),
    host,
    account,
    forwardPaths: [to],
    message,
  })
}

describe('the ports of a mail server', () => {
  const world = startTimeline(open, catalogue).snapshots[0]?.world as World
  const rows = servicesOf(world, serverOf(world, 'mail.example.test'))
  it.each([
    [25, 'SMTP, for other servers', 'STARTTLS offered'],
    [587, 'SMTP, for its own users', 'STARTTLS offered'],
    [465, 'SMTP, for its own users', 'encrypted from the first octet'],
    [993, 'IMAP', 'encrypted from the first octet'],
    [110, 'POP3', 'STARTTLS offered'],
  ])('%d: %s, %s', (port, what, tls) => {
    expect(rows.find((row) => row.port === port)).toMatchObject({ what, tls, connected: 0 })
  })

  it('count their connections', () => {
    const timeline = startTimeline(towns, catalogue)
    const at = worldAt(timeline, catalogue, instant(6000))
    const imap = servicesOf(at, serverOf(at, 'store.bird.example')).find(({ port }) => port === 143)
    expect(imap?.connected).toBe(1)
  })
})

describe('the outgoing queue', () => {
  const stopped = intervene(startTimeline(towns, catalogue), catalogue, {
    type: 'hostStopped',
    at: START,
    host: 'mx.bird.example',
  })
  it('shows the next try, the last answer and the time of giving up if the exchanger has no power', () => {
    let timeline = sent(stopped)
    const deferred = () => timeline.trace.find((fact) => fact.type === 'messageDeferred')
    for (let n = 0; n < 20 && !deferred(); n++) timeline = runOn(timeline, catalogue)
    const at = deferred()?.at
    if (at === undefined) throw new Error('the letter is put off')
    const world = worldAt(timeline, catalogue, at)
    const [row, ...others] = queueOf(serverOf(world, 'mx-out.paper.example'), world.epoch, at)
    expect(others).toEqual([])
    expect(row).toMatchObject({ forwardPath: 'bob@bird.example', tries: 1, notice: false })
    expect(row?.nextTry).toBe(at + 1_800_000)
    expect(row?.lastAnswer).toMatch(/\S/)
    // Five days is the default of the server's configuration.
    expect(Math.round((row?.givenUp ?? 0) / 3_600_000)).toBe(120)
  })

  it('is empty once the letter has been relayed', () => {
    const timeline = sent(startTimeline(towns, catalogue))
    const world = worldAt(timeline, catalogue, timeline.until)
    expect(queueOf(serverOf(world, 'mx-out.paper.example'), world.epoch, timeline.until)).toEqual([])
  })
})

describe('accounts', () => {
  it('are listed with their numbers of letters', () => {
    const timeline = sent(startTimeline(towns, catalogue))
    const delivered = timeline.trace.find((fact) => fact.type === 'messageDelivered')
    const world = worldAt(timeline, catalogue, delivered?.at ?? START)
    expect(accountsOf(serverOf(world, 'store.bird.example'))).toEqual([
      { address: 'bob@bird.example', password: 'birdsong', messages: 1 },
    ])
  })
})

describe('links', () => {
  const timeline = startTimeline(towns, catalogue)
  const world = worldAt(timeline, catalogue, instant(6000))
  it('are listed for every other host, first for those that have spoken', () => {
    const others = neighboursOf(world, 'store.bird.example', viewOf(timeline).at(instant(6000)))
    expect(others.slice(0, 2).sort()).toEqual(['bob-laptop', 'bob-phone'])
    expect(new Set(others).size).toBe(towns.hosts.length - 1)
    expect(others).not.toContain('store.bird.example')
  })
  it('that are not listed have the conditions of the internet', () => {
    expect(conditionsBetween(world, 'bob-phone', 'root')).toMatchObject({ up: true, latency: towns.internet.latency })
    expect(conditionsBetween(world, 'root', 'resolver').latency).toBe(20)
  })
})

describe('a remaining time', () => {
  it.each([
    [0, '0 s'],
    [3_001, '4 s'],
    [59_000, '59 s'],
    [1_634_000, '27:14'],
    [11_520_000, '3:12:00'],
    [432_000_000, '5 days'],
    [431_400_000, '5 days'],
    [-5, '0 s'],
  ])('%d ms is %s', (ms, words) => {
    expect(awayInWords(ms)).toBe(words)
  })
})
