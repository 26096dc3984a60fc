import { ALL_MECHANISMS } from '../../sasl'
import type { MailServiceName } from '../../session/service'
import type { PolicyValue } from '../../world/reason'

/**
 * The options of a mail server, one row each: its kind, its default, and whether a learner can change it while the world runs.
 * The type of a configuration, its defaults, the schema of scenario files and the switches of the lab are all read off this
 * table. A new option is a row here, its use, and for a switch two messages (`switches.ts`, `policies.ts`).
 */

interface Choice<T extends string> {
  readonly kind: 'choice'
  readonly standard: T
  readonly values: readonly T[]
}

interface Flag {
  readonly kind: 'flag'
  readonly standard: boolean
}

export interface Amount {
  readonly kind: 'amount'
  readonly standard: number
  readonly least: number
  readonly most?: number
  /** No fractions. */
  readonly whole?: boolean
}

/** At least one of these values. */
interface Choices<T extends string> {
  readonly kind: 'choices'
  readonly standard: readonly T[]
  readonly values: readonly T[]
}

/** At least one number, each above zero. */
interface Amounts {
  readonly kind: 'amounts'
  readonly standard: readonly number[]
}

export type Option = Choice<string> | Flag | Amount | Choices<string> | Amounts

/** The properties of an option that is a switch in the lab. */
export interface Switch {
  /** The possible values. For an amount they are suggestions: any whole number from the least on is allowed. */
  readonly offered: readonly PolicyValue[]
  /** The services without which it changes nothing. Absent: it matters everywhere. */
  readonly concerns?: readonly MailServiceName[]
}

const choice = <const T extends string>(standard: T, values: readonly T[]): Choice<T> => ({
  kind: 'choice',
  standard,
  values,
})
const flag = (standard: boolean): Flag => ({ kind: 'flag', standard })
const amount = (standard: number, rest: Omit<Amount, 'kind' | 'standard'>): Amount => ({
  kind: 'amount',
  standard,
  ...rest,
})
const choices = <T extends string>(standard: readonly NoInfer<T>[], values: readonly T[]): Choices<T> => ({
  kind: 'choices',
  standard,
  values,
})
const amounts = (standard: readonly number[]): Amounts => ({ kind: 'amounts', standard })

/** A choice or a flag that is a switch. */
const turned = <O extends Choice<string> | Flag>(
  option: O,
  concerns?: readonly MailServiceName[],
): O & { readonly lab: Switch } => ({
  ...option,
  lab: { offered: option.kind === 'flag' ? [true, false] : option.values, ...(concerns && { concerns }) },
})

/** An amount that is a switch, with the values that are suggested. */
const set = (
  option: Amount,
  offered: readonly number[],
  concerns?: readonly MailServiceName[],
): Amount & { readonly lab: Switch } => ({ ...option, lab: { offered, ...(concerns && { concerns }) } })

const SUBMISSION = ['submission', 'submissions'] as const satisfies readonly MailServiceName[]
const POP3 = ['pop3', 'pop3s'] as const satisfies readonly MailServiceName[]

export const OPTIONS = {
  /** Port 25 relays messages for anybody: an open relay. */
  relayForStrangers: turned(flag(false), ['relay']),
  /** Seconds before another server's second try is taken, if it is a stranger (RFC 6647); 0: off. */
  greylisting: set(amount(0, { least: 0 }), [0, 60, 300, 900], ['relay']),
  /** Submission requires a login (RFC 6409 section 4.3). */
  requireAuthentication: turned(flag(true), SUBMISSION),
  /** Submission adds missing Date and Message-ID fields (RFC 6409 section 8). */
  completeHeaders: turned(flag(true), SUBMISSION),
  /** Passwords may travel without TLS. */
  plaintextAuth: turned(flag(true), ['submission', 'imap', 'pop3']),
  /** The least number of seconds between two POP3 logins of one user (RFC 2449 section 6.5). */
  loginDelay: set(amount(0, { least: 0 }), [0, 60, 900], POP3),
  /** POP3's greeting carries a timestamp, and APOP is accepted (RFC 1939 section 7). */
  apop: turned(flag(false), POP3),
  /** STARTTLS and STLS on ports that begin in plaintext. */
  tls: turned(choice('none', ['none', 'offered', 'required'])),
  /** TLS towards other servers; `opportunistic` is STARTTLS if offered. */
  outgoingTls: turned(choice('opportunistic', ['never', 'opportunistic', 'required'])),
  /** Messages to other servers use PIPELINING if offered (RFC 2920). */
  outgoingPipelining: turned(flag(false)),
  /** They use BDAT if CHUNKING is offered (RFC 3030). */
  outgoingChunking: turned(flag(false)),
  /** Messages for other servers stay in the queue. One that is on its way goes on. */
  holdQueue: turned(flag(false)),
  /** The treatment of a CR or LF in a message that is not part of CRLF. */
  bareLineFeed: turned(choice('refuse', ['refuse', 'tolerate'])),
  /** Octets of the largest message. RFC 5321 section 4.5.3.1.7 asks for at least 64K; a learner may want to see one refused. */
  maxSize: set(amount(10_485_760, { least: 1, whole: true }), [1024, 65_536, 1_048_576, 10_485_760]),
  /** Recipients of one message; RFC 5321 section 4.5.3.1.8 asks for at least 100. */
  maxRecipients: set(amount(100, { least: 1, whole: true }), [1, 10, 100, 1000]),
  /** A message with more Received fields counts as a loop; RFC 5321 section 6.3 asks for at least 100. */
  maxHops: set(amount(100, { least: 1, whole: true }), [1, 10, 50, 100]),
  /** Seconds until the sender is told of a delay. */
  delayNoticeAfter: set(amount(14_400, { least: 0 }), [3600, 14_400, 86_400]),
  /** Seconds until the message is returned (4 to 5 days). */
  giveUpTime: set(amount(432_000, { least: 0 }), [3600, 86_400, 432_000]),
  /** The login mechanisms. */
  mechanisms: choices(['PLAIN'], ALL_MECHANISMS),
  /**
   * The UIDVALIDITY of each INBOX; the other mailboxes get the following numbers (RFC 9051 section 2.3.1.1), so some of the 32
   * bits are left for them. 1 is easy to read. Programs that remember unique-ids need another number whenever mailboxes begin
   * anew, as those of `ehlo serve` do.
   */
  uidValidity: amount(1, { least: 1, most: 0xffff_0000, whole: true }),
  /** Milliseconds in the queue before the first try, as a queue manager takes to pick it up. */
  queueDelay: amount(0, { least: 0 }),
  /** Seconds before the second, third … try; the last one repeats: two in the first hour, then fewer (RFC 5321 section 4.5.4.1). */
  retryIntervals: amounts([1800, 1800, 3600, 7200, 10_800]),
} as const satisfies Readonly<Record<string, Option & { readonly lab?: Switch }>>

type Table = typeof OPTIONS
export type OptionName = keyof Table

type ValueOf<O> =
  O extends Choice<infer T>
    ? T
    : O extends Choices<infer T>
      ? readonly T[]
      : O extends Flag
        ? boolean
        : O extends Amount
          ? number
          : readonly number[]

/** Every option with its value. */
export type Options = { readonly [K in OptionName]: ValueOf<Table[K]> }

/** The options that are switches of the lab. */
export type PolicyName = { [K in OptionName]: Table[K] extends { readonly lab: Switch } ? K : never }[OptionName]
