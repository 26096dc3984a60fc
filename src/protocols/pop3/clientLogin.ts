import type { Octets } from '../../base/octets'
import {
  type ClientExchange,
  clientRespond,
  clientSendsFirst,
  isPlaintext,
  type SaslMechanism,
  startClientExchange,
  strongestOf,
} from '../../sasl'
import { prepare } from '../../sasl/prepare'
import { apopDigest } from './apop'
import type { ClientContext } from './clientTypes'
import { COMMAND_LINE_LIMIT, type Command, formatCommand } from './grammar'

/** The client's login: by the strongest mechanism that the server offers. */

/** A server without CAPA is an old one: it knows USER, and nothing else is certain. */
const offers = ({ capabilities }: ClientContext, tag: string): boolean =>
  capabilities === undefined ? tag === 'USER' : capabilities[tag] !== undefined

const wantsTls = ({ tls, secure }: ClientContext): boolean => !secure && tls !== 'never'
export const canSecure = (context: ClientContext): boolean => wantsTls(context) && offers(context, 'STLS')
/** True if the client must begin TLS before anything else. */
export const needsTls = ({ tls, secure }: ClientContext): boolean => !secure && tls === 'required'
export const canUtf8 = (context: ClientContext): boolean => offers(context, 'UTF8')

/** The login mechanism; undefined if the server offers no known one. APOP does not send the password, so it comes before PLAIN. */
export function loginBy(context: ClientContext): SaslMechanism | 'APOP' | 'USER' | undefined {
  const usable = context.mechanisms.filter((name) => name !== 'SCRAM-SHA-256' || context.nonce !== '')
  const mechanism = strongestOf(context.capabilities?.['SASL'] ?? [], usable)
  if (mechanism && !isPlaintext(mechanism)) return mechanism
  if (context.timestamp !== '' && prepare(context.password) !== undefined) return 'APOP'
  return mechanism ?? (offers(context, 'USER') ? 'USER' : undefined)
}

/** The first command of the login. The password is prepared as on the server (RFC 6856 section 2.2). */
export function firstCommand(context: ClientContext): Command {
  const { user, password, timestamp } = context
  const by = loginBy(context)
  if (by === 'APOP') return { type: 'APOP', user, digest: apopDigest(timestamp, prepare(password) ?? '') }
  if (by === 'USER' || by === undefined) return { type: 'USER', user }
  const [, response] = begun(context, by)
  return response === undefined ? { type: 'AUTH', mechanism: by } : { type: 'AUTH', mechanism: by, response }
}

/** The state of the exchange after `firstCommand`. */
export function startedExchange(context: ClientContext): ClientExchange | undefined {
  const by = loginBy(context)
  return by === undefined || by === 'APOP' || by === 'USER' ? undefined : begun(context, by)[0]
}

/** An exchange with its initial response, if the client speaks first and the line is short enough (RFC 5034 section 4). */
function begun({ user, password, nonce }: ClientContext, mechanism: SaslMechanism): readonly [ClientExchange, Octets?] {
  const exchange = startClientExchange(mechanism, { user, password, nonce })
  if (!clientSendsFirst(mechanism)) return [exchange]
  const [after, response] = clientRespond(exchange, '' as Octets)
  if (response === 'failed') return [exchange]
  const { length } = formatCommand({ type: 'AUTH', mechanism, response })
  return length <= COMMAND_LINE_LIMIT ? [after, response] : [exchange]
}
