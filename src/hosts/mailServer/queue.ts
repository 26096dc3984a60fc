import type { Octets } from '../../base/octets'
import type { SmtpEnvelope } from '../../protocols/smtp'
import type { FactOf } from '../../world/fact'
import type { Turn } from '../turn'
import { complete } from './config'
import type { DeliveryInput, Obstacle } from './deliveryMachine'
import { domainOf, localDomain, localMailbox } from './localAddresses'
import { deliveredSize, deliverHere } from './mailboxes'
import type { DeliveryPurpose } from './purpose'
import { tellFailure, tellSuccess } from './reports'
import { lackOfRoom } from './room'
import type { MailServerState, QueuedRecipient, QueueEntry } from './state'

/** From acceptance to the mailbox or the queue. The queue is on disk: `resumeDeliveries` starts from it. */

type ServerTurn = Turn<MailServerState>

export interface Accepted {
  readonly queueId: string
  readonly letter: string
  readonly envelope: SmtpEnvelope
  readonly message: Octets
  /** For a notice of our own. */
  readonly notice?: FactOf<'messageQueued'>['notice']
}

/** From here on we are responsible for the message (RFC 5321 section 6.1): deliver it, relay it, or report its failure. */
export function accept(turn: ServerTurn, accepted: Accepted): void {
  const { queueId, letter: id, envelope, message } = accepted
  const { reversePath, body, smtpUtf8, dsn } = envelope
  turn.note({
    type: 'messageQueued',
    host: turn.host.name,
    letter: id,
    queueId,
    reversePath,
    forwardPaths: envelope.forwardPaths,
    ...(accepted.notice ? { notice: accepted.notice } : {}),
  })
  const here = new Map<string, string>()
  const onward: string[] = []
  const full: Obstacle[] = []
  for (const forwardPath of envelope.forwardPaths) {
    const user = localMailbox(turn.state, forwardPath)
    const lack = user && lackOfRoom(turn.state, forwardPath, user, deliveredSize(message, envelope))
    if (user === undefined) onward.push(forwardPath)
    // The message is accepted already, so it goes back: the failure is final for the sender (RFC 3463 section 3.3).
    else if (lack)
      full.push({
        forwardPath,
        reason: { id: lack.code === 552 ? 'mailboxTooSmall' : 'mailboxFull', forwardPath, status: '5.2.2' },
      })
    else here.set(forwardPath, user)
  }
  for (const user of new Set(here.values())) {
    const forwardPaths = [...here].flatMap(([forwardPath, whose]) => (whose === user ? [forwardPath] : []))
    deliverHere(turn, user, { letter: id, queueId, forwardPaths }, reversePath, message)
  }
  const entry: QueueEntry = {
    queueId,
    letter: id,
    reversePath,
    message,
    recipients: onward.map((forwardPath) => ({ forwardPath, tries: 0 })),
    arrived: turn.civil,
    ...(body === undefined ? {} : { body }),
    ...(smtpUtf8 === undefined ? {} : { smtpUtf8 }),
    ...(dsn === undefined ? {} : { dsn }),
  }
  if (onward.length > 0) {
    turn.change({ queue: { ...turn.state.queue, [queueId]: entry } })
    startDeliveries(turn, entry)
  }
  const notice = tellSuccess(turn, entry, 'delivered', [...here.keys()])
  if (notice) accept(turn, notice)
  const returned = full.length > 0 ? tellFailure(turn, entry, full) : undefined
  if (returned) accept(turn, returned)
}

/** The destination domain of a forward-path. The bare `postmaster` belongs to our first domain. */
const destinationOf = (state: MailServerState, forwardPath: string): string =>
  forwardPath.includes('@') ? domainOf(forwardPath) : (state.config.domains[0]?.domain ?? '')

/** The administrator's host for the domain of a forward-path. */
export const routeFor = (state: MailServerState, forwardPath: string): string | undefined =>
  localDomain(state, destinationOf(state, forwardPath))?.deliverTo

/**
 * One delivery for each domain: a message to several recipients of one domain travels there once (RFC 5321 section 4.5.4.1).
 */
function startDeliveries(turn: ServerTurn, entry: QueueEntry): void {
  const byDomain = new Map<string, QueuedRecipient[]>()
  for (const recipient of entry.recipients) {
    const domain = destinationOf(turn.state, recipient.forwardPath)
    byDomain.set(domain, [...(byDomain.get(domain) ?? []), recipient])
  }
  for (const [domain, recipients] of byDomain) startDelivery(turn, entry.queueId, domain, recipients)
}

function startDelivery(
  turn: ServerTurn,
  queueId: string,
  domain: string,
  recipients: readonly QueuedRecipient[],
): void {
  const config = complete(turn.state.config)
  const route = localDomain(turn.state, domain)?.deliverTo
  const forwardPaths = recipients.map((recipient) => recipient.forwardPath)
  const due = recipients.map((recipient) => recipient.nextTry ?? turn.env.now)
  const wait = Math.max(0, Math.min(...due) - turn.env.now)
  const input: DeliveryInput = {
    queueId,
    domain,
    forwardPaths,
    ...(route === undefined ? {} : { route }),
    retryIntervals: config.retryIntervals.map((seconds) => seconds * 1000),
    giveUpTime: config.giveUpTime * 1000,
    delayNoticeAfter: config.delayNoticeAfter * 1000,
    queueDelay: wait > 0 ? wait : config.queueDelay,
    tries: Math.max(...recipients.map((recipient) => recipient.tries)),
    delayTold: recipients.some((recipient) => recipient.delayTold),
  }
  const purpose: DeliveryPurpose = { kind: 'delivery', queueId, forwardPaths }
  turn.do({ type: 'start', protocol: 'mta.delivery', input, purpose })
}

/** After a start: restarts a delivery for each queue entry, with its age and its past tries. */
export function resumeDeliveries(turn: ServerTurn): void {
  for (const entry of Object.values(turn.state.queue)) startDeliveries(turn, entry)
}

/** Changes some recipients of an entry; one for whom `change` gives undefined is settled and leaves it. */
export function changeRecipients(
  turn: ServerTurn,
  queueId: string,
  forwardPaths: readonly string[],
  change: (recipient: QueuedRecipient) => QueuedRecipient | undefined,
): void {
  const entry = turn.state.queue[queueId]
  if (!entry) return
  const recipients = entry.recipients.flatMap((recipient) => {
    const changed = forwardPaths.includes(recipient.forwardPath) ? change(recipient) : recipient
    return changed ? [changed] : []
  })
  const { [queueId]: _, ...rest } = turn.state.queue
  turn.change({ queue: recipients.length === 0 ? rest : { ...turn.state.queue, [queueId]: { ...entry, recipients } } })
}
