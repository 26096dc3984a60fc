import type { CatalogueEntry } from '../../../session/catalogue'
import { entriesOf, OPEN, type Row } from '../items/entry'

/** The keys of SEARCH (RFC 9051 section 6.4.4), which SORT and THREAD accept too. */

const RFC = 'RFC 9051 section 6.4.4'
const REV1 = 'RFC 3501 section 6.4.4'
const ANY_CASE = 'Capitals do not matter, and a part of the word is enough.'
const DAYS = 'A day, never an hour: 21-Nov-2026.'

const row = (key: string, meaning: string, slip: string, example = key, rfc = RFC): Row => [
  `SEARCH ${key}`,
  meaning,
  rfc,
  slip,
  `a1 SEARCH ${example}`,
]

export const keyEntries: readonly CatalogueEntry[] = entriesOf(
  'parameter',
  OPEN,
  (name) => `search key ${name.slice(7)}`,
  [
    row('ALL', 'Every letter.', 'It is needed only where no other key stands.'),
    row('ANSWERED', 'Letters that have been answered.', 'Mail programs set this mark; the server never does.'),
    row('BCC', 'Letters with this text in Bcc.', ANY_CASE, 'BCC eve'),
    row('BEFORE', 'Letters that came before this day.', DAYS, 'BEFORE 21-Nov-2026'),
    row(
      'BODY',
      'Letters with this text below the header.',
      'It reads every letter: ask SUBJECT or FROM where that will do.',
      'BODY plum',
    ),
    row('CC', 'Letters with this text in Cc.', ANY_CASE, 'CC bob'),
    row('DELETED', 'Letters marked for removal.', 'They are there until EXPUNGE.'),
    row('DRAFT', 'Letters that are not finished.', 'The mailbox Drafts and this mark are two things.'),
    row('FLAGGED', 'Letters with a star.', 'The opposite is UNFLAGGED.'),
    row('FROM', 'Letters with this text in From.', ANY_CASE, 'FROM alice'),
    row(
      'HEADER',
      'Letters with this text in a header field of this name; with "" that have the field at all.',
      'It takes two words: the name and the text.',
      'HEADER List-Id ""',
    ),
    row(
      'KEYWORD',
      'Letters with this mark of your own.',
      'Marks with a backslash have keys of their own: SEEN, FLAGGED.',
      'KEYWORD Work',
    ),
    row('LARGER', 'Letters with more octets.', 'Just as many is not more.', 'LARGER 1000'),
    row(
      'MODSEQ',
      'Letters that changed at this mod-sequence or later.',
      'Unlike CHANGEDSINCE it takes the number itself, too.',
      'MODSEQ 2',
      'RFC 7162 section 3.1.5',
    ),
    row(
      'NEW',
      'Recent and unread.',
      'It is not all that is unread: UNSEEN is what you want. IMAP4rev2 has dropped it.',
      'NEW',
      REV1,
    ),
    row(
      'NOT',
      'Letters that the next key does not fit.',
      'It stands before one key; for more use parentheses.',
      'NOT (SEEN FROM alice)',
    ),
    row(
      'OLD',
      'Letters that are not recent: a session before this one was told of them.',
      'IMAP4rev2 has dropped it.',
      'OLD',
      REV1,
    ),
    row('ON', 'Letters that came on this day.', DAYS, 'ON 21-Nov-2026'),
    row(
      'OR',
      'Letters that one of the next two keys fits.',
      'It takes exactly two: OR FROM alice OR FROM bob FROM eve.',
      'OR FROM alice FROM bob',
    ),
    row(
      'RECENT',
      'Letters that this session is the first to be told of.',
      'They may have been read. IMAP4rev2 has dropped it.',
      'RECENT',
      REV1,
    ),
    row('SEEN', 'Letters that have been read.', 'FETCH BODY[] sets the mark, BODY.PEEK[] does not.'),
    row(
      'SENTBEFORE',
      'Letters whose Date field is before this day.',
      'The day as it is written there, whatever the time zone.',
      'SENTBEFORE 21-Nov-2026',
    ),
    row(
      'SENTON',
      'Letters whose Date field is of this day.',
      'The day as it is written there, whatever the time zone.',
      'SENTON 21-Nov-2026',
    ),
    row(
      'SENTSINCE',
      'Letters whose Date field is of this day or later.',
      'The day as it is written there, whatever the time zone.',
      'SENTSINCE 21-Nov-2026',
    ),
    row('SINCE', 'Letters that came on this day or later.', DAYS, 'SINCE 21-Nov-2026'),
    row('SMALLER', 'Letters with fewer octets.', 'Just as many is not fewer.', 'SMALLER 1000'),
    row(
      'SUBJECT',
      'Letters with this text in the subject.',
      'Two words need quotation marks: SUBJECT "plum tree".',
      'SUBJECT Lunch',
    ),
    row(
      'TEXT',
      'Letters with this text anywhere, header included.',
      'It reads every letter: ask SUBJECT or FROM where that will do.',
      'TEXT plum',
    ),
    row('TO', 'Letters with this text in To.', ANY_CASE, 'TO bob'),
    row('UID', 'Letters with these UIDs.', 'A bare number is a message number, even in UID SEARCH.', 'UID 1:5'),
    row('UNANSWERED', 'Letters that have not been answered.', 'The opposite of ANSWERED.'),
    row('UNDELETED', 'Letters not marked for removal.', 'Usually what a person means by "all".'),
    row('UNDRAFT', 'Letters that are not drafts.', 'The opposite of DRAFT.'),
    row('UNFLAGGED', 'Letters without a star.', 'The opposite of FLAGGED.'),
    row(
      'UNKEYWORD',
      'Letters without this mark of your own.',
      'Marks with a backslash have keys of their own: UNSEEN, UNFLAGGED.',
      'UNKEYWORD Work',
    ),
    row('UNSEEN', 'Letters that have not been read.', 'NEW asks for recent ones besides, and so finds fewer.'),
  ],
)
