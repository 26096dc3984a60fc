import type { SessionId } from '../../../world/world'
import { agree, fits } from './agree'
import type { StoreModel } from './storeModel'
import { BOB, type TableHost } from './tableHost'

/** A device that speaks IMAP: all its knowledge comes from the server's responses, and it fails at a wrong one. */

interface Response {
  readonly line: string
  readonly literal?: string
}

export class ImapDevice {
  mailbox = 'INBOX'
  /** UIDs by message sequence number. */
  view: number[] = []
  readonly flags = new Map<number, ReadonlySet<string>>()
  /** Flags of removed messages that it has not been told of, by mailbox and UID. */
  readonly keptFlags = new Map<string, Set<string>>()
  idling = false
  session: SessionId
  #uidValidity = 0
  /** The number of opened mailboxes so far: \Recent ends with each. */
  #looks = 0
  #modSeq = 0
  /** The last command's responses besides its completion. */
  untagged: readonly string[] = []
  /** Literals of FETCH in the last command. */
  readonly bodies = new Map<number, string>()

  constructor(
    readonly host: TableHost,
    readonly model: StoreModel,
    /** Synchronizes by QRESYNC when it returns. */
    readonly quick: boolean,
  ) {
    this.session = this.#logIn()
    this.select('INBOX')
  }

