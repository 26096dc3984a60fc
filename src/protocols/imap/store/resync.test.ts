import { describe, expect, it } from 'vitest'
import { octets } from '../../../base/octets'
import { deliver, emptyStore, expunge, type StoredMailbox, storedMailbox, storeFlags } from '../../../mail/store'
import { spansText } from '../../../mail/uidSets'
import { changedSince, vanishedSince } from './resync'

/** Eight messages (mod-sequences 2 to 9), of which 3 and 4 went at 10, flags of 5 changed at 11, and 7 went at 12. */
function mailbox(): StoredMailbox {
  let store = emptyStore(['bob'], { uidValidity: 1 })
  for (let n = 0; n < 8; n++) [store] = deliver(store, 'bob', 'INBOX', octets('x'), 0)
  ;[store] = expunge(store, 'bob', 'INBOX', [3, 4])
  ;[store] = storeFlags(store, 'bob', 'INBOX', [5], 'add', ['\\Seen'])
  ;[store] = expunge(store, 'bob', 'INBOX', [7])
  return storedMailbox(store, 'bob', 'INBOX') as StoredMailbox
}
/** The same on a server that remembers removals only after that mod-sequence. */
const forgetful = (vanishedAfter: number): StoredMailbox => {
  const whole = mailbox()
  return { ...whole, vanishedAfter, vanished: whole.vanished.filter(({ modSeq }) => modSeq > vanishedAfter) }
}

describe('the changes that a client missed', () => {
  it.each([
    [9, '3:4,7', [5]],
    [10, '7', [5]],
    [11, '7', []],
    [12, '', []],
    [99, '', []],
  ])('after mod-sequence %i', (modSeq, vanished, changed) => {
    expect(spansText(vanishedSince(mailbox(), { modSeq }))).toBe(vanished)
    expect(changedSince(mailbox(), { modSeq }).map(({ uid }) => uid)).toEqual(changed)
  })

  it('concern only the messages that it knows', () => {
    const known = { modSeq: 8, uids: [[4, 6]] as const }
    expect(spansText(vanishedSince(mailbox(), known))).toBe('4')
    expect(changedSince(mailbox(), known).map(({ uid }) => uid)).toEqual([5])
    expect(vanishedSince(mailbox(), { modSeq: 0, uids: [[20, 30]] })).toEqual([])
  })

  it('include every missing message if the removals are no longer recorded', () => {
    expect(spansText(vanishedSince(forgetful(11), { modSeq: 10 }))).toBe('3:4,7')
    expect(spansText(vanishedSince(forgetful(11), { modSeq: 11 }))).toBe('7')
  })

  // RFC 7162 section 3.2.5.2: numbers that still match show which removals the client knows already.
  it.each([
    [[[2, 2]], '3:4,7'],
    [[[3, 5]], '7'],
    [
      [
        [3, 5],
        [4, 6],
      ],
      '7',
    ],
    [
      [
        [3, 5],
        [5, 7],
      ],
      '7',
    ],
    [[[3, 4]], '3:4,7'],
    [[[5, 8]], ''],
  ] as const)('is less where the numbers %j still fit', (matches, vanished) => {
    expect(spansText(vanishedSince(forgetful(11), { modSeq: 5, matches }))).toBe(vanished)
  })

  it('are none in a mailbox that never held a message', () => {
    const empty = storedMailbox(emptyStore(['bob'], { uidValidity: 1 }), 'bob', 'INBOX') as StoredMailbox
    expect(vanishedSince(empty, { modSeq: 0 })).toEqual([])
    expect(changedSince(empty, { modSeq: 0 })).toEqual([])
  })
})
