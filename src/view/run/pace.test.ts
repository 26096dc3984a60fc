import { describe, expect, it } from 'vitest'
import { fromText } from '../../base/octets'
import { type Instant, instant } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import type { Scenario } from '../../world/scenario'
import { intervene, startTimeline } from '../../world/timeline'
import { captionAt } from '../stage/scene'
import { momentsOf } from '../testing/historyOf'
import { sentMessage } from '../testing/sentMessage'
import type { Line } from './flights'
import { namesOf } from './names'
import { type RunView, viewOf } from './runView'
import { fitted } from './wire'

const files = import.meta.glob<Parameters<typeof bundledScenario>[0]>(
  '../../../lessons/scenarios/{two-towns,example-test}.json',
  {
    eager: true,
    import: 'default',
  },
)
const scenarios = Object.values(files)
  .map((file) => bundledScenario(file))
  .map((scenario) => [scenario.name, scenario] as const)

/** Words that an adult reads in a second. */
const READS = 4
/** Seconds. */
const QUIET = 0.4

/** A caption, with the playing time from when it is shown until the next one is, in seconds. */
interface Shown {
  readonly wire: string
  readonly gloss: string
  readonly kind: string
  readonly seconds: number
  /** Words that no caption before it had. */
  readonly unread: number
}

const wordsIn = (text: string): number => text.split(' ').filter((word) => /\S/.test(word)).length

/** Of every answer the line that tells it. */
function unitsOf({ history }: RunView): readonly Line[] {
  const lines = [...history.flights.lines]
  return lines.flatMap(({ unit, lead }, place) => (lines[place + 1]?.unit === unit ? [] : (lines[lead] ?? [])))
}

/** Every caption of a run but the last, which stays. */
function shownIn(view: RunView): readonly Shown[] {
  const names = namesOf(view.timeline.scenario)
  const units = unitsOf(view)
  const glosses = new Set<string>()
  return units.slice(0, -1).map(({ from, told: { kind } }, n) => {
    const caption = captionAt(view, names, from)
    const until = units[n + 1]?.from ?? view.end
    const wire = caption ? fitted(caption.wire, 76) : ''
    const gloss = caption?.gloss ?? ''
    const unread = wordsIn(wire) + (glosses.has(gloss) ? 0 : wordsIn(gloss))
    glosses.add(gloss)
    return { wire, gloss, kind, unread, seconds: (view.pace.playingAt(until) - view.pace.playingAt(from)) / 1000 }
  })
}

/** The most captions that wait for somebody who reads one after the other, four words a second, and never skips one. */
function backlogOf(shown: readonly Shown[]): number {
  let [now, free, most] = [0, 0, 0]
  const read: number[] = []
  for (const { seconds, unread } of shown) {
    free = Math.max(now, free) + unread / READS
    read.push(free)
    now += seconds
    const end = now
    most = Math.max(most, read.filter((at) => at > end + 1e-6).length)
  }
  return most
}

const runOf = (scenario: Scenario): RunView => viewOf(sentMessage(scenario, scenario.letter.to))

describe('the pace of a letter in every scenario', () => {
  it('gives time to read: no more than four words a second, and no caption waits', () => {
    const table = scenarios.map(([name, scenario]) => {
      const view = runOf(scenario)
      const shown = shownIn(view)
      const fastest = Math.max(...shown.map(({ unread, seconds }) => unread / seconds))
      return {
        name,
        seconds: Math.round(view.pace.length / 1000),
        captions: shown.length + 1,
        wordsASecond: fastest.toFixed(1),
        backlog: backlogOf(shown),
      }
    })
    expect(table).toMatchInlineSnapshot(`
      [
        {
          "backlog": 0,
          "captions": 70,
          "name": "example-test",
          "seconds": 271,
          "wordsASecond": "4.0",
        },
        {
          "backlog": 0,
          "captions": 89,
          "name": "two-towns",
          "seconds": 342,
          "wordsASecond": "4.0",
        },
      ]
    `)
    expect(table.filter(({ wordsASecond, backlog }) => Number(wordsASecond) > READS || backlog > 0)).toEqual([])
  })

  it.each(scenarios)('%s: what is said first has twice the time, what is said again half', (_, scenario) => {
    const shown = shownIn(runOf(scenario)).filter(({ kind }) => !kind.startsWith('SMTP mailData'))
    const [kinds, captions] = [new Set<string>(), new Map<string, number>()]
    const [first, again]: [number, number][][] = [[], []]
    for (const { kind, wire, gloss, seconds } of shown) {
      const caption = `${wire} ${gloss}`
      const before = captions.get(caption)
      if (before !== undefined) again?.push([seconds, before])
      else if (!kinds.has(kind)) first?.push([seconds, wordsIn(gloss) * 0.25 + wordsIn(wire) * 0.15])
      kinds.add(kind)
      captions.set(caption, before ?? seconds)
    }
    expect([first?.length, again?.length].every((count = 0) => count > 2)).toBe(true)
    expect(first?.filter(([seconds, words]) => seconds < 2 * words)).toEqual([])
    // A quiet time may follow.
    expect(again?.filter(([seconds, before]) => seconds > before / 2 + QUIET)).toEqual([])
  })

  it.each(scenarios)('%s: a message takes longer to cross than any other line', (_, scenario) => {
    const view = runOf(scenario)
    const units = unitsOf(view)
    const alone = units.filter(({ flight }, n) => (units[n + 1]?.from ?? view.end) >= flight.arrives)
    const crossed = alone.map(({ flight: { sent, arrives, message }, from }) => {
      // Of a flight, this much is drawn as nearly all of it.
      const near = (sent + 0.97 * (arrives - sent)) as Instant
      return { message, time: view.pace.playingAt(near) - view.pace.playingAt(from) }
    })
    const messages = crossed.filter(({ message }) => message)
    const others = crossed.filter(({ message }) => !message)
    expect(messages.length).toBeGreaterThan(1)
    const [least, most] = [Math.min(...messages.map(({ time }) => time)), Math.max(...others.map(({ time }) => time))]
    expect(least).toBeGreaterThan(2 * most)
  })

  it.each(scenarios)('%s: the lines of one answer are one step', (_, scenario) => {
    const view = runOf(scenario)
    const moments = momentsOf(view.history, 'line')
    expect(moments.length).toBe(unitsOf(view).length)
    const selects = [...view.history.flights.lines].filter(({ told }) => told.kind === 'IMAP response EXISTS')
    const [exists] = selects
    const step = moments.find(({ fact }) => fact === exists?.flight.fact)
    const caption = step && captionAt(view, namesOf(scenario), step.at)
    expect(caption?.wire.text).toMatch(/^\* \d+ EXISTS$/)
    expect(caption?.wire.lines).toBeGreaterThan(5)
  })
})

describe('a line that a person has typed', () => {
  it('is not held up to be read by the person who typed it', () => {
    const [, scenario] = scenarios.find(([name]) => name === 'two-towns') ?? []
    if (!scenario) throw new Error('two-towns is a scenario')
    const person = { host: scenario.letter.host, terminal: 'a' }
    const to = 'mx-out.paper.example'
    const called = intervene(startTimeline(scenario, catalogue), catalogue, {
      type: 'connected',
      at: instant(0),
      ...person,
      to,
      port: 587,
    })
    const typed = intervene(called, catalogue, {
      type: 'typed',
      at: instant(1000),
      ...person,
      octets: fromText('EHLO laptop.paper.example\r\n'),
    })
    const shown = shownIn(viewOf(typed)).find(({ wire }) => wire.startsWith('EHLO'))
    expect(shown?.seconds).toBeLessThan(1.5)
  })
})
