import type { CatalogueEntry } from '../../../session/catalogue'
import { ALWAYS, AUTHENTICATED, BEFORE, entriesOf, type Row } from '../items/entry'

/** The words of CAPABILITY, with their meanings. */

const before: readonly Row[] = [
  [
    'STARTTLS',
    'The wire can be encrypted.',
    'RFC 9051 section 6.2.1',
    'After it ask for CAPABILITY anew: what was told in the clear may be forged.',
    'a1 STARTTLS',
  ],
  [
    'LOGINDISABLED',
    'No password is taken over this connection.',
    'RFC 9051 section 6.2.3',
    'Sending LOGIN all the same gives the password away.',
    '* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED',
  ],
  [
    'AUTH=PLAIN',
    'AUTHENTICATE PLAIN: user and password in base64.',
    'RFC 4616 section 2',
    'base64 hides nothing.',
    'a1 AUTHENTICATE PLAIN',
  ],
  [
    'AUTH=LOGIN',
    'AUTHENTICATE LOGIN: an old way, user and password one after the other.',
    'RFC 9051 section 6.2.2',
    'It is not the command LOGIN.',
    'a1 AUTHENTICATE LOGIN',
  ],
  [
    'AUTH=CRAM-MD5',
    'AUTHENTICATE CRAM-MD5: the password is proven and not shown.',
    'RFC 2195 section 2',
    'SCRAM-SHA-256 does it better.',
    'a1 AUTHENTICATE CRAM-MD5',
  ],
  [
    'AUTH=SCRAM-SHA-256',
    'AUTHENTICATE SCRAM-SHA-256: both sides prove that they know the password.',
    'RFC 7677 section 3',
    'The client has to check the server’s proof, too.',
    'a1 AUTHENTICATE SCRAM-SHA-256',
  ],
]

const always: readonly Row[] = [
  [
    'IMAP4rev1',
    'The protocol of RFC 3501, spoken until something else is switched on.',
    'RFC 3501 section 6.1.1',
    'A server that lists IMAP4rev2 as well speaks rev1 first.',
    'a1 CAPABILITY',
  ],
  [
    'IMAP4rev2',
    'The protocol of RFC 9051; ENABLE IMAP4rev2 switches its answers on.',
    'RFC 9051 section 6.1.1',
    'Without ENABLE the answers stay those of rev1: SEARCH, not ESEARCH.',
    'a1 ENABLE IMAP4rev2',
  ],
  [
    'LITERAL+',
    'A literal may be sent without waiting: {5+}.',
    'RFC 7888 section 3',
    'Without the + the client has to wait for the server’s +.',
    'a1 APPEND Sent {14+}',
  ],
  [
    'SASL-IR',
    'AUTHENTICATE may carry the first answer along.',
    'RFC 4959 section 3',
    'An empty one is written =.',
    'a1 AUTHENTICATE PLAIN AGJvYgBzZWNyZXQ=',
  ],
  [
    'ID',
    'Both sides may tell their names.',
    'RFC 2971 section 3',
    'Nobody may behave differently because of a name.',
    'a1 ID NIL',
  ],
  [
    'ENABLE',
    'Extensions that change answers can be switched on.',
    'RFC 5161 section 3',
    'Only what is switched on may be used in the answers.',
    'a1 ENABLE CONDSTORE',
  ],
  [
    'IDLE',
    'The server tells news at once.',
    'RFC 2177 section 3',
    'Ask anew every 29 minutes, or the server hangs up.',
    'a1 IDLE',
  ],
]

