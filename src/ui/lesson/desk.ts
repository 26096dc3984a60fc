import { createContext, use } from 'react'

/** The parts of the stage that a lesson can bring forward. */
export interface Desk {
  /** Shows a panel, by its name. */
  show(panel: string): void
  /** Turns the run to another of its sides. */
  turn(side: string): void
  /** The way on in the lesson, for the end of a run. Undefined if there is no lesson. */
  readonly nextStep?: NextStep
  /** Words that lead back from the dialogue; without them the lesson's. */
  readonly back?: string
  /** Opens the form for a letter; absent where nothing is to be done. */
  readonly write?: (to?: string) => void
}

export interface NextStep {
  /** After this step only another lesson comes. */
  readonly isLast: boolean
  /** Opens the next step; absent as long as something of this one is to be done. */
  readonly open?: () => void
}

export const DeskContext = createContext<Desk>({ show: () => {}, turn: () => {} })

export const useDesk = (): Desk => use(DeskContext)

/** A place beside the dialogue, where a narrow window shows how the task goes while the lesson's own tab is hidden. */
export const NearDialogueContext = createContext<Element | null>(null)

/** The wish that the title of the step that is shown next has the focus. It outlives the change to another run. */
export interface TitleWish {
  make(): void
  /** True once after it was made. */
  take(): boolean
}

export function createTitleWish(): TitleWish {
  let made = false
  return {
    make: () => {
      made = true
    },
    take: () => {
      const was = made
      made = false
      return was
    },
  }
}
