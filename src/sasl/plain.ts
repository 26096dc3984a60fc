import { concat, fromText, type Octets, octets } from '../base/octets'
import type { SaslAnswer } from './contract'
import { authorize, FAILED, isPassword, malformed, preparedText, type SaslServer } from './judge'

/** PLAIN: authorization identity, user and password in one message, with NUL between them (RFC 4616). */

const NUL = octets('\0')

/** `message = [authzid] UTF8NUL authcid UTF8NUL passwd` */
export function judgePlain(server: SaslServer, message: Octets): SaslAnswer {
  const parts = message.split('\0')
  if (parts.length !== 3) return malformed('this is no PLAIN message: authzid NUL name NUL password')
  const [identity, user, password] = parts.map((part) => preparedText(part as Octets))
  if (!user || !password) return FAILED
  const account = server.find(user)
  return account && isPassword(account, password) ? authorize(server, account, identity) : FAILED
}

export const plainMessage = (user: string, password: string): Octets =>
  concat(NUL, fromText(user), NUL, fromText(password))
