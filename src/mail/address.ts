/**
 * Mail addresses as SMTP writes them (RFC 5321 section 4.1.2, `Mailbox`): octets in, octets out, ASCII. Addresses in header
 * fields may also have comments and folding; a MIME library reads those.
 */

const ATOM = "[A-Za-z0-9!#$%&'*+\\-/=?^_`{|}~]+"
const DOT_STRING = `${ATOM}(?:\\.${ATOM})*`
const QUOTED_STRING = '"(?:[ !#-\\[\\]-~]|\\\\[ -~])*"'
const SUB_DOMAIN = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?'

/** Sources of regular expressions, each named after its ABNF rule. */
export const LOCAL_PART = `(?:${DOT_STRING}|${QUOTED_STRING})`
export const DOMAIN = `${SUB_DOMAIN}(?:\\.${SUB_DOMAIN})*`
export const ADDRESS_LITERAL = '\\[[!-Z^-~]+\\]'

/** RFC 5321 section 4.5.3.1, in octets. */
export const LOCAL_PART_LIMIT = 64
export const DOMAIN_LIMIT = 255

export interface Address {
  /** The value without quoting: `"a sender"` is `a sender`. */
  readonly localPart: string
  /** A domain, or an address literal with its brackets. Empty for the bare `postmaster` of RFC 5321 section 4.5.1. */
  readonly domain: string
}

const MAILBOX = new RegExp(`^(${LOCAL_PART})@(${DOMAIN}|${ADDRESS_LITERAL})$`)
const WHOLE_DOT_STRING = new RegExp(`^${DOT_STRING}$`)
const WHOLE_DOMAIN = new RegExp(`^${DOMAIN}$`)

/** The parts of an address; undefined if the text is no address or is too long. */
export function parseAddress(text: string): Address | undefined {
  if (/^postmaster$/i.test(text)) return { localPart: text, domain: '' }
  const parts = MAILBOX.exec(text)
  if (!parts) return undefined
  const localPart = unquote(parts[1] as string)
  const domain = parts[2] as string
  if ((parts[1] as string).length > LOCAL_PART_LIMIT || domain.length > DOMAIN_LIMIT) return undefined
  if (domain.startsWith('[') && !isAddressLiteral(domain)) return undefined
  return { localPart, domain }
}

/** The shortest spelling of the address: quoted only if necessary (RFC 5321 section 4.1.2). */
export function formatAddress(address: Address): string {
  const { localPart, domain } = address
  const written = WHOLE_DOT_STRING.test(localPart) ? localPart : `"${localPart.replace(/["\\]/g, '\\$&')}"`
  return domain === '' ? written : `${written}@${domain}`
}

function unquote(localPart: string): string {
  return localPart.startsWith('"') ? localPart.slice(1, -1).replace(/\\(.)/g, '$1') : localPart
}

/** The part after the last `@`; empty for the bare `postmaster` and the null path. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@')
  return at === -1 ? '' : address.slice(at + 1)
}

/** The part before the last `@`, as written. */
export function localPartOf(address: string): string {
  const at = address.lastIndexOf('@')
  return at === -1 ? address : address.slice(0, at)
}

/**
 * One key for all spellings of an address: shortest spelling, lower case. RFC 5321 section 2.4 leaves the case of a local part
 * to its host; ours, like nearly all, ignores it.
 */
export function addressKey(address: string): string {
  if (!address.includes('"')) return address.toLowerCase()
  const parsed = parseAddress(address)
  return (parsed ? formatAddress(parsed) : address).toLowerCase()
}

export const sameAddress = (one: string, other: string): boolean => addressKey(one) === addressKey(other)

export function isDomain(text: string): boolean {
  return text.length <= DOMAIN_LIMIT && WHOLE_DOMAIN.test(text)
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/
const GENERAL = /^[A-Za-z0-9-]*[A-Za-z0-9]:[!-Z^-~]+$/

/** `[192.0.2.1]`, `[IPv6:2001:db8::1]`, `[tag:content]` (RFC 5321 section 4.1.3). */
export function isAddressLiteral(text: string): boolean {
  if (!text.startsWith('[') || !text.endsWith(']')) return false
  const inner = text.slice(1, -1)
  if (IPV4.test(inner)) return true
  if (/^IPv6:/i.test(inner)) return isIpv6(inner.slice(5))
  return GENERAL.test(inner)
}

function isIpv6(text: string): boolean {
  // An IPv4 tail stands for two groups (RFC 4291 section 2.2).
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (tail && !IPV4.test(tail[2] as string)) return false
  const whole = tail ? `${tail[1]}0:0` : text
  const halves = whole.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false
  return halves.length === 2 ? groups.length <= 7 : groups.length === 8
}

/** Names before the @ that belong to a task and not to a person (RFC 2142), or to no owner. */
const ROLES =
  /^(?:abuse|admin|ftp|hostmaster|info|mailer-daemon|marketing|news|no-?reply|nobody|noc|postmaster|root|sales|security|support|usenet|uucp|webmaster|www)$/i

/**
 * The name of an address's owner for a sentence: `bob@bird.example` is Bob, `anna.berg@x` is Anna Berg. An address without an owner
 * is its own name.
 */
export function spokenName(address: string): string {
  const localPart = localPartOf(address)
  if (ROLES.test(localPart)) return address
  if (!/^[A-Za-z]+(?:[._-][A-Za-z]+)*$/.test(localPart)) return address
  return localPart
    .split(/[._-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join(' ')
}
