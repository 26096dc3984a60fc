import { type Timer, timer } from 'd3-timer'
import { assert } from '../../base/assert'
import { type Instant, START } from '../../base/time'
import { type Moment, momentAfter, momentBefore } from '../../view/run/moments'
import { type RunView, viewOf } from '../../view/run/runView'
import { focusAt } from '../../view/run/traceIndex'
import type { Fact } from '../../world/fact'
import type { Intervention, InterventionBody } from '../../world/intervention'
import type { Scenario } from '../../world/scenario'
import { keptFrom, type Timeline } from '../../world/timeline'
import { factOf } from '../../world/trace'
import type { Engine } from './engine'
import type { RunActions, RunState } from './run'
import { followed, keptSelection, selectionOf, terminalOf } from './selection'
import { leavePlace, leftPlace, loadRun, type SavedBranch, type SavedRun, saveRun } from './storage'

/** One run with its place in time: an external store that React and the map both listen to. */
export interface Run {
  readonly key: string
  readonly scenario: Scenario
  readonly actions: RunActions
  /**
   * Resolves when the engine is there and what was saved of this run is back; the first call fetches both. Until then the
   * timeline is empty and stands at the start, and whatever would change it is a broken expectation.
   */
  ready(): Promise<void>
  get(): RunState
  subscribe(listener: () => void): () => void
  /** What the stage derives from the timeline: index, pace, moments. */
  view(): RunView
  /** The run that an intervention at the start would make. Nothing is done. */
  preview(body: InterventionBody): Timeline
  /** When the next thing is due after the run fell quiet, or undefined where nothing is. */
  nextAfterQuiet(): Instant | undefined
  /** True where nothing can be done in the world, only looked at. */
  readonly readOnly: boolean
}

/** A run for those who build on it: what it shows can be put in its place from outside. */
export interface RunCore extends Run {
  put(next: Partial<RunState>): void
}

export interface RunOptions {
  readonly seed?: number
  /** The run is another's, and only looked at: nothing of it is saved. */
  readonly readOnly?: boolean
}

interface Branch extends SavedBranch {
  readonly timeline?: Timeline
}

const KEPT_UNDO = 40
/** Facts that are words of a host: said, heard, asked or answered. */
const SPOKEN: ReadonlySet<Fact['type']> = new Set(['sent', 'read', 'queried', 'responded'])
/** What changes the world and not what is said in it: time does not begin to go by itself. */
const SETTINGS: ReadonlySet<InterventionBody['type']> = new Set<InterventionBody['type']>([
  'policyChanged',
  'zoneEdited',
  'linkChanged',
  'hostStopped',
  'hostStarted',
])
const SAVE_AFTER = 200

/** The instant of a thing done now: not before anything that the learner has seen, to the microsecond. */
const doneAt = (t: Instant): Instant => (Math.ceil(t * 1000) / 1000) as Instant

/** What is known of a run before the engine has come. */
const emptyTimeline = (scenario: Scenario, seed = scenario.seed): Timeline => ({
  scenario,
  seed,
  interventions: [],
  snapshots: [],
  trace: [],
  until: START,
  busy: false,
})

