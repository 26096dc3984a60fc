import { describe, expect, it } from 'vitest'
import { octets } from '../base/octets'
import { deliver, emptyStore, expunge, findMailbox, findMessage, mailboxesOf, storeFlags } from './store'

const message = octets('Subject: one\r\n\r\nBody.\r\n')
const start = emptyStore(['bob'], { uidValidity: 100 })
const withMessages = (count: number) => {
  let store = start
  for (let n = 0; n < count; n++) store = deliver(store, 'bob', 'inbox', message, n * 1000)[0]
  return store
}
const uidsOf = (store: typeof start) => findMailbox(store, 'bob', 'INBOX')?.messages.map((message) => message.uid)

describe('the message store', () => {
  it('gives each user five mailboxes, INBOX first', () => {
    expect(mailboxesOf(start, 'bob').map((mailbox) => mailbox.name)).toEqual([
      'INBOX',
      'Drafts',
      'Junk',
      'Sent',
      'Trash',
    ])
    expect(mailboxesOf(start, 'eve')).toEqual([])
  })

  it('finds INBOX in any case and other names only as written', () => {
    expect(findMailbox(start, 'bob', 'iNbOx')?.name).toBe('INBOX')
    expect(findMailbox(start, 'bob', 'sent')).toBeUndefined()
    expect(findMailbox(start, 'bob', '__proto__')).toBeUndefined()
    expect(findMailbox(start, 'constructor', 'INBOX')).toBeUndefined()
  })

  it('delivers with ascending UIDs and never reuses one', () => {
    const three = withMessages(3)
    const [two, removed] = expunge(three, 'bob', 'INBOX', [3, 9])
    expect(removed).toEqual([3])
    const [after, uid] = deliver(two, 'bob', 'INBOX', message, 0, ['\\seen'])
    expect(uid).toBe(4)
    expect(uidsOf(after)).toEqual([1, 2, 4])
    expect(findMailbox(after, 'bob', 'INBOX')?.messages[2]?.flags).toEqual(['\\Seen'])
    expect(uidsOf(three)).toEqual([1, 2, 3])
  })

  it('throws if the user or the mailbox does not exist', () => {
    expect(() => deliver(start, 'eve', 'INBOX', message, 0)).toThrow('a mailbox INBOX of eve')
    expect(() => deliver(start, 'bob', 'Nowhere', message, 0)).toThrow('a mailbox Nowhere of bob')
  })

  it.each([
    ['add', ['\\flagged', 'Work'], ['\\Seen', '\\Flagged', 'Work']],
    ['remove', ['\\SEEN'], []],
    ['replace', ['\\Draft', '\\draft', '\\Recent'], ['\\Draft']],
  ] as const)('%ss flags without regard to case', (operation, flags, expected) => {
    const [store] = storeFlags(withMessages(2), 'bob', 'INBOX', [2], 'add', ['\\Seen'])
    const [after, changed] = storeFlags(store, 'bob', 'INBOX', [2], operation, flags)
    expect(changed).toEqual([expect.objectContaining({ uid: 2, flags: expected })])
    const inbox = findMailbox(after, 'bob', 'INBOX')
    expect(inbox && findMessage(inbox, 1)?.flags).toEqual([])
  })

  it('shares all unchanged parts', () => {
    const store = withMessages(2)
    expect(storeFlags(store, 'bob', 'INBOX', [1, 7], 'remove', ['\\Seen'])[0]).toBe(store)
    expect(expunge(store, 'bob', 'INBOX', [7])[0]).toBe(store)
    const [after] = storeFlags(store, 'bob', 'INBOX', [1], 'add', ['\\Seen'])
    expect(findMailbox(after, 'bob', 'INBOX')?.messages[1]).toBe(findMailbox(store, 'bob', 'INBOX')?.messages[1])
    expect(findMailbox(after, 'bob', 'Sent')).toBe(findMailbox(store, 'bob', 'Sent'))
  })

  it('survives JSON', () => {
    const store = withMessages(2)
    expect(JSON.parse(JSON.stringify(store))).toEqual(store)
  })
})
