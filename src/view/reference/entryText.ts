import { catalogueDnsText } from '../../messages/catalogueDns'
import { catalogueImapText } from '../../messages/catalogueImap'
import { cataloguePop3Text } from '../../messages/cataloguePop3'
import { catalogueSmtpText } from '../../messages/catalogueSmtp'
import type { CatalogueEntry } from '../../session/catalogue'

/** What is said to people of a word of a protocol. Code in it stands in back-ticks. */
export interface EntryText {
  /** One or two plain sentences. */
  readonly meaning: string
  /** A common mistake and its repair. */
  readonly slip?: string
}

export type TextOfEntry = (entry: CatalogueEntry) => EntryText | undefined

interface Found {
  found(key: string): string | undefined
}

const fromMessages =
  (messages: Found): TextOfEntry =>
  ({ kind, name }) => {
    const meaning = messages.found(`${kind}.${name}`)
    if (meaning === undefined) return undefined
    const slip = messages.found(`${kind}.${name}.slip`)
    return slip === undefined ? { meaning } : { meaning, slip }
  }

const texts = new Map<string, TextOfEntry>([
  ['SMTP', fromMessages(catalogueSmtpText)],
  ['DNS', fromMessages(catalogueDnsText)],
  ['POP3', fromMessages(cataloguePop3Text)],
  ['IMAP', fromMessages(catalogueImapText)],
])

/** Explains the words of one more protocol from now on; gives back what takes that away again. */
export function addEntryText(protocol: string, text: TextOfEntry): () => void {
  texts.set(protocol, text)
  return () => texts.delete(protocol)
}

/** What a word means, in the language that is spoken; without a text of its own, the standard's term for it. */
export const textOf = (entry: CatalogueEntry): EntryText =>
  texts.get(entry.protocol)?.(entry) ?? { meaning: entry.term }
