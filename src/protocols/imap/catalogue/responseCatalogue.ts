import type { CatalogueEntry } from '../../../session/catalogue'
import { ALWAYS, AUTHENTICATED, BEFORE, entriesOf, OPEN, type Row } from '../items/entry'

/** The server's responses: status responses, data, and response codes. */

const statuses: readonly Row[] = [
  [
    'OK',
    'The command with this tag is done. With * instead of a tag it is a greeting or a remark.',
    'RFC 9051 section 7.1.1',
    'Look at the tag: the OK of an earlier command may come first.',
    'a1 OK Logged in',
  ],
  [
    'NO',
    'The command was understood and could not be done.',
    'RFC 9051 section 7.1.2',
    'The code in brackets says why, for programs; the text is for people.',
    'a1 NO [NONEXISTENT] There is no mailbox Letters',
  ],
  [
    'BAD',
    'The line is no command, or comes at the wrong time. With * the tag itself could not be read.',
    'RFC 9051 section 7.1.3',
    'Each command begins with a tag that you choose: a1, a2, a3.',
    'a1 BAD FETCH needs a mailbox to be open: SELECT one first',
  ],
  [
    'BYE',
    'The server is about to close the connection.',
    'RFC 9051 section 7.1.5',
    'After it nothing more is answered, but LOGOUT itself.',
    '* BYE store.bird.example closes the session',
  ],
  [
    'PREAUTH',
    'A greeting that says you are logged in already.',
    'RFC 9051 section 7.1.4',
    'No server here says it; a client has to understand it all the same.',
    '* PREAUTH Welcome, bob',
  ],
  [
    '+',
    'The server waits for the rest of the command: a literal, a proof, or DONE.',
    'RFC 9051 section 7.6',
    'What follows has no tag.',
    '+ Ready for the literal',
  ],
  [
    'CAPABILITY',
    'What the server can do.',
    'RFC 9051 section 7.2.2',
    'The list is another after STARTTLS and after the login.',
    '* CAPABILITY IMAP4rev1 IMAP4rev2 IDLE',
  ],
  [
    'ID',
    'The name of the server program.',
    'RFC 2971 section 3.2',
    'It is for logs, not for decisions.',
    '* ID ("name" "EHLO World")',
  ],
]

const data: readonly Row[] = [
  [
    'ENABLED',
    'These extensions are on from now on.',
    'RFC 9051 section 7.2.1',
    'What is missing in the list is not on.',
    '* ENABLED QRESYNC',
  ],
  [
    'LIST',
    'One mailbox, and what is special about it.',
    'RFC 9051 section 7.3.1',
    'The name may be quoted, or a literal.',
    '* LIST (\\HasNoChildren \\Sent) "/" "Sent"',
  ],
  ['LSUB', 'One subscribed mailbox.', 'RFC 3501 section 7.2.3', 'It may not exist any more.', '* LSUB () "/" "INBOX"'],
  [
    'NAMESPACE',
    "The prefixes of one's own, others' and shared mailboxes.",
    'RFC 9051 section 7.3.3',
    'NIL says that there are none.',
    '* NAMESPACE (("" "/")) NIL NIL',
  ],
  [
    'STATUS',
    'Counts of a mailbox that need not be open.',
    'RFC 9051 section 7.3.4',
    'They may be old by the time they arrive.',
    '* STATUS "INBOX" (MESSAGES 3 UNSEEN 1)',
  ],
  [
    'QUOTA',
    'What is used of a quota, and what is allowed, in pairs.',
    'RFC 9208 section 4.2.1',
    'STORAGE counts units of 1024 octets.',
    '* QUOTA "" (STORAGE 3 100)',
  ],
  [
    'QUOTAROOT',
    'Which quotas a mailbox counts against.',
    'RFC 9208 section 4.2.2',
    'Here there is one for all, and its name is empty.',
    '* QUOTAROOT "INBOX" ""',
  ],
]

