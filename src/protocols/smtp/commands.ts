import {
  ADDRESS_LITERAL,
  DOMAIN,
  domainOf,
  formatAddress,
  isAddressLiteral,
  isDomain,
  LOCAL_PART,
  LOCAL_PART_LIMIT,
  localPartOf,
  parseAddress,
} from '../../mail/address'
import { commandSyntax, verbsNotOffered } from './catalogue'
import { type Credentials, parsePlain, type Reply } from './grammar'
import { badParameter, badRecipient, badSender, replies, syntax, unknownParameter } from './replies'

/** A command line, parsed whole before anything acts on it. The machine takes it as an event. */
export type Command =
  | { readonly type: 'EHLO' | 'HELO'; readonly helloName: string }
  | {
      readonly type: 'MAIL'
      /** Without angle brackets; empty for the null reverse-path. */
      readonly reversePath: string
      /** Octets that the client says are to come (RFC 1870). */
      readonly size?: number
    }
  | { readonly type: 'RCPT'; readonly forwardPath: string }
  | { readonly type: 'DATA' | 'RSET' | 'NOOP' | 'QUIT' }
  | { readonly type: 'VRFY'; readonly text: string }
  | { readonly type: 'HELP'; readonly topic: string }
  | { readonly type: 'AUTH'; readonly mechanism: string; readonly credentials?: Credentials }
  /** A verb of the standard that this server does not offer. */
  | { readonly type: 'notOffered'; readonly verb: string }
  /** A line that the grammar refuses, with the reply that says why. `verb` is empty where there is none that we know. */
  | { readonly type: 'malformed'; readonly verb: string; readonly reply: Reply }

const LINE = /^([A-Za-z][A-Za-z0-9]*)(?:[ \t]+(.*?))?[ \t]*$/
const STRAY = /[\r\n\0]/

/** A command line without its CRLF (RFC 5321 section 4.1.1). `offersAuth`: MAIL may carry AUTH= (RFC 4954 section 5). */
export function parseCommand(line: string, offersAuth: boolean): Command {
  if (STRAY.test(line)) return { type: 'malformed', verb: '', reply: replies.strayLineEnd }
  const parts = LINE.exec(line)
  if (!parts) return { type: 'malformed', verb: '', reply: replies.unknownCommand }
  const verb = (parts[1] as string).toUpperCase()
  const argument = parts[2] ?? ''
  switch (verb) {
    case 'MAIL':
      return mail(argument, offersAuth)
    case 'RCPT':
      return rcpt(argument)
    case 'EHLO':
    case 'HELO':
      // ehlo = "EHLO" SP ( Domain / address-literal ) CRLF
      return isDomain(argument) || isAddressLiteral(argument) ? { type: verb, helloName: argument } : wrong(verb)
    case 'DATA':
    case 'RSET':
    case 'QUIT':
      return argument === '' ? { type: verb } : wrong(verb)
    case 'NOOP':
      return { type: 'NOOP' }
    case 'VRFY':
      return argument === '' ? wrong('VRFY') : { type: 'VRFY', text: argument }
    case 'HELP':
      return { type: 'HELP', topic: argument.toUpperCase() }
    case 'AUTH':
      return auth(argument)
    default:
      if (verbsNotOffered.has(verb)) return { type: 'notOffered', verb }
      return { type: 'malformed', verb: '', reply: replies.unknownCommand }
  }
}

const wrong = (verb: string): Command => ({ type: 'malformed', verb, reply: syntax(commandSyntax(verb)) })

// Path = "<" [ A-d-l ":" ] Mailbox ">"; the source route is taken and passed over (RFC 5321 appendix F.2).
const A_D_L = `@${DOMAIN}(?:,@${DOMAIN})*:`
const PATH = `<(?:${A_D_L})?(${LOCAL_PART}@(?:${DOMAIN}|${ADDRESS_LITERAL}))>`
const FROM = new RegExp(`^FROM:(?:${PATH}|<>)(?:[ \\t]+(.*))?$`, 'i')
const TO = new RegExp(`^TO:(?:${PATH}|<(postmaster)>)(?:[ \\t]+(.*))?$`, 'i')

/** mail = "MAIL FROM:" Reverse-path [SP Mail-parameters] CRLF */
function mail(argument: string, offersAuth: boolean): Command {
  const parts = FROM.exec(argument)
  if (!parts) return { type: 'malformed', verb: 'MAIL', reply: badPath('MAIL', argument) }
  const reversePath = parts[1] === undefined ? '' : usual(parts[1])
  if (reversePath === undefined)
    return { type: 'malformed', verb: 'MAIL', reply: badSender(tooLong(parts[1] as string)) }
  if (parts[2] === undefined) return { type: 'MAIL', reversePath }
  let size: number | undefined
  for (const parameter of parts[2].split(/[ \t]+/)) {
    const problem = mailParameterProblem(parameter, offersAuth)
    if (problem) return { type: 'malformed', verb: 'MAIL', reply: problem }
    if (/^SIZE=/i.test(parameter)) size = Number(parameter.slice(5))
  }
  return size === undefined ? { type: 'MAIL', reversePath } : { type: 'MAIL', reversePath, size }
}

