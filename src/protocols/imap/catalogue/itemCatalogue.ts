import type { CatalogueEntry } from '../../../session/catalogue'
import { AUTHENTICATED, entriesOf, OPEN, type Row } from '../items/entry'

/** Items of requests: data items of FETCH, items of STATUS, options of LIST and SEARCH, keys of SORT. */

const dataItems: readonly Row[] = [
  [
    'FETCH FLAGS',
    'The marks of a letter.',
    'RFC 9051 section 6.4.5',
    'Flags can change at any moment; only UIDs and the text never do.',
    'a1 FETCH 1 FLAGS',
  ],
  [
    'FETCH UID',
    'The number that never changes.',
    'RFC 9051 section 6.4.5',
    'UID FETCH gives it without being asked.',
    'a1 FETCH 1:* UID',
  ],
  [
    'FETCH MODSEQ',
    'The number of the last change of a letter.',
    'RFC 7162 section 3.1.4.2',
    'Asking for it once makes the server tell it with every change of flags.',
    'a1 FETCH 1 MODSEQ',
  ],
  [
    'FETCH INTERNALDATE',
    'When the server got the letter; not what its Date field says.',
    'RFC 9051 section 6.4.5',
    'For the sender’s date look into ENVELOPE.',
    'a1 FETCH 1 INTERNALDATE',
  ],
  [
    'FETCH RFC822.SIZE',
    'How many octets the letter has.',
    'RFC 9051 section 6.4.5',
    'Octets, not characters: an umlaut in UTF-8 counts two.',
    'a1 FETCH 1 RFC822.SIZE',
  ],
  [
    'FETCH ENVELOPE',
    'Date, subject, addresses and message-IDs, taken from the header by the server.',
    'RFC 9051 section 7.5.2',
    'It has nothing to do with the envelope of SMTP.',
    'a1 FETCH 1 ENVELOPE',
  ],
  [
    'FETCH BODYSTRUCTURE',
    'How the letter is built: its parts, their types and sizes.',
    'RFC 9051 section 7.5.2',
    'It names the parts that BODY[1.2] can then fetch one by one.',
    'a1 FETCH 1 BODYSTRUCTURE',
  ],
  [
    'FETCH BODY',
    'BODYSTRUCTURE without what was added later.',
    'RFC 9051 section 6.4.5',
    'BODY without brackets is the structure; BODY[] is the text.',
    'a1 FETCH 1 BODY',
  ],
  [
    'FETCH BODY[]',
    'The whole letter; with a section only a part of it: HEADER, TEXT, 1.2, 1.MIME, HEADER.FIELDS (SUBJECT).',
    'RFC 9051 section 6.4.5.1',
    'It marks the letter as read. A range follows the bracket: BODY[]<0.1000>.',
    'a1 FETCH 1 BODY[HEADER.FIELDS (SUBJECT)]',
  ],
  [
    'FETCH BODY.PEEK[]',
    'As BODY[], and leaves the letter unread.',
    'RFC 9051 section 6.4.5',
    'The answer names it BODY[], without PEEK.',
    'a1 FETCH 1 BODY.PEEK[TEXT]<0.100>',
  ],
  [
    'FETCH BINARY[]',
    'One part with its transfer encoding taken off.',
    'RFC 3516 section 4.2',
    'It takes part numbers only: neither HEADER nor TEXT.',
    'a1 FETCH 1 BINARY[1]',
  ],
  [
    'FETCH BINARY.PEEK[]',
    'As BINARY[], and leaves the letter unread.',
    'RFC 3516 section 4.2',
    'The answer names it BINARY[], without PEEK.',
    'a1 FETCH 1 BINARY.PEEK[1]',
  ],
  [
    'FETCH BINARY.SIZE[]',
    'How long one part is without its transfer encoding.',
    'RFC 3516 section 4.3',
    'The server has to decode the part to know it.',
    'a1 FETCH 1 BINARY.SIZE[1]',
  ],
  [
    'FETCH RFC822',
    'The old name of BODY[].',
    'RFC 3501 section 6.4.5',
    'IMAP4rev2 has dropped it: write BODY[].',
    'a1 FETCH 1 RFC822',
  ],
  [
    'FETCH RFC822.HEADER',
    'The old name of BODY.PEEK[HEADER].',
    'RFC 3501 section 6.4.5',
    'Of the three old names only this one leaves the letter unread.',
    'a1 FETCH 1 RFC822.HEADER',
  ],
  [
    'FETCH RFC822.TEXT',
    'The old name of BODY[TEXT].',
    'RFC 3501 section 6.4.5',
    'It marks the letter as read.',
    'a1 FETCH 1 RFC822.TEXT',
  ],
  [
    'FETCH FAST',
    'Short for (FLAGS INTERNALDATE RFC822.SIZE).',
    'RFC 9051 section 6.4.5',
    'A macro stands alone, never inside parentheses.',
    'a1 FETCH 1 FAST',
  ],
  [
    'FETCH ALL',
    'Short for (FLAGS INTERNALDATE RFC822.SIZE ENVELOPE).',
    'RFC 9051 section 6.4.5',
    'It is not all: the text is not in it.',
    'a1 FETCH 1 ALL',
  ],
  [
    'FETCH FULL',
    'Short for (FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY).',
    'RFC 9051 section 6.4.5',
    'It is not full either: BODY is the structure only.',
    'a1 FETCH 1 FULL',
  ],
  [
    'FETCH (CHANGEDSINCE)',
    'Only letters that changed after that mod-sequence.',
    'RFC 7162 section 3.1.4.1',
    'It tells nothing of letters that are gone: VANISHED, in UID FETCH, does.',
    'a1 FETCH 1:* FLAGS (CHANGEDSINCE 1)',
  ],
]

