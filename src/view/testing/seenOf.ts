import type { Fact } from '../../world/fact'
import { nothingSeen, observe, type Seen } from '../run/seen'

/** The state that these facts give at an instant. */
export const seenOf = (trace: readonly Fact[], t: number = Number.POSITIVE_INFINITY): Seen =>
  trace.filter((fact) => fact.at <= t).reduce(observe, nothingSeen)
