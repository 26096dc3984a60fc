import { fromBase64, type Octets, octets, toBase64 } from '../base/octets'
import { encodeName, ITERATIONS, MAX_ITERATIONS, proofOf, saltedPassword } from './scram'

/** The client's end of SCRAM-SHA-256 (RFC 5802 sections 3, 5 and 7). It does not support channel binding: `n`. */

export type ScramClientState =
  | { readonly phase: 'start' }
  | { readonly phase: 'sentFirst'; readonly bare: Octets }
  /** The proof is sent; the server must answer with this signature. */
  | { readonly phase: 'sentFinal'; readonly signature: Octets }
  | { readonly phase: 'trusted' }

const GS2_HEADER = octets('n,,')

/** The client's next message; undefined if the server's message is malformed or the server cannot be trusted. */
export type ScramClientStep = readonly [ScramClientState, Octets] | undefined

/** `client-first-message` for a prepared user name. */
export function scramClientFirst(user: string, nonce: string): ScramClientStep {
  const bare = octets(`n=${encodeName(user)},r=${nonce}`)
  return [{ phase: 'sentFirst', bare }, octets(GS2_HEADER + bare)]
}

/**
 * `client-final-message`. The nonce must begin with ours, and the iteration count must be at least that of RFC 7677, since
 * fewer make the password cheap to guess.
 */
export function scramClientFinal(password: string, ours: string, bare: Octets, challenge: Octets): ScramClientStep {
  const parts = /^r=([!-+\--~]+),s=([A-Za-z0-9+/=]+),i=([1-9]\d{0,9})(?:,[A-Za-z]=[^\0,]+)*$/s.exec(challenge)
  if (!parts) return undefined
  const [, nonce = '', saltWritten = '', rounds = ''] = parts
  const salt = fromBase64(octets(saltWritten))
  const iterations = Number(rounds)
  if (salt === undefined || !nonce.startsWith(ours) || nonce.length === ours.length) return undefined
  if (iterations < ITERATIONS || iterations > MAX_ITERATIONS) return undefined
  const withoutProof = `c=${toBase64(GS2_HEADER)},r=${nonce}`
  const authMessage = octets(`${bare},${challenge},${withoutProof}`)
  const { proof, signature } = proofOf(saltedPassword(password, salt, iterations), authMessage)
  return [{ phase: 'sentFinal', signature }, octets(`${withoutProof},p=${toBase64(proof)}`)]
}

/** `server-final-message`: the server too must prove that it knows the password. The response is empty. */
export function scramClientTrust(signature: Octets, challenge: Octets): ScramClientStep {
  const parts = /^v=([A-Za-z0-9+/=]+)(?:,.*)?$/s.exec(challenge)
  if (!parts || fromBase64(octets(parts[1] as string)) !== signature) return undefined
  return [{ phase: 'trusted' }, octets('')]
}