const statusItems: readonly Row[] = [
  [
    'STATUS MESSAGES',
    'How many letters are in the mailbox.',
    'RFC 9051 section 6.3.11',
    'For the open mailbox the server tells it by EXISTS.',
    'a1 STATUS INBOX (MESSAGES)',
  ],
  [
    'STATUS RECENT',
    'How many letters no session has been told of yet. IMAP4rev2 has dropped it.',
    'RFC 3501 section 6.3.10',
    'It is not the number of unread letters: that is UNSEEN.',
    'a1 STATUS INBOX (RECENT)',
  ],
  [
    'STATUS UIDNEXT',
    'The UID that the next letter will get.',
    'RFC 9051 section 6.3.11',
    'It does not say how many letters there are: UIDs have gaps.',
    'a1 STATUS INBOX (UIDNEXT)',
  ],
  [
    'STATUS UIDVALIDITY',
    'While it stays the same, each UID means the same letter.',
    'RFC 9051 section 6.3.11',
    'When it differs from what you remember, forget every UID.',
    'a1 STATUS INBOX (UIDVALIDITY)',
  ],
  [
    'STATUS UNSEEN',
    'How many letters are not read.',
    'RFC 9051 section 6.3.11',
    'The code [UNSEEN n] of SELECT is something else: the first unread letter.',
    'a1 STATUS INBOX (UNSEEN)',
  ],
  [
    'STATUS DELETED',
    'How many letters are marked for removal.',
    'RFC 9051 section 6.3.11',
    'They still count among MESSAGES.',
    'a1 STATUS INBOX (DELETED)',
  ],
  [
    'STATUS SIZE',
    'How many octets all letters have together.',
    'RFC 8438 section 2',
    'It is a count of the text; what the disk needs is another matter.',
    'a1 STATUS INBOX (SIZE)',
  ],
  [
    'STATUS HIGHESTMODSEQ',
    'The number of the latest change in the mailbox.',
    'RFC 7162 section 3.1.7',
    'Asking for it switches CONDSTORE on.',
    'a1 STATUS INBOX (HIGHESTMODSEQ)',
  ],
  [
    'STATUS DELETED-STORAGE',
    'How many octets removing the marked letters would free.',
    'RFC 9208 section 4.1.4',
    'Nothing is free before EXPUNGE.',
    'a1 STATUS INBOX (DELETED-STORAGE)',
  ],
]

const listOptions: readonly Row[] = [
  [
    'LIST (SUBSCRIBED)',
    'Only mailboxes that are subscribed to, even if they do not exist any more.',
    'RFC 9051 section 6.3.9.1',
    'It stands before the reference; RETURN (SUBSCRIBED) only adds the attribute.',
    'a1 LIST (SUBSCRIBED) "" "*"',
  ],
  [
    'LIST (REMOTE)',
    'Mailboxes on other servers too. There are none here.',
    'RFC 9051 section 6.3.9.1',
    'It adds to the list and takes nothing away.',
    'a1 LIST (REMOTE) "" "*"',
  ],
  [
    'LIST (RECURSIVEMATCH)',
    'Names that do not fit themselves, but have something below them that does.',
    'RFC 9051 section 6.3.9.1',
    'It stands only together with SUBSCRIBED or SPECIAL-USE.',
    'a1 LIST (SUBSCRIBED RECURSIVEMATCH) "" "%"',
  ],
  [
    'LIST (SPECIAL-USE)',
    'Only mailboxes with a use of their own: drafts, sent, trash.',
    'RFC 6154 section 2',
    'Plain LIST tells the attributes as well.',
    'a1 LIST (SPECIAL-USE) "" "*"',
  ],
  [
    'LIST RETURN (SUBSCRIBED)',
    'Tells of each mailbox whether it is subscribed to.',
    'RFC 9051 section 6.3.9.2',
    'It leaves out no mailbox.',
    'a1 LIST "" "*" RETURN (SUBSCRIBED)',
  ],
  [
    'LIST RETURN (CHILDREN)',
    'Tells of each mailbox whether there are others below it.',
    'RFC 9051 section 6.3.9.2',
    'Here plain LIST tells it as well.',
    'a1 LIST "" "%" RETURN (CHILDREN)',
  ],
  [
    'LIST RETURN (SPECIAL-USE)',
    'Tells of each mailbox what it is for.',
    'RFC 6154 section 2',
    'Here plain LIST tells it as well.',
    'a1 LIST "" "*" RETURN (SPECIAL-USE)',
  ],
  [
    'LIST RETURN (STATUS)',
    'Counts of each mailbox in the same round: no STATUS for every one.',
    'RFC 5819 section 2',
    'The items stand in parentheses of their own.',
    'a1 LIST "" "%" RETURN (STATUS (UNSEEN))',
  ],
]

