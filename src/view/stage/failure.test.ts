import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant, START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import type { Fact, FactOf } from '../../world/fact'
import type { InterventionBody } from '../../world/intervention'
import { intervene, startTimeline } from '../../world/timeline'
import { momentAfter } from '../run/moments'
import { namesOf } from '../run/names'
import { type RunView, viewOf } from '../run/runView'
import { sentMessage } from '../testing/sentMessage'
import { waitText } from '../waitText'
import { captionAt, sceneAt } from './scene'
import { newsAt, sentenceAt } from './sentence'

/** A call without an answer, a closed port and a lost packet are told at the step by line. */

const scenario = bundledScenario(twoTowns)
const names = namesOf(scenario)

const after = (...deeds: readonly InterventionBody[]): RunView => {
  let timeline = startTimeline(scenario, catalogue)
  for (const deed of deeds) timeline = intervene(timeline, catalogue, { ...deed, at: START })
  return viewOf(timeline)
}

const ofType = <T extends Fact['type']>(view: RunView, type: T): readonly FactOf<T>[] =>
  view.timeline.trace.filter((fact): fact is FactOf<T> => fact.type === type)

const MESSAGE = sentMessage(scenario, 'bob@bird.example').interventions[0] as InterventionBody

describe('an exchanger without power', () => {
  const view = after({ type: 'hostStopped', host: 'mx.bird.example' }, MESSAGE)
  const [failed] = ofType(view, 'connectionFailed').filter(({ server }) => server === 'mx.bird.example')
  const at = failed?.at ?? START

  it('is called until the caller gives up, before the run falls quiet', () => {
    expect(failed).toMatchObject({ client: 'mx-out.paper.example', why: 'timedOut' })
    expect(ofType(view, 'messageDeferred')).toHaveLength(1)
  })

  it('shows the call, its loss, and then an hourglass with the next try', () => {
    const waiting = sceneAt(view, names, instant(at - 1))
    expect(waiting.travellers).toContainEqual(
      expect.objectContaining({ from: 'mx-out.paper.example', shape: 'bead', outcome: 'lost', progress: 0.6 }),
    )
    const given = momentAfter(view.history, 'line', instant(at - 1))?.at ?? START
    const { travellers, caption } = sceneAt(view, names, given)
    expect(travellers.find(({ focus }) => focus)).toMatchObject({
      from: 'mx-out.paper.example',
      to: 'mx.bird.example',
      shape: 'bead',
      outcome: 'later',
      progress: 0.6,
    })
    expect(caption).toMatchObject({ note: 'Called 6 times: no answer. Tried again in 30 min.', outcome: 'later' })
    expect(sentenceAt(view, names, given)).toContain('there is no answer')
    expect(sentenceAt(view, names, view.end)).toContain('will try again in 30 min')
  })
})

describe('a call that is not heard', () => {
  const view = after({ type: 'hostStopped', host: 'mx.bird.example' }, MESSAGE)
  const call = [...view.history.flights.lines].find(({ flight }) => flight.kind === 'call' && !flight.arrived)

  it('is told as such where it is made, and while others speak it has words beside it', () => {
    expect(captionAt(view, names, call?.at ?? START)).toMatchObject({
      gloss: 'May I speak with mx.bird, port 25?',
      note: 'No answer from mx.bird.',
    })
    const notes = (t: number) => sceneAt(view, names, instant(t)).travellers.flatMap(({ note }) => note ?? [])
    expect(notes(call?.at ?? 0)).toEqual([])
    expect(notes(3100)).toEqual(['No answer from mx.bird.'])
  })

  it('is the last thing that is told when the letter is put off, though an IPv6 address was looked for after it', () => {
    const [put] = ofType(view, 'messageDeferred')
    const last = momentAfter(view.history, 'line', instant((put?.at ?? 0) - 0.001))?.at ?? START
    expect(last).toBeGreaterThanOrEqual(put?.at ?? 0)
    for (const t of [last, view.end])
      expect(captionAt(view, names, t)).toMatchObject({
        to: 'mx.bird.example',
        note: 'Called 6 times: no answer. Tried again in 30 min.',
        outcome: 'later',
      })
  })
})

describe('a message that is given up', () => {
  it.each([
    ['bob@brid.example', 'there is no brid.example'],
    ['nobody@bird.example', 'mx.bird knows nobody of that name'],
  ])('to %s: the step by line stops there and says why, and that there is a notice', (to, why) => {
    const view = after(sentMessage(scenario, to).interventions[0] as InterventionBody)
    const [bounced] = ofType(view, 'messageBounced')
    const at = momentAfter(view.history, 'line', instant((bounced?.at ?? 0) - 0.001))?.at ?? START
    expect(at).toBe(bounced?.at)
    const words = `The letter to ${to} comes back: ${why}. A notice waits for alice@paper.example.`
    expect(newsAt(view, names, at)).toBe(words)
    expect(sentenceAt(view, names, at)).toBe(words)
  })
})

describe('a cut link', () => {
  it('is called across, and the mail program says when it tries again', () => {
    const between = ['alice-laptop', 'mx-out.paper.example'] as const
    const view = after({ type: 'linkChanged', between, up: false }, MESSAGE)
    const caption = captionAt(view, names, view.end)
    expect(caption?.note).toBe('Called 6 times: no answer. Tried again in 60 s.')
  })
})

describe('a port without a listener', () => {
  it('refuses the call at the door, and nothing is tried again', () => {
    const view = after({
      type: 'connected',
      host: 'alice-laptop',
      terminal: 't',
      to: 'mx-out.paper.example',
      port: 993,
    })
    const [refused] = ofType(view, 'connectionFailed')
    const { travellers, caption } = sceneAt(
      view,
      names,
      momentAfter(view.history, 'line', instant((refused?.at ?? 1) - 0.001))?.at ?? START,
    )
    expect(travellers.find(({ focus }) => focus)).toMatchObject({
      from: 'alice-laptop',
      to: 'mx-out.paper.example',
      outcome: 'refused',
      progress: 1,
    })
    expect(caption).toMatchObject({ wire: { text: 'refuses (TCP RST)' }, note: 'Refused: nothing listens there.' })
  })
})

describe('a link that loses packets', () => {
  it('has lines that say how often they were lost', () => {
    const between = ['alice-laptop', 'mx-out.paper.example'] as const
    const view = after({ type: 'linkChanged', between, loss: 0.3 }, MESSAGE)
    const lost = [...view.history.flights.lines].filter(({ flight }) => flight.arrived && flight.lost !== undefined)
    expect(lost.length).toBeGreaterThan(0)
    for (const { flight, at } of lost) {
      const retold = ofType(view, 'packetLost').filter((fact) => fact.at >= flight.sent && fact.at < flight.arrives)
      expect(retold.length).toBeGreaterThanOrEqual(flight.lost ?? 0)
      expect(captionAt(view, names, at)?.note ?? '').toMatch(/^(Lost .* on the way, and said again\.)?$/)
    }
  })
})

describe('a wait in words', () => {
  it.each([
    [45_000, '45 s'],
    [60_000, '60 s'],
    [1_800_000, '30 min'],
    [7_200_000, '2 h'],
    [432_000_000, '5 days'],
  ])('%i milliseconds are %s', (ms, text) => {
    expect(waitText(ms)).toBe(text)
  })
})
