import type { Instant } from '../../base/time'
import { fatesText } from '../../messages/fates'
import { serviceAt } from '../../session/service'
import type { FactOf } from '../../world/fact'
import { connectionIn } from '../run/connections'
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
  { history: { happenings, flights }, seen }: RunView,
  t: Instant,
): string | undefined {
  const { host, letter, forwardPaths, order } = queued
  const words = happenings.words[host]
  if (!words || flights.notices.has(letter)) return undefined
  const since = words.countUpTo((word) => word.order, order)
  const now = words.countUpTo(({ at }) => at, t)
  for (let place = now - 1; place >= Math.max(since, now - LOOKED_AT); place--) {
    const word = words.get(place)
    if (word?.type === 'queried') return askingSentence(names.short(host), forwardPaths)
    if (word?.type !== 'sent' && word?.type !== 'read') continue
    const { client, server, port, typed } = connectionIn(seen.connections, word.connection) ?? {}
    if (client === host && !typed && server !== undefined && serviceAt(port ?? 0)?.protocol === 'SMTP')
      return fatesText('handsOn', { host: names.short(host), server: names.short(server) })
  }
  return undefined
}

function askingSentence(host: string, forwardPaths: readonly string[]): string {
  const domains = new Set(forwardPaths.map((path) => path.slice(path.lastIndexOf('@') + 1)))
  const [domain = ''] = domains
  return domains.size === 1 ? fatesText('asksTheWay', { host, domain }) : fatesText('asksTheWays', { host })
}
