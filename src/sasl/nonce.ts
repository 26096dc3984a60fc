import { sha256 } from '@noble/hashes/sha2.js'
import { fromBytes, fromText, slice, toBase64, toBytes } from '../base/octets'

/** 18 octets as 24 characters of base64: more than any guess, and never a comma (RFC 5802 section 5.1, `r=`). */
const NONCE_LENGTH = 18

/**
 * A nonce from a seed, a text that is different each time: the engine draws it from the world's seed, so a run can be
 * played again. The same seed gives the same nonce.
 */
export const nonceOf = (seed: string): string =>
  toBase64(slice(fromBytes(sha256(toBytes(fromText(seed)))), 0, NONCE_LENGTH))
