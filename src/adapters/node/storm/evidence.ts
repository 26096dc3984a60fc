import type { Octets } from '../../../base/octets'
import { fieldBody } from '../../../mail/headerFields'
import { messageId } from '../../../mail/message'
import { bodyPart } from '../../../mail/mime'
import { findMailbox, INBOX, type MessageStore } from '../../../mail/store'
import type { SmtpServerQuestion } from '../../../protocols/smtp'
import type { Fact } from '../../../world/fact'
import type { HostName, SessionId, World } from '../../../world/world'

/**
 * The evidence of a storm: which server accepted which message, whether its client read that, and the contents of the
 * mailboxes.
 */

/** A server accepted a message at the end of its data. */
export interface Acceptance {
  readonly letter: string
  readonly host: HostName
  readonly reversePath: string
  readonly forwardPaths: readonly string[]
  /** It sent 250: from here on it is responsible for the message (RFC 5321 section 6.1). */
  readonly promised: boolean
  /** The client has read that 250. If not, it cannot know, and has to send the message again. */
  readonly heard: boolean
}

interface Open {
  letter: string
  host: HostName
  reversePath: string
  forwardPaths: readonly string[]
  session: SessionId
  taken: boolean
  promised: boolean
  heard: boolean
  connection?: string
  replyEnd?: number
}

/** Every acceptance of a run, in order. */
export function acceptancesOf(trace: readonly Fact[]): readonly Acceptance[] {
  const asked = new Map<SessionId, Open>()
  const said = new Map<string, Open[]>()
  const all: Open[] = []
  for (const fact of trace) {
    if (fact.type === 'questionAsked' && fact.question.type === 'takeMessage') {
      const { envelope, message } = fact.question as Extract<SmtpServerQuestion, { type: 'takeMessage' }>
      const { reversePath, forwardPaths } = envelope
      const id = messageId(message) ?? ''
      const { session, host } = fact
      const open = { letter: id, host, reversePath, forwardPaths, session, taken: false, promised: false, heard: false }
      // Last in order, even if the session has asked before.
      asked.delete(session)
      asked.set(session, open)
    } else if (fact.type === 'messageQueued') {
      // It is queued in the reaction to the last question. An earlier one may have had no answer.
      const open = [...asked.values()].findLast((o) => o.host === fact.host && o.letter === fact.letter && !o.taken)
      if (open) take(open, all)
    } else if (fact.type === 'questionAnswered') {
      const open = asked.get(fact.session)
      if (open && fact.answer.type === 'messageTaken') take(open, all)
      else if (open && fact.answer.type === 'messageRefused') asked.delete(fact.session)
    } else if (fact.type === 'sent') {
      const open = asked.get(fact.session)
      if (!open) continue
      asked.delete(fact.session)
      if (!fact.means.name.startsWith('2')) continue
      open.promised = true
      open.replyEnd = fact.end
      if (!open.taken) take(open, all)
      said.set(fact.connection, [...(said.get(fact.connection) ?? []), open])
    } else if (fact.type === 'read') {
      for (const open of said.get(fact.connection) ?? [])
        if (fact.session !== open.session && fact.end >= (open.replyEnd ?? 0)) open.heard = true
    }
  }
  return all
}

function take(open: Open, all: Open[]): void {
  if (!open.taken) all.push(open)
  open.taken = true
}

/** A message in a mailbox. */
export interface Kept {
  readonly user: string
  readonly id: string
  /** For a notice of failure: the failed message and its recipients. */
  readonly failure?: { readonly letter: string; readonly recipients: readonly string[] }
}

/** All messages in mailboxes at the end. */
export function keptIn(world: World): readonly Kept[] {
  const kept: Kept[] = []
  for (const host of Object.values(world.hosts)) {
    if (host.role !== 'mailServer') continue
    const { store } = host.state as { readonly store: MessageStore }
    for (const user of Object.keys(store.users)) {
      for (const { octets } of findMailbox(store, user, INBOX)?.messages ?? []) {
        const failure = failureIn(octets)
        kept.push({ user, id: messageId(octets) ?? '', ...(failure ? { failure } : {}) })
      }
    }
  }
  return kept
}

/** The content of a notice of failure (RFC 3464); undefined for any other message. */
export function failureIn(message: Octets): Kept['failure'] {
  if (!/^multipart\/report;/i.test(fieldBody(message, 'Content-Type') ?? '')) return undefined
  const { parts } = bodyPart(message)
  const report = parts.find(({ subtype }) => subtype === 'delivery-status')
  // The returned message, whole or as its header section (RFC 3462 section 2).
  const about = parts.find(({ subtype }) => subtype === 'rfc822' || subtype === 'rfc822-headers')
  // Groups of fields are separated by empty lines; one group a recipient (RFC 3464 section 2.1).
  const recipients = (report?.body ?? '').split('\r\n\r\n').flatMap((text) => {
    const group = text as Octets
    const recipient = fieldBody(group, 'Final-Recipient')?.split(';')[1]?.trim()
    return recipient && fieldBody(group, 'Action') === 'failed' ? [recipient] : []
  })
  if (recipients.length === 0) return undefined
  return { letter: (about && messageId(about.body)) ?? '', recipients }
}
