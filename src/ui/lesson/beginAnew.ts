import { createContext, use } from 'react'

/** Begins the run of the present step anew, and goes to the moment of the step. */
export const BeginAnewContext = createContext<() => void>(() => {})

export const useBeginAnew = (): (() => void) => use(BeginAnewContext)
