import type { Instant } from '../../base/time'
import { eventsText } from '../../messages/events'
import { armed, type Breakpoint, firstHit, type Passed } from '../../view/events/pauses'
import { type Names, namesOf } from '../../view/run/names'
import { viewOf } from '../../view/run/runView'
import type { Scenario } from '../../world/scenario'
import { factOf } from '../../world/trace'
import type { Watch } from '../run/run'
import { selectionOf } from '../run/selection'

/** The name of a breakpoint: a person's own, or what it pauses at in words. */
export function nameOf({ name, when }: Pick<Breakpoint, 'name' | 'when'>, names: Names): string {
  if (name !== undefined) return name
  switch (when.type) {
    case 'later':
      return eventsText('named.later')
    case 'refused':
      return eventsText('named.refused')
    case 'command':
      return eventsText('named.command', { command: when.command })
    case 'queue':
      return eventsText('named.queue', { host: names.short(when.host) })
    case 'flag':
      return eventsText('named.flag', { flag: when.flag })
    case 'filter':
      return eventsText('named.filter', { filter: when.filter })
  }
}

/** Pauses a run at the breakpoints that are on; undefined if none is. */
export function watchFor(breakpoints: readonly Breakpoint[], scenario: Scenario): Watch | undefined {
  const all = armed(breakpoints)
  if (all.length === 0) return undefined
  const names = namesOf(scenario)
  let passed: Passed | undefined
  /** Whatever happens at the present instant has passed, unless playing has stopped in the middle of it. */
  const passedAt = (t: Instant): Passed => (passed?.t === t ? passed : { t, fact: Number.POSITIVE_INFINITY })
  return {
    begins: (t, fact) => {
      passed = { t, fact: fact - 1 }
    },
    stop: ({ timeline, t }, to) => {
      const hit = firstHit(viewOf(timeline), names, all, passedAt(t), to)
      if (!hit) return undefined
      passed = { t: hit.at, fact: hit.fact }
      return {
        t: hit.at,
        playing: false,
        pinned: true,
        selection: selectionOf(factOf(timeline.trace, hit.fact)),
        paused: { at: hit.at, names: hit.breakpoints.map((breakpoint) => nameOf(breakpoint, names)) },
      }
    },
  }
}
