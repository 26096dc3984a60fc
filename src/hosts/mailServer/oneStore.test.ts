import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { drawBelow, type RandomState, seeded } from '../../base/random'
import { countsOf } from '../../mail/counts'
import { storedMailbox } from '../../mail/store'
import { agree, fits } from './testing/agree'
import { ImapDevice } from './testing/imapDevice'
import { changeFlags, type FlagSign, StoreModel } from './testing/storeModel'
import { BOB, TableHost } from './testing/tableHost'

/**
 * Several IMAP sessions and one POP3 session on one store, by random commands, beside a simple model. After every command the
 * store equals the model; after every NOOP, and at every moment of IDLE, each session knows all of it; a device that was away
 * finds out by QRESYNC which changes it missed.
 */

const SEEDS = 2000
const STEPS = 25
const TIME_LIMIT = 300_000
const FLAGS = ['\\Seen', '\\Flagged', '\\Deleted', '\\Answered', 'Work']

class Run {
  readonly host = new TableHost()
  readonly model = new StoreModel()
  readonly devices: ImapDevice[]
  #random: RandomState
  #messages = 0
  #pop: { session: string; uids: number[]; marked: Set<number> } | undefined
  readonly log: string[] = []

  constructor(seed: number) {
    this.#random = seeded(seed)
    for (let n = this.pick(5); n > 0; n--) this.deliver()
    this.devices = [false, true, false].map((quick) => new ImapDevice(this.host, this.model, quick))
  }

