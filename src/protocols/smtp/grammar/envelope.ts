/**
 * What travels with a letter and is no part of it (RFC 5321 section 2.3.1), with what the extensions add.
 * Addresses are text, not octets: `jürgen@bücher.example` where SMTPUTF8 allows it. On the wire, and in a header
 * section, they are its UTF-8 (`fromText`).
 */
export interface SmtpEnvelope {
  /** Empty for the null reverse-path. */
  readonly reversePath: string
  readonly forwardPaths: readonly string[]
  /** What kind of octets the body has, where the client said so (RFC 6152). */
  readonly body?: SmtpBody
  /** The envelope or the header section may need SMTPUTF8 (RFC 6531). */
  readonly smtpUtf8?: true
  /** What is wanted to hear of the letter's fate (RFC 3461). */
  readonly dsn?: SmtpDsn
}

export type SmtpBody = '7BIT' | '8BITMIME'

export interface SmtpDsn {
  /** How much of the letter a notice of failure brings back. */
  readonly ret?: 'FULL' | 'HDRS'
  /** The envelope identifier, xtext undone. */
  readonly envid?: string
  /** By forward-path. */
  readonly recipients?: Readonly<Record<string, SmtpRecipientDsn>>
}

export interface SmtpRecipientDsn {
  readonly notify?: readonly SmtpNotify[]
  /** Address type and original address, xtext undone: `rfc822;bob@bird.example`. */
  readonly orcpt?: string
}

/** NEVER stands alone. */
export type SmtpNotify = 'NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY'

const ABOVE_ASCII = /[^\0-\x7f]/

/** True where the address can only be written with SMTPUTF8. */
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

/** The envelope with one recipient more. Named twice, a recipient gets one copy, by what was said of it first. */
export function withRecipient(envelope: SmtpEnvelope, forwardPath: string, dsn?: SmtpRecipientDsn): SmtpEnvelope {
  if (envelope.forwardPaths.includes(forwardPath)) return envelope
  const named = { ...envelope, forwardPaths: [...envelope.forwardPaths, forwardPath] }
  if (dsn === undefined) return named
  return { ...named, dsn: { ...envelope.dsn, recipients: { ...envelope.dsn?.recipients, [forwardPath]: dsn } } }
}
