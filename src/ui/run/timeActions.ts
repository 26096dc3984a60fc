import { type Instant, later, minutes, START } from '../../base/time'
import { nextTryIn, observeHolding, underWayIn } from '../../view/run/holdings'
import { type Moment, momentAfter, momentBefore } from '../../view/run/moments'
import { viewOf } from '../../view/run/runView'
import type { Fact } from '../../world/fact'
import type { Steps, Timeline } from '../../world/timeline'
import { factOf, keptFrom } from '../../world/trace'
import type { Playhead } from './playhead'
import type { RunActions } from './run'
import type { RunStore } from './runStore'
import { selectionAt, selectionOf, selectionWhilePlaying } from './selection'
import { rethrown } from './slices'

type TimeActions = Pick<
  RunActions,
  | 'play'
  | 'pause'
  | 'seek'
  | 'goTo'
  | 'stepForward'
  | 'stepBack'
  | 'goToStart'
  | 'goToEnd'
  | 'setSpeed'
  | 'watchAgain'
  | 'setStepBy'
  | 'runOn'
  | 'runOnTo'
  | 'stopLeap'
>

/** The actions that move the learner through a run, or make it longer. */
export function timeActions(run: RunStore, playhead: Playhead): TimeActions {
  const state = run.get
  const leaps = leapsOf(run, playhead)

  const standAt = (t: Instant, fact?: number, steppedFrom?: Instant): void => {
    leaps.stop()
    playhead.stop()
    const { timeline } = state()
    const end = Math.max(run.view().end, timeline.until)
    const within = Math.min(Math.max(t, keptFrom(timeline)), end) as Instant
    const selection =
      fact === undefined ? selectionAt(timeline, within) : selectionOf(factOf(state().timeline.trace, fact))
    run.change({ t: within, steppedFrom, playing: false, selection, pinned: false })
  }
  const stepTo = (moment: Moment | undefined, otherwise: Instant): void =>
    standAt(moment?.at ?? otherwise, moment?.fact, state().t)

  const play = (): void => {
    leaps.stop()
    if (state().t >= run.view().end) return
    run.change({ playing: true, selection: selectionWhilePlaying(state()) })
    playhead.start()
  }

  return {
    play,
    pause: () => {
      playhead.stop()
      run.change({ playing: false })
    },
    seek: (t, stepped) => standAt(t, undefined, stepped ? state().t : undefined),
    goTo: (t, selection) => {
      standAt(t)
      run.change({ selection, pinned: true })
    },
    stepForward: () => stepTo(momentAfter(run.view().history, state().stepBy, state().t), run.view().end),
    stepBack: () => stepTo(momentBefore(run.view().history, state().stepBy, state().t), START),
    goToStart: () => standAt(START),
    goToEnd: () => standAt(run.view().end),
    setSpeed: (speed) => {
      run.change({ speed: Math.min(Math.max(speed, 0.25), 4), chosenSpeed: undefined })
      if (state().playing) playhead.start()
    },
    watchAgain: (speed) => {
      standAt(START)
      run.change({ speed, chosenSpeed: state().chosenSpeed ?? state().speed })
      play()
    },
    setStepBy: (stepBy) => run.change({ stepBy }),
    runOn: (by) => {
      if (by !== undefined) {
        const to = later(state().timeline.until, by)
        leaps.along(run.engine().runOnInSteps(state().timeline, to), { to })
        return
      }
      const timeline = run.engine().runOn(state().timeline)
      if (timeline.until <= state().timeline.until) return
      run.change({ timeline, playing: true, selection: selectionWhilePlaying(state()) })
      playhead.start()
    },
    runOnTo: (goal) => {
      const { timeline } = state()
      const { holdings } = viewOf(timeline).seen
      if (goal === 'try') {
        const to = nextTryIn(holdings, timeline.until)
        if (to !== undefined) leaps.along(run.engine().runOnInSteps(timeline, to), { to, played: () => to })
        return
      }
      const message = underWayIn(holdings)
      if (message === undefined) return
      let [after, end]: [typeof holdings, Instant | undefined] = [holdings, undefined]
      const isReached = (fact: Fact): boolean => {
        after = observeHolding(after, fact)
        if (after.underWay.has(message)) return false
        end ??= fact.at
        return true
      }
      const last = later(timeline.until, LONGEST_WAY)
      leaps.along(run.engine().runOnUntil(timeline, isReached, last), { played: () => end })
    },
    stopLeap: leaps.stop,
  }
}

/** No message is on its way for longer: a server gives up after five days, and so does a notice. */
const LONGEST_WAY = minutes(11 * 24 * 60)

interface Leaps {
  /**
   * Leaps ahead in slices and reports its progress. Every other action on the run ends it. The clock is counted to where it
   * arrives.
   *
   * @param goal.to the instant to which it leads, if that is known.
   * @param goal.played gives the instant from which the rest is played; without one it stops at the end.
   */
  along(steps: Steps, goal: { readonly to?: Instant; readonly played?: () => Instant | undefined }): void
  stop(): void
}

function leapsOf(run: RunStore, playhead: Playhead): Leaps {
  /** The run up to the present end of the leap. */
  let reached: (() => Timeline) | undefined

  /** Stops at the end of a run that has become longer. */
  const arriveIn = (timeline: Timeline): void => {
    playhead.stop()
    run.change({ timeline, t: timeline.until, playing: false, selection: {}, leaping: undefined })
  }
  const countTo = (timeline: Timeline, played: Instant | undefined): void => {
    const from = run.get().t
    const to = played ?? timeline.until
    reached = () => timeline
    run.change({ timeline, leaping: { from, at: to, to } })
    playhead.count(from, to, () => {
      if (played === undefined) {
        arriveIn(timeline)
        return
      }
      run.change({ t: to, playing: true, selection: {}, pinned: false, leaping: undefined })
      playhead.start()
    })
  }

  /** The instant up to which the leap has been looked through for moments to pause at. */
  let looked: Instant
  /** Ends the leap at the first moment to pause at, if there is one in the new part of the run. */
  const pausedIn = (timeline: Timeline): boolean => {
    const stopped = run.watch?.stop({ timeline, t: looked }, timeline.until)
    looked = timeline.until
    if (!stopped) return false
    run.slices.giveUp()
    run.change({ timeline, leaping: undefined, ...stopped })
    return true
  }

  return {
    along: (steps, { to, played = () => undefined }) => {
      playhead.stop()
      const { timeline } = run.get()
      const from = timeline.until
      looked = run.get().t
      reached = () => timeline
      run.change({ playing: false, leaping: { from, at: from, to } })
      run.slices.begin(steps, {
        told: ({ at, soFar }) => {
          reached = soFar
          if (run.watch && pausedIn(soFar())) return
          run.change({ leaping: { from, at, to } })
        },
        done: (timeline) => {
          if (!pausedIn(timeline)) countTo(timeline, played())
        },
        failed: rethrown,
      })
    },
    stop: () => {
      const { leaping } = run.get()
      if (!leaping) return
      run.slices.giveUp()
      if (leaping.again || !reached) run.change({ leaping: undefined })
      else arriveIn(reached())
    },
  }
}
