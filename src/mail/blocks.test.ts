import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { octets } from '../base/octets'
import { countsOf, usageOf, wouldExceedQuota } from './counts'
import { append, type Blocks, count, findIn, pick, remove, replace } from './messageBlocks'
import { deliver, emptyStore, expunge, type StoredMailbox, storedMailbox, storeFlags } from './store'
import { common, gaps, joined, spansOf, spansText } from './uidSets'

interface Entry {
  readonly uid: number
  readonly mark: number
}

describe('blocks of messages', () => {
  it('behave like one list in every operation', () => {
    const step = fc.oneof(
      fc.record({ act: fc.constant('append' as const), size: fc.nat({ max: 300 }) }),
      fc.record({ act: fc.constant('remove' as const), keep: fc.integer({ min: 2, max: 5 }) }),
      fc.record({ act: fc.constant('replace' as const), every: fc.integer({ min: 1, max: 7 }) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let blocks: Blocks<Entry> = []
        let list: Entry[] = []
        let next = 1
        for (const each of steps) {
          if (each.act === 'append') {
            const more = Array.from({ length: each.size }, () => ({ uid: next++, mark: 0 }))
            blocks = append(blocks, more)
            list = [...list, ...more]
          } else if (each.act === 'remove') {
            const gone = new Set(list.filter(({ uid }) => uid % each.keep === 0).map(({ uid }) => uid))
            blocks = remove(blocks, gone)
            list = list.filter(({ uid }) => !gone.has(uid))
          } else {
            const changed = list.filter((_, at) => at % each.every === 0).map((entry) => ({ ...entry, mark: next }))
            blocks = replace(blocks, changed)
            list = list.map((entry) => changed.find(({ uid }) => uid === entry.uid) ?? entry)
          }
          expect(blocks.flat()).toEqual(list)
          expect(count(blocks)).toBe(list.length)
        }
        for (let uid = 0; uid <= next; uid += 37)
          expect(findIn(blocks, uid)).toBe(list.find((entry) => entry.uid === uid))
        expect(pick(blocks, [1, next + 5])).toEqual(list.filter(({ uid }) => uid === 1))
      }),
      { numRuns: 100, seed: 7 },
    )
  })

  it('share all blocks that a change does not touch', () => {
    const blocks = append<Entry>(
      [],
      Array.from({ length: 1000 }, (_, at) => ({ uid: at + 1, mark: 0 })),
    )
    const after = append(blocks, [{ uid: 1001, mark: 0 }])
    expect(after.slice(0, 3)).toEqual(blocks.slice(0, 3))
    expect(after[0]).toBe(blocks[0])
    expect(replace(blocks, [{ uid: 600, mark: 1 }])[0]).toBe(blocks[0])
    expect(remove(blocks, new Set([1]))[1]).toBe(blocks[1])
  })
})

describe('sets of UIDs', () => {
  const uids = fc.uniqueArray(fc.integer({ min: 1, max: 60 }))
  const expand = (spans: readonly (readonly [number, number])[]) =>
    spans.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at))

  it('behave like sets of their members', () => {
    fc.assert(
      fc.property(uids, uids, (some, others) => {
        const [a, b] = [some, others].map((each) => [...each].sort((x, y) => x - y)) as [number[], number[]]
        expect(expand(spansOf(a))).toEqual(a)
        expect(expand(joined([...some.map((uid) => [uid, uid] as const), ...spansOf(b)]))).toEqual(
          [...new Set([...a, ...b])].sort((x, y) => x - y),
        )
        expect(expand(common(spansOf(a), spansOf(b)))).toEqual(a.filter((uid) => b.includes(uid)))
        const missing = Array.from({ length: 50 }, (_, at) => at + 1).filter((uid) => !a.includes(uid))
        expect(expand(gaps(spansOf(a), 50))).toEqual(missing)
      }),
      { numRuns: 300, seed: 8 },
    )
    expect(spansText(spansOf([1, 2, 3, 7, 9, 10]))).toBe('1:3,7,9:10')
  })
})

const message = octets('Subject: x\r\n\r\n12345\r\n')
const inbox = (store: ReturnType<typeof emptyStore>) => storedMailbox(store, 'bob', 'INBOX') as StoredMailbox

describe('the store', () => {
  it('gives every change a higher mod-sequence, and records the expunged UIDs', () => {
    let store = emptyStore(['bob'], { uidValidity: 1 })
    expect(inbox(store).highestModSeq).toBe(1)
    for (let n = 0; n < 3; n++) [store] = deliver(store, 'bob', 'INBOX', message, 0)
    ;[store] = storeFlags(store, 'bob', 'INBOX', [1, 3], 'add', ['\\Seen'])
    expect(
      inbox(store)
        .blocks.flat()
        .map(({ uid, modSeq }) => [uid, modSeq]),
    ).toEqual([
      [1, 5],
      [2, 3],
      [3, 5],
    ])
    ;[store] = expunge(store, 'bob', 'INBOX', [1, 2])
    expect(inbox(store)).toMatchObject({
      highestModSeq: 6,
      vanished: [{ modSeq: 6, uids: [[1, 2]] }],
      vanishedAfter: 0,
    })
    expect(storeFlags(store, 'bob', 'INBOX', [3], 'add', ['\\Seen'])[0]).toBe(store)
  })

  it('drops the oldest expunges, and reports from which mod-sequence on its record is complete', () => {
    let store = emptyStore(['bob'], { uidValidity: 1 })
    for (let uid = 1; uid <= 1001; uid++) {
      ;[store] = deliver(store, 'bob', 'INBOX', message, 0)
      ;[store] = expunge(store, 'bob', 'INBOX', [uid])
    }
    const { vanished, vanishedAfter } = inbox(store)
    expect(vanished).toHaveLength(1000)
    expect([vanishedAfter, vanished[0]?.modSeq]).toEqual([3, 5])
  })

  it('counts usage, and detects a quota that would be exceeded', () => {
    let store = emptyStore(['bob'], { uidValidity: 1, quota: { storage: 50, messages: 3 } })
    ;[store] = deliver(store, 'bob', 'INBOX', message, 0, ['\\Deleted', 'Work'])
    ;[store] = deliver(store, 'bob', 'Sent', message, 0, ['\\Seen', 'work'])
    expect(countsOf(inbox(store))).toEqual({
      messages: 1,
      unseen: 1,
      deleted: 1,
      size: 21,
      deletedSize: 21,
      firstUnseen: 1,
      keywords: ['Work'],
    })
    expect(usageOf(store, 'bob')).toEqual({ storage: 42, messages: 2 })
    expect(wouldExceedQuota(store, 'bob', { storage: 8, messages: 1 })).toBe(false)
    expect(wouldExceedQuota(store, 'bob', { storage: 9, messages: 1 })).toBe(true)
    expect(wouldExceedQuota(store, 'bob', { storage: 0, messages: 2 })).toBe(true)
    expect(wouldExceedQuota(emptyStore(['bob'], { uidValidity: 1 }), 'bob', { storage: 1e12, messages: 1 })).toBe(false)
  })
})
