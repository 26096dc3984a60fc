import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import { carryOn, intervene } from '../../world/timeline'
import { viewOf } from '../run/runView'
import { sentMessage } from '../testing/sentMessage'
import { trackMarks } from './trackMarks'

const scenario = bundledScenario(twoTowns)
const sent = sentMessage(scenario, 'bob@bird.example')
const WIDTH = 560
const told = (view: Parameters<typeof trackMarks>[0], width = WIDTH): readonly string[] =>
  trackMarks(view, width).map(({ kind, text }) => `${kind} ${text}`)

describe('the marks under the timeline', () => {
  it('are left out if their words have no room', () => {
    expect(trackMarks(viewOf(sent), 40)).toEqual([])
  })

  it('say where a wait is left out, and how long it lasts', () => {
    const stopped = intervene(sent, catalogue, { type: 'hostStopped', at: instant(50), host: 'mx.bird.example' })
    const view = viewOf(stopped)
    const marks = trackMarks(view, WIDTH)
    expect(told(view).every((text) => /^tear \d+ s$/.test(text))).toBe(true)
    expect(told(view)).toContain('tear 32 s')
    for (const { x } of marks) {
      const at = view.pace.virtualAt((x / WIDTH) * view.pace.length)
      expect([...view.history.exchanges.waits].some(({ from, to }) => from <= at && at <= to)).toBe(true)
    }
  })

  it('are whole days where there are more waits than fit', () => {
    const view = viewOf(carryOn(sent, catalogue, instant(3.5 * 86_400_000)))
    expect(told(view)).toEqual(['time 24 h', 'time 2 days', 'time 3 days'])
    const xs = trackMarks(view, WIDTH).map(({ x }) => x)
    expect(xs.every((x, n) => n === 0 || x - (xs[n - 1] ?? 0) >= 64)).toBe(true)
  })
})
