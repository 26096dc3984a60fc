import type { Instant } from '../../base/time'
import { storyText } from '../../messages/story'
import type { Fact } from '../../world/fact'
import type { ConnectionId, HostName } from '../../world/world'
import { connectionIn, type SeenConnection } from './connections'
import type { Seen } from './seen'
import type { SeenTerminal } from './terminals'

/** The state of a person's text connection at an instant. It is read from the trace, so it follows time back and forth. */
export interface Terminal {
  /** The name that interventions give it. */
  readonly id: string
  /** The host at which the person types. */
  readonly host: HostName
  readonly to: string
  readonly port: number
  readonly phase: 'lookingUp' | 'opening' | 'open' | 'ended'
  /** The reason why there is no connection, in one sentence. */
  readonly why?: string
  readonly connection?: SeenConnection
}

/** Longer than any reply takes, shorter than any server's timeout. */
const ANSWER_WITHIN = 20_000
/** Octets that come this long after the last octet of a reply are not part of it. */
const GAP = 1_500

/** The text connections that persons have opened, in the order of opening. */
export const terminalsIn = (seen: Seen): readonly Terminal[] =>
  seen.terminals.recent.map((each) => terminalOf(seen, each))

/** The text connection of this name. */
export function terminalNamed(seen: Seen, id: string | undefined): Terminal | undefined {
  const found = seen.terminals.recent.find((each) => each.id === id)
  return found && terminalOf(seen, found)
}

/** The text connection that has this connection, if a person opened it. */
export function terminalOn(seen: Seen, connection: ConnectionId): Terminal | undefined {
  const found = seen.terminals.recent.find((each) => each.connection === connection)
  return found && terminalOf(seen, found)
}

/** The text connection that a person on this host opened last. */
export function terminalIn(seen: Seen, host: HostName): Terminal | undefined {
  const latest = seen.terminals.recent.findLast((each) => each.host === host)
  return latest && terminalOf(seen, latest)
}

function terminalOf(seen: Seen, asked: SeenTerminal): Terminal {
  const { id, host, to, port, hungUp, noAddress: outcome } = asked
  const connection = asked.connection === undefined ? undefined : connectionIn(seen.connections, asked.connection)
  const terminal: Terminal = {
    id,
    host,
    to,
    port,
    ...(connection ? phaseOf(connection, hungUp) : outcome ? noAddress(to, outcome) : { phase: 'lookingUp' }),
    ...(connection ? { connection } : {}),
  }
  // After hanging up, a person's side is closed, even if the far end does not know it yet.
  return hungUp && terminal.phase !== 'ended'
    ? { ...terminal, phase: 'ended', why: storyText('ended.hungUp') }
    : terminal
}

/** The reason why a lookup gave no address: first in words, then in the terms of DNS (RFC 2308 section 2). */
function noAddress(name: string, outcome: string): Pick<Terminal, 'phase' | 'why'> {
  if (outcome === 'nxdomain') return { phase: 'ended', why: storyText('ended.nxdomain', { name }) }
  if (outcome === 'noResolver') return { phase: 'ended', why: storyText('ended.noResolver', { name }) }
  if (outcome === 'nodata') return { phase: 'ended', why: storyText('ended.nodata', { name }) }
  return { phase: 'ended', why: storyText('ended.lookupFailed', { name, outcome: outcome.toUpperCase() }) }
}

function phaseOf(connection: SeenConnection, hungUp: boolean): { phase: Terminal['phase']; why?: string } {
  const { server, port } = connection
  switch (connection.state) {
    case 'opening':
      return { phase: 'opening' }
    // The person cannot know that the far end has lost its power.
    case 'open':
    case 'halfOpen':
      return { phase: 'open' }
    case 'closed':
      return { phase: 'ended', why: hungUp ? storyText('ended.closed') : storyText('ended.closedThere', { server }) }
    case 'refused':
      return { phase: 'ended', why: storyText('ended.refused', { server, port: String(port) }) }
    case 'timedOut':
      return { phase: 'ended', why: storyText('ended.timedOut', { server, port: String(port) }) }
    case 'reset':
      return { phase: 'ended', why: storyText('ended.reset') }
  }
}

/** The name for the next text connection: its number is one higher than the count up to now. */
export const nextTerminal = ({ terminals }: Seen): string => `terminal-${terminals.asked + 1}`

/**
 * The moment to go to after doing something, so that its reply can be read: the instant at which the person's end has read the
 * last octet of the reply, else the instant at which the far end has read the line, else now.
 */
export function answeredAt(facts: readonly Fact[], host: HostName, now: Instant, open?: ConnectionId): Instant {
  let answered: Instant | undefined
  let heard: Instant | undefined
  let connection = open
  for (const fact of facts) {
    if (fact.at > now + ANSWER_WITHIN && answered !== undefined) break
    switch (fact.type) {
      case 'connectionOpening':
        if (fact.client === host && fact.protocol === 'text.client') connection ??= fact.connection
        break
      case 'connectionFailed':
        if (fact.connection === connection) return fact.at
        break
      case 'connectionClosed':
        // The far end may close the connection together with its last reply.
        if (fact.connection === connection && fact.at <= (answered ?? now + ANSWER_WITHIN) + GAP) answered = fact.at
        break
      case 'lookupEnded':
        if (connection === undefined && fact.host === host && isFailure(fact.outcome)) return fact.at
        break
      case 'read':
        if (fact.connection !== connection) break
        if (fact.host === host) {
          if (answered !== undefined && fact.at > answered + GAP) return answered
          answered = fact.at
        } else if (fact.at <= now + ANSWER_WITHIN) heard = fact.at
        break
    }
  }
  return answered ?? heard ?? now
}

const isFailure = (outcome: string): boolean => outcome !== 'answered'
