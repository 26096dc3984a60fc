import { fromText } from '../../../base/octets'
import {
  ADDRESS_LITERAL,
  DOMAIN_LIMIT,
  domainOf,
  isAddressLiteral,
  LOCAL_PART_LIMIT,
  localPartOf,
} from '../../../mail/address'
import { commandSyntax } from '../catalogue/catalogue'
import { badRecipient, badSender, syntax } from './replies'
import type { Reply } from './reply'

/**
 * Reverse-paths and forward-paths (RFC 5321 section 4.1.2), with the characters of all languages (RFC 6531 section 3.3). Text
 * in, text out; the machine decides whether more than ASCII is allowed.
 */

const BEYOND_ASCII = '\\u0080-\\uffff'
const ATOM = `[A-Za-z0-9!#$%&'*+\\-/=?^_\`{|}~${BEYOND_ASCII}]+`
const DOT_STRING = `${ATOM}(?:\\.${ATOM})*`
const QUOTED_STRING = `"(?:[ !#-\\[\\]-~${BEYOND_ASCII}]|\\\\[ -~])*"`
const LET_DIG = `[A-Za-z0-9${BEYOND_ASCII}]`
const SUB_DOMAIN = `${LET_DIG}(?:[A-Za-z0-9${BEYOND_ASCII}-]*${LET_DIG})?`
const DOMAIN = `${SUB_DOMAIN}(?:\\.${SUB_DOMAIN})*`
const MAILBOX = `(?:${DOT_STRING}|${QUOTED_STRING})@(?:${DOMAIN}|${ADDRESS_LITERAL})`

// Path = "<" [ A-d-l ":" ] Mailbox ">"; the source route is accepted and ignored (RFC 5321 appendix F.2).
const A_D_L = `@${DOMAIN}(?:,@${DOMAIN})*:`
const PATH = `<(?:${A_D_L})?(${MAILBOX})>`
const FROM = new RegExp(`^FROM:(?:${PATH}|<>)(?:[ \\t]+(.*))?$`, 'i')
const TO = new RegExp(`^TO:(?:${PATH}|<(postmaster)>)(?:[ \\t]+(.*))?$`, 'i')
const WHOLE_DOT_STRING = new RegExp(`^${DOT_STRING}$`)

export interface ParsedPath {
  /** In its shortest spelling; empty for the null reverse-path. */
  readonly path: string
  /** The text after the path. */
  readonly parameters: string
}

/** Parses the text after `MAIL `: `FROM:` and a reverse-path, which may be null. Otherwise returns the reply that says why. */
export function parseFrom(argument: string): ParsedPath | Reply {
  const parts = FROM.exec(argument)
  if (!parts) return badPath('MAIL', argument)
  const [, mailbox, parameters = ''] = parts
  if (mailbox === undefined) return { path: '', parameters }
  const problem = problemOf(mailbox)
  return problem === undefined ? { path: shortest(mailbox), parameters } : badSender(problem)
}

/**
 * Parses the text after `RCPT `: `TO:` and a forward-path, or `<postmaster>` in any case and without a domain (RFC 5321 section
 * 4.5.1).
 */
export function parseTo(argument: string): ParsedPath | Reply {
  const parts = TO.exec(argument)
  if (!parts) return badPath('RCPT', argument)
  const [, mailbox, postmaster = '', parameters = ''] = parts
  if (mailbox === undefined) return { path: postmaster, parameters }
  const problem = problemOf(mailbox)
  return problem === undefined ? { path: shortest(mailbox), parameters } : badRecipient(problem)
}

/** `"bob"@x` is `bob@x`: quotes only if necessary (RFC 5321 section 4.1.2). */
function shortest(mailbox: string): string {
  if (!mailbox.startsWith('"')) return mailbox
  const localPart = localPartOf(mailbox).slice(1, -1).replace(/\\(.)/g, '$1')
  const written = WHOLE_DOT_STRING.test(localPart) ? localPart : `"${localPart.replace(/["\\]/g, '\\$&')}"`
  return `${written}@${domainOf(mailbox)}`
}

/** RFC 5321 sections 4.5.3.1.1 to 4.5.3.1.3, in octets. The path's own limit counts its angle brackets. */
const PATH_LIMIT = 256 - 2

function problemOf(mailbox: string): string | undefined {
  const domain = domainOf(mailbox)
  if (fromText(localPartOf(mailbox)).length > LOCAL_PART_LIMIT)
    return `Local part longer than ${LOCAL_PART_LIMIT} octets`
  if (domain.startsWith('[') && !isAddressLiteral(domain)) return 'Malformed address literal'
  if (fromText(domain).length > DOMAIN_LIMIT || fromText(mailbox).length > PATH_LIMIT)
    return 'Path longer than 256 octets'
  return undefined
}

/** The reply to an unreadable path. Common mistakes have their own text. */
function badPath(verb: 'MAIL' | 'RCPT', argument: string): Reply {
  const word = verb === 'MAIL' ? 'FROM:' : 'TO:'
  const form = verb === 'MAIL' ? 'MAIL FROM:<address>' : 'RCPT TO:<address>'
  const rest = argument.slice(word.length)
  if (argument.slice(0, word.length).toUpperCase() !== word || rest === '') return syntax(commandSyntax(verb))
  if (/^\s/.test(rest)) return syntax(`${form} with no space after the colon`)
  if (!rest.startsWith('<')) return syntax(`${form} with angle brackets around the address`)
  if (/^<[^<>"]*>[^\s]/.test(rest)) return syntax(`${form} with a space before parameters`)
  return verb === 'MAIL'
    ? badSender("Bad sender's mailbox address syntax")
    : badRecipient('Bad destination mailbox address syntax')
}
