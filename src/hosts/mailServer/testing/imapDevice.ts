import { expect } from 'vitest'
import type { SessionId } from '../../../world/world'
import type { StoreModel } from './storeModel'
import { BOB, type TableHost } from './tableHost'

/** A device that speaks IMAP: all it knows it has from the server's responses, and it does not forgive a wrong one. */

interface Response {
  readonly line: string
  readonly literal?: string
}

export class ImapDevice {
  mailbox = 'INBOX'
  /** UIDs by message sequence number. */
  view: number[] = []
  readonly flags = new Map<number, ReadonlySet<string>>()
  idling = false
  session: SessionId
  #uidValidity = 0
  #modSeq = 0
  /** Literals that FETCH brought in the last command. */
  readonly bodies = new Map<number, string>()

  constructor(
    readonly host: TableHost,
    readonly model: StoreModel,
    /** Resynchronises by QRESYNC when it comes back. */
    readonly quick: boolean,
  ) {
    this.session = this.#logIn()
    this.select('INBOX')
  }

  #logIn(): SessionId {
    const session = this.host.open('IMAP')
    this.host.hear(session)
    this.host.say(session, `l LOGIN ${BOB} secret\r\n`)
    if (this.quick) expect(this.host.say(session, 'e ENABLE QRESYNC\r\n')).toContain('* ENABLED QRESYNC\r\n')
    return session
  }

  /** Loses the connection and comes back, telling what it knew where the server offers that. */
  reconnect(): void {
    this.host.drop(this.session)
    this.idling = false
    this.session = this.#logIn()
    if (!this.quick || this.#uidValidity === 0) return this.select(this.mailbox)
    const known = this.view.length > 0 ? ` ${this.view.join(',')}` : ''
    this.view = []
    this.say(`SELECT ${this.mailbox} (QRESYNC (${this.#uidValidity} ${this.#modSeq}${known}))`)
    this.#compare('after coming back')
  }

  select(mailbox: string): void {
    this.view = []
    this.flags.clear()
    this.mailbox = mailbox
    this.say(`SELECT ${mailbox}`)
    this.#learnFlags(1)
  }

  /** Says a command, takes in every response and gives the tagged one. */
  say(command: string): string {
    this.bodies.clear()
    const text = this.host.say(this.session, `t ${command}\r\n`)
    const responses = parse(text)
    const tagged = responses.at(-1)?.line ?? ''
    expect(tagged, `${command} gets\n${text}`).toMatch(/^t (OK|NO) /)
    const keepsNumbers = /^(FETCH|STORE|SEARCH|SORT|THREAD) /.test(command)
    const before = this.view.length
    for (const response of responses.slice(0, -1)) {
      if (keepsNumbers) expect(response.line, command).not.toMatch(/EXPUNGE|VANISHED/)
      this.#take(response)
    }
    const modSeq = /\[HIGHESTMODSEQ (\d+)\]/.exec(tagged)?.[1]
    if (modSeq) this.#modSeq = Number(modSeq)
    if (this.view.length > before && !/^(SELECT|FETCH)/.test(command)) this.#learnFlags(1)
    return tagged
  }

  startIdle(): void {
    this.idling = true
    for (const response of parse(this.host.say(this.session, 't IDLE\r\n'))) this.#take(response)
    this.hearsAtOnce()
  }

  /** While it idles nothing is left untold at any moment. */
  hearsAtOnce(): void {
    for (const response of parse(this.host.hear(this.session))) this.#take(response)
    const present = this.model.messagesIn(this.mailbox)
    expect(this.view, 'while idling').toEqual(present.map(({ uid }) => uid))
    for (const { uid, flags } of present)
      if (this.flags.has(uid)) expect([...(this.flags.get(uid) ?? [])].sort(), `flags of ${uid}`).toEqual([...flags].sort())
  }

  endIdle(): void {
    const responses = parse(this.host.say(this.session, 'DONE\r\n'))
    expect(responses.at(-1)?.line).toMatch(/^t OK/)
    this.idling = false
    this.#learnFlags(1)
  }

  /** NOOP brings everything up to date: then the device knows what the model knows. */
  catchUp(): void {
    this.say('NOOP')
    this.#compare('after NOOP')
  }

  #compare(when: string): void {
    const present = this.model.messagesIn(this.mailbox)
    expect(this.view, `numbers ${when}`).toEqual(present.map(({ uid }) => uid))
    const known = present.map(({ uid }) => [uid, [...(this.flags.get(uid) ?? ['unknown'])].sort()])
    expect(known, `flags ${when}`).toEqual(present.map(({ uid, flags }) => [uid, [...flags].sort()]))
  }

  #learnFlags(from: number): void {
    if (this.view.length >= from) this.say(`FETCH ${from}:* (UID FLAGS)`)
  }

  #take({ line, literal }: Response): void {
    const [, number, kind, rest = ''] = /^\* (\d+) (\w+)(?: (.*))?$/s.exec(line) ?? []
    if (kind === 'EXISTS') this.#exists(Number(number))
    else if (kind === 'EXPUNGE') {
      expect(Number(number)).toBeLessThanOrEqual(this.view.length)
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

  /** New letters are those behind the last that it knows. */
  #exists(count: number): void {
    const last = this.view.at(-1) ?? 0
    const more = this.model.messagesIn(this.mailbox).filter(({ uid }) => uid > last)
    expect(count).toBeGreaterThanOrEqual(this.view.length)
    for (const { uid } of more.slice(0, count - this.view.length)) this.view.push(uid)
    expect(this.view).toHaveLength(count)
  }

  #vanished(set: string, earlier: boolean): void {
    for (const part of set.split(',')) {
      const [first = 0, last = first] = part.split(':').map(Number)
      for (let uid = first; uid <= last; uid++) {
        if (!earlier) expect(this.view, `${uid} was known`).toContain(uid)
        this.view = this.view.filter((each) => each !== uid)
        this.flags.delete(uid)
      }
    }
  }

  #fetched(number: number, items: string, literal: string | undefined): void {
    const known = this.view[number - 1]
    expect(known, `there is a letter ${number}`).toBeDefined()
    const uid = /UID (\d+)/.exec(items)?.[1]
    if (uid !== undefined) expect(Number(uid), `UID of letter ${number}`).toBe(known)
    const flags = /FLAGS \(([^)]*)\)/.exec(items)?.[1]
    if (flags !== undefined) this.flags.set(known as number, new Set(flags.split(' ').filter(Boolean)))
    if (literal !== undefined) this.bodies.set(known as number, literal)
  }
}

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
