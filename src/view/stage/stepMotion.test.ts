import { describe, expect, it } from 'vitest'
import { type Instant, instant } from '../../base/time'
import { bundledScenario } from '../../world/bundledScenario'
import { type Moment, momentAfter, momentBefore, type StepSize } from '../run/moments'
import { namesOf } from '../run/names'
import { viewOf } from '../run/runView'
import { momentsOf } from '../testing/historyOf'
import { sentMessage } from '../testing/sentMessage'
import { sceneAt } from './scene'
import { sentenceAt } from './sentence'
import { motionOf, shownAt } from './stepMotion'

const files = import.meta.glob<Parameters<typeof bundledScenario>[0]>(
  '../../../lessons/scenarios/{two-towns,example-test}.json',
  {
    eager: true,
    import: 'default',
  },
)
const views = Object.values(files).map((file) => {
  const scenario = bundledScenario(file)
  return [scenario.name, viewOf(sentMessage(scenario, scenario.letter.to))] as const
})
const SIZES: readonly StepSize[] = ['hop', 'line', 'packet']

describe.each(views)('a step in %s', (_, view) => {
  const names = namesOf(view.timeline.scenario)
  const of = (t: Instant, packets: boolean) => sceneAt(view, names, t, { packets })
  const inFocus = (t: Instant, packets: boolean) => of(t, packets).travellers.find(({ focus }) => focus)

  /** Every step there is, forward or back. */
  const steps = (size: StepSize, next: typeof momentAfter): readonly (readonly [from: Moment, to: Moment])[] =>
    momentsOf(view.history, size).flatMap((from) => {
      const to = next(view.history, size, from.at)
      return to ? [[from, to] as const] : []
    })

  it.each(['line', 'packet'] as const)('forward by %s moves what it adds, from its beginning on', (size) => {
    const packets = size === 'packet'
    const all = steps(size, momentAfter)
    expect(all.length).toBeGreaterThan(50)
    for (const [from, to] of all) {
      const begins = motionOf(view, from.at, to.at, packets)
      // Lines that leave together take turns in no time.
      if (begins === undefined) continue
      const [first, last] = [inFocus(begins, packets), inFocus(to.at, packets)]
      expect(first?.id).toBe(last?.id)
      expect(last?.progress).toBeGreaterThanOrEqual(first?.progress ?? 1)
      expect(of(begins, packets).caption?.fact).toBe(to.fact)
    }
    const moving = all.filter(([from, to]) => motionOf(view, from.at, to.at, packets) !== undefined)
    expect(moving.length).toBe(all.length)
  })

  it.each(['line', 'packet'] as const)('back by %s moves what it shows again, from its far end back', (size) => {
    const packets = size === 'packet'
    for (const [from, to] of steps(size, momentBefore)) {
      const begins = motionOf(view, from.at, to.at, packets)
      if (begins === undefined) continue
      const [first, last] = [inFocus(begins, packets), inFocus(to.at, packets)]
      expect(first?.id).toBe(last?.id)
      expect(first?.progress).toBeGreaterThanOrEqual(last?.progress ?? 1)
    }
  })

  it('ends where it leads, and its arrowhead is on the line in focus', () => {
    for (const size of SIZES) {
      for (const [from, to] of steps(size, momentAfter)) {
        const begins = motionOf(view, from.at, to.at, size === 'packet') ?? to.at
        expect(shownAt(begins, to.at, 0)).toBeCloseTo(begins, 9)
        expect(shownAt(begins, to.at, 1)).toBe(to.at)
        const { travellers } = sceneAt(view, names, to.at, { packets: size === 'packet', stepped: true })
        expect(travellers.filter(({ arrow }) => arrow)).toEqual(travellers.filter(({ focus }) => focus))
      }
    }
    expect(of(instant(view.end), false).travellers.filter(({ arrow }) => arrow)).toEqual([])
  })

  it('by hop is a leg of the journey: a whole lookup is one, and the message is seen on its way', () => {
    const hops = momentsOf(view.history, 'hop')
    const lookups = new Set(
      view.timeline.trace.flatMap((fact) =>
        fact.type === 'lookupEnded' && !fact.host.includes('resolver')
          ? [`${fact.host} ${fact.rrType} ${fact.name}`]
          : [],
      ),
    )
    const answers = hops.filter(({ fact }) => view.timeline.trace[fact]?.type === 'responded')
    expect(lookups.size).toBeGreaterThan(0)
    expect(answers.length).toBe(lookups.size)
    expect(hops.length).toBeGreaterThan(3 * answers.length)
    const told = hops.map(({ at }) => sentenceAt(view, names, at, 'hop'))
    expect(told.filter((sentence) => sentence.startsWith('The letter travels')).length).toBeGreaterThan(1)
  })
})

describe.each(views)('a traveller in %s', (_, view) => {
  it('is a letter where it carries a message, and a slip or a diamond in any other line', () => {
    const names = namesOf(view.timeline.scenario)
    const shapes = new Map<string, Set<string>>()
    for (const { at, fact: order } of momentsOf(view.history, 'line')) {
      const traveller = sceneAt(view, names, at).travellers.find(({ focus }) => focus)
      const fact = view.timeline.trace[order]
      const octets = fact && 'octets' in fact && typeof fact.octets === 'string' ? fact.octets : ''
      const whole = /^Received:|^Message-ID:|^Return-Path:|^From:|BODY\[\] \{/im.test(octets) ? 'message' : 'other'
      const kind = `${traveller?.protocol} ${whole}`
      shapes.set(kind, (shapes.get(kind) ?? new Set()).add(traveller?.shape ?? ''))
    }
    const found = Object.fromEntries([...shapes].map(([kind, set]) => [kind, [...set].join()]))
    expect(found).toMatchObject({
      'SMTP message': 'letter',
      'SMTP other': 'slip',
      'IMAP message': 'letter',
      'IMAP other': 'slip',
      'DNS other': 'diamond',
      'TCP other': 'bead',
    })
  })
})
