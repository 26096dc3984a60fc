import type { Instant } from '../../base/time'
import { fatesText } from '../../messages/fates'
import { serviceAt } from '../../session/service'
import type { FactOf } from '../../world/fact'
import type { HostName } from '../../world/world'
import { connectionIn } from '../run/connections'
import type { Exchange, Exchanges } from '../run/exchanges'
import type { Names } from '../run/names'
import type { RunView } from '../run/runView'

/** Words of a host among which the last about its queue is looked for. */
const LOOKED_AT = 100

/**
 * How a server hands on a message that lies in its queue: it asks the way, or speaks with the next server. Undefined while it
 * does neither, and for notices, which have words of their own.
 */
export function handingSentence(
  queued: FactOf<'messageQueued'>,
  names: Names,
  { history: { happenings, flights, exchanges }, seen }: RunView,
  t: Instant,
): string | undefined {
  const { host, letter, forwardPaths, order } = queued
  const words = happenings.words[host]
  if (!words || flights.notices.has(letter)) return undefined
  const since = words.countUpTo((word) => word.order, order)
  const now = words.countUpTo(({ at }) => at, t)
  for (let place = now - 1; place >= Math.max(since, now - LOOKED_AT); place--) {
    const word = words.get(place)
    if (word?.type === 'queried') {
      const call = lastCall(exchanges, host, word.at, t)
      return call
        ? fatesText('calls', { host: names.short(host), server: names.short(call.server) })
        : askingSentence(names.short(host), forwardPaths)
    }
    if (word?.type !== 'sent' && word?.type !== 'read') continue
    const { client, server, port, typed } = connectionIn(seen.connections, word.connection) ?? {}
    if (client === host && !typed && server !== undefined && serviceAt(port ?? 0)?.protocol === 'SMTP')
      return fatesText('handsOn', { host: names.short(host), server: names.short(server) })
  }
  return undefined
}

/** The last call of this host in this time by which it would hand a message on. */
function lastCall({ all }: Exchanges, host: HostName, since: Instant, t: Instant): Exchange | undefined {
  for (let place = all.countUpTo(({ from }) => from, t) - 1; place >= 0; place--) {
    const exchange = all.get(place)
    if (!exchange || exchange.from < since) return undefined
    const { kind, client, port, typed } = exchange
    if (kind === 'connection' && client === host && !typed && serviceAt(port)?.protocol === 'SMTP') return exchange
  }
  return undefined
}

function askingSentence(host: string, forwardPaths: readonly string[]): string {
  const domains = new Set(forwardPaths.map((path) => path.slice(path.lastIndexOf('@') + 1)))
  const [domain = ''] = domains
  return domains.size === 1 ? fatesText('asksTheWay', { host, domain }) : fatesText('asksTheWays', { host })
}
