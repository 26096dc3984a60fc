import type { Outcome } from '../../protocols/dns'
import type { TransferReason } from '../../world/reason'
import type { SessionId } from '../../world/world'
import { startLookup } from '../dns/lookup'
import type { Turn } from '../turn'
import type { DeliveryEvent, DeliveryNews } from './deliveryMachine'
import { betterThan, type Exchanger, isNullMx, orderExchangers } from './exchangers'
import type { LookupPurpose } from './purpose'
import type { MailServerState } from './state'

/** Routes of a delivery: lookups, and their meaning for mail (RFC 5321 section 5.1, RFC 7505). */

type ServerTurn = Turn<MailServerState>

/** Sends an event to a delivery, with its message's age. */
export function tellDelivery(turn: ServerTurn, delivery: SessionId, queueId: string, event: DeliveryNews): void {
  const arrived = turn.state.queue[queueId]?.arrived ?? turn.civil
  turn.answer<DeliveryEvent>(delivery, { ...event, age: turn.civil - arrived })
}

function look(turn: ServerTurn, rrType: string, purpose: LookupPurpose): void {
  const [lookups, effects] = startLookup(turn.host, turn.state.lookups, purpose.name, rrType, purpose, turn.env)
  turn.change({ lookups })
  for (const effect of effects) turn.do(effect)
}

/** `[192.0.2.1]`, `[IPv6:2001:db8::1]` (RFC 5321 section 4.1.3): the address itself, or undefined for a name or another tag. */
const literalAddress = (name: string): string | undefined => {
  const [, v6, v4] = /^\[(?:IPv6:([^\]]+)|([\d.]+))\]$/i.exec(name) ?? []
  return v6 ?? v4
}

/** Finds the exchangers of a domain for a delivery. An address in brackets is its own exchanger, without a lookup. */
export function findExchangers(turn: ServerTurn, delivery: SessionId, queueId: string, domain: string): void {
  if (!domain.startsWith('[')) look(turn, 'MX', { kind: 'exchangers', delivery, queueId, name: domain })
  else if (literalAddress(domain) === undefined) {
    const reason: TransferReason = { id: 'unknownLiteral', name: domain, status: '5.1.2' }
    tellDelivery(turn, delivery, queueId, { type: 'domainRefused', reason })
  } else {
    const exchangers: readonly Exchanger[] = [{ preference: 0, name: domain }]
    tellDelivery(turn, delivery, queueId, { type: 'exchangersFound', exchangers, source: 'literal' })
  }
}

/** Finds the addresses of an exchanger for a delivery: IPv4 first, IPv6 after all of those were tried. */
export function findAddresses(
  turn: ServerTurn,
  delivery: SessionId,
  queueId: string,
  name: string,
  family: 'A' | 'AAAA',
): void {
  const known = literalAddress(name) ?? turn.state.config.knownHosts?.[name]
  if (known === undefined) look(turn, family, { kind: 'addresses', delivery, queueId, name })
  else foundAddresses(turn, delivery, queueId, name, known.includes(':') === (family === 'AAAA') ? [known] : [])
}

function foundAddresses(
  turn: ServerTurn,
  delivery: SessionId,
  queueId: string,
  name: string,
  addresses: readonly string[],
): void {
  const own = [turn.host.address, ...(turn.host.addresses ?? [])]
  if (addresses.some((address) => own.includes(address))) {
    const reason: TransferReason = { id: 'ownAddress', name, status: '5.4.6' }
    tellDelivery(turn, delivery, queueId, { type: 'ownAddressFound', reason })
  } else tellDelivery(turn, delivery, queueId, { type: 'addressesFound', addresses })
}

/** A lookup of a delivery has ended: sends its meaning for mail to the delivery. */
export function lookupEnded(turn: ServerTurn, purpose: LookupPurpose, outcome: Outcome): void {
  const { kind, delivery, queueId, name } = purpose
  const tell = (event: DeliveryNews): void => tellDelivery(turn, delivery, queueId, event)
  if (outcome.status === 'servfail' || outcome.status === 'timeout') {
    const reason: TransferReason = { id: 'lookupFailed', name, outcome: outcome.status, status: '4.4.3' }
    tell({ type: 'lookupDeferred', reason })
    return
  }
  if (kind === 'addresses') {
    const addresses = outcome.records.flatMap((record) =>
      record.type === 'A' || record.type === 'AAAA' ? [record.address] : [],
    )
    foundAddresses(turn, delivery, queueId, name, addresses)
    return
  }
  if (outcome.status === 'nxdomain') {
    const reason: TransferReason = { id: 'noSuchDomain', name, status: '5.1.2' }
    tell({ type: 'domainRefused', reason })
    return
  }
  const found: Exchanger[] = outcome.records.flatMap((record) =>
    record.type === 'MX' ? [{ preference: record.preference, name: withoutDot(record.exchange) }] : [],
  )
  if (isNullMx(found)) {
    const reason: TransferReason = { id: 'takesNoMail', name, status: '5.1.10' }
    tell({ type: 'domainRefused', reason })
    return
  }
  // No MX: the domain's own address is its exchanger (RFC 5321 section 5.1).
  const all = found.length > 0 ? found : [{ preference: 0, name }]
  const usable = betterThan((exchanger) => isOurName(turn.state, exchanger), all)
  if (usable.length === 0) {
    const reason: TransferReason = { id: 'ownExchanger', name, status: '5.4.6' }
    tell({ type: 'domainRefused', reason })
    return
  }
  const passedOver = all.filter((exchanger) => !usable.includes(exchanger))
  tell({
    type: 'exchangersFound',
    exchangers: orderExchangers(usable, turn.env.chance),
    source: found.length > 0 ? 'mx' : 'implicitMx',
    ...(passedOver.length > 0 ? { passedOver } : {}),
  })
}

const withoutDot = (name: string): string => (name.endsWith('.') ? name.slice(0, -1) : name)

const isOurName = ({ config }: MailServerState, name: string): boolean =>
  name.toLowerCase() === config.hostName.toLowerCase()
