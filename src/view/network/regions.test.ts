import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import exampleTest from '../../../lessons/scenarios/example-test.json'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { bundledScenario } from '../../world/bundledScenario'
import type { MapRegion, Scenario } from '../../world/scenario'
import { namesOf } from '../run/names'
import { viewOf } from '../run/runView'
import { sentMessage } from '../testing/sentMessage'
import { stubTextWidths } from '../testing/textWidths'
import { frameOf, type MapFrame } from './frame'
import { projectionOf, type Size, WHOLE } from './geometry'
import { hostPlaces } from './hostPlaces'
import { meets } from './placement'
import { regionTitles, titleBoxes } from './regionTitles'
import { shoresOf } from './shore'
import { widest } from './text'

const towns = bundledScenario(twoTowns)

/** Two towns with a third party between the sea and Bob: a land of its own with the mail exchanger. */
const REGIONS: readonly MapRegion[] = [
  { key: 'alice', title: "Alice's side", domain: 'paper.example', network: '192.0.2.0/24', kind: 'land', east: 290 },
  { key: 'internet', title: 'the internet', network: '198.51.100.0/24', kind: 'sea', east: 560 },
  { key: 'list', title: 'the list', domain: 'list.example', network: '198.51.100.64/26', kind: 'land', east: 770 },
  { key: 'bob', title: "Bob's side", domain: 'bird.example', network: '203.0.113.0/24', kind: 'land' },
]
const four: Scenario = { ...towns, map: { ...towns.map, regions: REGIONS } }

const SIZES: readonly Size[] = [
  { width: 1440, height: 432 },
  { width: 820, height: 480 },
]
const view = viewOf(sentMessage(four, 'bob@bird.example'))
const frameAt = (size: Size, compact = false): MapFrame =>
  frameOf(four, namesOf(four), view, { size, compact, drawn: size.height, notes: false, still: false }, WHOLE, [])

let restore: () => void
beforeAll(() => {
  restore = stubTextWidths()
})
afterAll(() => restore())

describe('a map of four regions', () => {
  const shores = shoresOf(projectionOf({ width: 1000, height: 388 }, WHOLE), REGIONS)

  it('has one sea, a coast on either side of it, and a border between the two lands', () => {
    expect(shores.seas).toHaveLength(1)
    expect(shores.coasts).toHaveLength(2)
    expect(shores.frontiers).toHaveLength(1)
  })

  it.each([
    [100, 0, 'land'],
    [400, 1, 'sea'],
    [650, 2, 'land'],
    [900, 3, 'land'],
  ] as const)('has at %i from the west the region %i, a %s', (x, region, kind) =>
    expect(shores.regionAt(x, 200)).toEqual({ index: region, kind }),
  )

  it.each(SIZES)('names each land, also the one between two others, at $width × $height', (size) => {
    const frame = frameAt(size)
    const titles = regionTitles(frame)
    expect(titles.map(({ title }) => title)).toEqual(['Alice’s side', 'the internet', 'the list', 'Bob’s side'])
    const [, , list] = titles
    expect(frame.shores.regionAt(list?.x ?? 0, list?.y ?? 0).index).toBe(2)
    for (const [i, box] of titleBoxes(frame).entries())
      for (const other of titleBoxes(frame).slice(i + 1)) expect(meets(box, other)).toBe(false)
  })

  it.each(SIZES)('keeps the name of each host in the region of its host, at $width × $height', (size) => {
    const frame = frameAt(size)
    const { places } = hostPlaces(frame)
    expect(places.filter(({ label }) => label)).not.toHaveLength(0)
    for (const { name, x, y, label } of places) {
      if (!label) continue
      const { left, right, top, bottom } = label.box
      const { index: own } = frame.shores.regionAt(x, y)
      for (let height = top; height <= bottom; height++)
        for (const edge of [left, right]) expect(frame.shores.regionAt(edge, height).index, name).toBe(own)
    }
  })
})

describe('a map without a sea', () => {
  it('is land from edge to edge', () => {
    const shores = shoresOf(projectionOf({ width: 1000, height: 388 }, WHOLE), [
      { key: 'all', title: 'here', network: '192.0.2.0/24', kind: 'land' },
    ])
    expect([shores.seas, shores.coasts, shores.frontiers, shores.ripples]).toEqual([[], [], [], []])
    expect(shores.regionAt(500, 100)).toEqual({ index: 0, kind: 'land' })
  })
})

describe('on a phone, the world for real programs', () => {
  const world = bundledScenario(exampleTest)
  const camera = { x: -40, span: 1080 }
  const frame = (width = 390): MapFrame =>
    frameOf(
      world,
      namesOf(world),
      viewOf(sentMessage(world, 'bob@example.test')),
      { size: { width, height: 250 }, compact: true, drawn: 250, notes: false, still: false },
      camera,
      [],
    )

  it.each([360, 390])('has its first title clear of the shore at a width of %i', (width) => {
    const [title] = regionTitles(frame(width))
    const { east } = frame(width).shores.extent(0, title?.y ?? 0)
    const wide =
      widest(
        [title?.title, title?.rest].map((line = '') => line.toUpperCase()),
        'role',
      ) * 1.2
    expect((title?.x ?? 0) + wide).toBeLessThan(east - 4)
    expect(`${title?.title} ${title?.rest ?? ''}`.trim()).toBe('Alice and Bob')
  })

  it('tells the devices of its people apart', () => {
    const labels = hostPlaces(frame()).places.flatMap(
      ({ label }) => label?.lines.map(({ text }) => text).join(' ') ?? [],
    )
    expect(new Set(labels).size).toBe(labels.length)
    expect(labels.some((text) => text.startsWith('Alice’s'))).toBe(true)
    expect(labels).not.toContain('laptop')
  })
})
