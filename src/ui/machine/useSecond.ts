import type { Instant } from '../../base/time'
import { useRun } from '../run/RunContext'

/** The present instant in whole seconds, for what counts down: the component renders once a second of virtual time. */
export const useSecond = (): Instant => useRun(({ t }) => (Math.floor(t / 1000) * 1000) as Instant)
