import type { Instant } from '../../base/time'
import { fatesText } from '../../messages/fates'
import type { FactOf } from '../../world/fact'
import type { HostName } from '../../world/world'
import type { History } from '../run/history'
import type { Names } from '../run/names'
import { lastAsked } from '../run/unanswered'
import { waitText } from '../waitText'

/** A message waits for another try, or cannot be sent at all. */
export type Wait = FactOf<'messageDeferred' | 'submissionFailed'>

/** Events after a wait began among which its end is looked for. */
const LOOKED_AT = 400

/** A host that did not answer is back, or a link of the waiting host is mended; undefined as long as it is not so. */
type Recovery = { readonly server: HostName } | { readonly between: readonly [HostName, HostName] }

function recoveryOf(wait: Wait, { happenings: { events }, flights }: History, t: Instant): Recovery | undefined {
  const { host, order } = wait
  const silent = silentIn(wait, flights)
  if (silent === undefined) return undefined
  const since = events.countUpTo((event) => event.order, order)
  const now = events.countUpTo((event) => event.at, t)
  for (let place = now - 1; place >= Math.max(since, now - LOOKED_AT); place--) {
    const event = events.get(place)
    if (event?.type === 'hostStopped' && event.host === silent) return undefined
    if (event?.type === 'hostStarted' && event.host === silent) return { server: silent }
    if (event?.type !== 'intervened' || event.intervention.type !== 'linkChanged') continue
    const { between, up } = event.intervention
    if (up !== undefined && between.includes(host)) return up ? { between } : undefined
  }
  return undefined
}

/** The host that did not answer, which may be a name server or the resolver. */
function silentIn({ reason, host, at }: Wait, flights: History['flights']): HostName | undefined {
  switch (reason.id) {
    case 'unreachable':
    case 'brokeOff':
      return reason.server
    case 'lookupFailed':
      return reason.outcome === 'servfail' ? lastAsked(flights, host, at)?.server : resolverOf(flights, host, at)
    default:
      return undefined
  }
}

/** The host that another one asked last by DNS. */
function resolverOf({ lines }: History['flights'], host: HostName, t: Instant): HostName | undefined {
  const end = lines.countUpTo(({ flight }) => flight.sent, t)
  for (let place = end - 1; place >= Math.max(0, end - LOOKED_AT); place--) {
    const flight = lines.get(place)?.flight
    if (flight?.protocol === 'DNS' && flight.kind === 'line' && flight.from === host) return flight.to
  }
  return undefined
}

/** That the reason of a wait is gone, in a clause; undefined as long as it is not so. */
export function recoveredWords(wait: Wait, names: Names, history: History, t: Instant): string | undefined {
  const recovery = recoveryOf(wait, history, t)
  if (!recovery) return undefined
  if ('server' in recovery) return fatesText('isRunning', { server: names.short(recovery.server) })
  const [a, b] = recovery.between
  return fatesText('isMended', { a: names.short(a), b: names.short(b) })
}

/** The same as sentences, with the time of the next try; undefined too once that time has come. */
export function recoveredSentence(wait: Wait, names: Names, history: History, t: Instant): string | undefined {
  const { host, nextTry } = wait
  if (nextTry === undefined || nextTry <= t) return undefined
  const recovery = recoveryOf(wait, history, t)
  if (!recovery) return undefined
  const then = {
    host: wait.type === 'submissionFailed' ? names.title(host) : names.short(host),
    wait: waitText(nextTry - t),
  }
  if ('server' in recovery) return fatesText('running', { server: names.short(recovery.server), ...then })
  const [a, b] = recovery.between
  return fatesText('mended', { a: names.short(a), b: names.short(b), ...then })
}