const searchOptions: readonly Row[] = [
  [
    'SEARCH RETURN (MIN)',
    'The lowest number that fits.',
    'RFC 9051 section 6.4.4.1',
    'Where nothing fits it is left out.',
    'a1 SEARCH RETURN (MIN) UNSEEN',
  ],
  [
    'SEARCH RETURN (MAX)',
    'The highest number that fits.',
    'RFC 9051 section 6.4.4.1',
    'Where nothing fits it is left out.',
    'a1 SEARCH RETURN (MAX) UNSEEN',
  ],
  [
    'SEARCH RETURN (ALL)',
    'Every number that fits, as a set.',
    'RFC 9051 section 6.4.4.1',
    'The answer is ESEARCH, not SEARCH.',
    'a1 SEARCH RETURN (ALL) UNSEEN',
  ],
  [
    'SEARCH RETURN (COUNT)',
    'How many fit.',
    'RFC 9051 section 6.4.4.1',
    'Here 0 is told.',
    'a1 SEARCH RETURN (COUNT) UNSEEN',
  ],
  [
    'SEARCH RETURN (SAVE)',
    'Keeps the result on the server: the next command names it $.',
    'RFC 9051 section 6.4.4.1',
    'With MIN or MAX alone only those letters are kept.',
    'a1 SEARCH RETURN (SAVE) UNSEEN',
  ],
]

const sortKeys: readonly Row[] = [
  [
    'SORT ARRIVAL',
    'By the time at which the server got the letter.',
    'RFC 5256 section 3',
    'By the Date field sorts DATE.',
    'a1 SORT (ARRIVAL) UTF-8 ALL',
  ],
  [
    'SORT CC',
    'By the first address in Cc: the part before the @.',
    'RFC 5256 section 3',
    'Names do not count, only addresses.',
    'a1 SORT (CC) UTF-8 ALL',
  ],
  [
    'SORT DATE',
    'By the Date field, brought to one time zone.',
    'RFC 5256 section 3',
    'SEARCH SENTON looks at the day as it is written, whatever the zone.',
    'a1 SORT (DATE) UTF-8 ALL',
  ],
  [
    'SORT FROM',
    'By the first address in From: the part before the @.',
    'RFC 5256 section 3',
    'Names do not count, only addresses.',
    'a1 SORT (FROM) UTF-8 ALL',
  ],
  [
    'SORT SIZE',
    'By size in octets.',
    'RFC 5256 section 3',
    'The smallest comes first: REVERSE SIZE for the largest.',
    'a1 SORT (SIZE) UTF-8 ALL',
  ],
  [
    'SORT SUBJECT',
    'By the subject without Re: and Fwd:.',
    'RFC 5256 section 3',
    '"Re: Lunch" and "Lunch" are the same here.',
    'a1 SORT (SUBJECT) UTF-8 ALL',
  ],
  [
    'SORT TO',
    'By the first address in To: the part before the @.',
    'RFC 5256 section 3',
    'Names do not count, only addresses.',
    'a1 SORT (TO) UTF-8 ALL',
  ],
]

const term =
  (what: string) =>
  (name: string): string =>
    `${what} ${name.slice(name.indexOf(' ') + 1)}`

export const itemEntries: readonly CatalogueEntry[] = [
  ...entriesOf('parameter', OPEN, term('data item'), dataItems),
  ...entriesOf('parameter', AUTHENTICATED, term('status item'), statusItems),
  ...entriesOf('parameter', AUTHENTICATED, term('LIST option'), listOptions),
  ...entriesOf('parameter', OPEN, term('search return option'), searchOptions),
  ...entriesOf('parameter', OPEN, term('sort key'), sortKeys),
]
