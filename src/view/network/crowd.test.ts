import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import { startTimeline } from '../../world/timeline'
import { namesOf } from '../run/names'
import { viewOf } from '../run/runView'
import { type Scene, sceneAt, type Traveller } from '../stage/scene'
import { heapsOf, nearestTo } from './crowdLayer'
import { type DrawnTraveller, drawnTravellers, FEW, fullAndSmall } from './drawnTravellers'
import { frameOf, type MapFrame } from './frame'
import { WHOLE } from './geometry'

const scenario = bundledScenario(twoTowns)
const names = namesOf(scenario)
const view = viewOf(startTimeline(scenario, catalogue))
const size = { width: 1440, height: 432 }
const frame: MapFrame = frameOf(
  scenario,
  names,
  view,
  { size, compact: false, drawn: size.height, notes: false, still: false },
  WHOLE,
  [],
)

const pairs = scenario.hosts.flatMap((from) =>
  scenario.hosts.flatMap((to) => (from === to ? [] : [[from.name, to.name] as const])),
)

/** Messages half-way, each between other hosts; the first is in focus. */
const messages = (count: number, change: Partial<Traveller> = {}): readonly Traveller[] =>
  pairs.slice(0, count).map(([from, to], id) => ({
    id,
    protocol: 'SMTP',
    shape: 'letter',
    from,
    to,
    progress: 0.5,
    focus: id === 0,
    encrypted: false,
    notice: undefined,
    arrow: false,
    ...change,
  }))

const drawn = (travellers: readonly Traveller[]): readonly DrawnTraveller[] => {
  const scene: Scene = { ...sceneAt(view, names, START), travellers }
  return drawnTravellers(frame, scene)
}
const piecesOf = (travellers: readonly DrawnTraveller[], as: string): number =>
  [...heapsOf(travellers).values()].filter((heap) => heap.as === as).reduce((sum, { pieces }) => sum + pieces.length, 0)

describe('many messages on the way', () => {
  it('are all drawn in full up to a number; then only the one in focus is, and all others are small', () => {
    const few = fullAndSmall(drawn(messages(FEW)))
    expect([few.full.length, few.small.length]).toEqual([FEW, 0])
    const many = fullAndSmall(drawn(messages(100)))
    expect(many.full.map(({ traveller }) => traveller.id)).toEqual([0])
    expect(many.small).toHaveLength(99)
    expect(piecesOf(many.small, 'outline')).toBe(99)
  })

  it('need no more elements than few', () => {
    expect(pairs.length).toBeGreaterThan(100)
    const elements = (count: number): number => heapsOf(drawn(messages(count))).size
    expect(elements(100)).toBe(elements(30))
  })

  it('show which of them are refused, deferred or lost, and which are notices', () => {
    for (const outcome of ['refused', 'later', 'lost'] as const) {
      const heaps = [...heapsOf(drawn(messages(30, { outcome }))).values()]
      expect(heaps.filter((heap) => heap.outcome === outcome).map(({ pieces }) => pieces.length)).toEqual([30, 30])
    }
    expect(piecesOf(drawn(messages(30, { outcome: 'accepted' })), 'ring')).toBe(0)
    expect(piecesOf(drawn(messages(30, { notice: 'returned' })), 'returned')).toBe(30)
    expect(piecesOf(drawn(messages(30, { notice: 'report' })), 'returned')).toBe(0)
  })

  it('keep the colours of their protocols, and a message its own', () => {
    const slips = drawn([
      ...messages(10, { shape: 'slip', protocol: 'IMAP' }),
      ...messages(30, { shape: 'slip', protocol: 'SMTP' }).slice(10),
    ])
    const bodies = [...heapsOf(slips).values()]
    expect(bodies.map(({ as, protocol }) => `${as} ${protocol}`).sort()).toEqual(['body IMAP', 'body SMTP'])
    expect([...heapsOf(drawn(messages(30))).values()].map(({ protocol }) => protocol)).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('are found where they are touched', () => {
    const all = drawn(messages(100))
    for (const { at, traveller } of all) {
      const found = nearestTo({ x: at.x + 1, y: at.y - 1 }, all)
      expect(found && Math.hypot(found.at.x - at.x, found.at.y - at.y), `${traveller.id}`).toBeLessThan(3)
    }
    expect(nearestTo({ x: 0, y: 0 }, [])).toBeUndefined()
  })
})
