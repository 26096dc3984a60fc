import { assert } from '../../base/assert'
import { type Instant, later, START } from '../../base/time'
import { withTexts } from '../../messages/topic'
import { focusIn } from '../../view/run/flight'
import { lastBy } from '../../view/run/happenings'
import { type Moment, momentAfter, momentBefore } from '../../view/run/moments'
import { lookedThrough, type RunView, viewOf } from '../../view/run/runView'
import type { Intervention, InterventionBody } from '../../world/intervention'
import type { Scenario } from '../../world/scenario'
import type { Progress, Steps, Timeline } from '../../world/timeline'
import { factOf, keptFrom } from '../../world/trace'
import { createStore } from '../keeping/createStore'
import { putAside } from '../keeping/database'
import {
  type Branch,
  type Branches,
  type BranchPlace,
  branchOf,
  grown,
  moved,
  parentOf,
  rootOf,
  undone,
} from './branches'
import type { Engine } from './engine'
import { createPlayhead } from './playhead'
import type { RunActions, RunState } from './run'
import type { SavedRun } from './savedRun'
import { createSaving, type Saving } from './saving'
import { followed, keptSelection, selectionOf, terminalOf } from './selection'

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
  /** What the stage derives from the timeline: what is known of it, and the pace at which it is played. */
  view(): RunView
  /** The run that an intervention at the start would make. Nothing is done. */
  preview(body: InterventionBody): Timeline
  /** When the next thing is due after the run fell quiet, or undefined where nothing is. */
  nextAfterQuiet(): Instant | undefined
  /** True where nothing can be done in the world, only looked at. */
  readonly readOnly: boolean
}

/** The engine failed at a run that was kept: a fault of the engine. The run is not touched unless it is begun anew. */
export class RunFailed extends Error {
  /** Puts the kept run aside and begins its scenario anew. */
  readonly beginAnew: () => Promise<void>
  constructor(cause: unknown, beginAnew: () => Promise<void>) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'RunFailed'
    this.beginAnew = beginAnew
  }
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

