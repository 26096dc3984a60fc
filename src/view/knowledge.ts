import { dnsCatalogue, dnsFields } from '../protocols/dns'
import {
  imapCatalogue,
  imapFields,
  legalCommands as imapLegal,
  refusedCommands as imapRefused,
  rehearsal as imapRehearsal,
} from '../protocols/imap'
import {
  pop3Catalogue,
  pop3Fields,
  legalCommands as pop3Legal,
  refusedCommands as pop3Refused,
  rehearsal as pop3Rehearsal,
} from '../protocols/pop3'
import {
  smtpCatalogue,
  smtpFields,
  legalCommands as smtpLegal,
  refusedCommands as smtpRefused,
  rehearsal as smtpRehearsal,
} from '../protocols/smtp'
import type { CatalogueEntry } from '../session/catalogue'
import type { Knowledge, LegalCommand, ProtocolFields, RefusedCommand, Rehearsal } from '../session/knowledge'
import type { Session } from '../session/session'
import { effectOf } from './gloss/effects'
import { glossOf } from './gloss/gloss'
import './gloss/known'

/** The catalogue of each protocol. The reference, the state panel and the editor all ask here. */

const known = new Map<string, Knowledge>([
  [
    'SMTP',
    { catalogue: smtpCatalogue, fields: smtpFields, legal: smtpLegal, refused: smtpRefused, rehearsal: smtpRehearsal },
  ],
  ['DNS', { catalogue: dnsCatalogue, fields: dnsFields }],
  [
    'POP3',
    { catalogue: pop3Catalogue, fields: pop3Fields, legal: pop3Legal, refused: pop3Refused, rehearsal: pop3Rehearsal },
  ],
  [
    'IMAP',
    { catalogue: imapCatalogue, fields: imapFields, legal: imapLegal, refused: imapRefused, rehearsal: imapRehearsal },
  ],
])

/** Adds the catalogue of a protocol. Returns the function that removes it again. */
export function addKnowledge(protocol: string, knowledge: Knowledge): () => void {
  known.set(protocol, knowledge)
  return () => known.delete(protocol)
}

/** The protocols that have a catalogue, in the order in which they are presented. */
export const documented = (): readonly string[] => [...known.keys()]

/** The fields by which parsed lines of a protocol can be asked; undefined if it names none. */
export const protocolFields = (protocol: string): ProtocolFields | undefined => known.get(protocol)?.fields

export const catalogueOf = (protocol: string): readonly CatalogueEntry[] => known.get(protocol)?.catalogue ?? []

/** How dialogues with a protocol's server are tried out; undefined if it does not say. */
export const rehearsalOf = (protocol: string): Rehearsal | undefined => known.get(protocol)?.rehearsal

/** A legal command with its effect in words, shown beside its name. */
export interface LegalNow extends LegalCommand {
  readonly effect: string
}

export const legalNow = (protocol: string, session: Session | undefined): readonly LegalNow[] =>
  ((session && known.get(protocol)?.legal?.(session)) ?? []).map((one) => ({
    ...one,
    effect: effectOf(protocol, one) ?? '',
  }))

/** Commands that would be refused now, with the cause in words. */
export const refusedNow = (
  protocol: string,
  session: Session | undefined,
): readonly (RefusedCommand & { readonly cause: string })[] =>
  ((session && known.get(protocol)?.refused?.(session)) ?? []).map((one) => ({
    ...one,
    cause: glossOf(one.means) ?? '',
  }))

/** The catalogue's entry for a word: a verb in any letter case, a reply code with or without its enhanced code. */
export function lookUp(protocol: string, word: string): CatalogueEntry | undefined {
  const wanted = word.toUpperCase()
  return catalogueOf(protocol).find((entry) => {
    const name = entry.name.toUpperCase()
    // The name of a parameter includes its equals sign.
    return name === wanted || name.split(' ')[0] === wanted || name === `${wanted}=`
  })
}

/**
 * The text with which a command begins: `RCPT TO:<` of `RCPT TO:<address>`, `NOOP` of `NOOP`. Empty if the syntax is only
 * described.
 */
export function startOf({ name, syntax }: { readonly name: string; readonly syntax: string }): string {
  const at = syntax.toUpperCase().indexOf(name.toUpperCase())
  if (at === -1 || !/^[\x21-\x7e]+( [A-Z]+)*$/.test(name)) return ''
  const command = syntax.slice(at)
  const path = /^[A-Z]+ [A-Z]+:</.exec(command)?.[0]
  if (path) return path
  const words = /^\S+(?: [A-Z]{2,}(?= |$))*/.exec(command)?.[0] ?? name
  return words.length < command.length ? `${words} ` : words
}