  pick(limit: number): number {
    const [value, next] = drawBelow(this.#random, limit)
    this.#random = next
    return value
  }

  oneOf<T>(all: readonly T[]): T {
    return all[this.pick(all.length)] as T
  }

  some<T>(all: readonly T[]): T[] {
    return all.filter(() => this.pick(3) === 0)
  }

  letter(): string {
    this.#messages++
    return `Subject: ${this.#messages}\r\n\r\n${'x'.repeat(this.pick(30))}\r\n.\r\nend\r\n`
  }

  deliver(): void {
    const text = this.letter()
    this.host.deliver(octets(text))
    this.model.add('INBOX', `Return-Path: <alice@paper.example>\r\n${text}`)
  }

  step(): void {
    const act = this.pick(20)
    if (act < 2) this.deliver()
    else if (act < 5) this.pop()
    else this.command(this.oneOf(this.devices))
    for (const device of this.devices) if (device.idling) device.hearsAtOnce()
    this.storeAgrees()
  }

  command(device: ImapDevice): void {
    const act = this.pick(20)
    if (device.idling) device.endIdle()
    else if (act < 6) this.storeFlags(device)
    else if (act < 8) this.copy(device)
    else if (act < 9) this.append(device)
    else if (act < 11) this.expunge(device)
    else if (act < 13) this.search(device)
    else if (act < 15) this.read(device)
    else if (act < 17) device.catchUp()
    else if (act < 18) device.startIdle()
    else if (act < 19) device.reconnect()
    else device.select(device.mailbox === 'INBOX' ? 'Trash' : 'INBOX')
  }

  /** A set of messages that the device knows, by number or by UID, and the command's beginning. */
  named(device: ImapDevice): { by: string; set: string; uids: number[] } | undefined {
    const uids = this.some(device.view)
    if (uids.length === 0) return undefined
    if (this.pick(2) === 0) return { by: 'UID ', set: uids.join(','), uids }
    return { by: '', set: uids.map((uid) => device.view.indexOf(uid) + 1).join(','), uids }
  }

  /**
   * The flags that a message has for a device: those of a removed message belong to the device until it is told of the removal.
   */
  flagsFor(device: ImapDevice, uid: number): Set<string> {
    const there = this.model.messagesIn(device.mailbox).find((message) => message.uid === uid)
    if (there) return there.flags
    const key = `${device.mailbox} ${uid}`
    const kept = device.keptFlags.get(key) ?? new Set(this.model.flagsWhenGone(device.mailbox, uid))
    device.keptFlags.set(key, kept)
    return kept
  }

  there(device: ImapDevice, uids: readonly number[]): number[] {
    return uids.filter((uid) => this.model.has(device.mailbox, uid))
  }

  storeFlags(device: ImapDevice): void {
    const named = this.named(device)
    if (!named) return
    const sign = this.oneOf<FlagSign>(['', '+', '-'])
    const flags = this.some(FLAGS)
    const silent = this.pick(2) === 0
    const there = this.there(device, named.uids)
    this.model.flag(device.mailbox, there, sign, flags)
    if (named.by === '')
      for (const uid of named.uids) if (!there.includes(uid)) changeFlags(this.flagsFor(device, uid), sign, flags)
    const tagged = device.say(
      `${named.by}STORE ${named.set} ${sign}FLAGS${silent ? '.SILENT' : ''} (${flags.join(' ')})`,
    )
    fits(tagged, /^t OK/, 'STORE')
    // With .SILENT a client computes the flags itself.
    if (silent)
      for (const { uid, flags: now } of this.model.messagesIn(device.mailbox))
        if (there.includes(uid)) device.flags.set(uid, new Set(now))
  }

  copy(device: ImapDevice): void {
    const named = this.named(device)
    if (!named) return
    const verb = this.oneOf(['COPY', 'MOVE'])
    const to = this.oneOf(['INBOX', 'Trash'])
    const there = this.there(device, named.uids)
    // COPY by number is atomic (RFC 9051 section 6.4.7).
    const copied = verb === 'COPY' && named.by === '' && there.length < named.uids.length ? [] : there
    this.model.copy(device.mailbox, copied, to)
    if (verb === 'MOVE') this.model.remove(device.mailbox, there)
    // A removed message cannot be copied: by number the answer is NO, by UID it is skipped.
    const refused = named.by === '' && there.length < named.uids.length
    const tagged = device.say(`${named.by}${verb} ${named.set} ${to}`)
    fits(tagged, refused ? /^t NO \[EXPUNGEISSUED\]/ : /^t OK/, verb)
  }

  append(device: ImapDevice): void {
    const text = this.letter()
    const to = this.oneOf(['INBOX', 'Trash'])
    const flags = this.some(FLAGS)
    this.model.add(to, text, flags)
    const tagged = device.say(`APPEND ${to} (${flags.join(' ')}) {${text.length}+}\r\n${text}`)
    fits(tagged, /^t OK \[APPENDUID/, 'APPEND')
  }

  expunge(device: ImapDevice): void {
    const uids = this.pick(2) === 0 ? this.some(device.view) : []
    this.model.expunge(device.mailbox, uids.length > 0 ? uids : undefined)
    device.say(uids.length > 0 ? `UID EXPUNGE ${uids.join(',')}` : 'EXPUNGE')
  }

  search(device: ImapDevice): void {
    const flag = this.oneOf(['SEEN', 'FLAGGED', 'DELETED', 'ANSWERED', 'KEYWORD Work'])
    const name = flag === 'KEYWORD Work' ? 'Work' : `\\${flag[0]}${flag.slice(1).toLowerCase()}`
    // A removed message is still found by number: the device has not been told.
    const numbers = [...device.view.entries()].flatMap(([at, uid]) =>
      this.flagsFor(device, uid).has(name) ? [at + 1] : [],
    )
    device.say(`SEARCH RETURN (ALL COUNT) ${flag}`)
    const found = /ESEARCH \(TAG "t"\)(?: ALL (\S+))? COUNT (\d+)/.exec(device.untagged.join('\n'))
    agree([expand(found?.[1] ?? ''), Number(found?.[2])], [numbers, numbers.length], `SEARCH ${flag}`)
    device.say('UID SEARCH ALL')
  }

  read(device: ImapDevice): void {
    const uid = this.oneOf(device.view)
    if (uid === undefined) return
    if (!this.model.has(device.mailbox, uid)) {
      const number = device.view.indexOf(uid) + 1
      fits(device.say(`FETCH ${number} (FLAGS BODY[])`), /^t OK/, 'FETCH of what is gone')
      this.flagsFor(device, uid).add('\\Seen')
      const line = device.untagged.find((each) => each.startsWith(`* ${number} FETCH (`)) ?? ''
      const told = /FLAGS \(([^)]*)\)/.exec(line)?.[1]?.split(' ') ?? []
      agree(
        told.filter((flag) => flag !== '' && flag !== '\\Recent').sort(),
        [...this.flagsFor(device, uid)].sort(),
        `flags of ${uid}, which is gone`,
      )
      return
    }
    const peek = this.pick(2) === 0
    const message = this.model.messagesIn(device.mailbox).find((each) => each.uid === uid)
    if (!peek) this.model.flag(device.mailbox, [uid], '+', ['\\Seen'])
    device.say(`UID FETCH ${uid} ${peek ? 'BODY.PEEK[]' : 'BODY[]'}`)
    agree(device.bodies.get(uid), message?.text, `text of ${uid}`)
  }

  pop(): void {
    const { host } = this
    if (!this.#pop) {
      const session = host.open('POP3')
      host.hear(session)
      host.say(session, `USER ${BOB}\r\n`)
      fits(host.say(session, 'PASS secret\r\n'), /^\+OK/, 'PASS')
      this.#pop = { session, uids: this.model.messagesIn('INBOX').map(({ uid }) => uid), marked: new Set() }
      fits(host.say(session, 'STAT\r\n'), new RegExp(`^\\+OK ${this.#pop.uids.length} `), 'STAT')
      return
    }
    const { session, uids, marked } = this.#pop
    const number = this.pick(uids.length + 1)
    const uid = uids[number - 1]
    const act = this.pick(8)
    if (act === 0) {
      host.drop(session)
      this.#pop = undefined
    } else if (act < 3) {
      this.model.remove('INBOX', [...marked])
      fits(host.say(session, 'QUIT\r\n'), /^\+OK/, 'QUIT')
      this.#pop = undefined
    } else if (uid === undefined) {
      marked.clear()
      fits(host.say(session, 'RSET\r\n'), /^\+OK/, 'RSET')
    } else if (act < 6) {
      fits(host.say(session, `DELE ${number}\r\n`), marked.has(uid) ? /^-ERR/ : /^\+OK/, `DELE ${number}`)
      marked.add(uid)
    } else {
      const message = this.model.messagesIn('INBOX').find((each) => each.uid === uid)
      const said = host.say(session, `RETR ${number}\r\n`)
      if (!message || marked.has(uid)) fits(said, /^-ERR/, `RETR ${number}`)
      else agree(said.slice(said.indexOf('\r\n') + 2), `${message.text.replace(/^\./gm, '..')}.\r\n`, `RETR ${number}`)
    }
  }

  storeAgrees(): void {
    const { store } = this.host.state
    const real = Object.keys(this.model.mailboxes).map((name) => {
      const mailbox = storedMailbox(store, BOB, name)
      const messages = mailbox?.blocks.flat() ?? []
      if (mailbox) {
        const { messages: count, unseen, size } = countsOf(mailbox)
        const seen = messages.filter(({ flags }) => flags.includes('\\Seen')).length
        const octetsHere = messages.reduce((sum, message) => sum + message.octets.length, 0)
        agree([count, unseen, size], [messages.length, messages.length - seen, octetsHere], `counts of ${name}`)
      }
      return {
        name,
        uidNext: mailbox?.uidNext,
        messages: messages.map(({ uid, flags, octets: text }) => ({ uid, flags: [...flags].sort(), text })),
      }
    })
    agree(real, this.model.everything, 'the store')
  }

  /** At the end every session is told everything. */
  finish(): void {
    for (const device of this.devices) {
      if (device.idling) device.endIdle()
      device.catchUp()
    }
  }
}

const expand = (set: string): number[] =>
  set === ''
    ? []
    : set.split(',').flatMap((part) => {
        const [first = 0, last = first] = part.split(':').map(Number)
        return Array.from({ length: last - first + 1 }, (_, at) => first + at)
      })

describe('IMAP sessions and a POP3 session on one store', () => {
  it.each(Array.from({ length: 10 }, (_, part) => part))(
    'agree with the model at every step, seeds of part %i',
    { timeout: TIME_LIMIT },
    (part) => {
      let steps = 0
      for (let seed = part; seed < SEEDS; seed += 10) {
        const run = new Run(seed)
        try {
          for (let step = 0; step < STEPS; step++, steps++) run.step()
          run.finish()
        } catch (error) {
          throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error })
        }
      }
      expect(steps).toBe((SEEDS / 10) * STEPS)
    },
  )
})
