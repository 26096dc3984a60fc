import type { Octets } from '../../base/octets'
import { emptyStore, type MessageStore, withQuota } from '../../mail/store'
import type { SmtpBody, SmtpDsn } from '../../protocols/smtp'
import type { ServerExchange } from '../../sasl'
import type { TransferReason } from '../../world/reason'
import type { Address, SessionId } from '../../world/world'
import { type Lookups, noLookups } from '../dns/lookup'
import { complete, type MailServerConfig } from './config'
import type { DeliveryQuestion } from './deliveryMachine'
import type { Greylist } from './greylist'
import type { LookupPurpose } from './purpose'

export { accountOf, type MailServerConfig } from './config'

/** A message on its way to another server. */
export interface QueueEntry {
  readonly queueId: string
  readonly letter: string
  /** Empty for the null reverse-path. */
  readonly reversePath: string
  readonly message: Octets
  /** The recipients that are not settled yet. */
  readonly recipients: readonly QueuedRecipient[]
  /** Unix milliseconds of its arrival. */
  readonly arrived: number
  readonly body?: SmtpBody
  readonly smtpUtf8?: true
  readonly dsn?: SmtpDsn
}

export interface QueuedRecipient {
  readonly forwardPath: string
  readonly tries: number
  /** The reason why the last try failed. */
  readonly lastReason?: TransferReason
  /** Virtual instant of the next try, if one is set. */
  readonly nextTry?: number
  /** The sender has been told of the delay. */
  readonly delayTold?: true
}

export interface MailServerState {
  readonly config: MailServerConfig
  /** The host's own address. */
  readonly address: Address
  readonly store: MessageStore
  readonly queue: Readonly<Record<string, QueueEntry>>
  readonly nextQueueNumber: number
  /** The exclusive-access lock of each maildrop (RFC 1939 section 4): user to POP3 session. */
  readonly locks: Readonly<Record<string, SessionId>>
  /** The last maildrop opening of each user, in Unix milliseconds: `loginDelay` counts from it. */
  readonly lastLogins?: Readonly<Record<string, number>>
  /** Logged-in users: session to account. */
  readonly users: Readonly<Record<SessionId, string>>
  /** Logins under way, by session. */
  readonly exchanges: Readonly<Record<SessionId, ServerExchange>>
  readonly lookups: Lookups<LookupPurpose>
  readonly greylist: Greylist
  /** While the queue is held: the next step of each delivery, by its session. */
  readonly held: Readonly<Record<SessionId, DeliveryQuestion>>
}

export function startState(config: MailServerConfig, host: { readonly address: Address }): MailServerState {
  const accounts = config.accounts ?? []
  for (const account of accounts) {
    if (!account.address.includes('@'))
      throw new Error(`the account "${account.address}" is no address; write it as user@domain`)
    if (account.address !== account.address.toLowerCase())
      throw new Error(`the account "${account.address}" has capitals; accounts are written in small letters`)
  }
  for (const { domain, recipients, postmaster, deliverTo } of config.domains) {
    const capital = [domain, postmaster, ...recipients].find((name) => name !== name.toLowerCase())
    if (capital !== undefined)
      throw new Error(`"${capital}" has capitals; addresses of ours are written in small letters`)
    if (deliverTo !== undefined) continue
    const homeless = [...recipients, postmaster].find(
      (name) => !accounts.some((a) => a.address === `${name}@${domain}`),
    )
    if (homeless !== undefined)
      throw new Error(`${homeless}@${domain} has no account to deliver to; add one, or deliverTo`)
  }
  let store = emptyStore(
    accounts.map((account) => account.address),
    { uidValidity: complete(config).uidValidity },
  )
  for (const { address, quota } of accounts) if (quota) store = withQuota(store, address, quota)
  return {
    config,
    address: host.address,
    store,
    queue: {},
    nextQueueNumber: firstQueueNumber(config.hostName),
    locks: {},
    users: {},
    exchanges: {},
    held: {},
    greylist: {},
    lookups: noLookups(config.resolver),
  }
}

/** Data on disk stays: configuration, mailboxes, queue, counters. Data of sessions and lookups is gone. */
export const restartState = (state: MailServerState): MailServerState => ({
  ...state,
  locks: {},
  users: {},
  exchanges: {},
  held: {},
  lookups: noLookups(state.config.resolver),
})

/** Queue names in the usual form: short, in hexadecimal. */
export const queueIdOf = (n: number): string => n.toString(16).toUpperCase()

/** Each server counts from its own number, so that a message has a different queue name at each server. */
function firstQueueNumber(hostName: string): number {
  let sum = 0
  for (let at = 0; at < hostName.length; at++) sum = (sum * 31 + hostName.charCodeAt(at)) % 0xe00
  return 0x100 + sum
}
