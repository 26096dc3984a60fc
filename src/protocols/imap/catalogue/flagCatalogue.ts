import type { CatalogueEntry } from '../../../session/catalogue'
import { AUTHENTICATED, entriesOf, OPEN, type Row } from '../items/entry'

/** Flags of messages, and attributes of mailboxes. */

const FLAGS = 'RFC 9051 section 2.3.2'
const flags: readonly Row[] = [
  ['\\Seen', FLAGS, 'a1 STORE 1 +FLAGS (\\Seen)'],
  ['\\Answered', FLAGS, 'a1 STORE 1 +FLAGS (\\Answered)'],
  ['\\Flagged', FLAGS, 'a1 STORE 1 +FLAGS (\\Flagged)'],
  ['\\Deleted', FLAGS, 'a1 STORE 1 +FLAGS (\\Deleted)'],
  ['\\Draft', FLAGS, 'a1 STORE 1 +FLAGS (\\Draft)'],
  ['\\Recent', 'RFC 3501 section 2.3.2', 'a1 SEARCH RECENT'],
  ['\\*', 'RFC 9051 section 7.1', 'a1 SELECT INBOX'],
  ['$Forwarded', FLAGS, 'a1 STORE 1 +FLAGS ($Forwarded)'],
  ['$MDNSent', 'RFC 3503 section 3', 'a1 STORE 1 +FLAGS ($MDNSent)'],
  ['$Junk', FLAGS, 'a1 STORE 1 +FLAGS ($Junk)'],
  ['$NotJunk', FLAGS, 'a1 STORE 1 +FLAGS ($NotJunk)'],
  ['$Phishing', FLAGS, 'a1 STORE 1 +FLAGS ($Phishing)'],
]

const LIST = 'RFC 9051 section 7.3.1'
const USE = 'RFC 6154 section 2'
const attributes: readonly Row[] = [
  ['\\Noselect', LIST, 'a1 LSUB "" "%"'],
  ['\\NonExistent', LIST, 'a1 LIST (SUBSCRIBED) "" "*"'],
  ['\\HasChildren', LIST, 'a1 LIST "" "%"'],
  ['\\HasNoChildren', LIST, 'a1 LIST "" "%"'],
  ['\\Subscribed', LIST, 'a1 LIST "" "*" RETURN (SUBSCRIBED)'],
  ['\\Drafts', USE, 'a1 LIST (SPECIAL-USE) "" "*"'],
  ['\\Sent', USE, 'a1 LIST (SPECIAL-USE) "" "*"'],
  ['\\Trash', USE, 'a1 LIST (SPECIAL-USE) "" "*"'],
  ['\\Junk', USE, 'a1 LIST (SPECIAL-USE) "" "*"'],
  ['\\Archive', USE, 'a1 CREATE Kept (USE (\\Archive))'],
  ['\\Important', 'RFC 8457 section 3', 'a1 LIST (SPECIAL-USE) "" "*"'],
]

export const flagEntries: readonly CatalogueEntry[] = [
  ...entriesOf('flag', OPEN, (name) => `${name} ${name.startsWith('$') ? 'keyword' : 'flag'}`, flags),
  ...entriesOf('flag', AUTHENTICATED, (name) => `mailbox name attribute ${name}`, attributes),
]
