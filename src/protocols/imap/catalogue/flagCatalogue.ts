import type { CatalogueEntry } from '../../../session/catalogue'
import { AUTHENTICATED, entriesOf, OPEN, type Row } from '../items/entry'

/** Flags of messages, and attributes of mailboxes. */

const FLAGS = 'RFC 9051 section 2.3.2'
const flags: readonly Row[] = [
  [
    '\\Seen',
    'The letter has been read.',
    FLAGS,
    'FETCH BODY[] sets it by itself; BODY.PEEK[] does not.',
    'a1 STORE 1 +FLAGS (\\Seen)',
  ],
  [
    '\\Answered',
    'The letter has been answered.',
    FLAGS,
    'The mail program has to set it; sending an answer does not.',
    'a1 STORE 1 +FLAGS (\\Answered)',
  ],
  [
    '\\Flagged',
    'The letter is marked as important: often a star.',
    FLAGS,
    'FLAGS without + would take all other marks away.',
    'a1 STORE 1 +FLAGS (\\Flagged)',
  ],
  [
    '\\Deleted',
    'The letter is marked for removal. It stays until EXPUNGE or CLOSE.',
    FLAGS,
    'Marking alone removes nothing.',
    'a1 STORE 1 +FLAGS (\\Deleted)',
  ],
  [
    '\\Draft',
    'The letter is not finished.',
    FLAGS,
    'The mailbox Drafts and this mark are two things.',
    'a1 STORE 1 +FLAGS (\\Draft)',
  ],
  [
    '\\Recent',
    'This session is the first to be told of the letter. The next one does not see it any more. IMAP4rev2 has dropped it.',
    'RFC 3501 section 2.3.2',
    'No client can set it or take it off; EXAMINE leaves it.',
    'a1 SEARCH RECENT',
  ],
  [
    '\\*',
    'Among the PERMANENTFLAGS: you may make marks of your own.',
    'RFC 9051 section 7.1',
    'It is never the mark of a letter.',
    'a1 SELECT INBOX',
  ],
  [
    '$Forwarded',
    'The letter has been forwarded.',
    FLAGS,
    'A keyword: no backslash before it.',
    'a1 STORE 1 +FLAGS ($Forwarded)',
  ],
  [
    '$MDNSent',
    'A notice that the letter was read has been sent.',
    'RFC 3503 section 3',
    'Without it each device would send one.',
    'a1 STORE 1 +FLAGS ($MDNSent)',
  ],
  [
    '$Junk',
    'The person says that it is junk.',
    FLAGS,
    '$NotJunk takes it back: set one, take the other away.',
    'a1 STORE 1 +FLAGS ($Junk)',
  ],
  [
    '$NotJunk',
    'The person says that it is no junk.',
    FLAGS,
    '$Junk takes it back: set one, take the other away.',
    'a1 STORE 1 +FLAGS ($NotJunk)',
  ],
  [
    '$Phishing',
    'The letter tries to trick its reader.',
    FLAGS,
    'Programs warn of it, and ought not to follow its links.',
    'a1 STORE 1 +FLAGS ($Phishing)',
  ],
]

const LIST = 'RFC 9051 section 7.3.1'
const USE = 'RFC 6154 section 2'
const attributes: readonly Row[] = [
  [
    '\\Noselect',
    'A name that cannot be opened: it only stands above others.',
    LIST,
    'SELECT on it is answered NO.',
    'a1 LSUB "" "%"',
  ],
  [
    '\\NonExistent',
    'There is no such mailbox; one below it exists, or it is still subscribed to.',
    LIST,
    'It implies \\Noselect.',
    'a1 LIST (SUBSCRIBED) "" "*"',
  ],
  [
    '\\HasChildren',
    'There are mailboxes below this one.',
    LIST,
    'DELETE is refused while there are.',
    'a1 LIST "" "%"',
  ],
  ['\\HasNoChildren', 'There is no mailbox below this one.', LIST, 'One can still be made.', 'a1 LIST "" "%"'],
  [
    '\\Subscribed',
    'The mailbox is subscribed to.',
    LIST,
    'It is told where SUBSCRIBED was asked for.',
    'a1 LIST "" "*" RETURN (SUBSCRIBED)',
  ],
  [
    '\\Drafts',
    'Here mail programs keep letters that are not finished.',
    USE,
    'The name may be anything: go by the attribute.',
    'a1 LIST (SPECIAL-USE) "" "*"',
  ],
  [
    '\\Sent',
    'Here mail programs keep copies of what was sent.',
    USE,
    'Sending does not fill it: the program APPENDs the copy.',
    'a1 LIST (SPECIAL-USE) "" "*"',
  ],
  [
    '\\Trash',
    'Here mail programs put what is thrown away.',
    USE,
    'Nothing goes there by itself: \\Deleted and EXPUNGE remove for good.',
    'a1 LIST (SPECIAL-USE) "" "*"',
  ],
  [
    '\\Junk',
    'Here lies what is taken for junk.',
    USE,
    'The name may be anything: go by the attribute.',
    'a1 LIST (SPECIAL-USE) "" "*"',
  ],
  [
    '\\Archive',
    'Here mail programs put what is to be kept.',
    USE,
    'A mailbox gets it by CREATE ... (USE (\\Archive)).',
    'a1 CREATE Kept (USE (\\Archive))',
  ],
  [
    '\\Important',
    'Here lies what somebody or something takes for important.',
    'RFC 8457 section 3',
    'A letter here also lies somewhere else: nobody makes such a mailbox, the server has it or not.',
    'a1 LIST (SPECIAL-USE) "" "*"',
  ],
]

export const flagEntries: readonly CatalogueEntry[] = [
  ...entriesOf('flag', OPEN, (name) => `${name} ${name.startsWith('$') ? 'keyword' : 'flag'}`, flags),
  ...entriesOf('flag', AUTHENTICATED, (name) => `mailbox name attribute ${name}`, attributes),
]
