import { describe, expect, it } from 'vitest'
import type { Octets } from '../../../base/octets'
import { expunge, findMailbox, storeFlags } from '../../../mail/store'
import type { Answer, Question } from '../../../session/session'
import type { ImapServerInput } from '../session/serverContext'
import { BOB, End, MemoryHost, message, peer, type ServerEnd } from '../testing/memoryHost'
import { imapClient } from './client'
import type { ImapClientInput, ImapClientQuestion } from './types'

/** A device: a client joined to a server of the host, with its stored state. */
class Device extends End {
  readonly asked: ImapClientQuestion[] = []
  readonly kept = new Map<number, { flags: readonly string[]; subject: string }>()
  readonly server: ServerEnd
  readonly said: string[] = []
  /** The device's knowledge of the mailbox, for the next time. */
  known: ImapClientInput['known']
  readonly #hears: (text: string) => string

  constructor(
    host: MemoryHost,
    input: Partial<ImapClientInput> = {},
    server: Partial<ImapServerInput> = {},
    hears = (text: string) => text,
  ) {
    const known = input.known ?? { uids: [] }
    super(imapClient, { user: BOB, password: 'secret', mailbox: 'INBOX', idle: true, mechanisms: [], ...input, known })
    this.known = known
    this.#hears = hears
    this.server = host.connect(server)
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
    if ('modSeq' in asked && asked.modSeq !== undefined && asked.uidValidity !== undefined)
      this.known = { uids: [], uidValidity: asked.uidValidity, modSeq: asked.modSeq }
    return { type: 'kept' }
  }

  /** Breaks the connection; returns the device's knowledge. */
  breaks(): ImapClientInput['known'] {
    this.give({ type: 'closed', why: 'reset' })
    this.server.give({ type: 'closed', why: 'reset' })
    return { ...this.known, uids: [...this.kept.keys()] }
  }

  want(intent: { type: string; uid?: number }): void {
    this.give({ type: 'wanted', intent })
    this.run()
  }

  /** Carries octets both ways until both ends are silent; begins TLS when both ends are ready for it. */
  run(): void {
    for (let turn = 0; turn < 1000; turn++) {
      const up = this.sent()
      if (up !== '') {
        this.said.push(...up.split('\r\n').filter(Boolean))
        this.server.give({ type: 'received', octets: up })
      }
      const down = this.#hears(this.server.sent()) as Octets
      if (down !== '') this.give({ type: 'received', octets: down })
      const secures = this.starts('startTls') && this.server.starts('startTls')
      if (secures) {
        this.server.give({ type: 'secured' })
        this.give({ type: 'secured' })
      }
      if (this.server.closed && this.alive) this.give({ type: 'closed', why: 'finished' })
      if (up === '' && down === '' && !secures) return
    }
    throw new Error('The two ends never come to rest')
  }

  get state(): unknown {
    return this.session.machine.value
  }
}

const types = (device: Device) => device.asked.map((question) => question.type)

