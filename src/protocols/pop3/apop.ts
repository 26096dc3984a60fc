import { md5 } from '@noble/hashes/legacy.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { fromText, toBytes } from '../../base/octets'

/**
 * The digest of APOP: MD5 over the greeting's timestamp, angle brackets included, and the secret, in lower-case hexadecimal
 * digits (RFC 1939 section 7). The password must be prepared (RFC 6856 section 2.2).
 */
export const apopDigest = (timestamp: string, password: string): string =>
  bytesToHex(md5(toBytes(fromText(`${timestamp}${password}`))))

/** `timestamp = "<" *VCHAR ">"`, a msg-id, anywhere in the greeting (RFC 2449 section 3); undefined if there is none. */
export const timestampIn = (greeting: string): string | undefined =>
  /<[\x21-\x3b=\x3f-\x7e]+@[\x21-\x3b=\x3f-\x7e]+>/.exec(greeting)?.[0]
