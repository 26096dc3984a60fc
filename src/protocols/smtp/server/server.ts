import { EMPTY, fromBase64, type Octets, slice } from '../../../base/octets'
import { plainAction } from '../../../session/plainAction'
import type { Meaning, Protocol, Reader, Unit } from '../../../session/session'
import { type Command, parseCommand } from '../grammar/commands'
import { replies } from '../grammar/replies'
import { formatReply, type Reply, unstuffDots } from '../grammar/reply'
import { meaningOfCommand, meaningOfReply, meanings } from '../meaning'
import { smtpServerMachine } from './machine'
import { offersAuth } from './offers'
import type { SmtpServerContext, SmtpServerQuestion, SmtpServerUnit, SpokenReply } from './types'

/**
 * Octets with CRLF of the longest command line. RFC 5321 section 4.5.3.1.4 asks for 512; extensions add to MAIL: SIZE 26 (RFC
 * 1870 section 2), BODY 17 (RFC 6152 section 2), AUTH 500 (RFC 4954 section 3), SMTPUTF8 10 (RFC 6531 section 3.1), RET and
 * ENVID 9 and 107 (RFC 3461 section 4). This is enough for RCPT with NOTIFY and ORCPT.
 */
export const COMMAND_LINE_LIMIT = 512 + 26 + 17 + 500 + 10 + 9 + 107
/** 12288 octets of base64 (RFC 4954 section 4) and CRLF. */
export const RESPONSE_LINE_LIMIT = 12_288 + 2
/** Unfinished mail data leaves the inbox in pieces of at least this size, so that a large message costs linear time. */
export const MAIL_DATA_PIECE = 65_536

const unit = (event: SmtpServerUnit, length: number, means: Meaning): Unit => ({ event, length, means })

/** Reads one line with `parse`. A line above the limit is discarded as it comes, and answered at its end. */
function lineReader(
  limit: number,
  parse: (text: Octets, context: SmtpServerContext) => readonly [SmtpServerUnit, Meaning],
): Reader {
  return (inbox, context: SmtpServerContext) => {
    const end = inbox.indexOf('\r\n')
    if (end === -1) {
      if (inbox.length < limit && !context.lineRunsOn) return 'needsMore'
      // A CR may be the first half of the line's end, so it stays.
      const length = inbox.endsWith('\r') ? inbox.length - 1 : inbox.length
      return length === 0 ? 'needsMore' : unit({ type: 'lineRunsOn' }, length, meanings.lineTooLong)
    }
    if (context.lineRunsOn || end + 2 > limit) return unit({ type: 'lineTooLong' }, end + 2, meanings.lineTooLong)
    const [event, means] = parse(slice(inbox, 0, end), context)
    return { event, length: end + 2, means }
  }
}

const command = lineReader(COMMAND_LINE_LIMIT, (text, context) => {
  const parsed = parseCommand(text, offersAuth(context))
  return [unitOfCommand(parsed), meaningOfCommand(parsed)]
})

/**
 * The machine's event for a command. A malformed command that some states refuse keeps its own name, so that the refusal comes
 * first.
 */
export function unitOfCommand(command: Command): SmtpServerUnit {
  if (command.type !== 'malformed') return command
  const mistake = command.reply
  switch (command.verb) {
    case 'MAIL':
      return { type: command.verb, reversePath: '', mistake }
    case 'RCPT':
      return { type: command.verb, forwardPath: '', mistake }
    case 'BDAT':
      return { type: command.verb, size: 0, last: false, mistake }
    case 'AUTH':
      return { type: command.verb, mechanism: command.mechanism ?? '', mistake }
    case 'DATA':
    case 'STARTTLS':
      return { type: command.verb, mistake }
    default:
      return command
  }
}

const saslResponse = lineReader(RESPONSE_LINE_LIMIT, (text) => {
  if (text === '*') return [{ type: 'saslCancelled' }, meanings.saslCancelled]
  const response = fromBase64(text)
  return [response === undefined ? { type: 'notBase64' } : { type: 'saslResponse', response }, meanings.saslResponse]
})

/** Mail data up to CRLF.CRLF, the only end (RFC 5321 section 4.1.1.4). A piece ends with a line if possible. */
const mailData: Reader = (inbox, context: SmtpServerContext) => {
  const { midLine } = context
  // The CRLF before the dot may have ended the DATA command or the previous piece.
  if (!midLine && inbox.startsWith('.\r\n')) return unit({ type: 'endOfMailData', octets: EMPTY }, 3, meanings.mailData)
  const end = inbox.indexOf('\r\n.\r\n')
  if (end !== -1) {
    const octets = unstuffDots(slice(inbox, 0, end + 2), midLine)
    return unit({ type: 'endOfMailData', octets }, end + 5, meanings.mailData)
  }
  if (inbox.length < MAIL_DATA_PIECE) return 'needsMore'
  const lastLine = inbox.lastIndexOf('\r\n')
  // Without a line end: all except the last two octets, which may begin one.
  const length = lastLine === -1 ? inbox.length - 2 : lastLine + 2
  const octets = unstuffDots(slice(inbox, 0, length), midLine)
  return unit({ type: 'mailDataPart', octets, midLine: lastLine === -1 }, length, meanings.mailDataPart)
}

/** The octets that BDAT announced, whatever they are (RFC 3030 section 2). A large chunk is read in pieces. */
const chunk: Reader = (inbox, context: SmtpServerContext) => {
  const left = context.chunk?.left ?? 0
  if (inbox.length >= left) return unit({ type: 'chunkPart', octets: slice(inbox, 0, left) }, left, meanings.chunk)
  if (inbox.length < MAIL_DATA_PIECE) return 'needsMore'
  return unit({ type: 'chunkPart', octets: inbox }, inbox.length, meanings.chunkPart)
}

/** The constant replies, ready for the wire: without their enhanced codes, and with them. */
const written = [false, true].map(
  (enhanced) => new Map<Reply, Octets>(Object.values(replies).map((reply) => [reply, formatReply(reply, enhanced)])),
)

const wireOf = (reply: Reply, enhanced: boolean, utf8: boolean | undefined): Octets =>
  written[Number(enhanced)]?.get(reply) ?? formatReply(reply, enhanced, utf8)

/** The server's half of SMTP, on port 25 or 587 depending on its input. */
export const smtpServer: Protocol<SmtpServerQuestion> = {
  key: 'smtp.server',
  name: 'SMTP',
  role: 'server',
  machine: smtpServerMachine,
  readers: { command, saslResponse, mailData, chunk },
  perform(action) {
    switch (action.type) {
      case 'reply': {
        const spoken = action.params as SpokenReply
        const { reply, enhanced, utf8 } = spoken
        return [{ type: 'send', octets: wireOf(reply, enhanced, utf8), means: meaningOfReply(reply, spoken) }]
      }
      default:
        return plainAction(action)
    }
  },
}
