import type { CatalogueEntry } from '../../../session/catalogue'
import { ALWAYS, AUTHENTICATED, BEFORE, entriesOf, OPEN, type Row } from '../items/entry'

/** The server's responses: status responses, data, and response codes. */

const statuses: readonly Row[] = [
  ['OK', 'RFC 9051 section 7.1.1', 'a1 OK Logged in'],
  ['NO', 'RFC 9051 section 7.1.2', 'a1 NO [NONEXISTENT] There is no mailbox Letters'],
  ['BAD', 'RFC 9051 section 7.1.3', 'a1 BAD FETCH needs a mailbox to be open: SELECT one first'],
  ['BYE', 'RFC 9051 section 7.1.5', '* BYE store.bird.example closes the session'],
  ['PREAUTH', 'RFC 9051 section 7.1.4', '* PREAUTH Welcome, bob'],
  ['+', 'RFC 9051 section 7.6', '+ Ready for the literal'],
  ['CAPABILITY', 'RFC 9051 section 7.2.2', '* CAPABILITY IMAP4rev1 IMAP4rev2 IDLE'],
  ['ID', 'RFC 2971 section 3.2', '* ID ("name" "EHLO World")'],
]

const data: readonly Row[] = [
  ['ENABLED', 'RFC 9051 section 7.2.1', '* ENABLED QRESYNC'],
  ['LIST', 'RFC 9051 section 7.3.1', '* LIST (\\HasNoChildren \\Sent) "/" "Sent"'],
  ['LSUB', 'RFC 3501 section 7.2.3', '* LSUB () "/" "INBOX"'],
  ['NAMESPACE', 'RFC 9051 section 7.3.3', '* NAMESPACE (("" "/")) NIL NIL'],
  ['STATUS', 'RFC 9051 section 7.3.4', '* STATUS "INBOX" (MESSAGES 3 UNSEEN 1)'],
  ['QUOTA', 'RFC 9208 section 4.2.1', '* QUOTA "" (STORAGE 3 100)'],
  ['QUOTAROOT', 'RFC 9208 section 4.2.2', '* QUOTAROOT "INBOX" ""'],
]

const mailboxData: readonly Row[] = [
  ['FLAGS', 'RFC 9051 section 7.3.5', '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)'],
  ['EXISTS', 'RFC 9051 section 7.4.1', '* 3 EXISTS'],
  ['RECENT', 'RFC 3501 section 7.3.2', '* 1 RECENT'],
  ['EXPUNGE', 'RFC 9051 section 7.5.1', '* 2 EXPUNGE'],
  ['VANISHED', 'RFC 7162 section 3.2.10', '* VANISHED (EARLIER) 3:5,7'],
  ['FETCH', 'RFC 9051 section 7.5.2', '* 1 FETCH (UID 5 FLAGS (\\Seen))'],
  ['SEARCH', 'RFC 3501 section 7.2.5', '* SEARCH 1 3'],
  ['ESEARCH', 'RFC 9051 section 7.3.7', '* ESEARCH (TAG "a1") ALL 1:3'],
  ['SORT', 'RFC 5256 section 4', '* SORT 3 1 2'],
  ['THREAD', 'RFC 5256 section 4', '* THREAD (1 2)(3)'],
]

const R = 'RFC 9051 section 7.1'
const E = 'RFC 5530 section 3'
const codesBefore: readonly Row[] = [
  ['[CAPABILITY]', R, 'a1 OK [CAPABILITY IMAP4rev1 IDLE] Logged in'],
  ['[AUTHENTICATIONFAILED]', E, 'a1 NO [AUTHENTICATIONFAILED] User name or password is wrong'],
  ['[PRIVACYREQUIRED]', E, 'a1 NO [PRIVACYREQUIRED] A password is taken only over an encrypted connection'],
]
const codesLoggedIn: readonly Row[] = [
  ['[ALREADYEXISTS]', E, 'a1 NO [ALREADYEXISTS] There is a mailbox Sent already'],
  ['[APPENDUID]', 'RFC 4315 section 3', 'a1 OK [APPENDUID 9 1] Kept'],
  ['[CANNOT]', E, 'a1 NO [CANNOT] INBOX cannot be deleted'],
  ['[HASCHILDREN]', R, 'a1 NO [HASCHILDREN] Letters has mailboxes below it'],
  ['[LIMIT]', E, 'a1 NO [LIMIT] The name is too long'],
  ['[NONEXISTENT]', E, 'a1 NO [NONEXISTENT] There is no mailbox Letters'],
  ['[NOPERM]', E, 'a1 NO [NOPERM] Only an administrator sets quotas'],
  ['[OVERQUOTA]', E, 'a1 NO [OVERQUOTA] There is no room left: delete some letters first'],
  ['[SERVERBUG]', E, 'a1 NO [SERVERBUG] Nobody is logged in'],
  ['[TOOBIG]', 'RFC 7889 section 4', 'a1 NO [TOOBIG] The literal is too long'],
  ['[TRYCREATE]', R, 'a1 NO [TRYCREATE] There is no mailbox Letters'],
  ['[USEATTR]', 'RFC 6154 section 3', 'a1 NO [USEATTR] There is a mailbox for \\Sent already'],
  ['[READ-WRITE]', R, 'a1 OK [READ-WRITE] Open'],
  ['[READ-ONLY]', R, 'a1 OK [READ-ONLY] Open for reading'],
  ['[UIDVALIDITY]', R, '* OK [UIDVALIDITY 7] UIDs are valid'],
  ['[UIDNEXT]', R, '* OK [UIDNEXT 3] Next UID'],
  ['[UNSEEN]', 'RFC 3501 section 7.1', '* OK [UNSEEN 1] First unread letter'],
  ['[PERMANENTFLAGS]', R, '* OK [PERMANENTFLAGS (\\Seen \\*)] These marks are kept'],
  ['[HIGHESTMODSEQ]', 'RFC 7162 section 3.1.2.1', '* OK [HIGHESTMODSEQ 12] Latest change'],
  ['[CLOSED]', R, '* OK [CLOSED] The mailbox that was open is closed'],
]
const codesOpen: readonly Row[] = [
  ['[BADCHARSET]', R, 'a1 NO [BADCHARSET (UTF-8 US-ASCII)] KOI8-R is not known here'],
  ['[COPYUID]', 'RFC 4315 section 3', 'a1 OK [COPYUID 10 1:2 1:2] Copied'],
  ['[EXPUNGEISSUED]', E, 'a1 NO [EXPUNGEISSUED] Another session removed some of these letters; NOOP tells which'],
  ['[MODIFIED]', 'RFC 7162 section 3.1.3', 'a1 OK [MODIFIED 7] Some had changed'],
  [
    '[UNKNOWN-CTE]',
    'RFC 3516 section 4.3',
    'a1 NO [UNKNOWN-CTE] A part has a transfer encoding that is not known here',
  ],
]

const ofResponse = (name: string): string =>
  /^[A-Z]+$/.test(name) ? `${name} response` : 'command continuation request'
const ofCode = (name: string): string => `response code ${name.slice(1, -1)}`

export const responseEntries: readonly CatalogueEntry[] = [
  ...entriesOf('response', ALWAYS, ofResponse, statuses),
  ...entriesOf('response', AUTHENTICATED, ofResponse, data),
  ...entriesOf('response', OPEN, ofResponse, mailboxData),
  ...entriesOf('response', BEFORE, ofCode, codesBefore),
  ...entriesOf('response', AUTHENTICATED, ofCode, codesLoggedIn),
  ...entriesOf('response', OPEN, ofCode, codesOpen),
]
