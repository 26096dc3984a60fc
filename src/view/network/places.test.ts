import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import exampleTest from '../../../lessons/scenarios/example-test.json'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { START } from '../../base/time'
import { bundledScenario } from '../../world/bundledScenario'
import type { Scenario } from '../../world/scenario'
import { namesOf } from '../run/names'
import { type RunView, viewOf } from '../run/runView'
import { type Caption, captionAt, type Scene, sceneAt } from '../stage/scene'
import { momentsOf } from '../testing/historyOf'
import { sentMessage } from '../testing/sentMessage'
import { stubTextWidths } from '../testing/textWidths'
import { rowBoxes, stemOf } from './captionPlace'
import { groundOf, placedWords } from './captionWords'
import { drawnTravellers } from './drawnTravellers'
import { frameOf, type MapFrame } from './frame'
import { type Camera, type Point, pathBetween, pointOn, pointsAlong, type Size, standsAt, WHOLE } from './geometry'
import { badgeBoxes, hostPlaces } from './hostPlaces'
import { badgeSpot } from './labels'
import { type Box, boxAround, meets, wrapped } from './placement'
import { stateGround, stateLabels } from './stateLabels'
import { SYMBOL_BOX } from './symbols'
import { textWidth } from './text'
import { markCorner } from './travellerLayer'
import { TRAVELLER_BOX } from './travelling'

interface Run {
  readonly scenario: Scenario
  readonly view: RunView
}

/** A world after Alice's letter to Bob has been delivered. */
function runOf(scenario: Scenario, to: string): Run {
  return { scenario, view: viewOf(sentMessage(scenario, to)) }
}

const towns = runOf(bundledScenario(twoTowns), 'bob@bird.example')
const programs = runOf(bundledScenario(exampleTest), 'bob@example.test')

/** Wide, with the lesson beside it, and half as wide. The phone writes its captions below the map. */
const WIDE: readonly Size[] = [
  { width: 1040, height: 386 },
  { width: 1440, height: 432 },
  { width: 820, height: 480 },
  { width: 1440, height: 243 },
  { width: 820, height: 389 },
]
const PHONE: Size = { width: 390, height: 260 }

function frameAt({ scenario, view }: Run, size: Size, camera: Camera = WHOLE): MapFrame {
  const look = { size, compact: size === PHONE, drawn: size.height, notes: false, still: false }
  return frameOf(scenario, namesOf(scenario), view, look, camera, [])
}

/** The scene at each line. */
function scenesOf({ scenario, view }: Run): readonly Scene[] {
  const names = namesOf(scenario)
  return momentsOf(view.history, 'line').map(({ at }) => sceneAt(view, names, at))
}

/** Places are the same for the whole run; the words beside hosts are not. */
function groundAt(frame: MapFrame, { hosts }: Scene, points: readonly Point[]) {
  const { places, boxes } = hostPlaces(frame)
  const shown = places.flatMap((place) => {
    const host = hosts[place.name]
    return host ? badgeBoxes(place, host) : []
  })
  const states = stateLabels(frame, places, stateGround(frame, boxes), hosts)
  return groundOf(frame, [...boxes, ...shown, ...[...states.values()].map(({ box }) => box)], points)
}

/** Each line that the stage shows, once. */
function captionsOf({ scenario, view }: Run): readonly Caption[] {
  const names = namesOf(scenario)
  return momentsOf(view.history, 'line').flatMap(({ at }) => captionAt(view, names, at) ?? [])
}

function wordsOf(frame: MapFrame, caption: Caption) {
  const path = pathBetween(frame.scenario.map, frame.projection, caption.from, caption.to, caption.protocol)
  const { places, boxes } = hostPlaces(frame)
  const held = places.flatMap(({ badgeSpot }) => badgeSpot?.box ?? [])
  const points = path ? pointsAlong(path, 6) : []
  const words = placedWords(points, caption, groundOf(frame, [...boxes, ...held], points))
  if (!words) throw new Error(`no place for ${caption.wire.text}`)
  return { ...words, points }
}

