import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import { startTimeline } from '../../world/timeline'
import { namesOf } from '../run/names'
import { type RunView, viewOf } from '../run/runView'
import { type Scene, sceneAt } from '../stage/scene'
import { momentsOf } from '../testing/historyOf'
import { sentMessage } from '../testing/sentMessage'
import { stubTextWidths } from '../testing/textWidths'
import { aboutOf, cameraFor } from './camera'
import { rowBoxes } from './captionPlace'
import { groundOf, placedWords } from './captionWords'
import { drawnTravellers } from './drawnTravellers'
import { frameOf, type MapFrame, type MapLook } from './frame'
import { pointsAlong, type Size } from './geometry'
import { badgeBoxes, hostPlaces } from './hostPlaces'
import { type Box, boxAround, meets, type Occupancy } from './placement'
import { stateGround, stateLabels } from './stateLabels'
import { COMPACT, TRAVELLER_BOX } from './travelling'

/** The words on the map at every line of three runs: none is cut by the edge, covers another or is under a traveller. */

const scenario = bundledScenario(twoTowns)
const names = namesOf(scenario)
const stopped = startTimeline(scenario, catalogue, {
  interventions: [{ type: 'hostStopped', at: START, host: 'mx.bird.example' }],
})
const RUNS: readonly (readonly [string, RunView])[] = [
  ['to Bob', viewOf(sentMessage(scenario, 'bob@bird.example'))],
  ['to no reader', viewOf(sentMessage(scenario, 'carol@bird.example'))],
  ['while the exchanger is stopped', viewOf(sentMessage(scenario, 'bob@bird.example', stopped))],
]
/** The maps of the lab on a phone, a tablet and two desks, and a low one beside the ladder. */
const SIZES: readonly Size[] = [
  { width: 390, height: 250 },
  { width: 820, height: 389 },
  { width: 1440, height: 387 },
  { width: 1440, height: 243 },
  { width: 1440, height: 170 },
  { width: 1920, height: 480 },
]
const PHONE = 700

interface Piece {
  readonly says: string
  /** Boxes of one piece may touch each other. */
  readonly boxes: readonly Box[]
  readonly isCaption?: true
}

/** All words of a scene, with the letters beside them. */
function wordsIn(frame: MapFrame, scene: Scene, ground: ReturnType<typeof groundFor>): readonly Piece[] {
  const { places, boxes, states } = ground
  const labels = stateLabels(frame, places, states, scene.hosts)
  const badges = places.flatMap((place) => {
    const host = scene.hosts[place.name]
    return host ? badgeBoxes(place, host).map((box) => ({ says: `letters of ${place.name}`, boxes: [box] })) : []
  })
  const beside: readonly Piece[] = [
    ...badges,
    ...[...labels].map(([name, { lines, box }]) => ({ says: `${name} is ${lines.join(' / ')}`, boxes: [box] })),
  ]
  const hosts = places.flatMap(({ label }) =>
    label ? [{ says: label.lines.map(({ text }) => text).join(' / '), boxes: [label.box] }] : [],
  )
  const { caption } = scene
  const path = caption && !frame.look.compact && frame.path(caption.from, caption.to, caption.protocol)
  const taken = [...boxes, ...beside.flatMap((piece) => piece.boxes)]
  const points = path ? pointsAlong(path, 6) : []
  const words = path ? placedWords(points, caption, groundOf(frame, taken, points)) : undefined
  const said = words
    ? [
        {
          says: words.setting.wire.join(' / '),
          boxes: rowBoxes(words.setting, words.box),
        },
      ]
    : []
  return [...hosts, ...beside, ...said]
}

const groundFor = (frame: MapFrame) => {
  const { places, boxes } = hostPlaces(frame)
  return { places, boxes, states: stateGround(frame, boxes) }
}

let restore: () => void
beforeAll(() => {
  restore = stubTextWidths()
})
afterAll(() => restore())

describe.each(RUNS)('the words on the map, in the run of a letter %s', (_, view) => {
  const scenes = momentsOf(view.history, 'line').map(({ at }) => sceneAt(view, names, at))

  it.each(SIZES)('are whole and cover no other words and no traveller at $width × $height', (size) => {
    const look: MapLook = { size, compact: size.width < PHONE, drawn: size.height, notes: false, still: false }
    const frames = new Map<string, { frame: MapFrame; ground: ReturnType<typeof groundFor>; lines: Occupancy }>()
    const faults = new Set<string>()
    const crossed = new Set<string>()
    expect(scenes.length).toBeGreaterThan(40)
    for (const scene of scenes) {
      const about = look.compact ? aboutOf(scene) : []
      const key = about.join()
      const known = frames.get(key)
      const frame = known?.frame ?? frameOf(scenario, names, view, look, cameraFor(scenario, look, about), about)
      const ground = known?.ground ?? groundFor(frame)
      const lines = known?.lines ?? groundOf(frame, []).close
      frames.set(key, { frame, ground, lines })
      const pieces = wordsIn(frame, scene, ground)
      const said = pieces.find(({ isCaption }) => isCaption)
      if (said?.boxes.some((box) => !lines.isFree(box))) crossed.add(said.says)
      pieces.forEach(({ says, boxes }, i) => {
        for (const box of boxes) {
          if (box.left < 0 || box.right > size.width || box.top < 0 || box.bottom > size.height)
            faults.add(`${says} is cut`)
          for (const other of pieces.slice(i + 1))
            if (other.boxes.some((its) => meets(box, its))) faults.add(`${says} and ${other.says}`)
        }
      })
      const scale = look.compact ? COMPACT : 1
      for (const { traveller, at } of drawnTravellers(frame, {
        ...scene,
        travellers: scene.travellers.map((each) => ({ ...each, progress: 1 })),
      })) {
        const [wide, high] = TRAVELLER_BOX[traveller.shape]
        const rest = boxAround(at.x, at.y, wide * scale - 1, high * scale - 1)
        for (const { says, boxes, isCaption } of pieces)
          if ((/ is /.test(says) || isCaption) && boxes.some((box) => meets(box, rest)))
            faults.add(`a traveller rests on ${says}`)
      }
    }
    expect([...faults]).toEqual([])
    // A low map has no room beside its lines.
    expect(size.height < 200 ? 0 : crossed.size, [...crossed].join('\n')).toBeLessThan(size.width < 1000 ? 4 : 2)
  })
})
