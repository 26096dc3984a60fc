import { sha256 } from '@noble/hashes/sha2.js'
import { fromBytes, fromText, slice, toBase64, toBytes } from '../base/octets'

/** 18 octets as 24 characters of base64: too many to guess, and never a comma (RFC 5802 section 5.1, `r=`). */
const NONCE_LENGTH = 18

/** A nonce made from a seed. The engine draws a new seed from the world each time, so a run can be played again. */
export const nonceOf = (seed: string): string =>
  toBase64(slice(fromBytes(sha256(toBytes(fromText(seed)))), 0, NONCE_LENGTH))