const mailboxData: readonly Row[] = [
  [
    'FLAGS',
    'The flags that are in use in the mailbox.',
    'RFC 9051 section 7.3.5',
    'Which of them you may change, PERMANENTFLAGS says.',
    '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)',
  ],
  [
    'EXISTS',
    'So many letters are in the mailbox. It comes after SELECT and whenever one arrives.',
    'RFC 9051 section 7.4.1',
    'It never shrinks but by EXPUNGE.',
    '* 3 EXISTS',
  ],
  [
    'RECENT',
    'So many letters this session is the first to be told of. IMAP4rev2 has dropped it.',
    'RFC 3501 section 7.3.2',
    'With two programs on one mailbox only one of them is told: do not build on it.',
    '* 1 RECENT',
  ],
  [
    'EXPUNGE',
    'The letter with this number is gone for good, and every later letter moves up by one.',
    'RFC 9051 section 7.5.1',
    'Numbers change at once: after * 1 EXPUNGE, letter 2 is letter 1. UIDs never change.',
    '* 2 EXPUNGE',
  ],
  [
    'VANISHED',
    'Letters with these UIDs are gone: now, or (EARLIER) before this session.',
    'RFC 7162 section 3.2.10',
    'It comes in place of EXPUNGE once QRESYNC is on.',
    '* VANISHED (EARLIER) 3:5,7',
  ],
  [
    'FETCH',
    'Data of one letter: what was asked for, or flags that another device has changed.',
    'RFC 9051 section 7.5.2',
    'It can come unasked, with any command.',
    '* 1 FETCH (UID 5 FLAGS (\\Seen))',
  ],
  [
    'SEARCH',
    'The letters that fit: numbers, or UIDs after UID SEARCH.',
    'RFC 3501 section 7.2.5',
    'Nothing behind it: nothing fits.',
    '* SEARCH 1 3',
  ],
  [
    'ESEARCH',
    'The result of a search in a short form, with the tag that asked.',
    'RFC 9051 section 7.3.7',
    'UID stands in it where the numbers are UIDs.',
    '* ESEARCH (TAG "a1") ALL 1:3',
  ],
  [
    'SORT',
    'The letters that fit, in the order asked for.',
    'RFC 5256 section 4',
    'Numbers, or UIDs after UID SORT.',
    '* SORT 3 1 2',
  ],
  [
    'THREAD',
    'Conversations: inside parentheses each letter answers the one before it.',
    'RFC 5256 section 4',
    'Letters side by side in parentheses of their own answer the same one.',
    '* THREAD (1 2)(3)',
  ],
]

