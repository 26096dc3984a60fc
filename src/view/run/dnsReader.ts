import { assert } from '../../base/assert'
import type { isReferral } from '../../protocols/dns/message'
import type { canonical } from '../../protocols/dns/names'
import type { rdataText } from '../../protocols/dns/record'
import type { decode, unframed } from '../../protocols/dns/wire'

/**
 * The functions that read DNS messages. The stage at rest has no message to read, so they load with the engine and are given
 * here (`gloss/known.ts`).
 */
export interface DnsReader {
  readonly canonical: typeof canonical
  readonly decode: typeof decode
  readonly isReferral: typeof isReferral
  readonly rdataText: typeof rdataText
  readonly unframed: typeof unframed
}

let given: DnsReader | undefined

export const giveDnsReader = (reader: DnsReader): void => {
  given = reader
}

/** Throws a broken expectation if no reader was given. */
export function dnsReader(): DnsReader {
  assert(given, 'the reader of DNS messages is given before the first message')
  return given
}
