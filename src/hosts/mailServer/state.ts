import type { Octets } from '../../base/octets'
import { emptyStore, type MessageStore } from '../../mail/store'
import type { ServerExchange } from '../../sasl'
import type { SessionId } from '../../world/world'
import { type Lookups, noLookups } from '../lookup'

/** What a scenario says of a mail server. */
export interface MailServerConfig {
  /** The name it gives in greetings and trace fields. */
  readonly hostName: string
  readonly services: readonly { readonly port: number; readonly service: 'relay' | 'submission' | 'imap' | 'pop3' }[]
  readonly domains: readonly LocalDomain[]
  readonly accounts?: readonly Account[]
  readonly resolver: string
  /** Names and addresses that it knows by itself, as from a hosts file. */
  readonly knownHosts?: Readonly<Record<string, string>>
  readonly maxSize?: number
  readonly plaintextAuth?: boolean
  /** Seconds before the second, third … try; the last one repeats (RFC 5321 section 4.5.4.1 asks for 30 minutes at least). */
  readonly retryIntervals?: readonly number[]
  /** Milliseconds that a message lies in the queue before its first try: what a queue manager takes to pick it up. */
  readonly queueDelay?: number
  /** Seconds of waiting after which a message goes back (4 to 5 days). */
  readonly giveUpTime?: number
}

export interface LocalDomain {
  readonly domain: string
  /** Local parts that exist. */
  readonly recipients: readonly string[]
  /** Whose mailbox `postmaster` is; every domain has one (RFC 5321 section 4.5.1). */
  readonly postmaster: string
  /** The host that keeps the mailboxes; this one where it is left out. */
  readonly deliverTo?: string
}

export interface Account {
  /** Whole address: the name to log in with. */
  readonly address: string
  readonly password: string
}

export interface QueueEntry {
  readonly queueId: string
  readonly letter: string
  readonly reversePath: string
  readonly message: Octets
  /** Recipients not yet settled. */
  readonly forwardPaths: readonly string[]
  /** Unix milliseconds at which it came in. */
  readonly arrived: number
  readonly lastAnswer?: string
  /** Virtual instant of the next try, where one is set. */
  readonly nextTry?: number
  readonly tries: number
}

export interface MailServerState {
  readonly config: MailServerConfig
  readonly store: MessageStore
  readonly queue: Readonly<Record<string, QueueEntry>>
  readonly nextQueueNumber: number
  /** The exclusive-access lock of each maildrop (RFC 1939 section 4): user to POP3 session. */
  readonly locks: Readonly<Record<string, SessionId>>
  /** Who has logged in: POP3 or IMAP session to account. */
  readonly users: Readonly<Record<SessionId, string>>
  /** Logins under way, by session. */
  readonly exchanges: Readonly<Record<SessionId, ServerExchange>>
  readonly lookups: Lookups
}

export const DEFAULT_MAX_SIZE = 10_485_760
/** 30 minutes twice, then hourly. */
const RETRY_INTERVALS = [1800, 1800, 3600]
const GIVE_UP_TIME = 432_000

export const retryOf = (config: MailServerConfig): { intervals: readonly number[]; giveUp: number } => ({
  intervals: (config.retryIntervals ?? RETRY_INTERVALS).map((seconds) => seconds * 1000),
  giveUp: (config.giveUpTime ?? GIVE_UP_TIME) * 1000,
})

export function startState(config: MailServerConfig): MailServerState {
  const accounts = config.accounts ?? []
  for (const account of accounts) {
    if (!account.address.includes('@'))
      throw new Error(`the account "${account.address}" is no address; write it as user@domain`)
  }
  for (const { domain, recipients, postmaster, deliverTo } of config.domains) {
    if (deliverTo !== undefined) continue
    const homeless = [...recipients, postmaster].find(
      (name) => !accounts.some((a) => a.address === `${name}@${domain}`),
    )
    if (homeless !== undefined)
      throw new Error(`${homeless}@${domain} has no account to deliver to; add one, or deliverTo`)
  }
  return {
    config,
    store: emptyStore(
      accounts.map((account) => account.address),
      { uidValidity: 1 },
    ),
    queue: {},
    nextQueueNumber: firstQueueNumber(config.hostName),
    locks: {},
    users: {},
    exchanges: {},
    lookups: noLookups(config.resolver),
  }
}

/** The account that a name logs in to: the whole address, or its local part. */
export function accountOf(config: MailServerConfig, user: string): Account | undefined {
  const wanted = user.toLowerCase()
  return config.accounts?.find((account) => account.address === wanted || account.address.split('@')[0] === wanted)
}

/** Queue names as administrators know them: short, in hexadecimal. */
export const queueIdOf = (n: number): string => n.toString(16).toUpperCase()

/** Each server counts from a number of its own, so that one letter does not bear the same queue name everywhere. */
function firstQueueNumber(hostName: string): number {
  let sum = 0
  for (let at = 0; at < hostName.length; at++) sum = (sum * 31 + hostName.charCodeAt(at)) % 0xe00
  return 0x100 + sum
}