const R = 'RFC 9051 section 7.1'
const E = 'RFC 5530 section 3'
const codesBefore: readonly Row[] = [
  [
    '[CAPABILITY]',
    'What the server can do, told along with the greeting or the login.',
    R,
    'It saves a round: do not ask again.',
    'a1 OK [CAPABILITY IMAP4rev1 IDLE] Logged in',
  ],
  [
    '[AUTHENTICATIONFAILED]',
    'The user name or the password is wrong.',
    E,
    'Which of the two is never told.',
    'a1 NO [AUTHENTICATIONFAILED] User name or password is wrong',
  ],
  [
    '[PRIVACYREQUIRED]',
    'This needs an encrypted connection.',
    E,
    'STARTTLS first.',
    'a1 NO [PRIVACYREQUIRED] A password is taken only over an encrypted connection',
  ],
]
const codesLoggedIn: readonly Row[] = [
  [
    '[ALREADYEXISTS]',
    'There is a mailbox of this name already.',
    E,
    'INBOX is always there.',
    'a1 NO [ALREADYEXISTS] There is a mailbox Sent already',
  ],
  [
    '[APPENDUID]',
    'The UIDVALIDITY of the mailbox and the UID that the new letter got.',
    'RFC 4315 section 3',
    'It saves looking for the letter.',
    'a1 OK [APPENDUID 9 1] Kept',
  ],
  [
    '[CANNOT]',
    'This can never be done here.',
    E,
    'Trying again will not help.',
    'a1 NO [CANNOT] INBOX cannot be deleted',
  ],
  [
    '[HASCHILDREN]',
    'The mailbox has others below it, so it is not deleted.',
    R,
    'Delete those first.',
    'a1 NO [HASCHILDREN] Letters has mailboxes below it',
  ],
  ['[LIMIT]', 'A limit of the server is reached.', E, 'The text says which.', 'a1 NO [LIMIT] The name is too long'],
  [
    '[NONEXISTENT]',
    'There is no such mailbox.',
    E,
    'Another device may have deleted or renamed it.',
    'a1 NO [NONEXISTENT] There is no mailbox Letters',
  ],
  ['[NOPERM]', 'You may not do this.', E, 'Somebody else may.', 'a1 NO [NOPERM] Only an administrator sets quotas'],
  [
    '[OVERQUOTA]',
    'There is no room left.',
    E,
    'Letters marked \\Deleted still count: EXPUNGE.',
    'a1 NO [OVERQUOTA] There is no room left: delete some letters first',
  ],
  [
    '[SERVERBUG]',
    'The server has made a mistake of its own.',
    E,
    'It is not your fault.',
    'a1 NO [SERVERBUG] Nobody is logged in',
  ],
  [
    '[TOOBIG]',
    'The literal is longer than the server takes.',
    'RFC 7889 section 4',
    'One that is sent without waiting ends the session.',
    'a1 NO [TOOBIG] The literal is too long',
  ],
  [
    '[TRYCREATE]',
    'The mailbox does not exist and would have to be made first.',
    R,
    'The server makes none by itself.',
    'a1 NO [TRYCREATE] There is no mailbox Letters',
  ],
  [
    '[USEATTR]',
    'The mailbox cannot be made for this use.',
    'RFC 6154 section 3',
    'There may be one for it already.',
    'a1 NO [USEATTR] There is a mailbox for \\Sent already',
  ],
  [
    '[READ-WRITE]',
    'The mailbox is open for reading and changing.',
    R,
    'EXAMINE would open it for reading only.',
    'a1 OK [READ-WRITE] Open',
  ],
  [
    '[READ-ONLY]',
    'The mailbox is open for reading only.',
    R,
    'SELECT opens it for changing.',
    'a1 OK [READ-ONLY] Open for reading',
  ],
  [
    '[UIDVALIDITY]',
    'While this number stays the same, each UID means the same letter.',
    R,
    'When it has changed, forget all UIDs.',
    '* OK [UIDVALIDITY 7] UIDs are valid',
  ],
  [
    '[UIDNEXT]',
    'The UID that the next letter will get.',
    R,
    'It does not say how many letters there are.',
    '* OK [UIDNEXT 3] Next UID',
  ],
  [
    '[UNSEEN]',
    'The number of the first letter that is not read.',
    'RFC 3501 section 7.1',
    'It is no count.',
    '* OK [UNSEEN 1] First unread letter',
  ],
  [
    '[PERMANENTFLAGS]',
    'The flags that stay when the session ends. \\* means that new ones may be made.',
    R,
    'An empty list: nothing can be marked.',
    '* OK [PERMANENTFLAGS (\\Seen \\*)] These marks are kept',
  ],
  [
    '[HIGHESTMODSEQ]',
    'The number of the latest change that has been told.',
    'RFC 7162 section 3.1.2.1',
    'Keep it together with UIDVALIDITY: alone it means nothing.',
    '* OK [HIGHESTMODSEQ 12] Latest change',
  ],
  [
    '[CLOSED]',
    'The mailbox that was open is closed; what follows is of the next one.',
    R,
    'It comes only where one was open.',
    '* OK [CLOSED] The mailbox that was open is closed',
  ],
]
const codesOpen: readonly Row[] = [
  [
    '[BADCHARSET]',
    'The server does not know this character set; those it knows are listed.',
    R,
    'UTF-8 always works.',
    'a1 NO [BADCHARSET (UTF-8 US-ASCII)] KOI8-R is not known here',
  ],
  [
    '[COPYUID]',
    'The UIDVALIDITY of the other mailbox, the UIDs here and the UIDs there.',
    'RFC 4315 section 3',
    'The two sets go in step.',
    'a1 OK [COPYUID 10 1:2 1:2] Copied',
  ],
  [
    '[EXPUNGEISSUED]',
    'Another device removed some of these letters; NOOP tells which.',
    E,
    'By UID such letters are passed over without a word.',
    'a1 NO [EXPUNGEISSUED] Another session removed some of these letters; NOOP tells which',
  ],
  [
    '[MODIFIED]',
    'These letters had changed meanwhile and were left alone.',
    'RFC 7162 section 3.1.3',
    'Fetch their flags and decide anew.',
    'a1 OK [MODIFIED 7] Some had changed',
  ],
  [
    '[UNKNOWN-CTE]',
    'A part has a transfer encoding that the server does not know.',
    'RFC 3516 section 4.3',
    'BODY[] gives it as it stands.',
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
