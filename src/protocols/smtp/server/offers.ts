import { isPlaintext, type SaslMechanism } from '../../../sasl'
import type { SmtpServerContext } from './types'

/** What the server offers at this moment: the wire, and who is at its other end, make a difference. */

/** The mechanisms that may be used now: a password goes over an encrypted wire only, unless the host allows it in the clear. */
export const mechanismsNow = ({ mechanisms, secure, plaintextAuth }: SmtpServerContext): readonly SaslMechanism[] =>
  secure || plaintextAuth ? mechanisms : mechanisms.filter((mechanism) => !isPlaintext(mechanism))

export const offersAuth = (context: SmtpServerContext): boolean => mechanismsNow(context).length > 0

export const offersTls = ({ tls, secure }: SmtpServerContext): boolean =>
  !secure && (tls === 'offered' || tls === 'required')

/** The lines of the reply to EHLO, after the first (RFC 5321 section 4.1.1.1). */
export function ehloKeywords(context: SmtpServerContext): readonly string[] {
  return [
    `SIZE ${context.maxSize}`,
    '8BITMIME',
    'SMTPUTF8',
    'DSN',
    'CHUNKING',
    `LIMITS RCPTMAX=${context.maxRecipients}`,
    'PIPELINING',
    ...(offersTls(context) ? ['STARTTLS'] : []),
    ...(offersAuth(context) ? [`AUTH ${mechanismsNow(context).join(' ')}`] : []),
    'ENHANCEDSTATUSCODES',
  ]
}