export function createRun(key: string, scenario: Scenario, options: RunOptions = {}): RunCore {
  const { readOnly = false } = options
  const listeners = new Set<() => void>()
  let undoStack: readonly Branch[] = []
  let state: RunState = {
    timeline: emptyTimeline(scenario, options.seed),
    t: START,
    playing: false,
    speed: 1,
    stepBy: 'line',
    selection: {},
    canUndo: false,
  }
  let clock: Timer | undefined
  let saving: ReturnType<typeof setTimeout> | undefined
  let come: Engine | undefined
  /** True while panels look at what the learner chose, and not at what the present moment is about. */
  let pinned = false

  const view = (): RunView => viewOf(state.timeline)

  const engine = (): Engine => {
    assert(come, 'a run is ready before anything is done in it')
    return come
  }

  const change = (next: Partial<RunState>): void => {
    const done = next.timeline !== undefined && next.timeline !== state.timeline
    state = { ...state, ...next }
    for (const listener of listeners) listener()
    // Before what was saved is back, there is nothing to save that could take its place.
    if (!come || readOnly) return
    // What was done is saved at once; where the learner stands changes sixty times a second and may wait.
    if (done) save()
    else saving ??= setTimeout(save, SAVE_AFTER)
  }

  const branchNow = (): Branch => ({
    interventions: state.timeline.interventions,
    t: state.t,
    until: state.timeline.until,
    timeline: state.timeline,
  })

  const save = (): void => {
    if (saving !== undefined) clearTimeout(saving)
    saving = undefined
    const saved: SavedRun = {
      version: 1,
      scenario: scenario.name,
      seed: state.timeline.seed,
      stepBy: state.stepBy,
      speed: state.speed,
      ...withoutTimeline(branchNow()),
      undo: undoStack.map(withoutTimeline),
    }
    void saveRun(key, saved)
  }

  const rebuild = (branch: Branch, seed: number): Timeline => {
    if (branch.timeline) return branch.timeline
    const timeline = engine().start(scenario, { seed, interventions: branch.interventions })
    return engine().carryOn(timeline, branch.until as Instant)
  }

  const stop = (): void => {
    clock?.stop()
    clock = undefined
  }

  /** The one thing on the page that moves by the clock on the wall: it moves `t`, and all else follows. */
  const start = (): void => {
    stop()
    const { pace } = view()
    const { speed } = state
    const from = pace.playingAt(state.t)
    clock = timer((elapsed) => {
      const playing = from + elapsed * speed
      if (playing < pace.length) change({ t: pace.virtualAt(playing) })
      else {
        stop()
        change({ t: view().index.end, playing: false })
      }
    })
  }

  /** What panels look at when the learner goes somewhere: the line that is being said there. */
  const saidAt = (timeline: Timeline, t: Instant): RunState['selection'] => {
    pinned = false
    return selectionOf(factOf(timeline.trace, focusAt(viewOf(timeline).index, t)?.flight.fact ?? -1))
  }

  /** A host alone stands for what it last said or heard, so that the panels have something to show. */
  const withWords = (selection: RunState['selection']): RunState['selection'] => {
    const { host } = selection
    if (host === undefined || selection.connection !== undefined || selection.fact !== undefined) return selection
    const spoken = state.timeline.trace.findLast(
      (fact) => fact.at <= state.t && SPOKEN.has(fact.type) && 'host' in fact && fact.host === host,
    )
    return spoken ? { ...selectionOf(spoken), host } : selection
  }

  /** While time moves, panels follow it; only a connection that the learner chose as such stays, not that of a line looked at. */
  const following = (): RunState['selection'] => {
    const { connection, fact } = state.selection
    return pinned && connection !== undefined && fact === undefined ? { connection } : {}
  }

  const standAt = (t: Instant, selection?: RunState['selection']): void => {
    stop()
    const within = Math.min(
      Math.max(t, keptFrom(state.timeline)),
      Math.max(view().index.end, state.timeline.until),
    ) as Instant
    change({ t: within, playing: false, selection: selection ?? saidAt(state.timeline, within) })
  }

  const stepTo = (moment: Moment | undefined, otherwise: Instant): void => {
    pinned = false
    standAt(moment?.at ?? otherwise, moment && selectionOf(factOf(state.timeline.trace, moment.fact)))
  }

  const actions: RunActions = {
    play: () => {
      if (state.t >= view().index.end) return
      change({ playing: true, selection: following() })
      start()
    },
    pause: () => {
      stop()
      change({ playing: false })
    },
    seek: (t) => standAt(t),
    stepForward: () => stepTo(momentAfter(view().moments(state.stepBy), state.t), view().index.end),
    stepBack: () => stepTo(momentBefore(view().moments(state.stepBy), state.t), START),
    goToStart: () => standAt(START),
    goToEnd: () => standAt(view().index.end),
    setSpeed: (speed) => {
      change({ speed: Math.min(Math.max(speed, 0.25), 4) })
      if (state.playing) start()
    },
    setStepBy: (stepBy) => change({ stepBy }),
    select: (selection) => {
      pinned = true
      change({ selection: withWords(selection) })
    },
    enter: (room) => change({ room }),
    intervene: (body) => {
      const intervention: Intervention = { ...body, at: doneAt(state.t) }
      undoStack = [...undoStack, branchNow()].slice(-KEPT_UNDO)
      const timeline = engine().intervene(state.timeline, intervention)
      const facts = followed(timeline.trace, intervention)
      const typed = terminalOf(facts)
      const setting = SETTINGS.has(body.type)
      // What was done is what is looked at now. A switch that is turned says nothing, and leaves what is looked at.
      if (!setting) pinned = typed !== undefined
      const kept = setting ? keptSelection(state, timeline) : {}
      const selection = typed === undefined ? kept : { connection: typed }
      const playing = state.playing || !setting
      change({ timeline, t: intervention.at, canUndo: true, selection, playing })
      if (playing) start()
      return facts
    },
    undo: () => {
      const last = undoStack.at(-1)
      if (!last) return
      stop()
      undoStack = undoStack.slice(0, -1)
      const timeline = rebuild(last, state.timeline.seed)
      change({ timeline, t: last.t as Instant, playing: false, canUndo: undoStack.length > 0, selection: {} })
    },
    restart: () => {
      stop()
      if (state.timeline.interventions.length > 0) undoStack = [...undoStack, branchNow()].slice(-KEPT_UNDO)
      const timeline = engine().start(scenario, { seed: state.timeline.seed })
      change({ timeline, t: START, playing: false, canUndo: undoStack.length > 0, selection: {} })
    },
    replace: (interventions, t) => {
      stop()
      if (state.timeline.interventions.length > 0) undoStack = [...undoStack, branchNow()].slice(-KEPT_UNDO)
      const timeline = engine().start(scenario, { seed: state.timeline.seed, interventions })
      change({ timeline, t, playing: false, canUndo: undoStack.length > 0, selection: saidAt(timeline, t) })
    },
    runOn: () => {
      const timeline = engine().runOn(state.timeline)
      if (timeline.until <= state.timeline.until) return
      change({ timeline, playing: true, selection: following() })
      start()
    },
  }

  /** The run as it was saved; nothing where it is another world's, or makes no sense to this engine. */
  const restored = (saved: SavedRun | undefined): Partial<RunState> | undefined => {
    if (saved?.scenario !== scenario.name) return undefined
    try {
      const timeline = rebuild(saved, saved.seed)
      const left = leftPlace(key)
      // The last place is newer than what was saved, if nothing was done in between.
      const stood = left?.done === saved.interventions.length ? left.t : saved.t
      const t = Math.min(stood, Math.max(viewOf(timeline).index.end, timeline.until)) as Instant
      undoStack = saved.undo
      return { timeline, t, stepBy: saved.stepBy, speed: saved.speed, canUndo: undoStack.length > 0 }
    } catch {
      // A run saved by an older engine: begin anew.
      return undefined
    }
  }

  const open = async (): Promise<void> => {
    const [module, saved] = await Promise.all([import('./engine'), readOnly ? undefined : loadRun(key)])
    come = module.engine
    state = { ...state, ...(restored(saved) ?? { timeline: come.start(scenario, options) }) }
    for (const listener of listeners) listener()
  }
  let ready: Promise<void> | undefined

  if (typeof document !== 'undefined' && !readOnly) {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden' && saving !== undefined) save()
    })
    window.addEventListener('pagehide', () => {
      if (come) leavePlace(key, { t: state.t, done: state.timeline.interventions.length })
    })
  }

  return {
    key,
    scenario,
    actions,
    ready: () => {
      ready ??= open()
      return ready
    },
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    view,
    preview: (body) => engine().intervene(state.timeline, { ...body, at: START }),
    nextAfterQuiet: () => engine().nextAfterQuiet(state.timeline),
    readOnly,
    put: change,
  }
}

const opened = new Map<string, Run>()

/** The run of that name: the same one each time it is asked for, so that leaving a page and coming back loses nothing. */
export function openRun(key: string, scenario: Scenario): Run {
  const known = opened.get(key)
  if (known) return known
  const run = createRun(key, scenario)
  opened.set(key, run)
  return run
}

const withoutTimeline = ({ interventions, t, until }: Branch): SavedBranch => ({ interventions, t, until })
