/**
 * The envelope of a message (RFC 5321 section 2.3.1) with the data of the extensions. Addresses are text, not octets:
 * `jürgen@bücher.example` if SMTPUTF8 allows it. On the wire and in a header section they are its UTF-8 (`fromText`).
 */
export interface SmtpEnvelope {
  /** Empty for the null reverse-path. */
  readonly reversePath: string
  readonly forwardPaths: readonly string[]
  /** The body type that the client declared (RFC 6152). */
  readonly body?: SmtpBody
  /** The envelope or the header section may need SMTPUTF8 (RFC 6531). */
  readonly smtpUtf8?: true
  /** The wanted notices about the message's delivery (RFC 3461). */
  readonly dsn?: SmtpDsn
}

export type SmtpBody = '7BIT' | '8BITMIME'

export interface SmtpDsn {
  /** The part of the message that a failure notice returns. */
  readonly ret?: 'FULL' | 'HDRS'
  /** The envelope identifier, with xtext decoded. */
  readonly envid?: string
  /** By forward-path. */
  readonly recipients?: Readonly<Record<string, SmtpRecipientDsn>>
}

export interface SmtpRecipientDsn {
  readonly notify?: readonly SmtpNotify[]
  /** Address type and original address, with xtext decoded: `rfc822;bob@bird.example`. */
  readonly orcpt?: string
}

/** NEVER stands alone. */
export type SmtpNotify = 'NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY'

const ABOVE_ASCII = /[^\0-\x7f]/

/** True if the address needs SMTPUTF8. */
export const isInternational = (address: string): boolean => ABOVE_ASCII.test(address)

/** An envelope without recipients, as MAIL begins it. */
export function newEnvelope(said: {
  readonly reversePath: string
  readonly body?: SmtpBody
  readonly smtpUtf8?: true
  readonly ret?: 'FULL' | 'HDRS'
  readonly envid?: string
}): SmtpEnvelope {
  const { reversePath, body, smtpUtf8, ret, envid } = said
  const dsn = { ...(ret !== undefined && { ret }), ...(envid !== undefined && { envid }) }
  return {
    reversePath,
    forwardPaths: [],
    ...(body !== undefined && { body }),
    ...(smtpUtf8 && { smtpUtf8 }),
    ...(Object.keys(dsn).length > 0 && { dsn }),
  }
}

/** The envelope with one more recipient. A recipient who is named twice gets one copy, with the first parameters. */
export function withRecipient(envelope: SmtpEnvelope, forwardPath: string, dsn?: SmtpRecipientDsn): SmtpEnvelope {
  if (envelope.forwardPaths.includes(forwardPath)) return envelope
  const named = { ...envelope, forwardPaths: [...envelope.forwardPaths, forwardPath] }
  if (dsn === undefined) return named
  return { ...named, dsn: { ...envelope.dsn, recipients: { ...envelope.dsn?.recipients, [forwardPath]: dsn } } }
}