const loggedIn: readonly Row[] = [
  [
    'UIDPLUS',
    'APPEND and COPY tell the new UIDs; UID EXPUNGE removes only what is named.',
    'RFC 4315 section 2',
    'Without it EXPUNGE removes what other devices marked, too.',
    'a1 UID EXPUNGE 1',
  ],
  [
    'UNSELECT',
    'A mailbox can be closed without removing anything.',
    'RFC 3691 section 2',
    'CLOSE removes what is marked.',
    'a1 UNSELECT',
  ],
  [
    'MOVE',
    'Letters can be moved in one command.',
    'RFC 6851 section 3',
    'A moved letter has a new UID.',
    'a1 MOVE 1 Trash',
  ],
  [
    'NAMESPACE',
    'The server tells where one’s own, others’ and shared mailboxes lie.',
    'RFC 2342 section 5',
    'Do not guess the delimiter: ask.',
    'a1 NAMESPACE',
  ],
  [
    'CHILDREN',
    'LIST tells whether there are mailboxes below.',
    'RFC 3348 section 3',
    'The attribute may be old by the time it arrives.',
    'a1 LIST "" "%"',
  ],
  [
    'LIST-EXTENDED',
    'LIST takes options and several patterns.',
    'RFC 5258 section 3',
    'Several patterns stand in parentheses.',
    'a1 LIST "" ("INBOX" "S%")',
  ],
  [
    'LIST-STATUS',
    'LIST gives counts along.',
    'RFC 5819 section 2',
    'Asking for counts of all mailboxes is work for the server.',
    'a1 LIST "" "%" RETURN (STATUS (UNSEEN))',
  ],
  [
    'STATUS=SIZE',
    'STATUS tells the size of a mailbox.',
    'RFC 8438 section 2',
    'Without it a client adds up RFC822.SIZE.',
    'a1 STATUS INBOX (SIZE)',
  ],
  [
    'SPECIAL-USE',
    'LIST tells what a mailbox is for.',
    'RFC 6154 section 2',
    'Do not go by names: they are in many languages.',
    'a1 LIST (SPECIAL-USE) "" "*"',
  ],
  [
    'CREATE-SPECIAL-USE',
    'CREATE may say what the mailbox is for.',
    'RFC 6154 section 3',
    'Each use has one mailbox at most here.',
    'a1 CREATE Kept (USE (\\Archive))',
  ],
  [
    'ESEARCH',
    'SEARCH can give the first, the last, or a count alone.',
    'RFC 4731 section 3',
    'The answer is ESEARCH with the tag of the command.',
    'a1 SEARCH RETURN (COUNT) UNSEEN',
  ],
  [
    'SEARCHRES',
    'The server keeps a search result for the next command.',
    'RFC 5182 section 2',
    'SELECT empties it.',
    'a1 FETCH $ FLAGS',
  ],
  [
    'CONDSTORE',
    'Every change has a number, and STORE can depend on it.',
    'RFC 7162 section 3.1',
    'It tells of changed flags, not of removed letters.',
    'a1 SELECT INBOX (CONDSTORE)',
  ],
  [
    'QRESYNC',
    'A device that comes back is told in one round what it missed.',
    'RFC 7162 section 3.2',
    'ENABLE QRESYNC comes first; then removals are told by UID, as VANISHED.',
    'a1 ENABLE QRESYNC',
  ],
  [
    'SORT',
    'The server gives letters in an order.',
    'RFC 5256 section 3',
    'The character set has to be written.',
    'a1 SORT (DATE) UTF-8 ALL',
  ],
  [
    'THREAD=ORDEREDSUBJECT',
    'The server gives conversations by subject.',
    'RFC 5256 section 3',
    'Letters with one subject are taken for one conversation.',
    'a1 THREAD ORDEREDSUBJECT UTF-8 ALL',
  ],
  [
    'THREAD=REFERENCES',
    'The server gives conversations by who answers whom.',
    'RFC 5256 section 3',
    'It goes by References and In-Reply-To, then by subject.',
    'a1 THREAD REFERENCES UTF-8 ALL',
  ],
  [
    'BINARY',
    'Parts can be had without their transfer encoding.',
    'RFC 3516 section 4',
    'APPEND of octets with NUL takes a literal with a tilde: ~{5}.',
    'a1 FETCH 1 BINARY[1]',
  ],
  [
    'QUOTA',
    'The server tells how much may be kept.',
    'RFC 9208 section 4',
    'Sizes are in units of 1024 octets.',
    'a1 GETQUOTAROOT INBOX',
  ],
  [
    'QUOTA=RES-STORAGE',
    'A quota can limit octets.',
    'RFC 9208 section 5.1',
    'It counts all mailboxes of a user together here.',
    'a1 GETQUOTA ""',
  ],
  [
    'QUOTA=RES-MESSAGE',
    'A quota can limit the number of letters.',
    'RFC 9208 section 5.2',
    'It counts all mailboxes of a user together here.',
    'a1 GETQUOTA ""',
  ],
  [
    'UTF8=ACCEPT',
    'Mailbox names and letters may be in UTF-8, once it is switched on.',
    'RFC 6855 section 3',
    'After ENABLE a SEARCH names no character set.',
    'a1 ENABLE UTF8=ACCEPT',
  ],
]

const term = (name: string): string => `capability ${name}`

export const capabilityEntries: readonly CatalogueEntry[] = [
  ...entriesOf('capability', BEFORE, term, before),
  ...entriesOf('capability', ALWAYS, term, always),
  ...entriesOf('capability', AUTHENTICATED, term, loggedIn),
]
