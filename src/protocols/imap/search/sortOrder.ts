import type { Octets } from '../../../base/octets'
import { oncePerContent } from '../../../mail/content'
import { decodeWords, headerText } from '../../../mail/encodedWords'
import { fieldBody } from '../../../mail/headerFields'
import type { StoredMessage } from '../../../mail/store'
import { baseSubject } from '../../../mail/subject'
import { unicodeCasemap } from '../../../mail/unicodeCasemap'
import { addressesOf } from '../items/envelopeAddresses'
import { sentDate } from './searchMatch'

/** The orders of RFC 5256 section 3. */
export const SORT_KEYS = ['ARRIVAL', 'CC', 'DATE', 'FROM', 'SIZE', 'SUBJECT', 'TO'] as const
export type SortKey = (typeof SORT_KEYS)[number]

export interface SortCriterion {
  readonly key: SortKey
  readonly reverse: boolean
}

type Message = Pick<StoredMessage, 'octets'>

export const subjectFor = oncePerContent(({ octets }: Message) =>
  baseSubject(decodeWords((fieldBody(octets, 'Subject') ?? '') as Octets)),
)

/** The local part of a field's first address as a key of i;unicode-casemap (RFC 5256 section 7). */
const mailboxIn = (field: string) =>
  oncePerContent(({ octets }: Message) => {
    const first = addressesOf(fieldBody(octets, field) ?? '').find(({ mailbox }) => mailbox !== undefined)
    return unicodeCasemap(headerText(first?.mailbox ?? ''))
  })
const from = mailboxIn('From')
const to = mailboxIn('To')
const cc = mailboxIn('Cc')

/** The sent date, or the INTERNALDATE if there is none (RFC 5256 section 2.2). */
export const sentAt = (message: StoredMessage): number => sentDate(message)?.at ?? message.internalDate

const VALUES: Readonly<Record<SortKey, (message: StoredMessage) => number | string>> = {
  ARRIVAL: ({ internalDate }) => internalDate,
  CC: cc,
  DATE: sentAt,
  FROM: from,
  SIZE: ({ octets }) => octets.length,
  SUBJECT: (message) => subjectFor(message).text,
  TO: to,
}

/** Sorts messages; equal ones keep the order of the mailbox. */
export function sorted(
  messages: readonly StoredMessage[],
  criteria: readonly SortCriterion[],
): readonly StoredMessage[] {
  const keyed = messages.map((message) => ({ message, values: criteria.map(({ key }) => VALUES[key](message)) }))
  keyed.sort((a, b) => {
    for (const [at, { reverse }] of criteria.entries()) {
      const [one, other] = [a.values[at] as number | string, b.values[at] as number | string]
      if (one !== other) return one < other === reverse ? 1 : -1
    }
    return a.message.uid - b.message.uid
  })
  return keyed.map(({ message }) => message)
}
