import { assert } from '../../base/assert'
import { type Instant, START } from '../../base/time'
import { type RunView, viewOf } from '../../view/run/runView'
import type { Scenario } from '../../world/scenario'
import type { Timeline } from '../../world/timeline'
import { keptFrom } from '../../world/trace'
import { createStore, type Store } from '../keeping/createStore'
import { type Branch, type Branches, type BranchPlace, grown, moved, parentOf, rootOf } from './branches'
import type { Engine } from './engine'
import type { RunState, Watch } from './run'
import { createSaving, type Saving } from './saving'
import { keptSelection } from './selection'
import { createSlices, type Slices } from './slices'

/** The state of a run with all that changes beside it: its branches, the work in slices, and what is saved. */
export interface RunStore extends Store<RunState> {
  readonly scenario: Scenario
  readonly slices: Slices
  /** Absent if nothing of the run is saved. */
  readonly saving: Saving | undefined
  /** Set while playing is to pause at some moments. */
  watch: Watch | undefined
  view(): RunView
  /** Throws a broken expectation before the engine is loaded. */
  engine(): Engine
  /** The engine is loaded. */
  begin(engine: Engine): void
  /**
   * Changes the state and saves it. A new timeline ends work in slices, and takes the part of the selection with it that it
   * also has.
   */
  change(next: Partial<RunState>): void
  /** Changes the state without saving it, since it comes from storage. */
  restore(next: Partial<RunState>): void
  /** The branches, with the present state of the shown one. */
  branches(): Branches
  setBranches(branches: Branches): void
  /**
   * Adds a branch for a new run. If the present run has no interventions, there is nothing to go back to: then the new run takes
   * its place, unless `always`. Returns true if the learner can go back.
   */
  growInto(timeline: Timeline, t: Instant, always: boolean): boolean
}

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

export function createRunStore(
  key: string,
  scenario: Scenario,
  { seed, readOnly }: { readonly seed?: number | undefined; readonly readOnly: boolean },
): RunStore {
  const store = createStore<RunState>({
    timeline: emptyTimeline(scenario, seed),
    t: START,
    playing: false,
    speed: 1,
    stepBy: 'line',
    selection: {},
    pinned: false,
    canUndo: false,
  })
  const slices = createSlices()
  let branches = rootOf(placeOf(store.get()))
  let loaded: Engine | undefined

  const present = (): Branches => moved(branches, placeOf(store.get()))
  const restore = (next: Partial<RunState>): void => store.set({ ...store.get(), ...next })
  const saving = readOnly
    ? undefined
    : createSaving(
        key,
        scenario,
        () => {
          const { timeline, stepBy, speed, chosenSpeed } = store.get()
          const { all, current } = present()
          return {
            version: 2,
            scenario: scenario.name,
            seed: timeline.seed,
            stepBy,
            speed: chosenSpeed ?? speed,
            all: all.map(bare),
            current,
          }
        },
        (notice) => restore({ notice }),
      )

  return {
    get: store.get,
    subscribe: store.subscribe,
    scenario,
    slices,
    saving,
    watch: undefined,
    view: () => viewOf(store.get().timeline),
    engine: () => {
      assert(loaded, 'a run is ready before anything is done in it')
      return loaded
    },
    begin: (engine) => {
      loaded = engine
    },
    change: (next) => {
      const before = store.get()
      const { timeline = before.timeline } = next
      const isNew = timeline !== before.timeline
      // A selection holds numbers, which mean other things in another run.
      const selection = next.selection ?? (isNew ? keptSelection(before, timeline) : before.selection)
      // The oldest part of a run may have been dropped and cannot be shown any more.
      const t = Math.max(next.t ?? before.t, keptFrom(timeline)) as Instant
      if (isNew) slices.giveUp()
      const moved = next.t !== undefined || next.playing === true || isNew
      const steppedFrom = moved ? next.steppedFrom : before.steppedFrom
      const { chosenSpeed: speed } = before
      const isWatched = speed !== undefined && (isNew || t >= viewOf(timeline).end)
      restore({ ...next, t, selection, steppedFrom, ...(isWatched && { speed, chosenSpeed: undefined }) })
      // Before the saved run is restored, there is nothing to save that may replace it.
      if (!loaded) return
      // Interventions are saved at once; the learner's present instant changes sixty times a second and may wait.
      if (isNew) saving?.done()
      else saving?.moved()
    },
    restore,
    branches: present,
    setBranches: (next) => {
      branches = next
    },
    growInto: (timeline, t, always) => {
      const { timeline: left } = store.get()
      const place = { interventions: timeline.interventions, t, until: timeline.until, timeline }
      const before = moved(present(), { timeline: left })
      branches = always || left.interventions.length > 0 ? grown(before, place) : moved(before, place)
      return parentOf(branches) !== undefined
    },
  }
}

const placeOf = ({ timeline, t }: RunState): BranchPlace => ({
  interventions: timeline.interventions,
  t,
  until: timeline.until,
})

/** A branch for storage, without the run itself, which is made again. */
const bare = ({ timeline: _, ...branch }: Branch): Branch => branch
