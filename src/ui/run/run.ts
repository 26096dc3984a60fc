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
  /** While a long time is passed at once: from where, how far it has come, and to where. */
  readonly leaping?: { readonly from: Instant; readonly at: Instant; readonly to: Instant } | undefined
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
  undo(): void
  /** Begins the scenario anew. */
  restart(): void
  /** Puts another run of the same scenario in this one's place, standing at an instant: a lesson's own, or a quiz's. */
  replace(interventions: readonly Intervention[], t: Instant): void
  /**
   * Goes past a quiet time: runs on to the next thing that happens, and plays it. With a duration it leaps so far ahead, piece by
   * piece (`leaping`), and stands there.
   */
  runOn(by?: Duration): void
  /** Ends a leap where it has come to. */
  stopLeap(): void
  /** Another window has changed this run: shows that one in place of this window's. */
  takeOther(): Promise<void>
  /** Another window has changed this run: keeps this window's in place of that one. */
  keepMine(): void
  dismissNotice(): void
}
