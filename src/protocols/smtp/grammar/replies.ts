import type { Reply } from './reply'

const reply = (code: number, enhanced: string | undefined, text: string): Reply =>
  enhanced === undefined ? { code, text } : { code, enhanced, text }

/** The common replies of servers and hosts, named once (RFC 5321 section 4.2.3; enhanced codes by RFC 3463). */
export const replies = {
  ok: reply(250, '2.0.0', 'Ok'),
  senderOk: reply(250, '2.1.0', 'Ok'),
  recipientOk: reply(250, '2.1.5', 'Ok'),
  startMailInput: reply(354, undefined, 'End data with <CR><LF>.<CR><LF>'),
  bye: reply(221, '2.0.0', 'Bye'),
  authenticated: reply(235, '2.7.0', 'Authentication successful'),
  readyForTls: reply(220, '2.0.0', 'Ready to start TLS'),
  cannotVerify: reply(252, '2.5.0', 'Cannot VRFY user, but will take a message and try to deliver it'),

  /** The name can only be shown in UTF-8, and VRFY did not ask for it (RFC 6531 section 3.7.4.2). */
  cannotShow: reply(252, '2.6.8', 'The name has more than ASCII in it; ask again with SMTPUTF8'),

  tooManyRecipients: reply(452, '4.5.3', 'Too many recipients'),
  mailboxFull: reply(452, '4.2.2', 'Mailbox full, try again later'),
  /** RFC 6647 section 5. */
  greylisted: reply(451, '4.7.1', 'Greylisted: I do not know you yet, please try again later'),
  tryAgainLater: reply(451, '4.3.0', 'Local error in processing, try again later'),

  unknownCommand: reply(500, '5.5.2', 'Command not recognized'),
  lineTooLong: reply(500, '5.5.2', 'Line too long'),
  strayLineEnd: reply(500, '5.5.2', 'A line ends with CR LF, and has neither CR nor LF within'),
  strayNul: reply(500, '5.5.2', 'No NUL octets there'),
  notAscii: reply(501, '5.5.2', 'No 8-bit octets there'),
  responseTooLong: reply(500, '5.5.6', 'Authentication exchange line is too long'),
  notBase64: reply(501, '5.5.2', 'The response is not base64'),
  cancelled: reply(501, '5.7.0', 'Authentication cancelled'),
  notOffered: reply(502, '5.5.1', 'Command not implemented'),
  alreadySecure: reply(503, '5.5.1', 'TLS is already active'),
  tlsInTransaction: reply(503, '5.5.1', 'STARTTLS is not permitted during a mail transaction'),
  chunksUnderWay: reply(503, '5.5.1', 'The message is coming by BDAT: go on with it, or RSET'),
  chunkWasRefused: reply(503, '5.5.1', 'A chunk was refused: RSET first'),
  needHello: reply(503, '5.5.1', 'Send EHLO or HELO first'),
  needMail: reply(503, '5.5.1', 'Need MAIL command first'),
  needRecipient: reply(503, '5.5.1', 'Need RCPT command first'),
  nestedMail: reply(503, '5.5.1', 'Nested MAIL command'),
  alreadyAuthenticated: reply(503, '5.5.1', 'Already authenticated'),
  authInTransaction: reply(503, '5.5.1', 'AUTH is not permitted during a mail transaction'),
  authNeedsEhlo: reply(503, '5.5.1', 'AUTH needs EHLO first'),
  unknownMechanism: reply(504, '5.5.4', 'Authentication mechanism not supported'),
  noHelpOnThat: reply(504, '5.5.4', 'No help on that topic'),
  tlsRequired: reply(530, '5.7.0', 'Must issue a STARTTLS command first'),
  authenticationRequired: reply(530, '5.7.0', 'Authentication required'),
  authenticationFailed: reply(535, '5.7.8', 'Authentication credentials invalid'),
  encryptionRequired: reply(538, '5.7.11', 'Encryption required for requested authentication mechanism'),
  senderNeedsUtf8: reply(550, '5.6.7', 'That address needs the parameter SMTPUTF8'),
  bareLineEnd: reply(550, '5.6.11', 'A CR or LF stands alone in the message: lines end with CR LF'),
  recipientNeedsUtf8: reply(553, '5.6.7', 'That address needs SMTPUTF8 on the MAIL command'),
  noSuchUser: reply(550, '5.1.1', 'No such user here'),
  noSuchDomain: reply(550, '5.1.2', 'No such domain'),
  relayDenied: reply(550, '5.7.1', 'Relaying denied'),
  messageTooLarge: reply(552, '5.3.4', 'Message size exceeds fixed limit'),
  transactionFailed: reply(554, '5.0.0', 'Transaction failed'),
} as const satisfies Record<string, Reply>

export type ReplyName = keyof typeof replies | keyof typeof closings

const names = new Map<Reply, ReplyName>(
  (Object.keys(replies) as (keyof typeof replies)[]).map((name) => [replies[name], name]),
)

/** The name of a reply in `replies`, else undefined. */
export const replyNameOf = (reply: Reply): ReplyName | undefined => names.get(reply)

export const greeting = (hostName: string): Reply => reply(220, undefined, `${hostName} ESMTP`)
const closing = (enhanced: string, cause: string) => (hostName: string) =>
  reply(421, enhanced, `${hostName} ${cause}, closing transmission channel`)

/**
 * 421, after which the server closes. It begins with the server's name, for programs that read it (RFC 5321 sections 4.2 and
 * 4.2.3).
 */
export const closings = {
  timeout: closing('4.4.2', 'Timeout'),
  shuttingDown: closing('4.3.2', 'Service shutting down'),
  dismissed: closing('4.3.2', 'Connection ended by the administrator'),
  tooManyErrors: closing('4.7.0', 'Too many errors'),
  notSmtp: closing('4.7.0', 'This is SMTP, not HTTP'),
} as const

export const queued = (queueId: string): Reply => reply(250, '2.0.0', `Ok: queued as ${queueId}`)
/** RFC 3030 section 2. */
export const chunkTaken = (size: number): Reply => reply(250, '2.0.0', `${size} octets received`)
export const challengeReply = (base64: string): Reply => reply(334, undefined, base64)
/** A malformed SASL message, such as an initial response although the server speaks first (RFC 4954 section 4). */
export const malformedProof = (cause: string): Reply =>
  reply(501, '5.7.0', cause.slice(0, 1).toUpperCase() + cause.slice(1))
export const syntax = (form: string): Reply => reply(501, '5.5.4', `Syntax: ${form}`)
export const badParameter = (keyword: string): Reply => reply(501, '5.5.4', `Bad value for the parameter ${keyword}`)
export const repeatedParameter = (keyword: string): Reply => reply(501, '5.5.4', `Parameter ${keyword} given twice`)
export const malformedParameter: Reply = reply(501, '5.5.4', 'Malformed parameter')
export const unknownParameter = (keyword: string): Reply => reply(555, '5.5.4', `Parameter ${keyword} not recognized`)
export const badSender = (text: string): Reply => reply(501, '5.1.7', text)
export const badRecipient = (text: string): Reply => reply(501, '5.1.3', text)
