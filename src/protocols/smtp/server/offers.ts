import { isPlaintext, type SaslMechanism } from '../../../sasl'
import type { SmtpServerContext } from './types'

/** The extensions that the server offers now, which depend on TLS and on the client. */

/** The mechanisms that may be used now: those that send the password need TLS, unless the host allows plaintext. */
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
