import type { Octets } from '../../base/octets'
import type { ImapIntent } from '../../protocols/imap'
import type { SaslMechanism } from '../../sasl'
import { type Lookups, noLookups } from '../dns/lookup'
import type { Turn } from '../turn'
import type { Outgoing, SubmissionServer } from './outbox'
import type { WantedConnection } from './purpose'

/** A mail program's part of a scenario (a mail user agent, RFC 5598 section 4.1). */
export interface MailProgramConfig {
  readonly accounts: readonly MailAccount[]
  readonly resolver: string
  /** Names and addresses that need no DNS, as from a hosts file. */
  readonly knownHosts?: Readonly<Record<string, string>>
  /** It checks for mail only when its user says so. */
  readonly rests?: boolean
}

export interface MailAccount {
  readonly address: string
  readonly user: string
  readonly password: string
  readonly submission?: SubmissionServer
  readonly retrieval?: Retrieval
}

export interface Retrieval {
  readonly protocol: 'IMAP' | 'POP3'
  readonly host: string
  readonly port: number
  /** Default: implicit TLS on ports 993 and 995, elsewhere STARTTLS or STLS if offered. */
  readonly tls?: 'never' | 'opportunistic' | 'required' | 'implicit'
  /** Login mechanisms; by default all. If none is left, the login is USER and PASS, or LOGIN. */
  readonly mechanisms?: readonly SaslMechanism[]
  /** POP3: fetched messages stay on the server, and unique-ids tell which are known. Otherwise they are removed. */
  readonly leaveOnServer?: boolean
  /** IMAP: stay connected and wait for news (RFC 2177). */
  readonly idle?: boolean
  /** Seconds from the beginning to the first check for mail; without it there are no automatic checks. */
  readonly first?: number
  /** Seconds from the acceptance of a message that was sent, or from a restart after one, to a check: an answer may come. */
  readonly afterSending?: number
  /** Seconds between checks, once there was one. */
  readonly every?: number
}

/** A message on this device. */
export interface Kept {
  readonly account: string
  readonly by: 'POP3' | 'IMAP'
  /** The server's UID (IMAP) or unique-id (POP3). */
  readonly uid: string
  readonly uidValidity?: number
  readonly letter: string
  readonly flags: readonly string[]
  readonly octets: Octets
}

export interface MailProgramState {
  readonly config: MailProgramConfig
  readonly kept: readonly Kept[]
  /** By the address of an IMAP account. */
  readonly imap?: Readonly<Record<string, ImapAccount>>
  /** By the address of a POP3 account: the unique-ids of messages that the user has deleted on this device. */
  readonly deleted?: Readonly<Record<string, readonly string[]>>
  readonly outbox: readonly Outgoing[]
  readonly lookups: Lookups<WantedConnection>
}

/**
 * A mail program's data for an IMAP account, besides the messages: how far it is synchronized, and the user's changes without a
 * connection (RFC 4549). It is on disk, so it survives a restart.
 */
export interface ImapAccount {
  readonly uidValidity?: number
  /** Every change up to this mod-sequence is known here (RFC 7162). */
  readonly modSeq?: number
  readonly wishes: readonly ImapIntent[]
  /** Its session has been told to log out, so it takes no further wish. */
  readonly leaving?: true
  /** The account is to be checked again once that session has ended. */
  readonly again?: true
}

/** The data on disk: fetched and unsent messages are, lookups and what is known of sessions are not. */
export const withoutSessions = (state: MailProgramState): MailProgramState => ({
  ...state,
  lookups: noLookups(state.config.resolver),
  ...(state.imap && { imap: mapped(state.imap, ({ leaving: _, again: __, ...account }) => account) }),
})

const mapped = <From, To>(values: Readonly<Record<string, From>>, by: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, by(value)]))

export type ProgramTurn = Turn<MailProgramState>

/** The account of an address. */
export const accountOf = (state: MailProgramState, address: string): MailAccount | undefined =>
  state.config.accounts.find((account) => account.address === address)
