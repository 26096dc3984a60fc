import { describe, expect, it } from 'vitest'
import { deliver, emptyStore, type MessageStore, mailboxesOf, userOf } from '../../../mail/store'
import { BOB, EPOCH, message } from '../testing/memoryHost'
import { createMailbox, removeMailbox, renameMailbox } from './mailboxChanges'

function storeOf(count: number): MessageStore {
  let store = emptyStore([BOB], { uidValidity: 7 })
  for (let n = 0; n < count; n++) store = createMailbox(store, BOB, `List ${n}`).store
  return store
}

/** The mailboxes that a change has copied into other groups, the changed ones among them. */
function copied(before: MessageStore, after: MessageStore): number {
  const kept = new Set(userOf(before, BOB)?.mailboxes)
  return (userOf(after, BOB)?.mailboxes ?? []).filter((group) => !kept.has(group)).flat().length
}

describe('with 1900 mailboxes', () => {
  const store = storeOf(1900)
  const named = (name: string) =>
    userOf(store, BOB)
      ?.mailboxes.flat()
      .find((each) => each.name === name)

  it('has each of them once', () => {
    const names = mailboxesOf(store, BOB).map(({ name }) => name)
    expect(new Set(names).size).toBe(1905)
    expect(names).toHaveLength(1905)
  })

  it.each<[string, () => MessageStore]>([
    ['CREATE', () => createMailbox(store, BOB, 'One more').store],
    ['DELETE', () => removeMailbox(store, BOB, named('List 1000') ?? expect.fail()).store],
    ['a delivery', () => deliver(store, BOB, 'List 1000', message('a'), EPOCH)[0]],
  ])('%s copies a few of them and shares the others', (_, change) => {
    const after = change()
    expect(after).not.toEqual(store)
    expect(copied(store, after)).toBeGreaterThan(0)
    expect(copied(store, after)).toBeLessThan(100)
  })

  it('RENAME finds the mailbox under its new name alone', () => {
    const after = renameMailbox(store, BOB, 'List 7', 'Lists/Seven').store
    const names = mailboxesOf(after, BOB).map(({ name }) => name)
    expect(names).toHaveLength(1906)
    expect(names).toEqual(expect.arrayContaining(['Lists', 'Lists/Seven']))
    expect(names).not.toContain('List 7')
  })
})
