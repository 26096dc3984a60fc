import { hmac } from '@noble/hashes/hmac.js'
import { md5 } from '@noble/hashes/legacy.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { fromText, type Octets, octets, toBytes } from '../base/octets'
import type { SaslAnswer } from './contract'
import { authorize, FAILED, malformed, preparedText, type SaslServer } from './judge'
import { nonceOf } from './nonce'
import { prepare } from './prepare'

/** CRAM-MD5: the password is the key of a hash over a challenge that is used only once (RFC 2195). */

/** A challenge in the form of a Message-ID: a random part, the time, the server's name (RFC 2195 section 2). */
export const cramChallenge = (server: SaslServer): Octets =>
  octets(`<${nonceOf(server.seed).replace(/\W/g, '')}.${Math.floor(server.unixMs / 1000)}@${server.hostName}>`)

/** The digest that proves a password, in 32 lower-case hexadecimal digits. */
export const cramDigest = (password: string, challenge: Octets): string =>
  bytesToHex(hmac(md5, toBytes(fromText(password)), toBytes(challenge)))

/** The user name, a space, the digest. A name may contain spaces, so the last space separates them. */
export function judgeCram(server: SaslServer, challenge: Octets, response: Octets): SaslAnswer {
  const parts = /^(.+) ([0-9a-f]{32})$/s.exec(response)
  if (!parts) return malformed('this is no CRAM-MD5 response: name, space, digest in 32 hexadecimal digits')
  const user = preparedText(parts[1] as Octets)
  const account = user === undefined ? undefined : server.find(user)
  const password = account && prepare(account.password)
  if (!account || password === undefined || cramDigest(password, challenge) !== parts[2]) return FAILED
  return authorize(server, account, '')
}

export const cramResponse = (user: string, password: string, challenge: Octets): Octets =>
  octets(`${fromText(user)} ${cramDigest(password, challenge)}`)
