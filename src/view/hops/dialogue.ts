import type { Fact, FactOf } from '../../world/fact'
import { factOf, type Trace } from '../../world/trace'
import type { HostName, SessionId } from '../../world/world'

/** The dialogue by which a message crossed from one host to another, as far as it tells what was decided about the crossing. */

export type Protocol = 'SMTP' | 'POP3' | 'IMAP'

export interface Dialogue {
  readonly client: HostName
  readonly server: HostName
  readonly port: number
  readonly protocol: Protocol
  readonly serverSession: SessionId | undefined
  /** The facts of both ends from the opening of the connection on, in their order. */
  readonly facts: readonly Fact[]
}

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  'smtp.client': 'SMTP',
  'pop3.client': 'POP3',
  'imap.client': 'IMAP',
}

/**
 * The dialogue of a session up to a fact. Undefined for one that a person types, and for one whose beginning is no longer kept in a
 * very long run.
 */
export function dialogueOf(trace: Trace, session: SessionId, until: number): Dialogue | undefined {
  const facts: Fact[] = []
  const sessions = new Set([session])
  let connection: string | undefined
  for (let order = until; order >= 0; order--) {
    const fact = factOf(trace, order)
    if (!fact) return undefined
    const ours = 'session' in fact && fact.session !== undefined && sessions.has(fact.session)
    if (ours && 'connection' in fact) connection ??= fact.connection
    const onIt = connection !== undefined && 'connection' in fact && fact.connection === connection
    if (onIt && 'session' in fact && fact.session !== undefined) sessions.add(fact.session)
    if (ours || onIt) facts.push(fact)
    if (fact.type === 'connectionOpening' && onIt) return opened(fact, facts.toReversed())
  }
  return undefined
}

function opened(opening: FactOf<'connectionOpening'>, facts: readonly Fact[]): Dialogue | undefined {
  const { client, server, port } = opening
  const protocol = PROTOCOLS[opening.protocol]
  const said = facts.findLast((fact) => fact.type === 'sent' && fact.host === server)
  const serverSession = said?.type === 'sent' ? said.session : undefined
  return protocol && { client, server, port, protocol, serverSession, facts }
}

/** The reason why a connection is encrypted, or is not. `implicit`: TLS begins with it. */
export type TlsUse = 'implicit' | 'taken' | 'notOffered' | 'notTaken' | 'refused'

/** Whether the message crossed in TLS, and the fact that decided; undefined if the server was not asked for its extensions. */
export function tlsIn({ client, server, facts }: Dialogue): { readonly use: TlsUse; readonly fact: Fact } | undefined {
  const began = facts.findIndex((fact) => fact.type === 'tlsStarted' && fact.host === client)
  const tls = facts[began]
  const before = said(tls ? facts.slice(0, began) : facts)
  const asked = before.findLast(({ host, means }) => host === client && /^(?:STARTTLS|STLS)$/.test(means.name))
  if (tls) return asked ? { use: 'taken', fact: asked } : { use: 'implicit', fact: tls }
  if (asked) {
    const answer = before.find(({ host, order }) => host === server && order > asked.order)
    return { use: 'refused', fact: answer ?? asked }
  }
  const lists = before.filter((fact) => fact.host === server && listsExtensions(fact))
  const offer = lists.find(({ octets }) => OFFER.test(octets))
  if (offer) return { use: 'notTaken', fact: offer }
  return lists[0] && { use: 'notOffered', fact: lists[0] }
}

const said = (facts: readonly Fact[]): readonly FactOf<'sent'>[] =>
  facts.filter((fact): fact is FactOf<'sent'> => fact.type === 'sent')

/** STARTTLS in a reply to EHLO and among IMAP's capabilities, STLS among POP3's. */
const OFFER = /^250[ -]STARTTLS\s*$|CAPABILITY [^\]\r]*\bSTARTTLS\b|^STLS\s*$/im

const listsExtensions = ({ octets, means: { parsed } }: FactOf<'sent'>): boolean =>
  parsed !== undefined &&
  (parsed.protocol === 'IMAP'
    ? /^(?:\*|\S+ OK|\* (?:OK|PREAUTH)) \[?CAPABILITY /.test(octets)
    : 'answers' in parsed && (parsed.answers === 'EHLO' || parsed.answers === 'CAPA'))

/** The user who has logged in at the server; undefined before. */
export function userIn({ facts, serverSession }: Dialogue): string | undefined {
  for (const fact of facts.toReversed()) {
    if (fact.type !== 'questionAnswered' || fact.session !== serverSession) continue
    const { answer } = fact
    const isLogin = answer.type === 'loggedIn' || answer.type === 'authenticated'
    if (isLogin && 'user' in answer && typeof answer.user === 'string') return answer.user
  }
  return undefined
}

/** The mailbox that is open: by POP3 it is always the inbox. */
export function mailboxIn({ facts, serverSession }: Dialogue): string {
  for (const fact of facts.toReversed()) {
    if (fact.type !== 'questionAnswered' || fact.session !== serverSession) continue
    const { answer } = fact
    if (answer.type === 'mailboxSelected' && 'mailbox' in answer && typeof answer.mailbox === 'string')
      return answer.mailbox
  }
  return 'INBOX'
}

/** The response that carried a message. `uid`: as the client names it. */
export function handedOutIn({ facts, server, protocol }: Dialogue, uid: string): Fact | undefined {
  const carries = protocol === 'IMAP' ? new RegExp(`^\\* \\d+ FETCH \\(UID ${uid} BODY`) : undefined
  return said(facts).findLast(
    ({ host, octets, means }) =>
      host === server && (carries ? carries.test(octets.slice(0, 60)) : means.name === 'message'),
  )
}

/** The decision about the message on the server, after a client has fetched it by POP3. */
export interface Removal {
  /** DELE, or the QUIT before which none was said. */
  readonly decided: FactOf<'sent'>
  readonly deletes: boolean
  /** The removal at the end of the session; undefined if there is none (yet). */
  readonly removed: FactOf<'messageRemoved'> | undefined
}

/** Reads on from the fact with which the client had the message; undefined if the session breaks off before it decides. */
export function removalAfter(
  trace: Trace,
  { client, server, serverSession, facts }: Dialogue,
  { order: fetched, uid }: FactOf<'messageFetched'>,
): Removal | undefined {
  const retr = said(facts).findLast(({ host, means }) => host === client && means.name === 'RETR')
  if (!retr) return undefined
  const dele = retr.octets.replace(/^RETR/, 'DELE')
  let decided: FactOf<'sent'> | undefined
  for (let order = fetched + 1; ; order++) {
    const fact = factOf(trace, order)
    if (!fact) break
    if (fact.type === 'sent' && fact.session === retr.session && !decided) {
      if (fact.octets === dele) decided = fact
      else if (fact.means.name === 'QUIT') return { decided: fact, deletes: false, removed: undefined }
    }
    if (fact.type === 'messageRemoved' && fact.host === server && decided && uid.endsWith(`-${fact.uid}`)) {
      const asked = fact.cause === undefined ? undefined : factOf(trace, fact.cause)
      if (asked && 'session' in asked && asked.session === serverSession)
        return { decided, deletes: true, removed: fact }
    }
    if (fact.type === 'sessionEnded' && fact.session === serverSession) break
  }
  return decided && { decided, deletes: true, removed: undefined }
}
