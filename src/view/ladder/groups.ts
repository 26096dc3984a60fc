import type { Instant } from '../../base/time'
import { serviceAt } from '../../session/service'
import type { Scenario } from '../../world/scenario'
import type { HostName } from '../../world/world'
import type { Exchange } from '../run/exchanges'
import type { ProtocolName } from '../run/flight'
import type { History } from '../run/history'
import type { StepSize } from '../run/moments'
import { type Arrow, arrowCount, arrowsOf } from './rows'

/** The purpose of an exchange, which gives it its name. */
export type Purpose = 'submits' | 'relays' | 'delivers' | 'looks' | 'asks' | 'types' | 'calls' | 'unanswered'

/** An exchange of the ladder, or several calls in a row without an answer. */
export interface Group {
  /** The order of the fact with which it began, which names it. */
  readonly key: number
  readonly exchanges: readonly Exchange[]
  readonly purpose: Purpose
  readonly protocol: ProtocolName
  readonly client: HostName
  readonly server: HostName
  readonly hosts: readonly HostName[]
  readonly port: number
  readonly from: Instant
  readonly until: Instant
}

const isUnanswered = ({ kind, openedAt }: Exchange): boolean => kind === 'connection' && openedAt === undefined

/** The groups of a run, in the order in which they began. */
export function groupsOf({ exchanges }: History, scenario: Scenario): readonly Group[] {
  const groups: Group[] = []
  /** The place of the last group between two ends. */
  const latest = new Map<string, number>()
  for (const exchange of exchanges.all) {
    const ends = `${exchange.kind} ${exchange.client} ${exchange.server} ${exchange.port}`
    const place = latest.get(ends)
    const before = place === undefined ? undefined : groups[place]
    if (place !== undefined && before?.purpose === 'unanswered' && isUnanswered(exchange)) {
      groups[place] = groupOf([...before.exchanges, exchange], exchange, scenario)
      continue
    }
    latest.set(ends, groups.length)
    groups.push(groupOf([exchange], exchange, scenario))
  }
  return groups
}

const single = new WeakMap<Exchange, Group>()

/** A group of one exchange stays the same value while the exchange does. */
function groupOf(exchanges: readonly Exchange[], last: Exchange, scenario: Scenario): Group {
  const known = exchanges.length === 1 ? single.get(last) : undefined
  if (known) return known
  const first = exchanges[0] ?? last
  const group: Group = {
    key: first.began,
    exchanges,
    purpose: purposeOf(last, scenario),
    protocol: last.protocol,
    client: last.client,
    server: last.server,
    hosts: last.hosts,
    port: last.port,
    from: first.from,
    until: last.until,
  }
  if (exchanges.length === 1) single.set(last, group)
  return group
}

function purposeOf(exchange: Exchange, { map }: Scenario): Purpose {
  if (isUnanswered(exchange)) return 'unanswered'
  if (exchange.typed) return 'types'
  const regionOf = (host: HostName): string | undefined => (map as Scenario['map']).hosts[host]?.region
  switch (exchange.protocol) {
    case 'SMTP':
      if (serviceAt(exchange.port)?.clients === 'users') return 'submits'
      return regionOf(exchange.client) === regionOf(exchange.server) ? 'delivers' : 'relays'
    case 'POP3':
    case 'IMAP':
      return 'looks'
    case 'DNS':
      return exchange.kind === 'lookup' ? 'asks' : 'calls'
    default:
      return 'calls'
  }
}

export const countOf = ({ exchanges }: Group, size: StepSize): number =>
  exchanges.reduce((sum, exchange) => sum + arrowCount(exchange, size), 0)

export const arrowsIn = ({ exchanges }: Group, history: History, size: StepSize): readonly Arrow[] =>
  exchanges.length === 1 && exchanges[0]
    ? arrowsOf(exchanges[0], history, size)
    : exchanges.flatMap((exchange) => arrowsOf(exchange, history, size))
