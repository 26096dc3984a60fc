import { type Octets, octets, toText } from '../../../base/octets'
import type { SmtpBody, SmtpNotify, SmtpRecipientDsn } from './envelope'
import { badParameter, malformedParameter, repeatedParameter, unknownParameter } from './replies'
import type { Reply } from './reply'

/** The parameters of MAIL and RCPT (RFC 5321 section 4.1.1.11), as their extensions define them. */

export interface MailParameters {
  /** The message's size in octets, declared by the client (RFC 1870). */
  readonly size?: number
  readonly body?: SmtpBody
  readonly smtpUtf8?: true
  readonly ret?: 'FULL' | 'HDRS'
  readonly envid?: string
}

// esmtp-param = esmtp-keyword ["=" esmtp-value]; the value as RFC 6531 section 3.3 widens it
const PARAMETER = /^([A-Za-z0-9][A-Za-z0-9-]*)(?:=([!-<>-~\u0080-\uffff]+))?$/

/** Reads a value: returns its addition to the command, or undefined if the value is invalid. */
type Reads<T> = (value: string | undefined) => T | undefined
type Table<T> = Readonly<Record<string, Reads<T>>>

/** All parameters as one record, or the reply to the first invalid one. */
function parseParameters<T extends object>(text: string, table: Table<T>): T | Reply {
  const found = new Set<string>()
  let all = {} as T
  for (const parameter of text === '' ? [] : text.split(/[ \t]+/)) {
    const parts = PARAMETER.exec(parameter)
    if (!parts) return malformedParameter
    const keyword = (parts[1] as string).toUpperCase()
    const reads = table[keyword]
    if (!reads) return unknownParameter(keyword)
    const one = reads(parts[2])
    if (!one) return badParameter(keyword)
    // RFC 3461 section 4.5; the other extensions leave it open.
    if (found.has(keyword)) return repeatedParameter(keyword)
    found.add(keyword)
    all = { ...all, ...one }
  }
  return all
}

const MAIL: Table<MailParameters> = {
  // RFC 1870 section 3
  SIZE: (value) => (value !== undefined && /^\d{1,20}$/.test(value) ? { size: Number(value) } : undefined),
  // RFC 6152 section 2
  BODY: (value) => {
    const body = oneOf(['7BIT', '8BITMIME'], value)
    return body && { body }
  },
  // RFC 6531 section 3.4
  SMTPUTF8: (value) => (value === undefined ? { smtpUtf8: true } : undefined),
  // RFC 3461 sections 4.3 and 4.4
  RET: (value) => {
    const ret = oneOf(['FULL', 'HDRS'], value)
    return ret && { ret }
  },
  ENVID: (value) => {
    const envid = value !== undefined && value.length <= 100 ? fromXtext(value) : undefined
    return envid !== undefined && PRINTABLE.test(envid) ? { envid } : undefined
  },
}
/** RFC 4954 section 5: the author in the submitting user's name. Accepted, and treated like `<>`. */
const WITH_AUTH: Table<MailParameters> = {
  ...MAIL,
  AUTH: (value) => (value !== undefined && fromXtext(value) !== undefined ? {} : undefined),
}

const RCPT: Table<SmtpRecipientDsn> = {
  // RFC 3461 sections 4.1 and 4.2
  NOTIFY: (value) => {
    const notify = notifyOf(value)
    return notify && { notify }
  },
  ORCPT: (value) => {
    const orcpt = value !== undefined && value.length <= 500 ? originalRecipient(value) : undefined
    return orcpt === undefined ? undefined : { orcpt }
  },
}

/** The parameter keywords of MAIL and RCPT. */
export const PARAMETER_KEYWORDS: readonly string[] = [...Object.keys(WITH_AUTH), ...Object.keys(RCPT)]

/** `offersAuth`: MAIL may carry AUTH= (RFC 4954 section 5). */
export const parseMailParameters = (text: string, offersAuth: boolean): MailParameters | Reply =>
  parseParameters(text, offersAuth ? WITH_AUTH : MAIL)

export const parseRcptParameters = (text: string): SmtpRecipientDsn | Reply => parseParameters(text, RCPT)

function oneOf<T extends string>(words: readonly T[], value: string | undefined): T | undefined {
  return words.find((word) => word === value?.toUpperCase())
}

const CONDITIONS: readonly SmtpNotify[] = ['SUCCESS', 'FAILURE', 'DELAY']

// notify-esmtp-value = "NEVER" / 1#( "SUCCESS" / "FAILURE" / "DELAY" )
function notifyOf(value: string | undefined): readonly SmtpNotify[] | undefined {
  if (value?.toUpperCase() === 'NEVER') return ['NEVER']
  const wanted = value?.split(',').map((word) => oneOf(CONDITIONS, word))
  if (!wanted || wanted.includes(undefined)) return undefined
  return CONDITIONS.filter((condition) => wanted.includes(condition))
}

const PRINTABLE = /^[ -~]*$/
const ORIGINAL_RECIPIENT = /^([A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+);(.+)$/

// original-recipient-address = addr-type ";" xtext; the type utf-8 has UTF-8 too (RFC 6533 section 3)
function originalRecipient(value: string): string | undefined {
  const parts = ORIGINAL_RECIPIENT.exec(value)
  const address = parts ? fromXtext(parts[2] as string) : undefined
  if (address === undefined) return undefined
  const type = parts?.[1] as string
  return PRINTABLE.test(address) || type.toLowerCase() === 'utf-8' ? `${type};${address}` : undefined
}

/** Decodes xtext (RFC 3461 section 4): `+` and two hexadecimal digits are an octet. Undefined if it is malformed. */
export function fromXtext(xtext: string): string | undefined {
  if (!/^(?:[!-*,-<>-~\u0080-\uffff]|\+[0-9A-F]{2})+$/.test(xtext)) return undefined
  if (!xtext.includes('+')) return xtext
  return xtext.replace(/(?:\+[0-9A-F]{2})+/g, (coded) => {
    const decoded = coded.replace(/\+(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    return toText(decoded as Octets)
  })
}

/** Encodes text as xtext: octets that are not allowed in a parameter become hexadecimal. */
export function toXtext(text: string): string {
  return text.replace(/[^!-*,-<>-~\u0080-\uffff]/g, (one) => {
    const digits = octets(one).charCodeAt(0).toString(16).toUpperCase()
    return `+${digits.padStart(2, '0')}`
  })
}
