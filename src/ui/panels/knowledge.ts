import { imapCatalogue, legalCommands as imapLegal, refusedCommands as imapRefused } from '../../protocols/imap'
import { pop3Catalogue, legalCommands as pop3Legal, refusedCommands as pop3Refused } from '../../protocols/pop3'
import { smtpCatalogue, legalCommands as smtpLegal, refusedCommands as smtpRefused } from '../../protocols/smtp'
import type { CatalogueEntry } from '../../session/catalogue'
import type { Session } from '../../session/session'
import { glossOf } from '../../view/gloss/gloss'
import type { DialogueProtocol } from '../../view/run/transcript'

/** A command that the server would carry out now. */
export interface LegalCommand {
  readonly name: string
  readonly syntax: string
  readonly reply: string
  readonly effect: string
}

export interface RefusedCommand {
  readonly name: string
  readonly reply: string
  readonly cause: string
}

/** What a protocol says about itself: the catalogue, and what its server machine would answer now. */
interface Knowledge {
  readonly catalogue: readonly CatalogueEntry[]
  legal(session: Session): readonly LegalCommand[]
  refused(session: Session): readonly RefusedCommand[]
}

const KNOWLEDGE: Partial<Record<DialogueProtocol, Knowledge>> = {
  SMTP: {
    catalogue: smtpCatalogue,
    legal: smtpLegal,
    refused: (session) =>
      smtpRefused(session).map(({ name, reply, means }) => ({ name, reply, cause: glossOf(means) ?? '' })),
  },
  POP3: { catalogue: pop3Catalogue, legal: pop3Legal, refused: pop3Refused },
  IMAP: { catalogue: imapCatalogue, legal: imapLegal, refused: imapRefused },
}

export const catalogueOf = (protocol: DialogueProtocol): readonly CatalogueEntry[] =>
  KNOWLEDGE[protocol]?.catalogue ?? []

export function legalNow(protocol: DialogueProtocol, session: Session | undefined): readonly LegalCommand[] {
  return (session && KNOWLEDGE[protocol]?.legal(session)) ?? []
}

export function refusedNow(protocol: DialogueProtocol, session: Session | undefined): readonly RefusedCommand[] {
  return (session && KNOWLEDGE[protocol]?.refused(session)) ?? []
}

/** What the catalogue knows of a word: a verb in any case, a reply code with or without its enhanced code. */
export function lookUp(protocol: DialogueProtocol, word: string): CatalogueEntry | undefined {
  const wanted = word.toUpperCase()
  return catalogueOf(protocol).find((entry) => {
    const name = entry.name.toUpperCase()
    // A parameter is called as it is written, with its equals sign.
    return name === wanted || name.split(' ')[0] === wanted || name === `${wanted}=`
  })
}

/** What is typed to begin a command: `RCPT TO:<` of `RCPT TO:<address>`, `NOOP` of `NOOP`. Nothing where the syntax is only described. */
export function startOf({ name, syntax }: { readonly name: string; readonly syntax: string }): string {
  const at = syntax.toUpperCase().indexOf(name.toUpperCase())
  if (at === -1 || !/^[\x21-\x7e]+( [A-Z]+)*$/.test(name)) return ''
  const command = syntax.slice(at)
  const path = /^[A-Z]+ [A-Z]+:</.exec(command)?.[0]
  if (path) return path
  const words = /^\S+(?: [A-Z]{2,}(?= |$))*/.exec(command)?.[0] ?? name
  return words.length < command.length ? `${words} ` : words
}
