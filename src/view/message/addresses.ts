import type { Octets } from '../../base/octets'
import { addressKey, sameAddress } from '../../mail/address'
import { headerFields } from '../../mail/headerFields'
import { addressesOf } from '../../protocols/imap/items/envelopeAddresses'
import type { EnvelopePaths } from './journey'

/** The addresses of an envelope beside those of the header, which need not agree (RFC 5321 section 2.3.1). */
export interface Compared {
  readonly sender: ComparedSender
  readonly readers: readonly ComparedReader[]
  /** Addresses in To, Cc and Bcc that this envelope does not have. */
  readonly onlyInHeader: readonly string[]
  readonly verdict: Verdict
}

export interface ComparedSender {
  /** Empty for the null reverse-path. */
  readonly reversePath: string
  readonly fromField: readonly string[]
  readonly agrees: boolean
}

export interface ComparedReader {
  readonly forwardPath: string
  /** The field that names the reader, or undefined if none does. */
  readonly field?: 'To' | 'Cc' | 'Bcc'
}

/**
 * Why they agree or differ. `notice`: the sender is null. `list`: a mailing list sends it on (RFC 2919). `hidden`: the header names
 * a reader, but not all of the envelope's, as for Bcc. `elsewhere`: it names none of them, as after forwarding. `otherSender`: only
 * the senders differ. `fewer`: the header names readers who are under another envelope.
 */
export type Verdict = 'agree' | 'notice' | 'list' | 'hidden' | 'elsewhere' | 'otherSender' | 'fewer'

const READERS = ['To', 'Cc', 'Bcc'] as const

/** Compares an envelope with the header of the message under it. */
export function compareAddresses({ reversePath, forwardPaths }: EnvelopePaths, message: Octets): Compared {
  const fields = new Map<string, string[]>()
  let isList = false
  for (const { fieldName, fieldBody } of headerFields(message)) {
    const name = fieldName.toLowerCase()
    isList ||= name === 'list-id' || name === 'list-post'
    const bodies = fields.get(name)
    if (bodies) bodies.push(fieldBody)
    else fields.set(name, [fieldBody])
  }
  const addressesIn = (name: string): readonly string[] =>
    (fields.get(name.toLowerCase()) ?? []).flatMap((body) =>
      addressesOf(body).flatMap(({ mailbox, host }) => (mailbox && host ? [`${mailbox}@${host}`] : [])),
    )
  const fromField = addressesIn('From')
  const named = READERS.flatMap((field) => addressesIn(field).map((address) => ({ field, address })))
  const byKey = new Map(named.toReversed().map(({ field, address }) => [addressKey(address), field]))
  const readers = forwardPaths.map((forwardPath): ComparedReader => {
    const field = byKey.get(addressKey(forwardPath))
    return field === undefined ? { forwardPath } : { forwardPath, field }
  })
  const envelope = new Set(forwardPaths.map(addressKey))
  const onlyInHeader = [...new Map(named.map(({ address }) => [addressKey(address), address])).entries()].flatMap(
    ([key, address]) => (envelope.has(key) ? [] : [address]),
  )
  const sender = { reversePath, fromField, agrees: fromField.some((from) => sameAddress(from, reversePath)) }
  const rest = { sender, readers, onlyInHeader }
  return { ...rest, verdict: verdictOf(rest, isList) }
}

function verdictOf({ sender, readers, onlyInHeader }: Omit<Compared, 'verdict'>, isList: boolean): Verdict {
  const unnamed = readers.filter(({ field }) => field === undefined).length
  if (sender.reversePath === '') return 'notice'
  if (isList && (unnamed > 0 || !sender.agrees)) return 'list'
  if (unnamed > 0) return unnamed === readers.length && onlyInHeader.length > 0 ? 'elsewhere' : 'hidden'
  if (!sender.agrees) return 'otherSender'
  return onlyInHeader.length > 0 ? 'fewer' : 'agree'
}
