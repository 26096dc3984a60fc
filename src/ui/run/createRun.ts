import { type Instant, START } from '../../base/time'
import type { RunView } from '../../view/run/runView'
import type { InterventionBody } from '../../world/intervention'
import type { Scenario } from '../../world/scenario'
import type { Timeline } from '../../world/timeline'
import { open, show } from './opening'
import { createPlayhead } from './playhead'
import type { RunActions, RunState, Watch } from './run'
import { createRunStore } from './runStore'
import { withLastLine } from './selection'
import { timeActions } from './timeActions'
import { worldActions } from './worldActions'

/** One run with its present instant: an external store to which React and the map subscribe. */
export interface Run {
  readonly key: string
  readonly scenario: Scenario
  readonly actions: RunActions
  /**
   * Resolves when the engine is loaded and the saved run is restored; the first call loads both. Until then the timeline is empty
   * and at its start, and every action that would change it throws a broken expectation. With `begins` a run that was not saved stays
   * empty, since the caller replaces it at once.
   */
  ready(begins?: boolean): Promise<void>
  get(): RunState
  subscribe(listener: () => void): () => void
  /** Derived from the timeline for the stage: its facts up to now, and the pace at which it is played. */
  view(): RunView
  /** The run that an intervention at the start would make. The present run is not changed. */
  preview(body: InterventionBody): Timeline
  /** The next due instant after the run became quiet, or undefined if nothing is due. */
  nextAfterQuiet(): Instant | undefined
  /** Sets what playing pauses at. */
  watch(watch: Watch | undefined): void
  /** True if the run can only be viewed, not changed. */
  readonly readOnly: boolean
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

export function createRun(key: string, scenario: Scenario, options: RunOptions = {}): RunCore {
  const { seed, readOnly = false } = options
  const run = createRunStore(key, scenario, { seed, readOnly })
  const playhead = createPlayhead({
    from: () => ({ t: run.get().t, pace: run.view().pace, speed: run.get().speed }),
    moved: (t) => moveTo(t, { t }),
    ended: () => moveTo(run.view().end, { t: run.view().end, playing: false }),
  })

  /** Playing moves to an instant, unless it pauses before. */
  function moveTo(t: Instant, next: Partial<RunState>): void {
    const stopped = run.watch?.stop(run.get(), t)
    if (stopped) playhead.stop()
    run.change(stopped ?? next)
  }

  const actions: RunActions = {
    ...timeActions(run, playhead),
    ...worldActions(run, playhead),
    select: (selection) => run.change({ selection: withLastLine(run.get(), selection), pinned: true }),
    enter: (room) => run.change({ room }),
    takeOther: async () => {
      const saved = await run.saving?.takeOther()
      playhead.stop()
      if (saved) await show(run, saved)
    },
    keepMine: () => run.saving?.keepMine(),
    dismissNotice: () => run.change({ notice: undefined }),
  }

  let ready: Promise<void> | undefined
  return {
    key,
    scenario,
    actions,
    ready: (begins = false) => {
      ready ??= open(run, key, { seed, begins }, () => {
        ready = Promise.resolve()
      }).catch((error: unknown) => {
        // After a failure, the next call tries again.
        ready = undefined
        throw error
      })
      return ready
    },
    get: run.get,
    subscribe: run.subscribe,
    view: run.view,
    preview: (body) =>
      run.engine().start(scenario, { seed: run.get().timeline.seed, interventions: [{ ...body, at: START }] }),
    nextAfterQuiet: () => run.engine().nextAfterQuiet(run.get().timeline),
    watch: (watch) => {
      run.watch = watch
    },
    readOnly,
    put: run.change,
  }
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
