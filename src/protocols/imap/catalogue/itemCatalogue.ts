import type { CatalogueEntry } from '../../../session/catalogue'
import { AUTHENTICATED, entriesOf, OPEN, type Row } from '../items/entry'

/** Items of requests: data items of FETCH, items of STATUS, options of LIST and SEARCH, keys of SORT. */

const dataItems: readonly Row[] = [
  ['FETCH FLAGS', 'RFC 9051 section 6.4.5', 'a1 FETCH 1 FLAGS'],
  ['FETCH UID', 'RFC 9051 section 6.4.5', 'a1 FETCH 1:* UID'],
  ['FETCH MODSEQ', 'RFC 7162 section 3.1.4.2', 'a1 FETCH 1 MODSEQ'],
  ['FETCH INTERNALDATE', 'RFC 9051 section 6.4.5', 'a1 FETCH 1 INTERNALDATE'],
  ['FETCH RFC822.SIZE', 'RFC 9051 section 6.4.5', 'a1 FETCH 1 RFC822.SIZE'],
  ['FETCH ENVELOPE', 'RFC 9051 section 7.5.2', 'a1 FETCH 1 ENVELOPE'],
  ['FETCH BODYSTRUCTURE', 'RFC 9051 section 7.5.2', 'a1 FETCH 1 BODYSTRUCTURE'],
  ['FETCH BODY', 'RFC 9051 section 6.4.5', 'a1 FETCH 1 BODY'],
  ['FETCH BODY[]', 'RFC 9051 section 6.4.5.1', 'a1 FETCH 1 BODY[HEADER.FIELDS (SUBJECT)]'],
  ['FETCH BODY.PEEK[]', 'RFC 9051 section 6.4.5', 'a1 FETCH 1 BODY.PEEK[TEXT]<0.100>'],
  ['FETCH BINARY[]', 'RFC 3516 section 4.2', 'a1 FETCH 1 BINARY[1]'],
  ['FETCH BINARY.PEEK[]', 'RFC 3516 section 4.2', 'a1 FETCH 1 BINARY.PEEK[1]'],
  ['FETCH BINARY.SIZE[]', 'RFC 3516 section 4.3', 'a1 FETCH 1 BINARY.SIZE[1]'],
  ['FETCH RFC822', 'RFC 3501 section 6.4.5', 'a1 FETCH 1 RFC822'],
  ['FETCH RFC822.HEADER', 'RFC 3501 section 6.4.5', 'a1 FETCH 1 RFC822.HEADER'],
  ['FETCH RFC822.TEXT', 'RFC 3501 section 6.4.5', 'a1 FETCH 1 RFC822.TEXT'],
  ['FETCH FAST', 'RFC 9051 section 6.4.5', 'a1 FETCH 1 FAST'],
  ['FETCH ALL', 'RFC 9051 section 6.4.5', 'a1 FETCH 1 ALL'],
  ['FETCH FULL', 'RFC 9051 section 6.4.5', 'a1 FETCH 1 FULL'],
  ['FETCH (CHANGEDSINCE)', 'RFC 7162 section 3.1.4.1', 'a1 FETCH 1:* FLAGS (CHANGEDSINCE 1)'],
]

const statusItems: readonly Row[] = [
  ['STATUS MESSAGES', 'RFC 9051 section 6.3.11', 'a1 STATUS INBOX (MESSAGES)'],
  ['STATUS RECENT', 'RFC 3501 section 6.3.10', 'a1 STATUS INBOX (RECENT)'],
  ['STATUS UIDNEXT', 'RFC 9051 section 6.3.11', 'a1 STATUS INBOX (UIDNEXT)'],
  ['STATUS UIDVALIDITY', 'RFC 9051 section 6.3.11', 'a1 STATUS INBOX (UIDVALIDITY)'],
  ['STATUS UNSEEN', 'RFC 9051 section 6.3.11', 'a1 STATUS INBOX (UNSEEN)'],
  ['STATUS DELETED', 'RFC 9051 section 6.3.11', 'a1 STATUS INBOX (DELETED)'],
  ['STATUS SIZE', 'RFC 8438 section 2', 'a1 STATUS INBOX (SIZE)'],
  ['STATUS HIGHESTMODSEQ', 'RFC 7162 section 3.1.7', 'a1 STATUS INBOX (HIGHESTMODSEQ)'],
  ['STATUS DELETED-STORAGE', 'RFC 9208 section 4.1.4', 'a1 STATUS INBOX (DELETED-STORAGE)'],
]

const listOptions: readonly Row[] = [
  ['LIST (SUBSCRIBED)', 'RFC 9051 section 6.3.9.1', 'a1 LIST (SUBSCRIBED) "" "*"'],
  ['LIST (REMOTE)', 'RFC 9051 section 6.3.9.1', 'a1 LIST (REMOTE) "" "*"'],
  ['LIST (RECURSIVEMATCH)', 'RFC 9051 section 6.3.9.1', 'a1 LIST (SUBSCRIBED RECURSIVEMATCH) "" "%"'],
  ['LIST (SPECIAL-USE)', 'RFC 6154 section 2', 'a1 LIST (SPECIAL-USE) "" "*"'],
  ['LIST RETURN (SUBSCRIBED)', 'RFC 9051 section 6.3.9.2', 'a1 LIST "" "*" RETURN (SUBSCRIBED)'],
  ['LIST RETURN (CHILDREN)', 'RFC 9051 section 6.3.9.2', 'a1 LIST "" "%" RETURN (CHILDREN)'],
  ['LIST RETURN (SPECIAL-USE)', 'RFC 6154 section 2', 'a1 LIST "" "*" RETURN (SPECIAL-USE)'],
  ['LIST RETURN (STATUS)', 'RFC 5819 section 2', 'a1 LIST "" "%" RETURN (STATUS (UNSEEN))'],
]

const searchOptions: readonly Row[] = [
  ['SEARCH RETURN (MIN)', 'RFC 9051 section 6.4.4.1', 'a1 SEARCH RETURN (MIN) UNSEEN'],
  ['SEARCH RETURN (MAX)', 'RFC 9051 section 6.4.4.1', 'a1 SEARCH RETURN (MAX) UNSEEN'],
  ['SEARCH RETURN (ALL)', 'RFC 9051 section 6.4.4.1', 'a1 SEARCH RETURN (ALL) UNSEEN'],
  ['SEARCH RETURN (COUNT)', 'RFC 9051 section 6.4.4.1', 'a1 SEARCH RETURN (COUNT) UNSEEN'],
  ['SEARCH RETURN (SAVE)', 'RFC 9051 section 6.4.4.1', 'a1 SEARCH RETURN (SAVE) UNSEEN'],
]

const sortKeys: readonly Row[] = [
  ['SORT ARRIVAL', 'RFC 5256 section 3', 'a1 SORT (ARRIVAL) UTF-8 ALL'],
  ['SORT CC', 'RFC 5256 section 3', 'a1 SORT (CC) UTF-8 ALL'],
  ['SORT DATE', 'RFC 5256 section 3', 'a1 SORT (DATE) UTF-8 ALL'],
  ['SORT FROM', 'RFC 5256 section 3', 'a1 SORT (FROM) UTF-8 ALL'],
  ['SORT SIZE', 'RFC 5256 section 3', 'a1 SORT (SIZE) UTF-8 ALL'],
  ['SORT SUBJECT', 'RFC 5256 section 3', 'a1 SORT (SUBJECT) UTF-8 ALL'],
  ['SORT TO', 'RFC 5256 section 3', 'a1 SORT (TO) UTF-8 ALL'],
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