/** The lines of a caption as they are drawn: centred, one below the other. */
function drawnRows({ box, setting }: NonNullable<ReturnType<typeof placedWords>>): readonly Box[] {
  const { face, wire, gloss } = setting
  const written = [
    ...wire.map((line) => ({ width: textWidth(line, face.wire), height: face.wireHeight })),
    ...gloss.map((line) => ({ width: textWidth(line, face.gloss), height: face.glossHeight })),
  ]
  const middle = (box.left + box.right) / 2
  return written.map(({ width, height }, i) => {
    const top = written.slice(0, i).reduce((sum, row) => sum + row.height, box.top)
    return { left: middle - width / 2 - 4, right: middle + width / 2 + 4, top, bottom: top + height }
  })
}

const awayFrom = ({ left, right, top, bottom }: Box, { x, y }: { x: number; y: number }): number =>
  Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom))

let restore: () => void
beforeAll(() => {
  restore = stubTextWidths()
})
afterAll(() => restore())

describe('the letters of a host', () => {
  it.each([...WIDE, PHONE])('have a place at every host that keeps mail, at $width × $height', (size) => {
    for (const run of [towns, programs]) {
      const frame = frameAt(run, size)
      const keepers = hostPlaces(frame).places.filter(({ symbol }) =>
        ['laptop', 'phone', 'submissionServer', 'mailboxStore'].includes(symbol),
      )
      expect(keepers.length).toBeGreaterThan(2)
      for (const { name, badgeSpot } of keepers) expect(badgeSpot, name).toBeDefined()
    }
  })

  it.each([...WIDE, PHONE])(
    'have beside them a place for the word “stopped”, at the resolver too, at $width × $height',
    (size) => {
      const frame = frameAt(towns, size)
      const { places, boxes } = hostPlaces(frame)
      const { hosts } = sceneAt(towns.view, namesOf(towns.scenario), START)
      const stopped = Object.fromEntries(Object.entries(hosts).map(([name, host]) => [name, { ...host, up: false }]))
      const labels = stateLabels(frame, places, stateGround(frame, boxes), stopped)
      const resolver = places.find(({ symbol }) => symbol === 'resolver')
      expect(labels.get(resolver?.name ?? '')).toBeDefined()
    },
  )

  it('are counted in words at the mail server of the world for real programs', () => {
    const frame = frameAt(programs, { width: 1440, height: 387 })
    const spot = hostPlaces(frame).places.find(({ name }) => name === 'mail.example.test')?.badgeSpot
    expect(spot?.inWords).toBe(true)
  })

  it('are drawn on a corner of the symbol if all other places are taken', () => {
    const frame = frameAt(programs, { width: 1440, height: 387 })
    const everything = [{ left: 0, top: 0, right: 1440, bottom: 387 }]
    const spot = badgeSpot(frame, 'mail.example.test', everything, [])
    const place = hostPlaces(frame).places.find(({ name }) => name === 'mail.example.test')
    expect(spot && place && meets(spot.box, place.touched)).toBe(true)
    expect(spot?.inWords).toBe(false)
  })
})

describe('the name of a host on land', () => {
  it.each([...WIDE, PHONE])('does not touch the shore along its whole side, at $width × $height', (size) => {
    for (const run of [towns, programs]) {
      const frame = frameAt(run, size)
      for (const { name, x, y, label } of hostPlaces(frame).places) {
        if (!label) continue
        const { left, right, top, bottom } = label.box
        for (let height = top; height <= bottom; height++) {
          const { index, kind } = frame.shores.regionAt(x, y)
          const { west, east } = frame.shores.extent(index, height)
          if (kind === 'sea') continue
          expect(east - right, name).toBeGreaterThan(4)
          expect(left - west, name).toBeGreaterThan(4)
        }
      }
    }
  })
})

describe('the touch target of a host', () => {
  it.each(WIDE)('is its symbol, its name and the area between them, at $width × $height', (size) => {
    for (const run of [towns, programs]) {
      const { places } = hostPlaces(frameAt(run, size))
      for (const { name, x, y, label, touched } of places) {
        for (const box of [{ left: x - 22, right: x + 22, top: y - 22, bottom: y + 22 }, label?.box ?? touched]) {
          expect(touched.left, name).toBeLessThanOrEqual(box.left)
          expect(touched.right, name).toBeGreaterThanOrEqual(box.right)
          expect(touched.top, name).toBeLessThanOrEqual(box.top)
          expect(touched.bottom, name).toBeGreaterThanOrEqual(box.bottom)
        }
        const others = places.filter((other) => other.name !== name)
        const middle = { left: x - 2, right: x + 2, top: y - 2, bottom: y + 2 }
        for (const other of others) expect(meets(other.touched, middle), `${other.name} over ${name}`).toBe(false)
      }
    }
  })
})