/** rcpt = "RCPT TO:" ( "<Postmaster@" Domain ">" / "<Postmaster>" / Forward-path ) [SP Rcpt-parameters] CRLF */
function rcpt(argument: string): Command {
  const parts = TO.exec(argument)
  if (!parts) return { type: 'malformed', verb: 'RCPT', reply: badPath('RCPT', argument) }
  const forwardPath = parts[1] === undefined ? (parts[2] as string) : usual(parts[1])
  if (forwardPath === undefined)
    return { type: 'malformed', verb: 'RCPT', reply: badRecipient(tooLong(parts[1] as string)) }
  if (parts[3] === undefined) return { type: 'RCPT', forwardPath }
  const parameter = parts[3].split(/[ \t]+/)[0] as string
  return {
    type: 'malformed',
    verb: 'RCPT',
    reply: parameterProblem(parameter) ?? unknownParameter(keywordOf(parameter)),
  }
}

/** The address in its shortest writing, or undefined where it breaks a limit or has a broken address literal. */
function usual(mailbox: string): string | undefined {
  // A plain local part in a domain is in its shortest writing already, and almost all are.
  if (!mailbox.includes('"') && !mailbox.endsWith(']')) return withinLimits(mailbox) ? mailbox : undefined
  const parsed = parseAddress(mailbox)
  return parsed && formatAddress(parsed)
}

const withinLimits = (mailbox: string): boolean =>
  mailbox.length <= 254 && localPartOf(mailbox).length <= LOCAL_PART_LIMIT

function tooLong(mailbox: string): string {
  if (localPartOf(mailbox).length > LOCAL_PART_LIMIT) return `Local part longer than ${LOCAL_PART_LIMIT} octets`
  return domainOf(mailbox).endsWith(']') ? 'Malformed address literal' : 'Path longer than 256 octets'
}

/** Why a path was not read: the mistakes that people make have their own words. */
function badPath(verb: 'MAIL' | 'RCPT', argument: string): Reply {
  const word = verb === 'MAIL' ? 'FROM:' : 'TO:'
  const rest = argument.slice(word.length)
  if (argument.slice(0, word.length).toUpperCase() !== word || rest === '') return syntax(commandSyntax(verb))
  if (/^\s/.test(rest)) return syntax(`${commandSyntax(verb)} with no space after the colon`)
  if (!rest.startsWith('<')) return syntax(`${commandSyntax(verb)} with angle brackets around the address`)
  if (/^<[^<>"]*>[^\s]/.test(rest)) return syntax(`${commandSyntax(verb)} with a space before parameters`)
  return verb === 'MAIL'
    ? badSender("Bad sender's mailbox address syntax")
    : badRecipient('Bad destination mailbox address syntax')
}

// esmtp-param = esmtp-keyword ["=" esmtp-value]
const PARAMETER = /^[A-Za-z0-9][A-Za-z0-9-]*(?:=[!-<>-~]+)?$/
const keywordOf = (parameter: string): string => (parameter.split('=')[0] as string).toUpperCase()

function parameterProblem(parameter: string): Reply | undefined {
  return PARAMETER.test(parameter) ? undefined : { code: 501, enhanced: '5.5.4', text: 'Malformed parameter' }
}

/** What each MAIL parameter may carry. Extensions to come add their rows. */
const MAIL_PARAMETERS: Readonly<Record<string, RegExp>> = {
  SIZE: /^\d{1,20}$/, // RFC 1870 section 3
  BODY: /^(?:7BIT|8BITMIME)$/i, // RFC 6152 section 2
  AUTH: /^(?:[!-*,-<>-~]|\+[0-9A-F]{2})+$/, // xtext, RFC 4954 section 5
}

function mailParameterProblem(parameter: string, offersAuth: boolean): Reply | undefined {
  const malformed = parameterProblem(parameter)
  if (malformed) return malformed
  const keyword = keywordOf(parameter)
  const value = MAIL_PARAMETERS[keyword]
  if (!value || (keyword === 'AUTH' && !offersAuth)) return unknownParameter(keyword)
  return value.test(parameter.slice(keyword.length + 1)) ? undefined : badParameter(keyword)
}

/** "AUTH" SP sasl-mech [SP initial-response] (RFC 4954 section 8) */
function auth(argument: string): Command {
  const parts = /^([A-Za-z0-9_-]{1,20})(?: +(\S+))?$/.exec(argument)
  if (!parts) return wrong('AUTH')
  const mechanism = (parts[1] as string).toUpperCase()
  if (parts[2] === undefined || mechanism !== 'PLAIN') return { type: 'AUTH', mechanism }
  const credentials = parsePlain(parts[2])
  return credentials
    ? { type: 'AUTH', mechanism, credentials }
    : { type: 'malformed', verb: 'AUTH', reply: replies.notBase64 }
}

/** The command lines that a client says, without CRLF. */
export const commandLine = {
  ehlo: (helloName: string): string => `EHLO ${helloName}`,
  helo: (helloName: string): string => `HELO ${helloName}`,
  mail: (reversePath: string, parameters: readonly string[]): string =>
    parameters.length === 0 ? `MAIL FROM:<${reversePath}>` : `MAIL FROM:<${reversePath}> ${parameters.join(' ')}`,
  rcpt: (forwardPath: string): string => `RCPT TO:<${forwardPath}>`,
}
