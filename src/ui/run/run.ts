import type { Duration, Instant } from '../../base/time'
import type { Fact } from '../../world/fact'
import type { Intervention, InterventionBody } from '../../world/intervention'
import type { Timeline } from '../../world/timeline'
import type { ConnectionId, HostName, SessionId } from '../../world/world'

/** A notice about saving: an unreadable run was put aside, or another window has changed this run. */
export type SavingNotice = 'dropped' | 'elsewhere'

export type StepSize = 'hop' | 'line' | 'packet'

/** The subject of the panels. A fact is identified by its order in the trace. */
export interface Selection {
  readonly fact?: number
  readonly connection?: ConnectionId
  readonly session?: SessionId
  readonly host?: HostName
}

/** The next try of any message, or the end of the message that was written last: in a mailbox, or back with its author. */
export type RunGoal = 'try' | 'letter'

/** A leap over a long time: ahead, or from the beginning of a run that is made again to go back to it. */
export interface Leap {
  readonly from: Instant
  /** The instant that the leap has reached. */
  readonly at: Instant
  /** The instant to which it leads; undefined while that is not known. */
  readonly to?: Instant | undefined
  /** True while a run is made again. */
  readonly again?: boolean
}

/** A moment at which playing has paused by itself, and what it was to pause at. */
export interface Paused {
  readonly at: Instant
  readonly names: readonly string[]
}

/** Looks out for moments at which playing pauses. It is given to a run by code that loads later. */
export interface Watch {
  /**
   * The state in which a run stops instead of moving on to an instant; undefined if it need not stop.
   *
   * @param run a run that is known up to the instant.
   */
  stop(run: Pick<RunState, 'timeline' | 't'>, to: Instant): Partial<RunState> | undefined
  /** A person did something: its facts, from this one on, are ahead. */
  begins(t: Instant, fact: number): void
}

/** The page's state of a run: the timeline and the learner's present instant, without anything that can be derived. */
export interface RunState {
  readonly timeline: Timeline
  readonly t: Instant
  readonly playing: boolean
  /** The instant before the last step; undefined once anything else has moved the learner. The map shows the step from there. */
  readonly steppedFrom?: Instant | undefined
  /** 0.25 to 4. */
  readonly speed: number
  /** The speed to return to once the run, watched again at another one, has come to its end or is changed. */
  readonly chosenSpeed?: number | undefined
  readonly stepBy: StepSize
  readonly selection: Selection
  /** True while panels show the learner's selection and not the subject of the present moment. */
  readonly pinned: boolean
  /** The host whose machine room is open. */
  readonly room?: HostName
  readonly canUndo: boolean
  /** Only in a run that goes on elsewhere: true while its present is shown. */
  readonly following?: boolean
  /** Set during a leap in slices. */
  readonly leaping?: Leap | undefined
  readonly notice?: SavingNotice | undefined
  /** The last moment at which playing has paused by itself. */
  readonly paused?: Paused | undefined
}

/** The page uses the engine only through this interface. Panels subscribe with `useRun(selector)` and call these. */
export interface RunActions {
  play(): void
  pause(): void
  /** Goes to an instant at once; `stepped`: the map shows the way there, as for a step. */
  seek(t: Instant, stepped?: boolean): void
  stepForward(): void
  stepBack(): void
  goToStart(): void
  goToEnd(): void
  setSpeed(speed: number): void
  /** Plays from the beginning at a speed that holds for this once. */
  watchAgain(speed: number): void
  setStepBy(size: StepSize): void
  select(selection: Selection): void
  /** Goes to the moment that shows a fact best, and selects it. */
  goTo(t: Instant, selection: Selection): void
  /** Opens the machine room of a host. */
  enter(host: HostName): void
  /**
   * Makes an intervention at the present moment. Later facts are dropped; `undo` brings them back. Returns the facts that follow.
   */
  intervene(body: InterventionBody): readonly Fact[]
  /** Goes back to the run before. If it has to be made again, that is done in slices (`leaping`). */
  undo(): void
  /** Starts the scenario again. */
  restart(): void
  /** Replaces this run by another one of the same scenario, at an instant: a lesson's own run, or a quiz's. */
  replace(interventions: readonly Intervention[], t: Instant): void
  /**
   * Skips a quiet time: simulates up to the next event and plays it. With a duration it leaps that far ahead, in slices
   * (`leaping`), and stops there.
   */
  runOn(by?: Duration): void
  /** Runs on to the next try of a message that could not be handed on, or to the end of a message, and plays on from there. */
  runOnTo(goal: RunGoal): void
  /** Ends a leap at the instant that it has reached, or cancels an undo that makes a run again. */
  stopLeap(): void
  /** Another window has changed this run: shows that one instead of this window's. */
  takeOther(): Promise<void>
  /** Another window has changed this run: keeps this window's instead of that one. */
  keepMine(): void
  dismissNotice(): void
}
