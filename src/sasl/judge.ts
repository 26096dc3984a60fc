import { isUtf8, type Octets, toText } from '../base/octets'
import type { SaslAnswer } from './contract'
import { prepare } from './prepare'

/** An account as mechanisms know it. */
export interface SaslAccount {
  /** The account's one name, whatever was typed to find it. */
  readonly user: string
  readonly password: string
}

/** What a server's host lends to an exchange. */
export interface SaslServer {
  readonly hostName: string
  readonly unixMs: number
  /** Drawn afresh for this call: challenges and nonces are made from it. */
  readonly seed: string
  /** The account that a name logs in to. */
  find(name: string): SaslAccount | undefined
}

export const FAILED: SaslAnswer = { type: 'authenticationFailed' }
/** The answer to what is no message of the mechanism: the cause in words, for one line of an answer. */
export const malformed = (cause: string): SaslAnswer => ({ type: 'authenticationFailed', malformed: cause })

/** Octets from the wire as prepared text, or undefined where they are no UTF-8 or hold a prohibited character. */
export const preparedText = (source: Octets): string | undefined =>
  isUtf8(source) ? prepare(toText(source)) : undefined

export const isPassword = (account: SaslAccount, password: string | undefined): boolean =>
  password !== undefined && password === prepare(account.password)

/**
 * Who somebody acts for: nobody else than the account that was proven. `identity` is the authorization identity,
 * empty where the client left it to the server (RFC 4422 section 3.4.1).
 */
export function authorize(server: SaslServer, account: SaslAccount, identity: string | undefined): SaslAnswer {
  const acts = identity === undefined ? undefined : identity === '' ? account : server.find(identity)
  return acts?.user === account.user ? { type: 'authenticated', user: account.user } : FAILED
}
