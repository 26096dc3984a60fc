import type { Quota } from '../../mail/store'
import type { SaslMechanism } from '../../sasl'
import type { MailServiceName } from '../../session/service'

/** What a scenario says of a mail server, and what of it may be switched while the world runs (`policies.ts`). */
export interface MailServerConfig {
  /** The name it gives in greetings and trace fields. */
  readonly hostName: string
  readonly services: readonly ServiceConfig[]
  readonly domains: readonly LocalDomain[]
  readonly accounts?: readonly Account[]
  readonly resolver: string
  /** Names and addresses that it knows by itself, as from a hosts file. */
  readonly knownHosts?: Readonly<Record<string, string>>
  /** STARTTLS and STLS on ports that begin in plaintext: `none`, unless it is said otherwise. */
  readonly tls?: 'none' | 'offered' | 'required'
  /** How it protects what it sends to other servers: `opportunistic`, STARTTLS where it is offered, unless it is said otherwise. */
  readonly outgoingTls?: 'never' | 'opportunistic' | 'required'
  /** Letters to other servers go in groups of commands where PIPELINING is offered (RFC 2920): no, unless it is said otherwise. */
  readonly outgoingPipelining?: boolean
  /** They go by BDAT where CHUNKING is offered (RFC 3030): no, unless it is said otherwise. */
  readonly outgoingChunking?: boolean
  /** How users may log in: PLAIN, unless it is said otherwise. */
  readonly mechanisms?: readonly SaslMechanism[]
  /** Whether passwords may travel unencrypted: yes, unless it is said otherwise. */
  readonly plaintextAuth?: boolean
  /** POP3's greeting carries a timestamp, and APOP is taken (RFC 1939 section 7): no, unless it is said otherwise. */
  readonly apop?: boolean
  /** Seconds that have to pass between two POP3 logins of one user (RFC 2449 section 6.5): none, unless it is said otherwise. */
  readonly loginDelay?: number
  /**
   * The UIDVALIDITY of each INBOX; the other mailboxes get the numbers that follow (RFC 9051 section 2.3.1.1). 1, so that it is
   * easy to read, unless it is said otherwise: programs that remember unique-ids need another one wherever mailboxes
   * begin anew, as those of `ehlo serve` do.
   */
  readonly uidValidity?: number
  /** Octets of the largest message. */
  readonly maxSize?: number
  /** Recipients of one message; RFC 5321 section 4.5.3.1.8 asks for 100 at least. */
  readonly maxRecipients?: number
  /** Received fields above which a message is taken to go in circles; RFC 5321 section 6.3 asks for 100 at least. */
  readonly maxHops?: number
  /** Port 25 passes letters on for anybody: an open relay. */
  readonly relayForStrangers?: boolean
  /** Submission asks for a login before a letter (RFC 6409 section 4.3). */
  readonly requireAuthentication?: boolean
  /** Submission adds Date and Message-ID where they are missing (RFC 6409 section 8). */
  readonly completeHeaders?: boolean
  /** What becomes of a CR or LF in a letter that is not part of CRLF. */
  readonly bareLineFeed?: 'refuse' | 'tolerate'
  /** Seconds before the second, third … try; the last one repeats (RFC 5321 section 4.5.4.1 asks for 30 minutes at least). */
  readonly retryIntervals?: readonly number[]
  /** Milliseconds that a message lies in the queue before its first try: what a queue manager takes to pick it up. */
  readonly queueDelay?: number
  /** Seconds after which the sender hears that a letter is still on its way. */
  readonly delayNoticeAfter?: number
  /** Seconds after which a letter goes back (4 to 5 days). */
  readonly giveUpTime?: number
}

export interface ServiceConfig {
  readonly port: number
  /** What is offered there, by its row in `session/service.ts`. */
  readonly service: MailServiceName
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
  /** What may be kept in all mailboxes together: anything, unless it is said otherwise. */
  readonly quota?: Quota
}

/** What holds where a scenario does not say otherwise. */
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

/** A configuration is a value, and asked of at every command: it is completed once. */
const completed = new WeakMap<MailServerConfig, CompleteConfig>()

export function complete(config: MailServerConfig): CompleteConfig {
  const known = completed.get(config)
  if (known) return known
  const whole = { ...DEFAULTS, ...config }
  completed.set(config, whole)
  return whole
}

/** The account that a name logs in to: the whole address, or its local part. */
export function accountOf(config: MailServerConfig, user: string): Account | undefined {
  const wanted = user.toLowerCase()
  return config.accounts?.find((account) => account.address === wanted || account.address.split('@')[0] === wanted)
}