describe('the touch target of a host beside others', () => {
  it('does not cover their symbols if space is short', () => {
    for (const run of [towns, programs]) {
      const { places } = hostPlaces(frameAt(run, PHONE))
      for (const { name, x, y } of places)
        for (const other of places)
          if (other.name !== name)
            expect(meets(other.touched, { left: x, right: x + 1, top: y, bottom: y + 1 }), name).toBe(false)
    }
  })
})

describe('a caption', () => {
  it.each(WIDE)('is near its path and never on the other land, at $width × $height', (size) => {
    for (const run of [towns, programs]) {
      const frame = frameAt(run, size)
      const regionAt = (x: number, y: number): number => frame.shores.regionAt(x, y).index
      for (const caption of captionsOf(run)) {
        const { box, points } = wordsOf(frame, caption)
        const nearest = Math.min(...points.map((point) => awayFrom(box, point)))
        expect(nearest, caption.wire.text).toBeLessThanOrEqual(180)
        const middle = regionAt((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        const passed = points.map(({ x, y }) => regionAt(x, y))
        if (middle !== 1) expect(passed, caption.wire.text).toContain(middle)
      }
    }
  })

  it.each(WIDE)('has its gloss, and a stem that ends at one of its words, at $width × $height', (size) => {
    for (const run of [towns, programs]) {
      const frame = frameAt(run, size)
      for (const scene of scenesOf(run)) {
        const { caption } = scene
        const path =
          caption && pathBetween(frame.scenario.map, frame.projection, caption.from, caption.to, caption.protocol)
        if (!caption || !path) continue
        const points = pointsAlong(path, 6)
        const ground = groundAt(frame, scene, points)
        const words = placedWords(points, caption, ground)
        const { text } = caption.wire
        expect((words?.setting.gloss.length ?? 0) > 0, text).toBe(caption.gloss !== undefined)
        if (!words) continue
        const at = pointOn(path, 0.5)
        const stem = stemOf(at, rowBoxes(words.setting, words.box), ground.names)
        if (!stem) continue
        const away = drawnRows(words).map((row) => awayFrom(row, stem.to))
        expect(Math.min(...away), text).toBeLessThanOrEqual(5)
        expect(stem.from, text).toEqual(at)
        // All lines of a caption have one middle.
        expect(stem.to.x, text).toBeCloseTo((words.box.left + words.box.right) / 2)
      }
    }
  })

  it('breaks only a word that is longer than a line, after its punctuation', () => {
    expect(wrapped('MAIL FROM:<alice@paper.example> SIZE=331', 21)).toEqual([
      'MAIL FROM:<alice@',
      'paper.example>',
      'SIZE=331',
    ])
    expect(wrapped('RCPT TO:<bob@bird.example>', 34)).toEqual(['RCPT TO:<bob@bird.example>'])
  })

  it('of a long path across the map is beside the receiving host', () => {
    const frame = frameAt(towns, { width: 1440, height: 432 })
    const said: Caption = {
      fact: 1,
      from: 'store.bird.example',
      to: 'alice-laptop',
      protocol: 'IMAP',
      wire: { text: '* OK IMAP4rev2 ready', lines: 1 },
      gloss: 'Ready when you are.',
    }
    const middleOf = ({ left, right }: Box): number => (left + right) / 2
    expect(middleOf(wordsOf(frame, said).box)).toBeLessThan(frame.shores.extent(1, 200).west)
    const asked = { ...said, from: said.to, to: said.from }
    expect(middleOf(wordsOf(frame, asked).box)).toBeGreaterThan(frame.shores.extent(1, 200).east)
  })
})

describe('a traveller', () => {
  it.each(WIDE)('begins and ends beside the symbols of its hosts, at $width × $height', (size) => {
    const frame = frameAt(towns, size)
    const { map } = towns.scenario
    for (const { travellers } of scenesOf(towns)) {
      for (const { shape, from, to, protocol } of travellers) {
        const path = pathBetween(map, frame.projection, from, to, protocol)
        const [wide] = TRAVELLER_BOX[shape]
        for (const [host, progress] of [
          [from, 0],
          [to, 1],
        ] as const) {
          const place = map.hosts[host]
          if (!place || !path) continue
          const at = pointOn(path, standsAt(path, wide, progress))
          const far = Math.hypot(at.x - frame.projection.x(place.x), at.y - frame.projection.y(place.y))
          const length = Math.hypot(path.b.x - path.a.x, path.b.y - path.a.y)
          // On a path that is hardly longer than the object, a part stays free.
          const room = Math.min(wide, 0.35 * length)
          expect(far, `${shape} at ${host}`).toBeGreaterThan(Math.min(...SYMBOL_BOX[place.symbol]) + room - 2)
        }
      }
    }
  })

  it('is drawn once if several are at the same place of the same path, and the one in focus is above all', () => {
    const frame = frameAt(towns, { width: 1440, height: 432 })
    const several = scenesOf(towns).filter(({ travellers }) => travellers.length > 1)
    expect(several.length).toBeGreaterThan(0)
    // Commands that leave in one segment fly side by side.
    const crowd = several.map((scene) => {
      const [first] = scene.travellers
      const followers = first ? [1, 2, 3].map((n) => ({ ...first, focus: false, progress: n / 40 })) : []
      return { ...scene, travellers: [...scene.travellers, ...followers] }
    })
    for (const scene of crowd) {
      const drawn = drawnTravellers(frame, scene)
      expect(drawn.at(-1)?.traveller.focus).toBe(true)
      for (const [i, { traveller, at }] of drawn.entries())
        for (const other of drawn.slice(i + 1))
          if (other.traveller.from === traveller.from && other.traveller.to === traveller.to)
            expect(Math.hypot(other.at.x - at.x, other.at.y - at.y)).toBeGreaterThanOrEqual(
              2 * TRAVELLER_BOX[traveller.shape][0],
            )
    }
  })

  it('has the mark of its outcome clear of the letter in the store', () => {
    const frame = frameAt(towns, { width: 1440, height: 432 })
    const { places, boxes } = hostPlaces(frame)
    const message = places.find(({ name }) => name === 'store.bird.example')?.badgeSpot?.box
    const path = pathBetween(towns.scenario.map, frame.projection, 'store.bird.example', 'bob-phone', 'IMAP')
    if (!message || !path) throw new Error('the store holds letters, and a phone reads them')
    const corner = markCorner(path, 'slip', [...boxes, message])
    const start = pointOn(path, standsAt(path, TRAVELLER_BOX.slip[0], 0))
    expect(meets(message, boxAround(start.x + corner.x, start.y + corner.y, 10, 10))).toBe(false)
  })
})

describe('on a phone', () => {
  it.each([
    ['the whole map', { x: -40, span: 1080 }],
    ['the way from Alice’s laptop to Bob’s exchanger', { x: 0, span: 820 }],
    ['Bob’s devices', { x: 700, span: 340 }],
  ])('every host that is in the picture has a name: %s', (_, camera) => {
    const { places } = hostPlaces(frameAt(towns, PHONE, camera))
    expect(places.length).toBeGreaterThan(2)
    expect(places.filter(({ label }) => label === undefined).map(({ name }) => name)).toEqual([])
  })
})

describe('a map of 60 hosts, all with one title', () => {
  const { scenario } = towns
  const laptop = scenario.map.hosts['alice-laptop']
  const more = Array.from({ length: 60 }, (_, n) => ({
    host: { name: `laptop-${n}`, address: `192.0.2.${100 + n}`, role: 'mailProgram', config: {} },
    place: { x: 40 + 24 * (n % 10), y: 30 + 55 * Math.floor(n / 10) },
  }))
  const crowd: Scenario = {
    ...scenario,
    hosts: more.map(({ host }) => host),
    links: [],
    map: {
      ...scenario.map,
      hosts: Object.fromEntries(
        more.flatMap(({ host, place }) => (laptop ? [[host.name, { ...laptop, ...place }]] : [])),
      ),
    },
  }

  it.each(WIDE)('has a place for each, and names only where they cover no host, at $width × $height', (size) => {
    const { places } = hostPlaces(frameAt({ scenario: crowd, view: towns.view }, size))
    expect(places).toHaveLength(60)
    const symbols = places.map(({ name, x, y, symbol }) => ({ name, box: boxAround(x, y, ...SYMBOL_BOX[symbol]) }))
    const labels = places.flatMap(({ name, label }) => (label ? [{ name, box: label.box }] : []))
    for (const { name, box } of labels)
      for (const other of [...symbols, ...labels])
        if (other.name !== name) expect(meets(box, other.box), `${name} and ${other.name}`).toBe(false)
  })
})
