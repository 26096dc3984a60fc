/**
 * The message store in its simplest form: lists and sets, nothing shared, nothing cached. Tests compare the real store with it.
 */

export interface ModelMessage {
  readonly uid: number
  readonly flags: Set<string>
  readonly text: string
}

export type FlagSign = '' | '+' | '-'

export function changeFlags(of: Set<string>, sign: FlagSign, flags: readonly string[]): void {
  if (sign === '') of.clear()
  for (const flag of flags) {
    if (sign === '-') of.delete(flag)
    else of.add(flag)
  }
}

export class StoreModel {
  readonly mailboxes: Record<string, { uidNext: number; messages: ModelMessage[] }> = {
    INBOX: { uidNext: 1, messages: [] },
    Trash: { uidNext: 1, messages: [] },
  }
  /** Removed messages, as they were. */
  readonly #gone = new Map<string, ModelMessage>()
  readonly #hearers = new Map<string, string>()

  messagesIn(mailbox: string): ModelMessage[] {
    return (this.mailboxes[mailbox] as { messages: ModelMessage[] }).messages
  }

  has(mailbox: string, uid: number): boolean {
    return this.messagesIn(mailbox).some((message) => message.uid === uid)
  }

  add(mailbox: string, text: string, flags: Iterable<string> = []): number {
    const box = this.mailboxes[mailbox] as { uidNext: number; messages: ModelMessage[] }
    box.messages.push({ uid: box.uidNext, flags: new Set(flags), text })
    return box.uidNext++
  }

  flag(mailbox: string, uids: readonly number[], sign: FlagSign, flags: readonly string[]): void {
    for (const message of this.messagesIn(mailbox))
      if (uids.includes(message.uid)) changeFlags(message.flags, sign, flags)
  }

  remove(mailbox: string, uids: readonly number[]): void {
    const box = this.mailboxes[mailbox] as { messages: ModelMessage[] }
    for (const message of box.messages)
      if (uids.includes(message.uid)) this.#gone.set(`${mailbox} ${message.uid}`, message)
    box.messages = box.messages.filter((message) => !uids.includes(message.uid))
  }

  flagsWhenGone(mailbox: string, uid: number): ReadonlySet<string> {
    return this.#gone.get(`${mailbox} ${uid}`)?.flags ?? new Set()
  }

  expunge(mailbox: string, among?: readonly number[]): void {
    const marked = this.messagesIn(mailbox).filter(
      ({ uid, flags }) => flags.has('\\Deleted') && (among?.includes(uid) ?? true),
    )
    this.remove(
      mailbox,
      marked.map(({ uid }) => uid),
    )
  }

  copy(from: string, uids: readonly number[], to: string): void {
    for (const message of this.messagesIn(from).filter(({ uid }) => uids.includes(uid)))
      this.add(to, message.text, message.flags)
  }

  /** The session to which this message is recent; the first that claims it keeps it. */
  firstToHear(mailbox: string, uid: number, claims?: string): string | undefined {
    const message = `${mailbox} ${uid}`
    if (claims !== undefined && !this.#hearers.has(message)) this.#hearers.set(message, claims)
    return this.#hearers.get(message)
  }

  get everything(): unknown {
    return Object.entries(this.mailboxes).map(([name, { uidNext, messages }]) => ({
      name,
      uidNext,
      messages: messages.map(({ uid, flags, text }) => ({ uid, flags: [...flags].sort(), text })),
    }))
  }
}
