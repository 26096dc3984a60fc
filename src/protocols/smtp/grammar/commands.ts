import { fromBase64, isUtf8, type Octets, octets, toText } from '../../../base/octets'
import { isAddressLiteral, isDomain } from '../../../mail/address'
import { mechanismNamed, type SaslMechanism } from '../../../sasl'
import { isHttp } from '../../../session/defence'
import { commandSyntax, verbsNotOffered } from '../catalogue/catalogue'
import type { SmtpRecipientDsn } from './envelope'
import { type MailParameters, parseMailParameters, parseRcptParameters } from './parameters'
import { type ParsedPath, parseFrom, parseTo } from './paths'
import { replies, syntax } from './replies'
import type { Reply } from './reply'

/** A command line, fully parsed before anything acts on it. The machine takes it as an event. Its words are text, not octets. */
export type Command =
  | { readonly type: 'EHLO' | 'HELO'; readonly helloName: string }
  /** `reversePath` without angle brackets; empty for the null reverse-path. */
  | ({ readonly type: 'MAIL'; readonly reversePath: string } & MailParameters)
  | { readonly type: 'RCPT'; readonly forwardPath: string; readonly dsn?: SmtpRecipientDsn }
  | { readonly type: 'DATA' | 'RSET' | 'NOOP' | 'QUIT' | 'STARTTLS' }
  /** A chunk of `size` octets follows at once, whatever the reply (RFC 3030). `malformed`: the text after the size is wrong. */
  | { readonly type: 'BDAT'; readonly size: number; readonly last: boolean; readonly malformed?: true }
  | { readonly type: 'VRFY'; readonly text: string; readonly smtpUtf8?: true }
  | { readonly type: 'HELP'; readonly topic: string }
  /** `response` is the decoded initial response, undefined if there is none. `mechanism` is empty for an unknown one. */
  | { readonly type: 'AUTH'; readonly mechanism: SaslMechanism | ''; readonly response?: Octets }
  /** A verb of the standard that this server does not offer. */
  | { readonly type: 'notOffered'; readonly verb: string }
  /** A line of HTTP: the client is no mail program. */
  | { readonly type: 'notSmtp' }
  /** A line that the grammar refuses, with the reply that says why. `verb` is empty if it is not known. */
  | {
      readonly type: 'malformed'
      readonly verb: string
      readonly reply: Reply
      /** The mechanism of an AUTH command whose initial response is malformed. */
      readonly mechanism?: SaslMechanism
    }

const LINE = /^([A-Za-z][A-Za-z0-9]*)(?:[ \t]+(.*))?$/
const TRAILING_SPACE = /[ \t]+$/
const STRAY = /[\r\n]/
const BEYOND_ASCII = /[^\0-\x7f]/
/** Verbs whose argument may have UTF-8 (RFC 6531 sections 3.3 and 3.7.4.2). */
const TAKES_UTF8 = /^(?:MAIL|RCPT|VRFY|EXPN)$/

/** A command line without its CRLF (RFC 5321 section 4.1.1). `offersAuth`: MAIL may carry AUTH= (RFC 4954 section 5). */
export function parseCommand(line: Octets, offersAuth: boolean): Command {
  if (STRAY.test(line)) return malformed('', replies.strayLineEnd)
  if (line.includes('\0')) return malformed('', replies.strayNul)
  if (isHttp(line)) return { type: 'notSmtp' }
  const text = toText(line)
  const parts = LINE.exec(text.endsWith(' ') || text.endsWith('\t') ? text.replace(TRAILING_SPACE, '') : text)
  if (!parts) return malformed('', replies.unknownCommand)
  const verb = (parts[1] as string).toUpperCase()
  const argument = parts[2] ?? ''
  // Octets and text differ only beyond ASCII.
  if (
    text !== line &&
    BEYOND_ASCII.test(argument) &&
    commandSyntax(verb) !== '' &&
    !(TAKES_UTF8.test(verb) && isUtf8(line))
  )
    return malformed(verb, replies.notAscii)
  switch (verb) {
    case 'MAIL':
      return mail(parseFrom(argument), offersAuth)
    case 'RCPT':
      return rcpt(parseTo(argument))
    case 'EHLO':
    case 'HELO':
      // ehlo = "EHLO" SP ( Domain / address-literal ) CRLF
      return isDomain(argument) || isAddressLiteral(argument) ? { type: verb, helloName: argument } : wrong(verb)
    case 'DATA':
    case 'RSET':
    case 'QUIT':
    case 'STARTTLS':
      return argument === '' ? { type: verb } : wrong(verb)
    case 'BDAT':
      return bdat(argument)
    case 'NOOP':
      return { type: 'NOOP' }
    case 'VRFY':
      return vrfy(argument)
    case 'HELP':
      return { type: 'HELP', topic: argument.toUpperCase() }
    case 'AUTH':
      return auth(argument)
    default:
      if (verbsNotOffered.has(verb)) return { type: 'notOffered', verb }
      return malformed('', replies.unknownCommand)
  }
}

