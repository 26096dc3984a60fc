import { createStore } from '../keeping/createStore'

/** A stored run that is being made again. */
export interface Making {
  /** That it is made; it stays the same meanwhile, to be said once. */
  readonly said: string
  /** How far it has come. */
  readonly reached: string
}

/** The run that is being made while nothing of it can be shown yet, if that takes so long that one asks what happens. */
export const making = createStore<Making | undefined>(undefined)
