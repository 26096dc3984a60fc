import { hmac } from '@noble/hashes/hmac.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { fromBytes, fromText, type Octets, octets, slice, toBytes } from '../base/octets'

/** What both ends of SCRAM-SHA-256 compute (RFC 5802 section 3, RFC 7677). */

/** RFC 7677 section 4: at least 4096. */
export const ITERATIONS = 4096
/** More than this is no protection but a way to keep a client busy. */
export const MAX_ITERATIONS = 100_000
const DIGEST_LENGTH = 32
const SALT_LENGTH = 16

/** What a server has to keep of a password: with it a login can be checked, but not made. */
export interface ScramVerifier {
  readonly salt: Octets
  readonly iterations: number
  readonly storedKey: Octets
  readonly serverKey: Octets
}

const hash = (text: Octets): Octets => fromBytes(sha256(toBytes(text)))
const keyed = (key: Octets, text: Octets): Octets => fromBytes(hmac(sha256, toBytes(key), toBytes(text)))

/** Octet by octet; both of one length. */
function xor(a: Octets, b: Octets): Octets {
  const bytes = toBytes(a)
  for (let at = 0; at < bytes.length; at++) bytes[at] = (bytes[at] as number) ^ b.charCodeAt(at)
  return fromBytes(bytes)
}

/**
 * The latest results of the one costly step, for the same password and salt give the same octets: a server's next login
 * of a user, and that user's own client, do not pay for it again. Nothing but time depends on it.
 */
const salted = new Map<string, Octets>()
const REMEMBERED = 64

/** `SaltedPassword := Hi(Normalize(password), salt, i)`. The password is prepared already. */
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

/** What a server keeps of a password. */
export function verifierOf(password: string, salt: Octets, iterations: number = ITERATIONS): ScramVerifier {
  const saltedPass = saltedPassword(password, salt, iterations)
  return { salt, iterations, storedKey: hash(clientKeyOf(saltedPass)), serverKey: serverKeyOf(saltedPass) }
}

/** `ClientProof := ClientKey XOR ClientSignature`, and the signature that only the right server can answer with. */
export function proofOf(
  saltedPass: Octets,
  authMessage: Octets,
): { readonly proof: Octets; readonly signature: Octets } {
  const clientKey = clientKeyOf(saltedPass)
  const proof = xor(clientKey, keyed(hash(clientKey), authMessage))
  return { proof, signature: keyed(serverKeyOf(saltedPass), authMessage) }
}

/** True where the proof was made by somebody who knows the password. */
export function isProof(verifier: ScramVerifier, authMessage: Octets, proof: Octets): boolean {
  if (proof.length !== DIGEST_LENGTH) return false
  return hash(xor(proof, keyed(verifier.storedKey, authMessage))) === verifier.storedKey
}

/** `ServerSignature := HMAC(ServerKey, AuthMessage)` */
export const serverSignature = (verifier: ScramVerifier, authMessage: Octets): Octets =>
  keyed(verifier.serverKey, authMessage)

/** A salt that belongs to one name at one server, whether or not somebody has that name: it tells no stranger who exists. */
export const saltFor = (hostName: string, user: string): Octets =>
  slice(keyed(fromText(hostName), fromText(user.toLowerCase())), 0, SALT_LENGTH)

/** `saslname`: a comma and an equals sign are written in another way (RFC 5802 section 5.1). */
export const encodeName = (name: string): Octets => fromText(name.replaceAll('=', '=3D').replaceAll(',', '=2C'))

/** The name that a `saslname` stands for, or undefined where an equals sign begins nothing that is known. */
export const decodeName = (written: string): Octets | undefined =>
  /=(?!2C|3D)/.test(written) ? undefined : octets(written.replaceAll('=2C', ',').replaceAll('=3D', '='))
