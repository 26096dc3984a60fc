import { describe, expect, it } from 'vitest'
import twoTowns from '../../lessons/scenarios/two-towns.json'
import { instant, minutes, START } from '../base/time'
import { bundledScenario } from '../world/bundledScenario'
import { intervene, startTimeline, type Timeline } from '../world/timeline'
import { catalogue } from './catalogue'
import { message } from './mailProgram/testing/bobsDevices'

const scenario = bundledScenario(twoTowns)
const EXCHANGER = 'mx.bird.example'

/** Alice writes to Bob, whose exchanger has no power. */
const unanswered: Timeline = startTimeline(scenario, catalogue, {
  interventions: [
    { type: 'hostStopped', host: EXCHANGER, at: START },
    { ...message, at: START },
  ],
})
const deferrals = ({ trace }: Timeline) => trace.filter(({ type }) => type === 'messageDeferred').map(({ at }) => at)

describe('a wait', () => {
  it('lets a server try again, which it does half an hour later', () => {
    expect(deferrals(unanswered)).toHaveLength(1)
    expect(unanswered.until).toBeLessThan(minutes(30))
    const waited = intervene(unanswered, catalogue, { type: 'waited', at: instant(minutes(40)) })
    expect(waited.until).toBeGreaterThanOrEqual(minutes(40))
    const [first = 0, second = 0, ...more] = deferrals(waited)
    expect(more).toEqual([])
    expect(second - first).toBeGreaterThan(minutes(30))
    const done = waited.trace.filter(({ type }) => type === 'intervened').at(-1)
    expect(done).toMatchObject({ at: minutes(40), intervention: { type: 'waited' } })
  })

  it('goes on to the end of what has begun when it is over', () => {
    const again = intervene(unanswered, catalogue, { type: 'hostStarted', host: EXCHANGER, at: unanswered.until })
    // The second try is under way at this instant.
    const waited = intervene(again, catalogue, {
      type: 'waited',
      at: instant((deferrals(again)[0] ?? 0) + minutes(30)),
    })
    expect(waited.trace.some((fact) => fact.type === 'messageDelivered' && fact.host === 'store.bird.example')).toBe(
      true,
    )
  })

  it('changes nothing else: the same happens as without it', () => {
    const later = { type: 'hostStarted', host: EXCHANGER, at: instant(minutes(50)) } as const
    const told = (run: Timeline) =>
      run.trace.filter(({ type }) => type !== 'intervened').map(({ order: _, cause: __, ...fact }) => fact)
    const waited = intervene(unanswered, catalogue, { type: 'waited', at: instant(minutes(40)) })
    expect(told(intervene(waited, catalogue, later))).toEqual(told(intervene(unanswered, catalogue, later)))
  })
})
