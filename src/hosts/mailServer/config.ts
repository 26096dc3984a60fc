import type { Quota } from '../../mail/store'
import type { SaslMechanism } from '../../sasl'
import type { MailServiceName } from '../../session/service'

/** A mail server's part of a scenario; some options may change while the world runs (`policies.ts`). */
export interface MailServerConfig {
  /** The name in greetings and trace fields. */
  readonly hostName: string
  readonly services: readonly ServiceConfig[]
  readonly domains: readonly LocalDomain[]
  readonly accounts?: readonly Account[]
  readonly resolver: string
  /** Names and addresses that need no DNS, as from a hosts file. */
  readonly knownHosts?: Readonly<Record<string, string>>
  /** STARTTLS and STLS on ports that begin in plaintext. Default: `none`. */
  readonly tls?: 'none' | 'offered' | 'required'
  /** TLS towards other servers. Default: `opportunistic`, STARTTLS if offered. */
  readonly outgoingTls?: 'never' | 'opportunistic' | 'required'
  /** Messages to other servers use PIPELINING if offered (RFC 2920). Default: no. */
  readonly outgoingPipelining?: boolean
  /** They use BDAT if CHUNKING is offered (RFC 3030). Default: no. */
  readonly outgoingChunking?: boolean
  /** The login mechanisms. Default: PLAIN. */
  readonly mechanisms?: readonly SaslMechanism[]
  /** Passwords may travel without TLS. Default: yes. */
  readonly plaintextAuth?: boolean
  /** POP3's greeting carries a timestamp, and APOP is accepted (RFC 1939 section 7). Default: no. */
  readonly apop?: boolean
  /** The least number of seconds between two POP3 logins of one user (RFC 2449 section 6.5). Default: none. */
  readonly loginDelay?: number
  /**
   * The UIDVALIDITY of each INBOX; the other mailboxes get the following numbers (RFC 9051 section 2.3.1.1). Default: 1, which
   * is easy to read. Programs that remember unique-ids need another number whenever mailboxes begin anew, as those of `ehlo
   * serve` do.
   */
  readonly uidValidity?: number
  /** Octets of the largest message. */
  readonly maxSize?: number
  /** Recipients of one message; RFC 5321 section 4.5.3.1.8 asks for at least 100. */
  readonly maxRecipients?: number
  /** A message with more Received fields counts as a loop; RFC 5321 section 6.3 asks for at least 100. */
  readonly maxHops?: number
  /** Port 25 relays messages for anybody: an open relay. */
  readonly relayForStrangers?: boolean
  /** Submission requires a login (RFC 6409 section 4.3). */
  readonly requireAuthentication?: boolean
  /** Submission adds missing Date and Message-ID fields (RFC 6409 section 8). */
  readonly completeHeaders?: boolean
  /** The treatment of a CR or LF in a message that is not part of CRLF. */
  readonly bareLineFeed?: 'refuse' | 'tolerate'
  /** Seconds before the second, third … try; the last one repeats (RFC 5321 section 4.5.4.1 asks for at least 30 minutes). */
  readonly retryIntervals?: readonly number[]
  /** Milliseconds in the queue before the first try, as a queue manager takes to pick it up. */
  readonly queueDelay?: number
  /** Seconds until the sender is told of a delay. */
  readonly delayNoticeAfter?: number
  /** Seconds until the message is returned (4 to 5 days). */
  readonly giveUpTime?: number
}

export interface ServiceConfig {
  readonly port: number
  /** The service of the port, by its row in `session/service.ts`. */
  readonly service: MailServiceName
}

export interface LocalDomain {
  readonly domain: string
  /** Existing local parts. */
  readonly recipients: readonly string[]
  /** The owner of `postmaster`, which every domain has (RFC 5321 section 4.5.1). */
  readonly postmaster: string
  /** The host of the mailboxes. Default: this one. */
  readonly deliverTo?: string
}

export interface Account {
  /** The whole address, which is the login name. */
  readonly address: string
  readonly password: string
  /** The limit for all mailboxes together. Default: none. */
  readonly quota?: Quota
}

/** The defaults of a scenario's options. */
const DEFAULTS = {
  tls: 'none',
  outgoingTls: 'opportunistic',
  outgoingPipelining: false,
  outgoingChunking: false,
  mechanisms: ['PLAIN'],
  plaintextAuth: true,
  apop: false,
  loginDelay: 0,
  uidValidity: 1,
  maxSize: 10_485_760,
  maxRecipients: 100,
  maxHops: 100,
  relayForStrangers: false,
  requireAuthentication: true,
  completeHeaders: true,
  bareLineFeed: 'refuse',
  /** Two tries in the first hour, then fewer (RFC 5321 section 4.5.4.1). */
  retryIntervals: [1800, 1800, 3600, 7200, 10_800],
  queueDelay: 0,
  delayNoticeAfter: 14_400,
  giveUpTime: 432_000,
} as const satisfies Partial<MailServerConfig>

export type CompleteConfig = MailServerConfig & Required<Pick<MailServerConfig, keyof typeof DEFAULTS>>

/** A configuration is a value and is used at every command, so its defaults are filled in once. */
const completed = new WeakMap<MailServerConfig, CompleteConfig>()

export function complete(config: MailServerConfig): CompleteConfig {
  const known = completed.get(config)
  if (known) return known
  const whole = { ...DEFAULTS, ...config }
  completed.set(config, whole)
  return whole
}

/** The account of a login name: the whole address, or its local part. */
export function accountOf(config: MailServerConfig, user: string): Account | undefined {
  const wanted = user.toLowerCase()
  return config.accounts?.find((account) => account.address === wanted || account.address.split('@')[0] === wanted)
}