describe('the IMAP client', () => {
  it('fetches every message, leaves it unread and idles', () => {
    const host = new MemoryHost([message('one'), message('two')])
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
      octets: message('one'),
    })
    expect(device.state).toBe('idling')
  })

  it('logs out if it shall not idle', () => {
    const device = new Device(new MemoryHost([message('one')]), { idle: false })
    expect(device.said.at(-1)).toBe('a5 LOGOUT')
    expect([device.state, device.closed]).toEqual(['ended', true])
    expect(types(device)).toEqual(['mailboxOpened', 'messageFetched'])
  })

  it('fetches new messages while it idles', () => {
    const host = new MemoryHost()
    const device = new Device(host)
    host.deliver(message('fresh'))
    device.run()
    expect(device.said.slice(-5)).toEqual([
      'a3 IDLE',
      'DONE',
      'a4 UID FETCH 1:* (FLAGS RFC822.SIZE ENVELOPE)',
      'a5 UID FETCH 1 BODY.PEEK[]',
      'a6 IDLE',
    ])
    expect(device.kept.get(1)).toEqual({ flags: [], subject: 'fresh' })
    host.deliver(message('fresher'))
    device.run()
    expect([...device.kept.keys()]).toEqual([1, 2])
  })

  it('synchronizes two devices', () => {
    const host = new MemoryHost([message('one'), message('two'), message('three')])
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

  it('finds the changes that it missed', () => {
    const host = new MemoryHost([message('one'), message('two'), message('three')])
    host.store = expunge(host.store, BOB, 'INBOX', [2])[0]
    host.store = storeFlags(host.store, BOB, 'INBOX', [1], 'add', ['\\Seen'])[0]
    host.deliver(message('four'))
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
        uidValidity: 7,
        modSeq: 7,
      },
    ])
    expect(types(device).slice(2)).toEqual(['messageFetched'])
    expect(device.kept.get(4)?.subject).toBe('four')
  })

  it('forgets its UIDs under another UIDVALIDITY', () => {
    const device = new Device(new MemoryHost([message('one')]), { known: { uidValidity: 3, uids: [1, 2] } })
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

  it('reports a refused login', () => {
    const device = new Device(new MemoryHost(), { password: 'wrong' })
    expect(device.asked).toEqual([{ type: 'loginRefused', text: 'User name or password is wrong' }])
    expect(device.state).toBe('ended')
  })

  it.each(['refused', 'timedOut', 'reset', 'finished'] as const)('says so when the connection is %s', (why) => {
    const device = new Device(new MemoryHost([message('one')]))
    device.give({ type: 'closed', why })
    expect(device.asked.at(-1)).toMatchObject({ type: 'sessionLost', why })
    expect(device.state).toBe('ended')
  })

  it('sends IDLE again before half an hour is over', () => {
    const device = new Device(new MemoryHost())
    const timer = device.outputs.findLast((output) => output.type === 'setTimer') as { timer: string; after: number }
    expect(timer.after).toBeLessThan(29 * 60_000)
    device.give({ type: 'expired', timer: timer.timer })
    device.run()
    expect(device.said.slice(-2)).toEqual(['DONE', 'a4 IDLE'])
  })

  it('skips a message that is removed before it is fetched', () => {
    const host = new MemoryHost([message('one'), message('two')])
    const session = host.connect().selectInbox()
    const device = new Device(host, { idle: true })
    session.say('STORE 1 +FLAGS (\\Deleted)')
    session.say('EXPUNGE')
    device.run()
    expect([...device.kept.keys()]).toEqual([2])
    expect(findMailbox(host.store, BOB, 'INBOX')?.messages.length).toBe(1)
  })

  it('sends the offline changes of the user before anything else', () => {
    const host = new MemoryHost([message('one'), message('two')])
    const first = new Device(host)
    const known = first.breaks()
    const wishes = [
      { type: 'markSeen', uid: 1 },
      { type: 'remove', uid: 2 },
    ] as const
    const device = new Device(host, { known, wishes })
    expect(device.said.slice(3)).toEqual([
      'a4 UID STORE 1 +FLAGS (\\Seen)',
      'a5 UID STORE 2 +FLAGS.SILENT (\\Deleted)',
      'a6 UID EXPUNGE 2',
      'a7 IDLE',
    ])
    expect(device.asked.filter(({ type }) => type === 'wishDone')).toEqual(
      wishes.map((wish) => ({ type: 'wishDone', wish })),
    )
    expect(findMailbox(host.store, BOB, 'INBOX')?.messages.map(({ uid, flags }) => [uid, flags])).toEqual([
      [1, ['\\Seen']],
    ])
  })
})

const withoutTags = (lines: readonly string[]) => lines.map((line) => line.replace(/^\S+ /, ''))

