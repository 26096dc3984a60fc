import { describe, expect, it } from 'vitest'
import { expunge, findMailbox, storeFlags } from '../../mail/store'
import type { Answer, Question } from '../../session/session'
import { imapClient } from './client'
import type { ImapClientInput, ImapClientQuestion } from './clientContext'
import { BOB, End, letter, MemoryHost, peer, type ServerEnd } from './memoryHost'

/** A device: a client joined to a server of the host, with what it has kept. */
class Device extends End {
  readonly asked: ImapClientQuestion[] = []
  readonly kept = new Map<number, { flags: readonly string[]; subject: string }>()
  readonly #server: ServerEnd
  readonly said: string[] = []

  constructor(host: MemoryHost, input: Partial<ImapClientInput> = {}) {
    super(imapClient, { user: BOB, password: 'secret', mailbox: 'INBOX', known: { uids: [] }, idle: true, ...input })
    this.#server = host.connect()
    this.give({ type: 'opened', peer })
    this.run()
  }

  override reply(question: Question): Answer | undefined {
    const asked = question as ImapClientQuestion
    this.asked.push(asked)
    if (asked.type === 'messageFetched') {
      this.kept.set(asked.uid, {
        flags: asked.flags,
        subject: /^Subject: (.*)$/m.exec(asked.octets)?.[1]?.trim() ?? '',
      })
    }
    if (asked.type === 'mailboxNews') {
      for (const uid of asked.expunged) this.kept.delete(uid)
      for (const { uid, flags } of asked.flags) this.kept.set(uid, { subject: '', ...this.kept.get(uid), flags })
    }
    return { type: 'kept' }
  }

  want(intent: { type: string; uid?: number }): void {
    this.give({ type: 'wanted', intent })
    this.run()
  }

