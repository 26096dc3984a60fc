import type { Instant } from '../../base/time'
import type { Fact } from '../../world/fact'
import type { ConnectionId, HostName } from '../../world/world'
import { connectionsAt, type SeenConnection } from './transcript'

/** What a person's text connection is doing at an instant: read off the trace, so it goes back and forth with time. */
export interface Terminal {
  /** The name that interventions give it. */
  readonly id: string
  readonly to: string
  readonly port: number
  readonly phase: 'lookingUp' | 'opening' | 'open' | 'ended'
  /** Why there is no connection, in one sentence. */
  readonly why?: string
  readonly connection?: SeenConnection
}

/** Longer than any answer that comes by itself, shorter than any server's patience. */
const ANSWER_WITHIN = 20_000
/** What comes so long after the last octet of an answer is news, and no part of it. */
const GAP = 1_500

/** The text connection that a person on this host opened last, at an instant. */
export function terminalAt(trace: readonly Fact[], host: HostName, t: Instant): Terminal | undefined {
  const terminal = lastTerminal(trace, host, t)
  // Who has hung up is done with it, whether or not the far end has heard of that already.
  if (!terminal || terminal.phase === 'ended' || !hungUp(trace, terminal.id, t)) return terminal
  return { ...terminal, phase: 'ended', why: 'You hung up.' }
}

function hungUp(trace: readonly Fact[], terminal: string, t: Instant): boolean {
  return trace.some(
    (fact) =>
      fact.at <= t &&
      fact.type === 'intervened' &&
      fact.intervention.type === 'hungUp' &&
      fact.intervention.terminal === terminal,
  )
}

function lastTerminal(trace: readonly Fact[], host: HostName, t: Instant): Terminal | undefined {
  let from = -1
  for (let n = trace.length - 1; n >= 0 && from === -1; n--) {
    const fact = trace[n] as Fact
    if (fact.at <= t && fact.type === 'intervened' && isConnect(fact, host)) from = n
  }
  const start = trace[from]
  if (start?.type !== 'intervened' || start.intervention.type !== 'connected') return undefined
  const { terminal: id, to, port } = start.intervention
  const named = { id, to, port }
  for (let n = from + 1; n < trace.length; n++) {
    const fact = trace[n] as Fact
    if (fact.at > t || isConnect(fact, host)) break
    if (fact.type === 'connectionOpening' && fact.client === host && fact.protocol === 'text.client') {
      const connection = connectionsAt(trace, t).find((seen) => seen.connection === fact.connection)
      return connection ? { ...named, ...phaseOf(connection), connection } : { ...named, phase: 'opening' }
    }
    if (fact.type === 'lookupEnded' && fact.host === host && isFailure(fact.outcome) && sameName(fact.name, to)) {
      return { ...named, phase: 'ended', why: noAddress(to, fact.outcome) }
    }
  }
  return { ...named, phase: 'lookingUp' }
}

/** Why a look-up gave no address: in words first, then as DNS says it (RFC 2308 section 2). */
function noAddress(name: string, outcome: string): string {
  if (outcome === 'nxdomain') return `There is no such name as ${name} (NXDOMAIN): check how it is spelled.`
  if (outcome === 'nodata')
    return `The name ${name} exists but has no address (NODATA): mail for it may go elsewhere, see its MX.`
  return `The address of ${name} could not be looked up (${outcome.toUpperCase()}): try again later.`
}

function phaseOf(connection: SeenConnection): { phase: Terminal['phase']; why?: string } {
  const { server, port } = connection
  switch (connection.state) {
    case 'opening':
      return { phase: 'opening' }
    case 'open':
      return { phase: 'open' }
    case 'closed':
      return { phase: 'ended', why: 'The connection is closed.' }
    case 'refused':
      return { phase: 'ended', why: `${server} refused the connection: nothing listens on port ${port}.` }
    case 'timedOut':
      return { phase: 'ended', why: `${server} did not answer on port ${port}.` }
    case 'reset':
      return { phase: 'ended', why: 'The connection was reset.' }
  }
}

/** The name for the next text connection: one more than were opened up to now. */
export function nextTerminal(trace: readonly Fact[], t: Instant): string {
  let opened = 0
  for (const fact of trace) {
    if (fact.at > t) break
    if (fact.type === 'intervened' && fact.intervention.type === 'connected') opened++
  }
  return `terminal-${opened + 1}`
}

/**
 * The moment to go to after doing something, so that its answer is there to be read: when the last octet of the answer
 * has been read at the person's end, else when the far end has read the line, else now.
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
        // The far end may hang up with its last word.
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

const sameName = (a: string, b: string): boolean =>
  a.replace(/\.$/, '').toLowerCase() === b.replace(/\.$/, '').toLowerCase()
const isFailure = (outcome: string): boolean => outcome !== 'answered'

function isConnect(fact: Fact, host: HostName): boolean {
  return fact.type === 'intervened' && fact.intervention.type === 'connected' && fact.intervention.host === host
}
