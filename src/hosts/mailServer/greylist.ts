import { addressKey } from '../../mail/address'
import { isIpv4 } from '../../protocols/dns'

/**
 * Greylisting (RFC 6647): the first message of a triple of client network, sender and recipient is put off. A mail server tries
 * again, much software for spam does not. Times are in Unix milliseconds.
 */
export type Greylist = Readonly<Record<string, GreyTriple>>

interface GreyTriple {
  /** Its first try. */
  readonly first: number
  /** Its last try, from the one on that passed. */
  readonly passed?: number
}

export interface Triple {
  readonly clientAddress: string
  /** Empty for the null reverse-path. */
  readonly reversePath: string
  readonly forwardPath: string
}

/** Triples in memory; the oldest go first, so that strangers cannot fill it. */
const MOST = 1000
const DAY = 86_400_000
/** The time in which a second try has to come: some servers try twice a day at last. */
const RETRY_WITHIN = 2 * DAY
/** A triple that passed is forgotten after this long without a message. */
const REMEMBERED_FOR = 35 * DAY

/** Clients of a large sender share a network and not an address, so the network counts: /24, or /64 of IPv6. */
function networkOf(address: string): string {
  if (isIpv4(address)) return address.slice(0, address.lastIndexOf('.'))
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const rest = tail === undefined ? [] : tail.split(':').filter((group) => group !== '')
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0')
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':').toLowerCase()
}

const keyOf = ({ clientAddress, reversePath, forwardPath }: Triple): string =>
  `${networkOf(clientAddress)} ${addressKey(reversePath)} ${addressKey(forwardPath)}`

/**
 * The list after a try, and whether it passes. The first try has to be at least `delay` milliseconds ago.
 */
export function tryTriple(
  list: Greylist,
  triple: Triple,
  delay: number,
  now: number,
): { readonly list: Greylist; readonly passes: boolean } {
  const key = keyOf(triple)
  const { [key]: found, ...others } = list
  const known = found && isRemembered(found, now) ? found : undefined
  const first = known?.first ?? now
  const passes = known !== undefined && (known.passed !== undefined || now - first >= delay)
  const entries = Object.entries(others)
  const kept = entries.length < MOST ? others : Object.fromEntries(entries.slice(entries.length - MOST + 1))
  return { list: { ...kept, [key]: { first, ...(passes && { passed: now }) } }, passes }
}

const isRemembered = ({ first, passed }: GreyTriple, now: number): boolean =>
  passed === undefined ? now - first <= RETRY_WITHIN : now - passed <= REMEMBERED_FOR
