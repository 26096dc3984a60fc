import type { Instant } from '../../base/time'
import { useRun } from '../run/RunContext'

/** The present instant in whole seconds, for countdowns: the component renders once per second of virtual time. */
export const useSecond = (): Instant => useRun(({ t }) => (Math.floor(t / 1000) * 1000) as Instant)
