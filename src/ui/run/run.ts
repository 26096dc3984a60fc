import type { Duration, Instant } from '../../base/time'
import type { Fact } from '../../world/fact'
import type { Intervention, InterventionBody } from '../../world/intervention'
import type { Timeline } from '../../world/timeline'
import type { ConnectionId, HostName, SessionId } from '../../world/world'

/** What is said of saving: an unreadable run was put aside, or another window has changed this run. */
export type SavingNotice = 'dropped' | 'elsewhere'

export type StepSize = 'hop' | 'line' | 'packet'

/** What panels look at. A fact is named by its order in the trace. */
export interface Selection {
  readonly fact?: number
  readonly connection?: ConnectionId
  readonly session?: SessionId
  readonly host?: HostName
}

/** A long time that is passed at once, ahead or, where a run is made again to go back to it, from its beginning. */
export interface Leap {
  readonly from: Instant
  /** How far it has come. */
  readonly at: Instant
  readonly to: Instant
  /** True while a run is made again. */
  readonly again?: boolean
}

/** What the page knows of the run: the timeline, where the learner stands in it, and nothing that could be derived. */
export interface RunState {
  readonly timeline: Timeline
  readonly t: Instant
  readonly playing: boolean
  /** 0.25 to 4. */
  readonly speed: number
  readonly stepBy: StepSize
  readonly selection: Selection
  /** The host whose machine room is open. */
  readonly room?: HostName
  readonly canUndo: boolean
  /** Of a run that goes on elsewhere: true while its present is what is shown. */
  readonly following?: boolean
  /** While a long work is done in slices. */
  readonly leaping?: Leap | undefined
  readonly notice?: SavingNotice | undefined
}

/** The one way for the page to touch the engine. Panels subscribe with `useRun(selector)` and call these. */
export interface RunActions {
  play(): void
  pause(): void
  seek(t: Instant): void
  stepForward(): void
  stepBack(): void
  goToStart(): void
  goToEnd(): void
  setSpeed(speed: number): void
  setStepBy(size: StepSize): void
  select(selection: Selection): void
  /** Opens the machine room of a host. */
  enter(host: HostName): void
  /** Does something at the present moment. What came later is dropped; `undo` brings it back. Returns the facts that followed. */
  intervene(body: InterventionBody): readonly Fact[]
  /** Back to the run before; one that has to be made again first is made in slices (`leaping`). */
  undo(): void
  /** Begins the scenario anew. */
  restart(): void
  /** Puts another run of the same scenario in this one's place, standing at an instant: a lesson's own, or a quiz's. */
  replace(interventions: readonly Intervention[], t: Instant): void
  /**
   * Goes past a quiet time: runs on to the next thing that happens, and plays it. With a duration it leaps so far ahead, in
   * slices (`leaping`), and stands there.
   */
  runOn(by?: Duration): void
  /** Ends a leap where it has come to, and leaves going back to a run that has to be made again. */
  stopLeap(): void
  /** Another window has changed this run: shows that one in place of this window's. */
  takeOther(): Promise<void>
  /** Another window has changed this run: keeps this window's in place of that one. */
  keepMine(): void
  dismissNotice(): void
}