/** What changes the world and not what is said in it: time does not begin to go by itself. */
const SETTINGS: ReadonlySet<InterventionBody['type']> = new Set<InterventionBody['type']>([
  'policyChanged',
  'zoneEdited',
  'linkChanged',
  'hostStopped',
  'hostStarted',
])
/** Facts that are made, or looked through, before the page may draw and hear again: a long work is done in such slices. */
const SLICE = 1000

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
  const store = createStore<RunState>({
    timeline: emptyTimeline(scenario, options.seed),
    t: START,
    playing: false,
    speed: 1,
    stepBy: 'line',
    selection: {},
    canUndo: false,
  })
  const state = (): RunState => store.get()
  let branches = rootOf(placeOf(state()))
  let come: Engine | undefined
  /** True while panels look at what the learner chose, and not at what the present moment is about. */
  let pinned = false
  /** Another number each time that a leap in pieces is begun or overtaken. */
  let leap = 0

  const view = (): RunView => viewOf(state().timeline)

  const engine = (): Engine => {
    assert(come, 'a run is ready before anything is done in it')
    return come
  }

  /** The branches with what the one that is shown has come to. */
  const present = (): Branches => moved(branches, placeOf(state()))

  const saving: Saving | undefined = readOnly
    ? undefined
    : createSaving(
        key,
        scenario,
        () => {
          const { timeline, stepBy, speed } = state()
          const { all, current } = present()
          return {
            version: 2,
            scenario: scenario.name,
            seed: timeline.seed,
            stepBy,
            speed,
            all: all.map(bare),
            current,
          }
        },
        (notice) => store.set({ ...state(), notice }),
      )

  const change = (next: Partial<RunState>): void => {
    const before = state()
    const { timeline = before.timeline } = next
    const done = timeline !== before.timeline
    // What was looked at is known by its numbers, which mean other things in another run.
    const selection = next.selection ?? (done ? keptSelection(before, timeline) : before.selection)
    // A run that has let go of its oldest part cannot be looked at there any more.
    const t = Math.max(next.t ?? before.t, keptFrom(timeline)) as Instant
    if (done) leap++
    store.set({ ...before, ...next, t, selection })
    // Before what was saved is back, there is nothing to save that could take its place.
    if (!come) return
    // What was done is saved at once; where the learner stands changes sixty times a second and may wait.
    if (done) saving?.done()
    else saving?.moved()
  }

  const playhead = createPlayhead(
    (t) => change({ t }),
    () => change({ t: view().end, playing: false }),
  )
  const start = (): void => playhead.start(state().t, view().pace, state().speed)

  /** The run of a branch, made again from what was done in it. */
  const remake = ({ interventions, until }: BranchPlace, seed: number): Steps =>
    engine().remake(scenario, { seed, interventions }, until as Instant)

  /** Makes a run in slices, the first at once, and looks through it so that nothing long is left to do. */
  const inSlices = (steps: Steps, { told, done, failed }: Slices): void => {
    const mine = ++leap
    const both = prepared(steps)
    let facts = 0
    const slice = (): void => {
      // What was asked to stop, or was overtaken, is left.
      if (mine !== leap) return
      try {
        const enough = facts + SLICE
        let step = both.next()
        while (!step.done && step.value.facts < enough) step = both.next()
        if (step.done) {
          done(step.value)
          return
        }
        ;({ facts } = step.value)
        told(step.value)
        setTimeout(slice, 0)
      } catch (error) {
        failed(error)
      }
    }
    slice()
  }

  /** Shows a new branch. Where nothing was done in the one before, there is nothing to go back to. */
  const growInto = (timeline: Timeline, t: Instant, always: boolean): boolean => {
    const place = { interventions: timeline.interventions, t, until: timeline.until, timeline }
    const before = moved(branches, { ...placeOf(state()), timeline: state().timeline })
    branches = always || state().timeline.interventions.length > 0 ? grown(before, place) : moved(before, place)
    return parentOf(branches) !== undefined
  }

  /** What panels look at when the learner goes somewhere: the line that is being said there. */
  const saidAt = (timeline: Timeline, t: Instant): RunState['selection'] => {
    pinned = false
    return selectionOf(factOf(timeline.trace, focusIn(viewOf(timeline).history.flights.lines, t)?.flight.fact ?? -1))
  }

  /** A host alone stands for what it last said or heard, so that the panels have something to show. */
  const withWords = (selection: RunState['selection']): RunState['selection'] => {
    const { host } = selection
    if (host === undefined || selection.connection !== undefined || selection.fact !== undefined) return selection
    const { timeline, t } = state()
    const words = viewOf(timeline).history.happenings.words[host]
    const spoken = words && lastBy(words, t)
    return spoken ? { ...selectionOf(spoken), host } : selection
  }

  /** While time moves, panels follow it; only a connection that the learner chose as such stays, not that of a line looked at. */
  const following = (): RunState['selection'] => {
    const { connection, fact } = state().selection
    return pinned && connection !== undefined && fact === undefined ? { connection } : {}
  }

  const standAt = (t: Instant, selection?: RunState['selection']): void => {
    actions.stopLeap()
    playhead.stop()
    const { timeline } = state()
    const end = Math.max(view().end, timeline.until)
    const within = Math.min(Math.max(t, keptFrom(timeline)), end) as Instant
    change({ t: within, playing: false, selection: selection ?? saidAt(timeline, within) })
  }

  const stepTo = (moment: Moment | undefined, otherwise: Instant): void => {
    pinned = false
    standAt(moment?.at ?? otherwise, moment && selectionOf(factOf(state().timeline.trace, moment.fact)))
  }

  /** Stands still at the end of a run that has become longer, far ahead. */
  const arriveIn = (timeline: Timeline): void => {
    change({ timeline, t: timeline.until, playing: false, selection: {}, leaping: undefined })
  }

  /** Leaps ahead in slices, and tells how far it has come; whatever else is done to the run ends it. */
  const leapTo = (to: Instant): void => {
    playhead.stop()
    const { timeline } = state()
    const from = timeline.until
    reached = () => timeline
    change({ playing: false, leaping: { from, at: from, to } })
    inSlices(engine().runOnInSteps(timeline, to), {
      told: ({ at, soFar }) => {
        reached = soFar
        change({ leaping: { from, at, to } })
      },
      done: arriveIn,
      failed: rethrown,
    })
  }
  /** The run as far as the leap that is under way has come. */
  let reached: (() => Timeline) | undefined

  /** Back to the run from which the present one was made. */
  const goBack = (timeline: Timeline): void => {
    playhead.stop()
    branches = undone(moved(branches, { ...placeOf(state()), timeline: state().timeline }))
    const { t } = branchOf(branches)
    const canUndo = parentOf(branches) !== undefined
    change({ timeline, t: t as Instant, playing: false, canUndo, selection: {}, leaping: undefined })
  }

  const actions: RunActions = {
    play: () => {
      actions.stopLeap()
      if (state().t >= view().end) return
      change({ playing: true, selection: following() })
      start()
    },
    pause: () => {
      playhead.stop()
      change({ playing: false })
    },
    seek: (t) => standAt(t),
    stepForward: () => stepTo(momentAfter(view().history, state().stepBy, state().t), view().end),
    stepBack: () => stepTo(momentBefore(view().history, state().stepBy, state().t), START),
    goToStart: () => standAt(START),
    goToEnd: () => standAt(view().end),
    setSpeed: (speed) => {
      change({ speed: Math.min(Math.max(speed, 0.25), 4) })
      if (state().playing) start()
    },
    setStepBy: (stepBy) => change({ stepBy }),
    select: (selection) => {
      pinned = true
      change({ selection: withWords(selection) })
    },
    enter: (room) => change({ room }),
    intervene: (body) => {
      const intervention: Intervention = { ...body, at: doneAt(state().t) }
      const timeline = engine().intervene(state().timeline, intervention)
      const facts = followed(timeline.trace, intervention)
      const typed = terminalOf(facts)
      const setting = SETTINGS.has(body.type)
      // What was done is what is looked at now. A switch that is turned says nothing, and leaves what is looked at.
      if (!setting) pinned = typed !== undefined
      const kept = setting ? keptSelection(state(), timeline) : {}
      const selection = typed === undefined ? kept : { connection: typed }
      const playing = state().playing || !setting
      const canUndo = growInto(timeline, intervention.at, true)
      change({ timeline, t: intervention.at, canUndo, selection, playing, leaping: undefined })
      if (playing) start()
      return facts
    },
    undo: () => {
      const before = parentOf(branches)
      if (!before) return
      if (before.timeline) {
        goBack(before.timeline)
        return
      }
      playhead.stop()
      inSlices(remake(before, state().timeline.seed), {
        told: ({ at }) =>
          change({ playing: false, leaping: { from: START, at, to: before.until as Instant, again: true } }),
        done: goBack,
        failed: rethrown,
      })
    },
    restart: () => {
      playhead.stop()
      const timeline = engine().start(scenario, { seed: state().timeline.seed })
      const canUndo = growInto(timeline, START, false)
      change({ timeline, t: START, playing: false, canUndo, selection: {}, leaping: undefined })
    },
    replace: (interventions, t) => {
      playhead.stop()
      const timeline = engine().start(scenario, { seed: state().timeline.seed, interventions })
      const canUndo = growInto(timeline, t, false)
      change({ timeline, t, playing: false, canUndo, selection: saidAt(timeline, t), leaping: undefined })
    },
    runOn: (by) => {
      if (by !== undefined) {
        leapTo(later(state().timeline.until, by))
        return
      }
      const timeline = engine().runOn(state().timeline)
      if (timeline.until <= state().timeline.until) return
      change({ timeline, playing: true, selection: following() })
      start()
    },
    stopLeap: () => {
      const { leaping } = state()
      if (!leaping) return
      leap++
      if (leaping.again || !reached) change({ leaping: undefined })
      else arriveIn(reached())
    },
    takeOther: async () => {
      const saved = await saving?.takeOther()
      playhead.stop()
      if (saved) await show(saved)
    },
    keepMine: () => saving?.keepMine(),
    dismissNotice: () => change({ notice: undefined }),
  }

  /** Shows a run as it was kept. A long one is made in slices. */
  const show = async (saved: SavedRun, stood?: number): Promise<void> => {
    const { seed, stepBy, speed, all, current } = saved
    branches = { all, current }
    const shown = branchOf(branches)
    const timeline = await new Promise<Timeline>((done, failed) =>
      inSlices(remake(shown, seed), { told: () => undefined, done, failed }),
    )
    const end = Math.max(viewOf(timeline).end, timeline.until)
    const at = Math.max(Math.min(stood ?? shown.t, end), keptFrom(timeline)) as Instant
    const canUndo = parentOf(branches) !== undefined
    store.set({
      ...state(),
      timeline,
      t: at,
      stepBy,
      speed,
      canUndo,
      playing: false,
      selection: keptSelection(state(), timeline),
    })
  }

  /** Shows what was kept. Where the engine fails at it, that is told with a way to go on; nothing that was kept is lost. */
  const restored = async (saved: SavedRun): Promise<void> => {
    try {
      await show(saved, saving?.leftAt())
    } catch (cause) {
      throw new RunFailed(cause, async () => {
        await putAside(`run:${key}`, saved, Date.now())
        branches = rootOf({ interventions: [], t: START, until: START })
        change({ timeline: engine().start(scenario, options), t: START })
        ready = Promise.resolve()
      })
    }
  }

  const open = async (): Promise<void> => {
    const [module, saved] = await Promise.all([withTexts(import('./engine')), saving?.load()])
    const opening = module.engine
    come = opening
    if (saved) await restored(saved)
    else store.set({ ...state(), timeline: opening.start(scenario, options) })
  }
  let ready: Promise<void> | undefined

  return {
    key,
    scenario,
    actions,
    ready: () => {
      ready ??= open().catch((error: unknown) => {
        // Whoever tries again gets another try.
        ready = undefined
        throw error
      })
      return ready
    },
    get: store.get,
    subscribe: store.subscribe,
    view,
    preview: (body) =>
      engine().start(scenario, { seed: state().timeline.seed, interventions: [{ ...body, at: START }] }),
    nextAfterQuiet: () => engine().nextAfterQuiet(state().timeline),
    readOnly,
    put: change,
  }
}

const placeOf = ({ timeline, t }: RunState): BranchPlace => ({
  interventions: timeline.interventions,
  t,
  until: timeline.until,
})

/** A branch as it is kept: the run itself is made again. */
const bare = ({ timeline: _, ...branch }: Branch): Branch => branch

/** What is told of a run that is made in slices. */
interface Slices {
  told(progress: Progress): void
  done(timeline: Timeline): void
  failed(error: unknown): void
}

const rethrown = (error: unknown): never => {
  throw error
}

/** The steps that make a run, and then those that look through it. */
function* prepared(steps: Steps): Steps {
  const timeline = yield* steps
  const { until: at } = timeline
  // Numbers of facts go on from those that were made.
  const made = timeline.snapshots.at(-1)?.facts ?? 0
  for (const facts of lookedThrough(timeline)) yield { at, facts: made + facts, soFar: () => timeline }
  return timeline
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
