import { isUtf8, type Octets, toText } from '../base/octets'
import type { SaslAnswer } from './contract'
import { prepare } from './prepare'

/** An account as the mechanisms see it. */
export interface SaslAccount {
  /** The account's canonical name, whichever alias the client sent. */
  readonly user: string
  readonly password: string
}

/** A server's data for an exchange. */
export interface SaslServer {
  readonly hostName: string
  readonly unixMs: number
  /** New for each call: challenges and nonces are made from it. */
  readonly seed: string
  /** The account that a name logs in to. */
  find(name: string): SaslAccount | undefined
}

export const FAILED: SaslAnswer = { type: 'authenticationFailed' }
/** The answer to a malformed message. The cause stands in words for one line of the reply. */
export const malformed = (cause: string): SaslAnswer => ({ type: 'authenticationFailed', malformed: cause })

/** The prepared text of octets from the wire; undefined if they are not UTF-8 or contain a prohibited character. */
export const preparedText = (source: Octets): string | undefined =>
  isUtf8(source) ? prepare(toText(source)) : undefined

export const isPassword = (account: SaslAccount, password: string | undefined): boolean =>
  password !== undefined && password === prepare(account.password)

/**
 * Checks the authorization identity: a user may act for the proven account only. `identity` is empty if the client leaves it to
 * the server (RFC 4422 section 3.4.1).
 */
export function authorize(server: SaslServer, account: SaslAccount, identity: string | undefined): SaslAnswer {
  const acts = identity === undefined ? undefined : identity === '' ? account : server.find(identity)
  return acts?.user === account.user ? { type: 'authenticated', user: account.user } : FAILED
}
