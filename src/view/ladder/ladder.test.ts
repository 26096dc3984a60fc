import { beforeAll, describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant, minutes, START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { composeMessage } from '../../mail/compose'
import { bundledScenario } from '../../world/bundledScenario'
import { intervene, runOn, startTimeline, type Timeline } from '../../world/timeline'
import type { StepSize } from '../run/moments'
import { namesOf } from '../run/names'
import { type RunView, viewOf } from '../run/runView'
import { sentMessage } from '../testing/sentMessage'
import {
  begunBy,
  DESK_METRICS,
  heightAt,
  type Item,
  inSight,
  instantAt,
  type LadderOptions,
  ladderOf,
  rowOf,
} from './ladder'
import { laneOf } from './lane'
import { textPlace } from './places'
import { whyOf } from './why'
import { asText, cellsOf, groupAbout, groupResult, groupTitleText, labelOf, waitText, wholeLabel } from './words'

const scenario = bundledScenario(twoTowns)
const names = namesOf(scenario)
const END = instant(minutes(60))
let view: RunView

/** The store has no power, one packet is lost and sent again, and the mail for the store is tried again after half an hour. */
function badDay(): Timeline {
  const between = ['mx-out.paper.example', 'mx.bird.example'] as const
  const sent = sentMessage(scenario, scenario.letter.to)
  const stopped = intervene(sent, catalogue, { type: 'hostStopped', at: instant(300), host: 'store.bird.example' })
  const lossy = intervene(stopped, catalogue, { type: 'linkChanged', at: instant(610), between, loss: 1 })
  const whole = intervene(lossy, catalogue, { type: 'linkChanged', at: instant(1500), between, loss: 0 })
  const on = runOn(whole, catalogue, instant(minutes(20)))
  return runOn(
    intervene(on, catalogue, { type: 'hostStarted', at: instant(minutes(20)), host: 'store.bird.example' }),
    catalogue,
    instant(minutes(40)),
  )
}

beforeAll(() => {
  view = viewOf(badDay())
})

const ladder = (size: StepSize = 'line', more: Partial<LadderOptions> = {}, of = view) =>
  ladderOf(of, {
    size,
    opened: new Map(),
    mended: new Set(),
    filter: { without: new Set(), text: '' },
    textOf: (arrow) => wholeLabel(labelOf(of, arrow, names, 0)),
    metrics: DESK_METRICS,
    ...more,
  })
const textOf = (item: Item): string => cellsOf(item, view, names, END).join(' | ')
const arrows = (items: readonly Item[]) => items.flatMap((item) => (item.type === 'arrow' ? [item.arrow] : []))

describe('groups', () => {
  it('are named by what they do, with their result', () => {
    const told = ladder()
      .groups.slice(0, 4)
      .map((group) => [groupTitleText(group, names), groupAbout(group), groupResult(view, group, names)?.text])
    expect(told).toEqual([
      ['Alice’s laptop hands it over', '15 lines, 847 octets, port 587', '250 2.0.0 Ok: queued as 3C6'],
      ['mx-out asks the way', '2 questions, 12 packets', 'A 203.0.113.25'],
      ['mx-out carries it over', '13 lines, 925 octets, port 25, 1 packet lost', '250 2.0.0 Ok: queued as 398'],
      ['mx.bird calls store', 'once, no answer', 'no answer from store, try again in 30 min'],
    ])
  })

  it('of calls without an answer are one, however often it was tried', () => {
    const phone = ladder().groups.find(({ client, purpose }) => client === 'bob-phone' && purpose === 'unanswered')
    expect(phone?.exchanges.length).toBeGreaterThan(1)
    expect(phone && groupAbout(phone)).toMatch(/^(twice|\d+ times), no answer$/)
  })

  it('that succeed after that have a row of their own', () => {
    const store = ladder().groups.filter(({ client }) => client === 'mx.bird.example')
    expect(store.map(({ purpose }) => purpose)).toEqual(['unanswered', 'delivers'])
  })
})

describe('rows', () => {
  it('are in the order of time, and one stands below the other', () => {
    for (const size of ['hop', 'line', 'packet'] as const) {
      const { items } = ladder(size)
      expect(items.length).toBeGreaterThan(8)
      for (const [place, item] of items.entries()) {
        const before = items[place - 1]
        expect(item.at).toBeGreaterThanOrEqual(before?.at ?? 0)
        expect(item.top).toBeGreaterThanOrEqual((before?.top ?? 0) + (before?.height ?? 0))
      }
    }
  })

  it('show what was lost, the wait, and what was said again', () => {
    const rows = ladder().items.map(textOf)
    const from = rows.findIndex((row) => row.startsWith('0.614'))
    expect(rows.slice(from, from + 6)).toEqual([
      '0.614 | mx-out | mx.bird | DATA | lost',
      '+0.856 |  |  | nobody speaks: mx.bird waits for an answer that does not come | ',
      '1.500 |  |  | The link between mx-out and mx.bird has other conditions now. | ',
      '1.584 | mx.bird | mx-out | 250 2.1.5 Ok | said again',
      '1.614 | mx-out | mx.bird | DATA | said again',
      '1.644 | mx.bird | mx-out | 354 End data with <CR><LF>.<CR><LF> | arrived',
    ])
  })

  it('by packet are every segment with its window', () => {
    const { items } = ladder('packet')
    const texts = arrows(items).map((arrow) => wholeLabel(labelOf(view, arrow, names, 25)))
    expect(texts.filter((text) => /^TCP SYN seq \d+ win \d+$/.test(text)).length).toBeGreaterThan(2)
    expect(arrows(items).length).toBeGreaterThan(arrows(ladder('line').items).length)
  })

  it('by hop are one bar for each group', () => {
    const { items, groups } = ladder('hop')
    expect(items.filter(({ type }) => type === 'bar')).toHaveLength(groups.length)
    expect(arrows(items)).toEqual([])
  })

  it('fall with their time in flight', () => {
    const heights = ladder().items.flatMap((item) =>
      item.type === 'arrow' && item.arrow.arrives - item.arrow.at > 29 ? [item.height] : [],
    )
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(24.6)
  })
})

describe('waits', () => {
  it('over 500 ms are left out, each in one strip, and can be mended', () => {
    const { items, height } = ladder()
    const tears = items.flatMap((item) => (item.type === 'tear' ? [item] : []))
    expect(tears.length).toBeGreaterThan(3)
    expect(tears.every(({ at, until }) => until - at > 500)).toBe(true)
    const mended = ladder('line', { mended: new Set([tears[0]?.ended ?? -1]) })
    expect(mended.height).toBeGreaterThan(height + 200)
  })

  it('contain no packet where every group is open', () => {
    const opened = new Map(ladder().groups.map(({ key }) => [key, true]))
    const tears = ladder('packet', { opened }).items.filter(({ type }) => type === 'tear')
    const packets = [...view.history.flights.packets].map(({ flight }) => flight.sent)
    expect(tears.length).toBeGreaterThan(5)
    for (const item of tears)
      if (item.type === 'tear') expect(packets.filter((sent) => sent > item.at && sent < item.until)).toEqual([])
  })

  it('have their length in words', () => {
    expect([970, 30_992, 1_800_000, 5_400_000, 200_000_000].map(waitText)).toEqual([
      '+0.970',
      '+30.992',
      '+30 min',
      '+1.5 h',
      '+2.3 d',
    ])
  })
})

describe('the present', () => {
  it('stands below the rows that have begun', () => {
    const all = ladder()
    const begun = begunBy(all, instant(1620))
    const told = all.items.map(textOf)
    expect(told[begun - 1]).toMatch(/^1\.614/)
    expect(told[begun]).toMatch(/^1\.644/)
    expect(begunBy(all, instant(-1))).toBe(0)
  })

  it('is found again from a height', () => {
    const all = ladder()
    for (const { at, top, type } of all.items) if (type === 'arrow') expect(instantAt(all, top)).toBe(at)
    for (const t of [0, 250, 461, 1620, 40_000]) expect(instantAt(all, heightAt(all, instant(t)))).toBeCloseTo(t, 6)
  })

  it('a selected fact has its row: an arrow, an event, or the bar of its closed group', () => {
    const all = ladder()
    const lost = all.items.findIndex((item) => item.type === 'arrow' && item.arrow.outcome === 'lost')
    const { arrow } = all.items[lost] as Extract<Item, { type: 'arrow' }>
    expect(rowOf(all, arrow.fact, view.history)).toBe(lost)
    const closed = ladder('hop')
    expect(closed.items[rowOf(closed, arrow.fact, view.history) ?? -1]).toMatchObject({
      type: 'bar',
      group: { client: 'mx-out.paper.example' },
    })
    expect(rowOf(all, 1e9, view.history)).toBeUndefined()
  })

  it('only the rows between two heights are in sight', () => {
    const all = ladder()
    const [first, end] = inSight(all, 200, 500)
    expect(all.items[first]?.top).toBeLessThanOrEqual(200)
    expect(all.items[end]?.top).toBeGreaterThan(500)
    expect(end - first).toBeLessThan(20)
  })
})

describe('why', () => {
  const why = (text: RegExp) => {
    const item = ladder().items.find((each) => each.type === 'arrow' && text.test(textOf(each)))
    if (item?.type !== 'arrow') throw new Error(`no row says ${text}`)
    const { question, sentence, more } = whyOf(view, item.arrow, names)
    return [
      question,
      sentence,
      more.map((part) => (typeof part === 'string' ? part : 'wire' in part ? part.wire : part.text)).join(''),
    ]
  }

  it('is read from the causes', () => {
    expect(why(/^0\.614.*DATA/)).toEqual([
      'whyLost',
      'The link lost it.',
      'Before, at 0.610: The link between mx-out and mx.bird has other conditions now.',
    ])
    expect(why(/^1\.614.*DATA/)).toEqual([
      'whyAgain',
      'No answer came within 1 s.',
      'The first one was sent at 0.614. Before, at 0.610: The link between mx-out and mx.bird has other conditions now.',
    ])
    expect(why(/250 2\.1\.5 Ok.*again/)).toEqual([
      'whyAgain',
      'It had arrived, but its receipt was not confirmed within 1 s.',
      'The first one was sent at 0.584.',
    ])
    expect(why(/RCPT TO/)).toEqual(['whySaid', 'The answer before it has been heard.', 'Heard at 0.060: 250 2.1.0 Ok'])
    expect(why(/^0\.000.*calls port 587/)).toEqual([
      'whySaid',
      'A mail program does not look for the reader’s server. It hands every letter to its own one: mx-out.paper.example, port 587.',
      'It follows from what happened at 0.000.',
    ])
  })
})

it('why a session is told of a letter that another one has removed: that one did it', () => {
  const good = viewOf(sentMessage(scenario, scenario.letter.to))
  const told = arrows(ladder('line', {}, good).items).find((arrow) =>
    wholeLabel(labelOf(good, arrow, names, 0)).includes('EXPUNGE'),
  )
  if (!told) throw new Error('the phone is told')
  expect(whyOf(good, told, names).sentence).toBe('It tells what was done on another connection.')
})

describe('the filter', () => {
  it('hides, and counts what it hides', () => {
    const all = ladder()
    const found = ladder('line', { filter: { without: new Set(), text: 'rcpt to' } })
    expect(arrows(found.items).length).toBe(3)
    expect(found.hidden).toBeGreaterThan(arrows(all.items).length - 3)
    const none = ladder('line', { filter: { without: new Set(), text: 'no such words' } })
    expect(none.items).toEqual([])
    const only = ladder('line', { filter: { without: new Set(), text: '', host: 'alice-laptop' } })
    expect(new Set(arrows(only.items).map(({ from }) => from))).toEqual(new Set(['alice-laptop']))
    const mail = ladder('line', { filter: { without: new Set(['SMTP']), text: '' } })
    expect(mail.items.some((item) => item.heading?.group.protocol === 'SMTP')).toBe(false)
  })
})

describe('unusual runs', () => {
  it('before anything has happened is empty', () => {
    const nothing = ladder('line', {}, viewOf({ ...startTimeline(scenario, catalogue), snapshots: [], trace: [] }))
    expect([nothing.empty, nothing.items.length]).toEqual([true, 0])
  })

  it('without a message still shows who speaks', () => {
    const run = runOn(startTimeline(scenario, catalogue), catalogue, instant(8000))
    expect(ladder('line', {}, viewOf(run)).groups.map((group) => groupTitleText(group, names))).toEqual([
      'Bob’s phone looks for mail',
      'Bob’s laptop looks for mail',
    ])
  })

  it('with one message names no reader in a title; with two, each title says to whom', () => {
    const titles = (run: RunView): readonly string[] =>
      ladder('line', {}, run).items.flatMap(({ heading }) =>
        heading?.group.purpose === 'relays' && heading.first ? [groupTitleText(heading.group, names, heading.to)] : [],
      )
    const first = sentMessage(scenario, 'bob@bird.example')
    expect(titles(viewOf(first))).toEqual(['mx-out carries it over'])
    const { host, account, from, subject, body } = scenario.letter
    const to = 'carol@bird.example'
    const second = intervene(first, catalogue, {
      type: 'submitted',
      at: instant(30_000),
      host,
      account,
      forwardPaths: [to],
      message: composeMessage({ from, to: [to], subject, body }),
    })
    expect(titles(viewOf(second))).toEqual([
      'mx-out carries it over to bob@bird.example',
      'mx-out carries it over to carol@bird.example',
    ])
  })

  it('of two hosts with one name: each has its whole name too', () => {
    const { hosts } = scenario.map
    const phone = hosts['bob-phone']
    const alike = {
      ...scenario,
      map: { ...scenario.map, hosts: { ...hosts, ...(phone ? { 'bob-laptop': phone } : {}) } },
    }
    expect(namesOf(alike).short('bob-laptop')).toBe('Bob’s phone (bob-laptop)')
  })

  it('of 60 hosts: those that say nothing have no lifeline and are counted, and lifelines never stand too close', () => {
    const more = Array.from({ length: 60 }, (_, i) => ({
      name: `host-${i}`,
      address: `192.0.2.${100 + i}`,
      role: 'mailProgram',
      config: {},
    }))
    const crowd = { ...scenario, hosts: [...scenario.hosts, ...more] }
    const quiet = laneOf(crowd, namesOf(crowd), {
      width: 1000,
      speakers: new Set(['resolver', 'host-3']),
      apart: false,
      nearest: 74,
    })
    expect([quiet.silent.length, quiet.lifelines.length]).toEqual([69, 2])
    const loud = laneOf(crowd, namesOf(crowd), {
      width: 1000,
      speakers: new Set(more.map(({ name }) => name)),
      apart: false,
      nearest: 74,
    })
    const xs = loud.lifelines.map(({ x }) => x)
    expect(xs.slice(1).every((x, i) => x - (xs[i] ?? 0) >= 73)).toBe(true)
  })
})

it('name servers share a lifeline until a lookup is opened', () => {
  const at = (apart: boolean) =>
    laneOf(scenario, names, { width: 1064, speakers: new Set(), apart, nearest: 74 }).lifelines.map(
      ({ label }) => label,
    )
  expect(at(false)).toEqual([
    'Alice’s laptop',
    'mx-out',
    'resolver',
    'name servers',
    'mx.bird',
    'store',
    'Bob’s phone',
    'Bob’s laptop',
  ])
  expect(at(true)).toHaveLength(11)
})

it('is copied as text: a line for each row, cells apart by tabs', () => {
  const { items } = ladder()
  const lines = asText(items, view, names, END).trimEnd().split('\n')
  expect(lines).toHaveLength(items.length + 1)
  expect(lines[0]).toBe('seconds\tfrom\tto\twhat\toutcome')
  expect(lines.every((line) => line.split('\t').length === 5)).toBe(true)
  expect(lines).toContain('0.024\tAlice’s laptop\tmx-out\tEHLO [192.0.2.10]\tarrived')
})

it('a longer run computes only the arrows of exchanges that changed', () => {
  const short = viewOf(sentMessage(scenario, scenario.letter.to))
  const long = viewOf(runOn(short.timeline, catalogue, instant(minutes(30))))
  const [a, b] = [ladder('line', {}, short), ladder('line', {}, long)]
  const first = (items: readonly Item[]) => arrows(items).find(({ at }) => at > START)
  expect(b.items.length).toBeGreaterThan(a.items.length)
  expect(first(a.items)).toBeDefined()
  expect(first(b.items)).toBe(first(a.items))
})

describe('the text of an arrow', () => {
  it('stands beside its arrow where it has room only there', () => {
    // The store and Bob's laptop at the right edge, in a lane of 1000 pixels.
    expect(textPlace(740, 970, 1000, 150)).toMatchObject({ beside: false, anchor: 'start' })
    expect(textPlace(740, 970, 1000, 260)).toMatchObject({ beside: true, anchor: 'end', x: 726 })
    expect(textPlace(30, 260, 1000, 260)).toMatchObject({ beside: true, anchor: 'start' })
    // With room neither inside nor beside, it stays with its arrow.
    expect(textPlace(200, 800, 1000, 900)).toMatchObject({ beside: false })
  })
})