  get #looking(): string {
    return `${this.session} ${this.#looks}`
  }

  #logIn(): SessionId {
    const session = this.host.open('IMAP')
    this.host.hear(session)
    this.host.say(session, `l LOGIN ${BOB} secret\r\n`)
    if (this.quick) fits(this.host.say(session, 'e ENABLE QRESYNC\r\n'), /^\* ENABLED QRESYNC\r\n/, 'ENABLE')
    return session
  }

  /** Loses the connection and returns, with its known state if the server offers that. */
  reconnect(): void {
    this.host.drop(this.session)
    this.idling = false
    this.session = this.#logIn()
    if (this.quick) this.#resynchronise()
    else this.select(this.mailbox)
  }

  #resynchronise(): void {
    const known = this.view.filter((uid) => this.flags.has(uid))
    const set = known.length > 0 ? ` ${known.join(',')}` : ''
    this.view = []
    this.#looks++
    this.say(`SELECT ${this.mailbox} (QRESYNC (${this.#uidValidity} ${this.#modSeq}${set}))`)
    // It has every change of the known messages, and asks for new ones.
    const present = this.model.messagesIn(this.mailbox)
    agree(
      [...this.flags.keys()].sort(byNumber),
      present.map(({ uid }) => uid).filter((uid) => known.includes(uid) || this.flags.has(uid)),
      'letters known after coming back',
    )
    for (const { uid, flags } of present)
      if (known.includes(uid)) agree([...(this.flags.get(uid) ?? [])].sort(), [...flags].sort(), `flags of ${uid}`)
    this.#learnFlags()
    this.#compare('after coming back')
  }

  select(mailbox: string): void {
    this.#looks++
    this.view = []
    this.flags.clear()
    this.mailbox = mailbox
    this.say(`SELECT ${mailbox}`)
    this.#learnFlags()
  }

  /** Sends a command, reads every response, asks for flags of new messages, and returns the tagged response. */
  say(command: string): string {
    this.bodies.clear()
    const tagged = this.#exchange(command)
    const { untagged } = this
    if (!command.startsWith('SELECT')) this.#learnFlags()
    this.untagged = untagged
    return tagged
  }

  #exchange(command: string): string {
    const text = this.host.say(this.session, `t ${command}\r\n`)
    const responses = parse(text)
    const tagged = responses.at(-1)?.line ?? ''
    fits(tagged, /^t (OK|NO) /, `${command} gets\n${text}`)
    const keepsNumbers = /^(FETCH|STORE|SEARCH|SORT|THREAD) /.test(command)
    this.untagged = responses.slice(0, -1).map(({ line }) => line)
    for (const response of responses.slice(0, -1)) {
      if (keepsNumbers) fits(response.line, /^(?!.*(EXPUNGE$|VANISHED))/, command)
      this.#take(response)
    }
    const modSeq = /\[HIGHESTMODSEQ (\d+)\]/.exec(tagged)?.[1]
    if (modSeq) this.#modSeq = Number(modSeq)
    return tagged
  }

  startIdle(): void {
    this.idling = true
    for (const response of parse(this.host.say(this.session, 't IDLE\r\n'))) this.#take(response)
    this.hearsAtOnce()
  }

  /** During IDLE every change is reported at once. */
  hearsAtOnce(): void {
    for (const response of parse(this.host.hear(this.session))) this.#take(response)
    const present = this.model.messagesIn(this.mailbox)
    agree(
      this.view,
      present.map(({ uid }) => uid),
      'while idling',
    )
    for (const { uid, flags } of present)
      if (this.flags.has(uid)) agree([...(this.flags.get(uid) ?? [])].sort(), [...flags].sort(), `flags of ${uid}`)
  }

  endIdle(): void {
    const responses = parse(this.host.say(this.session, 'DONE\r\n'))
    fits(responses.at(-1)?.line ?? '', /^t OK/, 'DONE')
    this.idling = false
    this.#learnFlags()
  }

  /** NOOP reports everything: then the device knows the model's state. */
  catchUp(): void {
    this.say('NOOP')
    this.#compare('after NOOP')
    this.say('UID SEARCH RECENT')
    agree(
      this.untagged.at(-1),
      ['* SEARCH', ...this.view.filter((uid) => this.model.firstToHear(this.mailbox, uid) === this.#looking)].join(' '),
      'letters that are recent',
    )
  }

  #compare(when: string): void {
    const present = this.model.messagesIn(this.mailbox)
    agree(
      this.view,
      present.map(({ uid }) => uid),
      `numbers ${when}`,
    )
    const known = present.map(({ uid }) => [uid, [...(this.flags.get(uid) ?? ['unknown'])].sort()])
    agree(
      known,
      present.map(({ uid, flags }) => [uid, [...flags].sort()]),
      `flags ${when}`,
    )
  }

  #learnFlags(): void {
    while (this.view.some((uid) => !this.flags.has(uid) && this.model.has(this.mailbox, uid)))
      this.#exchange('FETCH 1:* (UID FLAGS)')
  }

  #take({ line, literal }: Response): void {
    const [, number, kind, rest = ''] = /^\* (\d+) (\w+)(?: (.*))?$/s.exec(line) ?? []
    if (kind === 'EXISTS') this.#exists(Number(number))
    else if (kind === 'EXPUNGE') {
      agree(Number(number) <= this.view.length, true, `${line} with ${this.view.length} letters`)
      const [gone] = this.view.splice(Number(number) - 1, 1)
      this.flags.delete(gone ?? 0)
    } else if (kind === 'FETCH') this.#fetched(Number(number), rest, literal)
    const vanished = /^\* VANISHED (\(EARLIER\) )?(\S+)$/.exec(line)
    if (vanished) this.#vanished(vanished[2] as string, vanished[1] !== undefined)
    const validity = /\[UIDVALIDITY (\d+)\]/.exec(line)?.[1]
    if (validity) this.#uidValidity = Number(validity)
    const modSeq = /^\* OK \[HIGHESTMODSEQ (\d+)\]/.exec(line)?.[1]
    if (modSeq) this.#modSeq = Number(modSeq)
  }

  /** New messages come after the last known one. */
  #exists(count: number): void {
    const last = this.view.at(-1) ?? 0
    const more = this.model.messagesIn(this.mailbox).filter(({ uid }) => uid > last)
    agree(count >= this.view.length, true, `${count} EXISTS with ${this.view.length} letters`)
    for (const { uid } of more.slice(0, count - this.view.length)) this.view.push(uid)
    agree(this.view.length, count, 'EXISTS')
  }

  #vanished(set: string, earlier: boolean): void {
    for (const part of set.split(',')) {
      const [first = 0, last = first] = part.split(':').map(Number)
      for (let uid = first; uid <= last; uid++) {
        if (!earlier) agree(this.view.includes(uid), true, `${uid} was known`)
        this.view = this.view.filter((each) => each !== uid)
        this.flags.delete(uid)
      }
    }
  }

  #fetched(number: number, items: string, literal: string | undefined): void {
    const known = this.view[number - 1]
    agree(known !== undefined, true, `there is a letter ${number}`)
    const uid = /UID (\d+)/.exec(items)?.[1]
    if (uid !== undefined) agree(Number(uid), known, `UID of letter ${number}`)
    const flags = /FLAGS \(([^)]*)\)/.exec(items)?.[1]
    if (flags !== undefined) this.#flagsTold(known as number, flags.split(' ').filter(Boolean))
    if (literal !== undefined) this.bodies.set(known as number, literal)
    // The latest change that it hears of is the point up to which it knows all, unless a lower one is reported.
    const modSeq = Number(/MODSEQ \((\d+)\)/.exec(items)?.[1] ?? 0)
    this.#modSeq = Math.max(this.#modSeq, modSeq)
  }

  #flagsTold(uid: number, flags: readonly string[]): void {
    this.flags.set(uid, new Set(flags.filter((flag) => flag !== RECENT)))
    // A message is recent to one session, always, or to none.
    const hearer = this.model.firstToHear(this.mailbox, uid, flags.includes(RECENT) ? this.#looking : undefined)
    agree(flags.includes(RECENT), hearer === this.#looking, `letter ${uid} is recent`)
  }
}

const RECENT = '\\Recent'

const byNumber = (a: number, b: number): number => a - b

/** Responses with their literals taken out. */
function parse(text: string): readonly Response[] {
  const found: Response[] = []
  let rest = text
  while (rest !== '') {
    const end = rest.indexOf('\r\n')
    let line = rest.slice(0, end)
    rest = rest.slice(end + 2)
    const size = /\{(\d+)\}$/.exec(line)?.[1]
    if (size === undefined) {
      found.push({ line })
      continue
    }
    const literal = rest.slice(0, Number(size))
    const after = rest.indexOf('\r\n', Number(size))
    line += rest.slice(Number(size), after)
    rest = rest.slice(after + 2)
    found.push({ line, literal })
  }
  return found
}