describe('filing a message', () => {
  const wishes = [{ type: 'move', uid: 1, mailbox: 'Trash' }] as const
  const filed = (device: Device) =>
    withoutTags(device.said).filter((line) => /^(?:UID (?:MOVE|COPY|STORE|EXPUNGE)|CREATE)/.test(line))

  it('is one command if the server has MOVE, else a copy and a removal (RFC 6851)', () => {
    const host = new MemoryHost([message('one')])
    expect(filed(new Device(host, { wishes }))).toEqual(['UID MOVE 1 Trash'])
    const old = new MemoryHost([message('one')])
    const without = (text: string) => text.replaceAll(' MOVE', '')
    expect(filed(new Device(old, { wishes }, {}, without))).toEqual([
      'UID COPY 1 Trash',
      'UID STORE 1 +FLAGS.SILENT (\\Deleted)',
      'UID EXPUNGE 1',
    ])
    for (const { store } of [host, old]) {
      expect(findMailbox(store, BOB, 'INBOX')?.messages).toEqual([])
      expect(findMailbox(store, BOB, 'Trash')?.messages).toHaveLength(1)
    }
  })

  it('creates the mailbox only if the server says so, and once', () => {
    const missing = [{ type: 'move', uid: 1, mailbox: 'Garden' }] as const
    // A server that accepts CREATE, and still does not have the mailbox.
    const lying = (text: string) => text.replace(/^(a\d+) OK .*Moved/m, '$1 NO [TRYCREATE] Where?')
    const device = new Device(new MemoryHost([message('one')]), { wishes: missing }, {}, lying)
    expect(filed(device)).toEqual(['UID MOVE 1 Garden', 'CREATE Garden', 'UID MOVE 1 Garden'])
    expect(device.asked.filter(({ type }) => type === 'wishDone')).toHaveLength(1)
  })
})

