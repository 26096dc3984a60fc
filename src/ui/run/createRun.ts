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

/** One run with its present instant: an external store to which React and the map subscribe. */
export interface Run {
  readonly key: string
  readonly scenario: Scenario
  readonly actions: RunActions
  /**
   * Resolves when the engine is loaded and the saved run is restored; the first call loads both. Until then the timeline is empty
   * and at its start, and every action that would change it throws a broken expectation.
   */
  ready(): Promise<void>
  get(): RunState
  subscribe(listener: () => void): () => void
  /** Derived from the timeline for the stage: its facts up to now, and the pace at which it is played. */
  view(): RunView
  /** The run that an intervention at the start would make. The present run is not changed. */
  preview(body: InterventionBody): Timeline
  /** The next due instant after the run became quiet, or undefined if nothing is due. */
  nextAfterQuiet(): Instant | undefined
  /** True if the run can only be viewed, not changed. */
  readonly readOnly: boolean
}

/**
 * The engine failed at a stored run, which is a fault of the engine. The stored run is not changed unless the scenario is started
 * again.
 */
export class RunFailed extends Error {
  /** Puts the stored run aside and starts its scenario again. */
  readonly beginAnew: () => Promise<void>
  constructor(cause: unknown, beginAnew: () => Promise<void>) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'RunFailed'
    this.beginAnew = beginAnew
  }
}

/** A run for code that builds on it: its timeline can be replaced from outside. */
export interface RunCore extends Run {
  put(next: Partial<RunState>): void
}

export interface RunOptions {
  readonly seed?: number
  /** The run belongs to a served world and is only viewed, so nothing of it is saved. */
  readonly readOnly?: boolean
}

/** Interventions that change the world but begin no dialogue: time does not start to play after them. */
const SETTINGS: ReadonlySet<InterventionBody['type']> = new Set<InterventionBody['type']>([
  'policyChanged',
  'zoneEdited',
  'linkChanged',
  'hostStopped',
  'hostStarted',
])
/** The number of facts that are made or viewed in one slice. Between slices the page can draw and handle input. */
const SLICE = 1000

/** The instant of an intervention made now. To the microsecond, it is not before anything that the learner has seen. */
const doneAt = (t: Instant): Instant => (Math.ceil(t * 1000) / 1000) as Instant

/** The view of a run before the engine is loaded. */
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
  /** True while panels show the learner's selection and not the subject of the present moment. */
  let pinned = false
  /** Incremented each time that a leap in slices begins or is replaced by another action. */
  let leap = 0

  const view = (): RunView => viewOf(state().timeline)

  const engine = (): Engine => {
    assert(come, 'a run is ready before anything is done in it')
    return come
  }

  /** The branches, with the present state of the shown one. */
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
    // A selection holds numbers, which mean other things in another run.
    const selection = next.selection ?? (done ? keptSelection(before, timeline) : before.selection)
    // The oldest part of a run may have been dropped and cannot be shown any more.
    const t = Math.max(next.t ?? before.t, keptFrom(timeline)) as Instant
    if (done) leap++
    store.set({ ...before, ...next, t, selection })
    // Before the saved run is restored, there is nothing to save that may replace it.
    if (!come) return
    // Interventions are saved at once; the learner's present instant changes sixty times a second and may wait.
    if (done) saving?.done()
    else saving?.moved()
  }

  const playhead = createPlayhead(
    (t) => change({ t }),
    () => change({ t: view().end, playing: false }),
  )
  const start = (): void => playhead.start(state().t, view().pace, state().speed)

  /** The run of a branch, made again from its interventions. */
  const remake = ({ interventions, until }: BranchPlace, seed: number): Steps =>
    engine().remake(scenario, { seed, interventions }, until as Instant)

  /** Makes a run and its view in slices, the first one at once, so that no long work is left for later. */
  const inSlices = (steps: Steps, { told, done, failed }: Slices): void => {
    const mine = ++leap
    const both = prepared(steps)
    let facts = 0
    const slice = (): void => {
      // Work that was stopped or replaced is given up.
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

  /** Shows a new branch. If the one before has no interventions, there is nothing to undo. */
  const growInto = (timeline: Timeline, t: Instant, always: boolean): boolean => {
    const place = { interventions: timeline.interventions, t, until: timeline.until, timeline }
    const before = moved(branches, { ...placeOf(state()), timeline: state().timeline })
    branches = always || state().timeline.interventions.length > 0 ? grown(before, place) : moved(before, place)
    return parentOf(branches) !== undefined
  }

  /** The selection when the learner goes to an instant: the line in flight there. */
  const saidAt = (timeline: Timeline, t: Instant): RunState['selection'] => {
    pinned = false
    return selectionOf(factOf(timeline.trace, focusIn(viewOf(timeline).history.flights.lines, t)?.flight.fact ?? -1))
  }

  /** If only a host is chosen, its last line is selected too, so that the panels have something to show. */
  const withWords = (selection: RunState['selection']): RunState['selection'] => {
    const { host } = selection
    if (host === undefined || selection.connection !== undefined || selection.fact !== undefined) return selection
    const { timeline, t } = state()
    const words = viewOf(timeline).history.happenings.words[host]
    const spoken = words && lastBy(words, t)
    return spoken ? { ...selectionOf(spoken), host } : selection
  }

  /**
   * While time moves, panels follow it. Only a connection that the learner chose as such stays selected, not one that was
   * selected through a line.
   */
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

  /** Stops at the end of a run that has become longer. */
  const arriveIn = (timeline: Timeline): void => {
    change({ timeline, t: timeline.until, playing: false, selection: {}, leaping: undefined })
  }

  /** Leaps ahead in slices and reports its progress. Every other action on the run ends it. */
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
  /** The run up to the present end of the leap. */
  let reached: (() => Timeline) | undefined

  /** Goes back to the run from which the present one was made. */
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
      // The effects of the intervention are selected. Turning a switch begins no dialogue and leaves the selection as it is.
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

  /** Shows a stored run. A long one is made in slices. */
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

  /** Shows the stored run. If the engine fails at it, the error says how to go on, and the stored run is not lost. */
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
        // After a failure, the next call tries again.
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

/** A branch for storage, without the run itself, which is made again. */
const bare = ({ timeline: _, ...branch }: Branch): Branch => branch

/** The progress of a run that is made in slices. */
interface Slices {
  told(progress: Progress): void
  done(timeline: Timeline): void
  failed(error: unknown): void
}

const rethrown = (error: unknown): never => {
  throw error
}

/** The steps that make a run, and then those that make its view. */
function* prepared(steps: Steps): Steps {
  const timeline = yield* steps
  const { until: at } = timeline
  // The count goes on from the facts that were made.
  const made = timeline.snapshots.at(-1)?.facts ?? 0
  for (const facts of lookedThrough(timeline)) yield { at, facts: made + facts, soFar: () => timeline }
  return timeline
}

const opened = new Map<string, Run>()

/** The run of that name: every call returns the same one, so that nothing is lost when the page is left and opened again. */
export function openRun(key: string, scenario: Scenario): Run {
  const known = opened.get(key)
  if (known) return known
  const run = createRun(key, scenario)
  opened.set(key, run)
  return run
}
