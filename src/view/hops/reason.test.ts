import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { octets } from '../../base/octets'
import { instant, minutes } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import type { Fact } from '../../world/fact'
import { intervene, runOn, startTimeline, type Timeline } from '../../world/timeline'
import { listingOf } from '../events/listing'
import { DESK_METRICS, ladderOf } from '../ladder/ladder'
import { whyOf } from '../ladder/why'
import { journeysIn } from '../message/journey'
import { namesOf } from '../run/names'
import { viewOf } from '../run/runView'
import { sentMessage } from '../testing/sentMessage'
import { whyOf as chainOf } from '../why/chain'
import { hopsOf } from './hops'
import { reasonOf } from './reason'

const scenario = bundledScenario(twoTowns)
const names = namesOf(scenario)
const UNKNOWN = 'It refuses nobody@bird.example: the domain is its own, but nobody there has that name.'

const isReply =
  (code: string, host?: string, words = '') =>
  (fact: Fact): boolean =>
    fact.type === 'sent' &&
    fact.means.name === code &&
    (host === undefined || fact.host === host) &&
    fact.octets.includes(words)
const isA =
  (type: Fact['type']) =>
  (fact: Fact): boolean =>
    fact.type === type
const isSyn = (fact: Fact): boolean =>
  fact.type === 'packetSent' &&
  fact.packet.kind === 'segment' &&
  fact.packet.flags.syn === true &&
  !fact.packet.flags.ack

function reasonFor(run: Timeline, is: (fact: Fact) => boolean) {
  const fact = run.trace.findLast(is)
  return fact && reasonOf(viewOf(run), fact.order)
}

/** Lines that a person types to the exchanger, one a second. */
function typed(...lines: readonly string[]): Timeline {
  const [host, terminal] = ['alice-laptop', 'terminal-1'] as const
  let run = intervene(startTimeline(scenario, catalogue), catalogue, {
    type: 'connected',
    at: instant(0),
    host,
    terminal,
    to: 'mx.bird.example',
    port: 25,
  })
  for (const [nth, line] of lines.entries()) {
    const at = instant(1000 + nth * 1000)
    run = intervene(run, catalogue, { type: 'typed', at, host, terminal, octets: octets(`${line}\r\n`) })
  }
  return run
}

describe('the reason of a host', () => {
  const refused = runOn(sentMessage(scenario, 'nobody@bird.example'), catalogue)
  const stopped = runOn(
    intervene(sentMessage(scenario, 'bob@bird.example'), catalogue, {
      type: 'hostStopped',
      at: instant(300),
      host: 'mx.bird.example',
    }),
    catalogue,
    instant(minutes(5)),
  )

  it.each<readonly [string, Timeline, (fact: Fact) => boolean, string]>([
    ['a refusal', refused, isReply('550'), UNKNOWN],
    [
      'a recipient that is taken',
      refused,
      isReply('250', 'mx-out.paper.example', '2.1.5'),
      'It takes it for nobody@bird.example, which is elsewhere: alice@paper.example has logged in',
    ],
    [
      'a message that is taken',
      refused,
      isReply('250', 'mx-out.paper.example', 'queued as'),
      'From then on it is the one to care for it',
    ],
    [
      'a question to the DNS',
      refused,
      (fact) => fact.type === 'queried' && fact.host === 'mx-out.paper.example' && fact.means.name === 'MX',
      'bird.example is none of its domains, so the letter has to go on.',
    ],
    [
      'a call',
      refused,
      (fact) => isSyn(fact) && fact.type === 'packetSent' && fact.packet.from === 'mx-out.paper.example',
      'It calls mx.bird.example at 203.0.113.25: there is no other exchanger.',
    ],
    [
      'a failure',
      refused,
      isA('messageBounced'),
      'A code that begins with 5 is final, so no other exchanger is asked.',
    ],
    [
      'the notice about it',
      refused,
      isA('messageDelivered'),
      'It gives up for nobody@bird.example: mx.bird.example said: 550',
    ],
    ['a wait', stopped, isA('messageDeferred'), 'It keeps the letter and tries again in 30 min.'],
  ])('for %s', (_, run, is, text) => {
    expect(reasonFor(run, is)?.text).toContain(text)
  })

  it.each([
    ['RCPT TO:<nobody@bird.example>', UNKNOWN],
    ['RCPT TO:<carol@elsewhere.example>', 'the domain is not its own and nobody has logged in, so it does not relay.'],
    ['DATA', 'It refuses: “No reader yet, RCPT comes first.”'],
    ['BLA', 'It refuses: “I do not know that word.”'],
  ])('for the refusal of %s that a person typed, before there is a message', (line, text) => {
    const reason = reasonFor(
      typed('EHLO alice-laptop', 'MAIL FROM:<alice@paper.example>', line),
      (fact) => fact.type === 'sent' && fact.means.refused === true,
    )
    expect(reason?.text).toContain(text)
    expect(reason?.shown).toBeUndefined()
  })

  it('is not given for what no host decided', () => {
    expect(reasonFor(refused, isReply('221'))).toBeUndefined()
    expect(reasonFor(refused, isReply('354'))).toBeUndefined()
    expect(reasonFor(stopped, isA('connectionFailed'))).toBeUndefined()
    expect(reasonFor(stopped, isA('retransmitted'))).toBeUndefined()
  })

  it('is the first answer in the ladder and among the events, and stands on the way of the message', () => {
    const view = viewOf(refused)
    const refusal = refused.trace.findLast(isReply('550'))
    const { items } = ladderOf(view, {
      size: 'line',
      opened: new Map(),
      mended: new Set(),
      filter: { without: new Set(), text: '' },
      textOf: () => '',
      metrics: DESK_METRICS,
    })
    const row = items.find((item) => item.type === 'arrow' && item.arrow.fact === refusal?.order)
    if (row?.type !== 'arrow' || !refusal) throw new Error('the refusal has a row')
    expect(whyOf(view, row.arrow, names).sentence).toBe(UNKNOWN)
    expect(chainOf(view, refusal.order, names).reason?.text).toBe(UNKNOWN)
    const { shown, host, standard } = reasonOf(view, refusal.order) ?? {}
    expect([host, standard]).toEqual(['mx.bird.example', 'RFC 5321, section 3.3'])
    const journey = journeysIn(refused.trace).find(({ id }) => id === shown?.message)
    const hop = journey && hopsOf(refused.trace, listingOf(refused), journey).find((each) => each.host === host)
    expect(hop?.in.flatMap(({ facts }) => facts.map(({ fact }) => fact))).toContain(shown?.fact)
  })

  it('is, of an answer that changed a state, that of the reply', () => {
    const answered = refused.trace.findLast(
      (fact) => fact.type === 'questionAnswered' && fact.answer.type === 'recipientRefused',
    )
    const heard = refused.trace.findLast((fact) => fact.type === 'read' && fact.means.name === '550')
    const view = viewOf(refused)
    expect(answered && reasonOf(view, answered.order)?.text).toBe(UNKNOWN)
    expect(heard && reasonOf(view, heard.order)?.text).toBe(UNKNOWN)
  })
})