describe('returning to a mailbox', () => {
  /** Two known messages, then: one removed, one flagged, one new, while the device was away. */
  function away() {
    const host = new MemoryHost([message('one'), message('two'), message('three')])
    const device = new Device(host)
    const known = device.breaks()
    host.store = expunge(host.store, BOB, 'INBOX', [2])[0]
    host.store = storeFlags(host.store, BOB, 'INBOX', [1], 'add', ['\\Seen'])[0]
    host.deliver(message('four'))
    return { host, known }
  }
  const news = {
    type: 'mailboxNews',
    expunged: [2],
    flags: [{ uid: 1, flags: ['\\Seen'] }],
    uidValidity: 7,
    modSeq: 7,
  }
  const rest = ['UID FETCH 4:* (FLAGS RFC822.SIZE ENVELOPE)', 'UID FETCH 4 BODY.PEEK[]', 'IDLE']

  it('needs one command if the server has QRESYNC', () => {
    const { host, known } = away()
    expect(known).toEqual({ uidValidity: 7, modSeq: 4, uids: [1, 2, 3] })
    const device = new Device(host, { known })
    expect(withoutTags(device.said.slice(1))).toEqual(['ENABLE QRESYNC', 'SELECT INBOX (QRESYNC (7 4 1:3))', ...rest])
    expect(device.asked.slice(0, 2)).toEqual([{ type: 'mailboxOpened', uidValidity: 7, exists: 3 }, news])
    expect(new Set(device.kept.keys())).toEqual(new Set([1, 4]))
    // From now on removals come by UID.
    host.connect().selectInbox().say('STORE 1:2 +FLAGS.SILENT (\\Deleted)')
    host.sessions.at(-1)?.say('EXPUNGE')
    device.run()
    expect(device.asked.at(-1)).toEqual({ type: 'mailboxNews', expunged: [1, 3], flags: [] })
    host.deliver(message('five'))
    device.run()
    expect(device.kept.get(5)?.subject).toBe('five')
  })

  it('sends no set that would make the line too long', () => {
    const { host, known } = away()
    const uids = Array.from({ length: 3000 }, (_, at) => 2 * at + 1)
    const device = new Device(host, { known: { ...known, uids } })
    expect(withoutTags(device.said)).toContain('SELECT INBOX (QRESYNC (7 4))')
  })

  it('asks for changes and then for the remaining messages if the server has only CONDSTORE', () => {
    const { host, known } = away()
    const device = new Device(host, { known }, {}, (text) => text.replaceAll(' QRESYNC', ''))
    expect(withoutTags(device.said.slice(1))).toEqual([
      'SELECT INBOX (CONDSTORE)',
      'UID FETCH 1:3 (FLAGS) (CHANGEDSINCE 4)',
      'UID SEARCH UID 1:3',
      ...rest,
    ])
    expect(device.asked[1]).toEqual(news)
  })

  it('compares every message if the server has neither', () => {
    const { host, known } = away()
    const device = new Device(host, { known }, {}, (text) =>
      text
        .replaceAll(' QRESYNC', '')
        .replaceAll(' CONDSTORE', '')
        .replace(/\* OK \[HIGHESTMODSEQ.*\r\n/g, ''),
    )
    expect(withoutTags(device.said.slice(1))).toEqual(['SELECT INBOX', 'UID FETCH 1:3 (FLAGS)', ...rest])
    expect(device.asked[1]).toMatchObject({ type: 'mailboxNews', expunged: [2] })
    expect(device.kept.get(1)?.flags).toEqual(['\\Seen'])
  })

  it('starts over under another UIDVALIDITY, whatever it knew', () => {
    const { host, known } = away()
    const device = new Device(host, { known: { ...known, uidValidity: 6 }, wishes: [{ type: 'remove', uid: 1 }] })
    expect(device.asked.slice(0, 2)).toEqual([
      { type: 'mailboxOpened', uidValidity: 7, exists: 3 },
      { type: 'mailboxNews', expunged: [1, 2, 3], flags: [] },
    ])
    expect(withoutTags(device.said)).toContain('UID FETCH 1:* (FLAGS RFC822.SIZE ENVELOPE)')
    expect([...device.kept.keys()]).toEqual([1, 3, 4])
  })
})

describe('logging in', () => {
  const verbs = (device: Device) => device.said.map((line) => line.replace(/^a\d+ /, '').replace(/ .*/, ''))
  const nonce = 'rOprNGfwEbeRWgbNEkqO'
  const mechanisms = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256'] as const

  it.each([
    ['SCRAM-SHA-256', mechanisms],
    ['CRAM-MD5', ['PLAIN', 'CRAM-MD5', 'LOGIN']],
    ['PLAIN', ['LOGIN', 'PLAIN']],
    ['LOGIN', ['LOGIN']],
  ] as const)('proves the password by %s, the strongest there is', (strongest, offered) => {
    const device = new Device(new MemoryHost(), { mechanisms, nonce }, { mechanisms: offered })
    expect(device.said[0]).toMatch(new RegExp(`^a1 AUTHENTICATE ${strongest}`))
    expect(device.state).toBe('idling')
  })

  it('begins TLS first, and asks for the capabilities again', () => {
    const server = { tls: 'required', plaintextAuth: false, mechanisms } as const
    const device = new Device(new MemoryHost(), { mechanisms, nonce }, server)
    expect(verbs(device).slice(0, 3)).toEqual(['STARTTLS', 'CAPABILITY', 'AUTHENTICATE'])
    expect(device.state).toBe('idling')
  })

  it('sends no credentials if TLS is required and missing', () => {
    const device = new Device(new MemoryHost(), { tls: 'required' })
    expect(device.asked).toEqual([{ type: 'loginRefused', text: 'The server offers no encryption' }])
    expect(verbs(device)).toEqual(['LOGOUT'])
  })

  it('stays in plaintext if TLS is not wanted, and gives up if the server then accepts no password', () => {
    const device = new Device(new MemoryHost(), { tls: 'never' }, { tls: 'required', plaintextAuth: false })
    expect(device.asked).toEqual([{ type: 'loginRefused', text: 'The server takes no password over this connection' }])
  })

  it('cancels the login at a malformed challenge', () => {
    const host = new MemoryHost()
    const device = new Device(host, { mechanisms, nonce }, { mechanisms }, (text) =>
      text.replace(/^\+ .*\r\n/, '+ bm9uc2Vuc2U=\r\n'),
    )
    expect(device.said).toContain('*')
    expect(device.asked).toEqual([{ type: 'loginRefused', text: 'Authentication given up' }])
  })

  it('does not believe a success of a server that has not proven itself', () => {
    const device = new Device(new MemoryHost(), { mechanisms, nonce }, { mechanisms }, (text) =>
      text.replace(/^\+ .*\r\n/, 'a1 OK Welcome\r\n'),
    )
    expect(device.asked).toEqual([
      { type: 'loginRefused', text: 'The server did not prove that it knows the password' },
    ])
  })
})