  /** Carries octets both ways until neither end says any more. */
  run(): void {
    for (let turn = 0; turn < 1000; turn++) {
      const up = this.sent()
      if (up !== '') {
        this.said.push(...up.split('\r\n').filter(Boolean))
        this.#server.give({ type: 'received', octets: up })
      }
      const down = this.#server.sent()
      if (down !== '') this.give({ type: 'received', octets: down })
      if (this.#server.closed && this.alive) this.give({ type: 'closed', why: 'finished' })
      if (up === '' && down === '') return
    }
    throw new Error('The two ends never come to rest')
  }

  get state(): unknown {
    return this.session.machine.value
  }
}

const types = (device: Device) => device.asked.map((question) => question.type)

describe('the IMAP client', () => {
  it('fetches every letter, leaves it unread and idles', () => {
    const host = new MemoryHost([letter('one'), letter('two')])
    const device = new Device(host)
    expect(device.said).toEqual([
      `a1 LOGIN "${BOB}" "secret"`,
      'a2 SELECT INBOX',
      'a3 UID FETCH 1:* (FLAGS RFC822.SIZE ENVELOPE)',
      'a4 UID FETCH 1 BODY.PEEK[]',
      'a5 UID FETCH 2 BODY.PEEK[]',
      'a6 IDLE',
    ])
    expect(types(device)).toEqual(['mailboxOpened', 'messageFetched', 'messageFetched'])
    expect(device.asked[1]).toEqual({
      type: 'messageFetched',
      uid: 1,
      uidValidity: 7,
      flags: [],
      octets: letter('one'),
    })
    expect(device.state).toBe('idling')
  })

  it('leaves where it shall not idle', () => {
    const device = new Device(new MemoryHost([letter('one')]), { idle: false })
    expect(device.said.at(-1)).toBe('a5 LOGOUT')
    expect([device.state, device.closed]).toEqual(['ended', true])
    expect(types(device)).toEqual(['mailboxOpened', 'messageFetched'])
  })

  it('fetches what comes while it idles', () => {
    const host = new MemoryHost()
    const device = new Device(host)
    host.deliver(letter('fresh'))
    device.run()
    expect(device.said.slice(-5)).toEqual([
      'a3 IDLE',
      'DONE',
      'a4 UID FETCH 1:* (FLAGS RFC822.SIZE ENVELOPE)',
      'a5 UID FETCH 1 BODY.PEEK[]',
      'a6 IDLE',
    ])
    expect(device.kept.get(1)).toEqual({ flags: [], subject: 'fresh' })
    host.deliver(letter('fresher'))
    device.run()
    expect([...device.kept.keys()]).toEqual([1, 2])
  })

  it('keeps two devices in step', () => {
    const host = new MemoryHost([letter('one'), letter('two'), letter('three')])
    const phone = new Device(host)
    const laptop = new Device(host)
    const rest = () => {
      phone.run()
      laptop.run()
    }
    phone.want({ type: 'markSeen', uid: 1 })
    rest()
    expect(laptop.kept.get(1)?.flags).toEqual(['\\Seen'])
    expect(phone.kept.get(1)?.flags).toEqual(['\\Seen'])
    laptop.want({ type: 'remove', uid: 2 })
    rest()
    expect([...phone.kept.keys()]).toEqual([1, 3])
    phone.want({ type: 'markFlagged', uid: 3 })
    rest()
    expect(laptop.kept.get(3)?.flags).toEqual(['\\Flagged'])
    expect(laptop.kept).toEqual(phone.kept)
    expect([phone.state, laptop.state]).toEqual(['idling', 'idling'])
  })

  it('finds out what happened while it was away', () => {
    const host = new MemoryHost([letter('one'), letter('two'), letter('three')])
    host.store = expunge(host.store, BOB, 'INBOX', [2])[0]
    host.store = storeFlags(host.store, BOB, 'INBOX', [1], 'add', ['\\Seen'])[0]
    host.deliver(letter('four'))
    const device = new Device(host, { known: { uidValidity: 7, uids: [1, 2, 3] } })
    expect(device.asked.slice(0, 2)).toEqual([
      { type: 'mailboxOpened', uidValidity: 7, exists: 3 },
      {
        type: 'mailboxNews',
        expunged: [2],
        flags: [
          { uid: 1, flags: ['\\Seen'] },
          { uid: 3, flags: [] },
        ],
      },
    ])
    expect(types(device).slice(2)).toEqual(['messageFetched'])
    expect(device.kept.get(4)?.subject).toBe('four')
  })

  it('forgets its UIDs under another UIDVALIDITY', () => {
    const device = new Device(new MemoryHost([letter('one')]), { known: { uidValidity: 3, uids: [1, 2] } })
    expect(device.asked.slice(0, 2)).toEqual([
      { type: 'mailboxOpened', uidValidity: 7, exists: 1 },
      { type: 'mailboxNews', expunged: [1, 2], flags: [] },
    ])
    expect([...device.kept.keys()]).toEqual([1])
  })

  it('looks again when asked to, and leaves when asked to', () => {
    const host = new MemoryHost()
    const device = new Device(host)
    device.want({ type: 'check' })
    expect(device.said.slice(-3)).toEqual(['DONE', 'a4 NOOP', 'a5 IDLE'])
    device.want({ type: 'leave' })
    expect(device.said.slice(-2)).toEqual(['DONE', 'a6 LOGOUT'])
    expect(device.state).toBe('ended')
    expect(types(device)).not.toContain('sessionLost')
  })

  it('says so when the login is refused', () => {
    const device = new Device(new MemoryHost(), { password: 'wrong' })
    expect(device.asked).toEqual([{ type: 'loginRefused', text: 'User name or password is wrong' }])
    expect(device.state).toBe('ended')
  })

  it.each(['refused', 'timedOut', 'reset', 'finished'] as const)('says so when the connection is %s', (why) => {
    const device = new Device(new MemoryHost([letter('one')]))
    device.give({ type: 'closed', why })
    expect(device.asked.at(-1)).toMatchObject({ type: 'sessionLost', why })
    expect(device.state).toBe('ended')
  })

  it('asks anew for IDLE before half an hour is over', () => {
    const device = new Device(new MemoryHost())
    const timer = device.outputs.findLast((output) => output.type === 'setTimer') as { timer: string; after: number }
    expect(timer.after).toBeLessThan(29 * 60_000)
    device.give({ type: 'expired', timer: timer.timer })
    device.run()
    expect(device.said.slice(-2)).toEqual(['DONE', 'a4 IDLE'])
  })

  it('passes over a letter that is gone before it is fetched', () => {
    const host = new MemoryHost([letter('one'), letter('two')])
    const session = host.connect().selectInbox()
    const device = new Device(host, { idle: true })
    session.say('STORE 1 +FLAGS (\\Deleted)')
    session.say('EXPUNGE')
    device.run()
    expect([...device.kept.keys()]).toEqual([2])
    expect(findMailbox(host.store, BOB, 'INBOX')?.messages.length).toBe(1)
  })
})
