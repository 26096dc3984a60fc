import { EMPTY, fromBase64, fromText, type Octets, toBase64 } from '../../../base/octets'
import {
  type ClientExchange,
  clientRespond,
  clientSendsFirst,
  type SaslMechanism,
  startClientExchange,
  strongestOf,
} from '../../../sasl'
import type { ImapClientContext } from './types'

/** The client's login: with TLS if possible, and by the strongest mechanism that the server offers. */

export const canSecure = ({ tls, secure, plain, capabilities }: ImapClientContext): boolean =>
  !secure && !plain && tls !== 'never' && capabilities.includes('STARTTLS')
/** True if the client must begin TLS before anything else. */
export const needsTls = ({ tls, secure }: ImapClientContext): boolean => !secure && tls === 'required'

/** The mechanism of AUTHENTICATE; undefined if only LOGIN is left. */
export function mechanismFor({ mechanisms, nonce, capabilities }: ImapClientContext): SaslMechanism | undefined {
  const usable = mechanisms.filter((name) => name !== 'SCRAM-SHA-256' || nonce !== '')
  const offered = capabilities.filter((word) => word.startsWith('AUTH=')).map((word) => word.slice(5))
  return strongestOf(offered, usable)
}

export const loginDisabled = (context: ImapClientContext): boolean =>
  context.capabilities.includes('LOGINDISABLED') && mechanismFor(context) === undefined

/** The exchange after AUTHENTICATE, and the initial response if the server accepts one (RFC 4959). */
export function begun(context: ImapClientContext): readonly [ClientExchange | null, Octets?] {
  const { user, password, nonce, capabilities } = context
  const mechanism = mechanismFor(context)
  if (!mechanism) return [null]
  const exchange = startClientExchange(mechanism, { user, password, nonce })
  if (!clientSendsFirst(mechanism) || !capabilities.includes('SASL-IR')) return [exchange]
  const [after, response] = clientRespond(exchange, EMPTY)
  return response === 'failed' ? [exchange] : [after, response]
}

export function authenticateLine(context: ImapClientContext): string {
  const [exchange, response] = begun(context)
  const initial = response === undefined ? '' : ` ${response === '' ? '=' : toBase64(response)}`
  return `AUTHENTICATE ${exchange?.mechanism ?? ''}${initial}`
}

/** The response to a base64 challenge. */
export function answered(
  { exchange }: ImapClientContext,
  challenge: string,
): Pick<ImapClientContext, 'exchange' | 'response'> {
  const octets = fromBase64(challenge as Octets)
  if (!exchange || octets === undefined) return { exchange, response: 'failed' }
  const [after, response] = clientRespond(exchange, octets)
  return { exchange: after, response }
}

/** A line of the login: base64, or `*` to cancel. */
export const responseLine = ({ response }: ImapClientContext): Octets =>
  response === 'failed' ? ('*\r\n' as Octets) : (`${toBase64(response)}\r\n` as Octets)

/** User and password of LOGIN as strings: quoted, or non-synchronizing literals if they cannot be quoted. */
export function loginLine({ user, password }: ImapClientContext): string {
  const credential = (text: Octets): string =>
    /[\r\n\0]/.test(text) ? `{${text.length}+}\r\n${text}` : `"${text.replace(/["\\]/g, '\\$&')}"`
  return `LOGIN ${credential(fromText(user))} ${credential(fromText(password))}`
}
