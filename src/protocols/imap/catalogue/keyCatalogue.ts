import type { CatalogueEntry } from '../../../session/catalogue'
import { entriesOf, OPEN, type Row } from '../items/entry'

/** The keys of SEARCH (RFC 9051 section 6.4.4), which SORT and THREAD accept too. */

const RFC = 'RFC 9051 section 6.4.4'
const REV1 = 'RFC 3501 section 6.4.4'

const row = (key: string, example = key, rfc = RFC): Row => [`SEARCH ${key}`, rfc, `a1 SEARCH ${example}`]

export const keyEntries: readonly CatalogueEntry[] = entriesOf(
  'parameter',
  OPEN,
  (name) => `search key ${name.slice(7)}`,
  [
    row('ALL'),
    row('ANSWERED'),
    row('BCC', 'BCC eve'),
    row('BEFORE', 'BEFORE 21-Nov-2026'),
    row('BODY', 'BODY plum'),
    row('CC', 'CC bob'),
    row('DELETED'),
    row('DRAFT'),
    row('FLAGGED'),
    row('FROM', 'FROM alice'),
    row('HEADER', 'HEADER List-Id ""'),
    row('KEYWORD', 'KEYWORD Work'),
    row('LARGER', 'LARGER 1000'),
    row('MODSEQ', 'MODSEQ 2', 'RFC 7162 section 3.1.5'),
    row('NEW', 'NEW', REV1),
    row('NOT', 'NOT (SEEN FROM alice)'),
    row('OLD', 'OLD', REV1),
    row('ON', 'ON 21-Nov-2026'),
    row('OR', 'OR FROM alice FROM bob'),
    row('RECENT', 'RECENT', REV1),
    row('SEEN'),
    row('SENTBEFORE', 'SENTBEFORE 21-Nov-2026'),
    row('SENTON', 'SENTON 21-Nov-2026'),
    row('SENTSINCE', 'SENTSINCE 21-Nov-2026'),
    row('SINCE', 'SINCE 21-Nov-2026'),
    row('SMALLER', 'SMALLER 1000'),
    row('SUBJECT', 'SUBJECT Lunch'),
    row('TEXT', 'TEXT plum'),
    row('TO', 'TO bob'),
    row('UID', 'UID 1:5'),
    row('UNANSWERED'),
    row('UNDELETED'),
    row('UNDRAFT'),
    row('UNFLAGGED'),
    row('UNKEYWORD', 'UNKEYWORD Work'),
    row('UNSEEN'),
  ],
)
