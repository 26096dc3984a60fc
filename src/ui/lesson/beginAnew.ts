import { createContext, use } from 'react'
import type { Intervention } from '../../world/intervention'

/** Before an intervention, to the microsecond in which another one may be made. In milliseconds. */
export const A_MOMENT = 0.0015

/** Begins the present step anew: with its run, or where the task before it in the same run has ended. */
export const BeginAnewContext = createContext<() => void>(() => {})

/** The interventions with which the present step of a lesson began; undefined elsewhere. */
export const BegunContext = createContext<readonly Intervention[] | undefined>(undefined)

export const useBeginAnew = (): (() => void) => use(BeginAnewContext)
