import { catalogueDnsText } from '../../messages/catalogueDns'
import { catalogueImapText } from '../../messages/catalogueImap'
import { cataloguePop3Text } from '../../messages/cataloguePop3'
import { catalogueSmtpText } from '../../messages/catalogueSmtp'
import { catalogueTcpText } from '../../messages/catalogueTcp'
import type { CatalogueEntry } from '../../session/catalogue'

/** The explanation of a protocol's word for people. Code in it is in back-ticks. */
export interface EntryText {
  /** One or two plain sentences. */
  readonly meaning: string
  /** A common mistake and how to correct it. */
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
  ['TCP', fromMessages(catalogueTcpText)],
])

/** Adds the explanations of a protocol. Returns the function that removes them again. */
export function addEntryText(protocol: string, text: TextOfEntry): () => void {
  texts.set(protocol, text)
  return () => texts.delete(protocol)
}

/** The meaning of a word in the language of the page; if it has no text, the standard's term. */
export const textOf = (entry: CatalogueEntry): EntryText =>
  texts.get(entry.protocol)?.(entry) ?? { meaning: entry.term }
