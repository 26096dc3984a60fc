import type { CatalogueEntry } from '../../../session/catalogue'
import { ALWAYS, AUTHENTICATED, BEFORE, entriesOf, type Row } from '../items/entry'

/** The words of CAPABILITY, with their meanings. */

const before: readonly Row[] = [
  ['STARTTLS', 'RFC 9051 section 6.2.1', 'a1 STARTTLS'],
  ['LOGINDISABLED', 'RFC 9051 section 6.2.3', '* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED'],
  ['AUTH=PLAIN', 'RFC 4616 section 2', 'a1 AUTHENTICATE PLAIN'],
  ['AUTH=LOGIN', 'RFC 9051 section 6.2.2', 'a1 AUTHENTICATE LOGIN'],
  ['AUTH=CRAM-MD5', 'RFC 2195 section 2', 'a1 AUTHENTICATE CRAM-MD5'],
  ['AUTH=SCRAM-SHA-256', 'RFC 7677 section 3', 'a1 AUTHENTICATE SCRAM-SHA-256'],
]

const always: readonly Row[] = [
  ['IMAP4rev1', 'RFC 3501 section 6.1.1', 'a1 CAPABILITY'],
  ['IMAP4rev2', 'RFC 9051 section 6.1.1', 'a1 ENABLE IMAP4rev2'],
  ['LITERAL+', 'RFC 7888 section 3', 'a1 APPEND Sent {14+}'],
  ['SASL-IR', 'RFC 4959 section 3', 'a1 AUTHENTICATE PLAIN AGJvYgBzZWNyZXQ='],
  ['ID', 'RFC 2971 section 3', 'a1 ID NIL'],
  ['ENABLE', 'RFC 5161 section 3', 'a1 ENABLE CONDSTORE'],
  ['IDLE', 'RFC 2177 section 3', 'a1 IDLE'],
]

const loggedIn: readonly Row[] = [
  ['UIDPLUS', 'RFC 4315 section 2', 'a1 UID EXPUNGE 1'],
  ['UNSELECT', 'RFC 3691 section 2', 'a1 UNSELECT'],
  ['MOVE', 'RFC 6851 section 3', 'a1 MOVE 1 Trash'],
  ['NAMESPACE', 'RFC 2342 section 5', 'a1 NAMESPACE'],
  ['CHILDREN', 'RFC 3348 section 3', 'a1 LIST "" "%"'],
  ['LIST-EXTENDED', 'RFC 5258 section 3', 'a1 LIST "" ("INBOX" "S%")'],
  ['LIST-STATUS', 'RFC 5819 section 2', 'a1 LIST "" "%" RETURN (STATUS (UNSEEN))'],
  ['STATUS=SIZE', 'RFC 8438 section 2', 'a1 STATUS INBOX (SIZE)'],
  ['SPECIAL-USE', 'RFC 6154 section 2', 'a1 LIST (SPECIAL-USE) "" "*"'],
  ['CREATE-SPECIAL-USE', 'RFC 6154 section 3', 'a1 CREATE Kept (USE (\\Archive))'],
  ['ESEARCH', 'RFC 4731 section 3', 'a1 SEARCH RETURN (COUNT) UNSEEN'],
  ['SEARCHRES', 'RFC 5182 section 2', 'a1 FETCH $ FLAGS'],
  ['CONDSTORE', 'RFC 7162 section 3.1', 'a1 SELECT INBOX (CONDSTORE)'],
  ['QRESYNC', 'RFC 7162 section 3.2', 'a1 ENABLE QRESYNC'],
  ['SORT', 'RFC 5256 section 3', 'a1 SORT (DATE) UTF-8 ALL'],
  ['THREAD=ORDEREDSUBJECT', 'RFC 5256 section 3', 'a1 THREAD ORDEREDSUBJECT UTF-8 ALL'],
  ['THREAD=REFERENCES', 'RFC 5256 section 3', 'a1 THREAD REFERENCES UTF-8 ALL'],
  ['BINARY', 'RFC 3516 section 4', 'a1 FETCH 1 BINARY[1]'],
  ['QUOTA', 'RFC 9208 section 4', 'a1 GETQUOTAROOT INBOX'],
  ['QUOTA=RES-STORAGE', 'RFC 9208 section 5.1', 'a1 GETQUOTA ""'],
  ['QUOTA=RES-MESSAGE', 'RFC 9208 section 5.2', 'a1 GETQUOTA ""'],
  ['UTF8=ACCEPT', 'RFC 6855 section 3', 'a1 ENABLE UTF8=ACCEPT'],
]

const term = (name: string): string => `capability ${name}`

export const capabilityEntries: readonly CatalogueEntry[] = [
  ...entriesOf('capability', BEFORE, term, before),
  ...entriesOf('capability', ALWAYS, term, always),
  ...entriesOf('capability', AUTHENTICATED, term, loggedIn),
]
