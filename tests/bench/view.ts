import twoTowns from '../../lessons/scenarios/two-towns.json'
import { fromText } from '../../src/base/octets'
import { type Instant, later, milliseconds, minutes } from '../../src/base/time'
import { catalogue } from '../../src/hosts/catalogue'
import '../../src/view/gloss/known'
import { routesOf } from '../../src/view/network/routes'
import { inspect, layersOf, packetOf, presentOf } from '../../src/view/panels/inspected'
import { rowsOf } from '../../src/view/panels/transcriptRows'
import { connectionIn, sessionIn } from '../../src/view/run/connections'
import { momentAfter, momentBefore, type StepSize } from '../../src/view/run/moments'
import { type Names, namesOf } from '../../src/view/run/names'
import { type RunView, viewOf } from '../../src/view/run/runView'
import { terminalIn } from '../../src/view/run/terminal'
import { awaitsData, linesOf } from '../../src/view/run/transcript'
import { headlineAt } from '../../src/view/stage/headline'
import { sceneAt, stateInWords } from '../../src/view/stage/scene'
import { newsAt, sentenceAt } from '../../src/view/stage/sentence'
import { bundledScenario } from '../../src/world/bundledScenario'
import type { InterventionBody } from '../../src/world/intervention'
import { intervene, runOn, startTimeline, type Timeline, worldAt } from '../../src/world/timeline'
import { factOf } from '../../src/world/trace'

/**
 * The cost of one more line for the view of a run with 1,000, 10,000 and 100,000 facts: a person types a command, and every query
 * that the page makes for one picture is made. The engine's own time is not counted.
 */

const scenario = bundledScenario(twoTowns)
const names: Names = namesOf(scenario)
const HOST = scenario.letter.host
const STEPS: readonly StepSize[] = ['hop', 'line', 'packet']
/** Rows of a transcript that are in sight. */
const IN_SIGHT = 40

const done = (timeline: Timeline, body: InterventionBody): Timeline =>
  intervene(timeline, catalogue, { ...body, at: later(timeline.until, milliseconds(1)) })

/** One more command and its answer in the person's dialogue. */
export const oneMoreLine = (timeline: Timeline): Timeline =>
  done(timeline, { type: 'typed', host: HOST, terminal: 'a', octets: fromText('NOOP\r\n') })

const factsIn = ({ trace }: Timeline): number => trace.length

/** A run of so many facts: letters, the looking for mail between them, and from half of it on one long dialogue by hand. */
export function runOfFacts(facts: number): Timeline {
  const { account, to, from, body } = scenario.letter
  const message = fromText(`From: ${from}\r\nTo: ${to}\r\nSubject: bench\r\n\r\n${body}\r\n`)
  let run = startTimeline(scenario, catalogue)
  while (factsIn(run) < facts / 2) {
    run = done(run, { type: 'submitted', host: HOST, account, forwardPaths: [to], message })
    run = runOn(run, catalogue, later(run.until, minutes(10)))
  }
  run = done(run, { type: 'connected', host: HOST, terminal: 'a', to: 'mx-out.paper.example', port: 587 })
  while (factsIn(run) < facts) run = oneMoreLine(run)
  return run
}

/** Everything that a picture of the present asks: map, words, moments, pace, transcript, state and inspector. */
export function pictureOf(timeline: Timeline): number {
  const view = viewOf(timeline)
  const t = view.end
  const scene = sceneAt(view, names, t)
  const words = [sentenceAt(view, names, t), newsAt(view, names, t), headlineAt(view, names, t)?.text]
  const steps = STEPS.map((size) => [momentBefore(view.history, size, t), momentAfter(view.history, size, t)])
  const ways = routesOf(view, scenario)
  const at = view.pace.virtualAt(view.pace.playingAt(t))
  return scene.paths.length + words.length + steps.length + ways.length + at + panelsOf(view, t)
}

export function panelsOf(view: RunView, t: Instant): number {
  const seen = view.at(t)
  const connection = terminalIn(seen, HOST)?.connection
  if (!connection) throw new Error('the dialogue is over')
  const id = connection.connection
  const lines = linesOf(view.history, id, t)
  const rows = rowsOf([...lines.from(lines.length - IN_SIGHT)], new Set())
  const data = awaitsData(view.history, id, t)
  const server = connectionIn(seen.connections, id)?.sessions.server
  const session = server === undefined ? undefined : sessionIn(seen.connections, server)
  const state = stateInWords(session?.protocol ?? '', session?.state ?? '')
  const fact = factOf(view.timeline.trace, presentOf(view, t, false) ?? -1)
  const packet = fact && packetOf(view, fact)
  if (!packet) throw new Error('the line is carried by a packet')
  return rows.length + state.length + layersOf(inspect(view, packet), true).fields.length + Number(data)
}

/** The map and its words at an instant. */
export function sceneOf(timeline: Timeline, t: Instant): number {
  const view = viewOf(timeline)
  return sceneAt(view, names, t).paths.length + sentenceAt(view, names, t).length
}

/** The hosts of the world at an instant, which a panel shows. */
export const worldOf = (timeline: Timeline, t: Instant): number =>
  Object.keys(worldAt(timeline, catalogue, t).hosts).length
