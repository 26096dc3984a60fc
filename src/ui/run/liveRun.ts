import { type Timer, timer } from 'd3-timer'
import { type Instant, START } from '../../base/time'
import { viewOf } from '../../view/run/runView'
import type { Intervention } from '../../world/intervention'
import type { Scenario } from '../../world/scenario'
import type { Timeline } from '../../world/timeline'
import { createRun, type Run } from './createRun'
import { engine } from './engine'
import type { RunActions } from './run'

/** The description of a world that runs elsewhere. Together with its interventions it gives the whole run. */
export interface Watched {
  readonly scenario: Scenario
  readonly seed: number
  /** Unix milliseconds of instant 0. */
  readonly epoch: number
  readonly now: Instant
  /** False if there were too many interventions to send them from the beginning: then no events follow. */
  readonly complete: boolean
}

/** A run that goes on elsewhere, replayed live: it follows the present, or stays at the instant that its watcher chose. */
export interface LiveRun extends Run {
  /** True if this is the run that is replayed here. */
  isOf(watched: Watched): boolean
  /** The run is sent from its beginning again. The coming events replace the earlier ones. */
  again(): void
  /** The past and coming interventions of the served world. */
  take(intervention: Intervention): void
  /** The present instant of the served world. */
  tick(now: Instant): void
  /** No more events come, so the served world's time is not known any more. */
  stop(): void
  /** Goes to the present and follows it. */
  follow(): void
  close(): void
}

/**
 * The delay of the page in milliseconds, so that an intervention which arrives late does not change what the page has already
 * shown.
 */
const LAG = 150
/** The interval in milliseconds at which time advances while nothing moves on the stage. */
const AT_REST = 250

export function createLiveRun({ scenario, seed, epoch, now }: Watched): LiveRun {
  const core = createRun('watch', scenario, { seed, readOnly: true })
  let heard: { readonly now: Instant; readonly at: number; readonly goesOn: boolean } = {
    now,
    at: performance.now(),
    goesOn: true,
  }
  let pending: Intervention[] = []
  let ready = false
  /** One promise for all callers, since React waits for the one that it was given. */
  let opening: Promise<void> | undefined
  let whole = false
  let following = true
  /** True while it plays towards the present at reading pace. */
  let catchingUp = false
  let moved = 0
  let clock: Timer | undefined

  const present = (): Instant => {
    const since = heard.goesOn ? performance.now() - heard.at : 0
    return Math.max(START, heard.now + since - LAG) as Instant
  }

  /** Applies the new interventions to the run here. The first time, this makes the whole run at once. */
  const timelineNow = (): Timeline => {
    const done = pending
    pending = []
    let { timeline } = core.get()
    if (!whole) timeline = engine.start(scenario, { seed, interventions: done })
    else for (const intervention of done) timeline = engine.intervene(timeline, intervention)
    whole = true
    // Time also passes in a quiet served world.
    for (let due = engine.nextAfterQuiet(timeline); due !== undefined && due <= present(); ) {
      const further = engine.runOn(timeline)
      // There is a limit to how far a run is followed.
      if (further.until <= timeline.until) break
      timeline = further
      due = engine.nextAfterQuiet(timeline)
    }
    return timeline
  }

  const frame = (elapsed: number): void => {
    if (!ready) return
    const { t, playing, timeline: before } = core.get()
    const restsAt = viewOf(before).end + LAG
    const due = pending.length > 0 || elapsed - moved >= AT_REST
    if (!due && !(following && t < restsAt)) return
    const timeline = due ? timelineNow() : before
    if (due) moved = elapsed
    if (following) {
      const at = Math.max(present(), timeline === before ? t : 0) as Instant
      if (at !== t || timeline !== before) core.put({ timeline, t: at })
      return
    }
    if (timeline !== before) core.put({ timeline })
    if (!catchingUp) return
    if (!playing || t >= present()) follow()
    // It plays by the pace of the run up to now.
    else if (timeline !== before) core.actions.play()
  }

  const follow = (): void => {
    core.actions.pause()
    following = true
    catchingUp = false
    core.put({ t: present(), playing: heard.goesOn, following: true, selection: {} })
  }
  const stand = (): void => {
    following = false
    catchingUp = false
    core.put({ following: false })
  }
  /** Instants after the present cannot be shown. */
  const standing =
    (go: () => void): (() => void) =>
    () => {
      stand()
      go()
      if (core.get().t > present()) core.actions.seek(present())
    }

  const nothing = (): void => {}
  const actions: RunActions = {
    ...core.actions,
    play: () => {
      if (core.get().t >= Math.min(present(), core.view().end)) follow()
      else {
        stand()
        core.actions.play()
        catchingUp = true
      }
    },
    pause: standing(core.actions.pause),
    seek: (t) => standing(() => core.actions.seek(t))(),
    stepForward: standing(core.actions.stepForward),
    stepBack: standing(core.actions.stepBack),
    goToStart: standing(core.actions.goToStart),
    goToEnd: follow,
    // Interventions are made in the served world, not here.
    intervene: () => [],
    undo: nothing,
    restart: nothing,
    replace: nothing,
    runOn: nothing,
    runOnTo: nothing,
    stopLeap: nothing,
    takeOther: async () => {},
    keepMine: nothing,
    dismissNotice: nothing,
  }

  const open = async (): Promise<void> => {
    await core.ready()
    ready = true
    clock ??= timer(frame)
  }

  core.put({ following: true, playing: true })
  return {
    ...core,
    actions,
    ready: () => {
      opening ??= open()
      return opening
    },
    isOf: (other) => other.scenario.name === scenario.name && other.seed === seed && other.epoch === epoch,
    again: () => {
      pending = []
      whole = false
    },
    take: (intervention) => {
      pending.push(intervention)
    },
    tick: (told) => {
      const stood = !heard.goesOn
      heard = { now: told, at: performance.now(), goesOn: true }
      if (stood && following) core.put({ playing: true })
    },
    stop: () => {
      heard = { now: (present() + LAG) as Instant, at: performance.now(), goesOn: false }
      if (following) core.put({ playing: false })
    },
    follow,
    close: () => {
      clock?.stop()
      core.actions.pause()
    },
  }
}