const malformed = (verb: string, reply: Reply) => ({ type: 'malformed', verb, reply }) as const satisfies Command
const wrong = (verb: string): Command => malformed(verb, syntax(commandSyntax(verb)))
const isReply = (parsed: object): parsed is Reply => 'code' in parsed

/** mail = "MAIL FROM:" Reverse-path [SP Mail-parameters] CRLF */
function mail(from: ParsedPath | Reply, offersAuth: boolean): Command {
  if (isReply(from)) return malformed('MAIL', from)
  const parameters = parseMailParameters(from.parameters, offersAuth)
  return isReply(parameters) ? malformed('MAIL', parameters) : { type: 'MAIL', reversePath: from.path, ...parameters }
}

/** rcpt = "RCPT TO:" ( "<Postmaster@" Domain ">" / "<Postmaster>" / Forward-path ) [SP Rcpt-parameters] CRLF */
function rcpt(to: ParsedPath | Reply): Command {
  if (isReply(to)) return malformed('RCPT', to)
  const dsn = parseRcptParameters(to.parameters)
  if (isReply(dsn)) return malformed('RCPT', dsn)
  const command = { type: 'RCPT', forwardPath: to.path } as const
  return to.parameters === '' ? command : { ...command, dsn }
}

/** vrfy = "VRFY" SP String [ SP "SMTPUTF8" ] CRLF (RFC 6531 section 3.7.4.2) */
function vrfy(argument: string): Command {
  if (argument === '') return wrong('VRFY')
  const text = argument.replace(/[ \t]+SMTPUTF8$/i, '')
  return text === argument ? { type: 'VRFY', text } : { type: 'VRFY', text, smtpUtf8: true }
}

/** bdat-cmd = "BDAT" SP chunk-size [ SP end-marker ] CRLF (RFC 3030 section 2). Fifteen digits are a petabyte. */
function bdat(argument: string): Command {
  const parts = /^(\d{1,15})(?:[ \t]+(.*))?$/.exec(argument)
  if (!parts) return wrong('BDAT')
  const size = Number(parts[1])
  const marker = parts[2]?.toUpperCase()
  if (marker === undefined || marker === 'LAST') return { type: 'BDAT', size, last: marker === 'LAST' }
  return { type: 'BDAT', size, last: false, malformed: true }
}

/** "AUTH" SP sasl-mech [SP ("=" / base64)] (RFC 4954 section 8) */
function auth(argument: string): Command {
  const parts = /^([A-Za-z0-9_-]{1,20})(?:[ \t]+(\S+))?$/.exec(argument)
  if (!parts) return wrong('AUTH')
  const mechanism = mechanismNamed(parts[1] as string) ?? ''
  const given = parts[2]
  if (given === undefined || mechanism === '') return { type: 'AUTH', mechanism }
  const response = given === '=' ? octets('') : fromBase64(octets(given))
  return response === undefined
    ? { ...malformed('AUTH', replies.notBase64), mechanism }
    : { type: 'AUTH', mechanism, response }
}
