import { hmac } from '@noble/hashes/hmac.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { fromBytes, fromText, type Octets, octets, slice, toBytes } from '../base/octets'

/** The computations of both ends of SCRAM-SHA-256 (RFC 5802 section 3, RFC 7677). */

/** RFC 7677 section 4: at least 4096. */
export const ITERATIONS = 4096
/** More iterations protect no better and only keep a client busy. */
export const MAX_ITERATIONS = 100_000
const DIGEST_LENGTH = 32
const SALT_LENGTH = 16

/** A server's record of a password: it can check a login, but it cannot make one. */
export interface ScramVerifier {
  readonly salt: Octets
  readonly iterations: number
  readonly storedKey: Octets
  readonly serverKey: Octets
}

const hash = (text: Octets): Octets => fromBytes(sha256(toBytes(text)))
const keyed = (key: Octets, text: Octets): Octets => fromBytes(hmac(sha256, toBytes(key), toBytes(text)))

/** Octet by octet; both must have the same length. */
function xor(a: Octets, b: Octets): Octets {
  const bytes = toBytes(a)
  for (let at = 0; at < bytes.length; at++) bytes[at] = (bytes[at] as number) ^ b.charCodeAt(at)
  return fromBytes(bytes)
}

/**
 * The latest results of the one costly step. A server's next login of a user, and that user's own client, reuse them. Only
 * speed depends on this cache.
 */
const salted = new Map<string, Octets>()
const REMEMBERED = 64

/** `SaltedPassword := Hi(Normalize(password), salt, i)`. The password must be prepared. */
export function saltedPassword(password: string, salt: Octets, iterations: number): Octets {
  const key = `${iterations} ${salt.length} ${salt}${password}`
  const known = salted.get(key)
  if (known !== undefined) return known
  const derived = fromBytes(
    pbkdf2(sha256, toBytes(fromText(password)), toBytes(salt), { c: iterations, dkLen: DIGEST_LENGTH }),
  )
  if (salted.size >= REMEMBERED) salted.clear()
  salted.set(key, derived)
  return derived
}

const clientKeyOf = (saltedPass: Octets): Octets => keyed(saltedPass, octets('Client Key'))
const serverKeyOf = (saltedPass: Octets): Octets => keyed(saltedPass, octets('Server Key'))

/** A server's record of a password. */
export function verifierOf(password: string, salt: Octets, iterations: number = ITERATIONS): ScramVerifier {
  const saltedPass = saltedPassword(password, salt, iterations)
  return { salt, iterations, storedKey: hash(clientKeyOf(saltedPass)), serverKey: serverKeyOf(saltedPass) }
}

/** `ClientProof := ClientKey XOR ClientSignature`, and the signature that only the right server can send. */
export function proofOf(
  saltedPass: Octets,
  authMessage: Octets,
): { readonly proof: Octets; readonly signature: Octets } {
  const clientKey = clientKeyOf(saltedPass)
  const proof = xor(clientKey, keyed(hash(clientKey), authMessage))
  return { proof, signature: keyed(serverKeyOf(saltedPass), authMessage) }
}

/** True if the proof was made with the password. */
export function isProof(verifier: ScramVerifier, authMessage: Octets, proof: Octets): boolean {
  if (proof.length !== DIGEST_LENGTH) return false
  return hash(xor(proof, keyed(verifier.storedKey, authMessage))) === verifier.storedKey
}

/** `ServerSignature := HMAC(ServerKey, AuthMessage)` */
export const serverSignature = (verifier: ScramVerifier, authMessage: Octets): Octets =>
  keyed(verifier.serverKey, authMessage)

/** A salt that depends only on the name and the server, so that it does not reveal whether the account exists. */
export const saltFor = (hostName: string, user: string): Octets =>
  slice(keyed(fromText(hostName), fromText(user.toLowerCase())), 0, SALT_LENGTH)

/** `saslname`: a comma and an equals sign are escaped (RFC 5802 section 5.1). */
export const encodeName = (name: string): Octets => fromText(name.replaceAll('=', '=3D').replaceAll(',', '=2C'))

/** Decodes a `saslname`; undefined if an equals sign begins no known escape. */
export const decodeName = (written: string): Octets | undefined =>
  /=(?!2C|3D)/.test(written) ? undefined : octets(written.replaceAll('=2C', ',').replaceAll('=3D', '='))
