import { later, milliseconds } from '../../base/time'
import type { SessionId } from '../../world/world'
import type { Turn } from '../turn'
import { complete } from './config'
import type { DeliveryQuestion, Obstacle } from './deliveryMachine'
import { type DeliveryPurpose, purposeOf } from './purpose'
import { accept, changeRecipients, routeFor } from './queue'
import { tellDelay, tellFailure } from './reports'
import { findAddresses, findExchangers, tellDelivery } from './routing'
import type { MailServerState } from './state'
import { startTransfer } from './transfer'

/** A server's work for its deliveries: lookups, connections, the queue, and notices to senders. */

type ServerTurn = Turn<MailServerState>

/** Answers a delivery's question. Only a question with an answer event in its machine gets an answer. */
export function answerDelivery(
  turn: ServerTurn,
  session: SessionId,
  { queueId }: DeliveryPurpose,
  question: DeliveryQuestion,
): void {
  if (isStep(question) && complete(turn.state.config).holdQueue) {
    turn.change({ held: { ...turn.state.held, [session]: question } })
    return
  }
  switch (question.type) {
    case 'askForExchangers':
      findExchangers(turn, session, queueId, question.domain)
      return
    case 'askForAddresses':
      findAddresses(turn, session, queueId, question.name, question.family)
      return
    case 'transfer':
      startTransfer(turn, session, queueId, question)
      return
    case 'returnToSender':
      returnToSender(turn, queueId, question.refusals)
      return
    case 'tellDelay': {
      const entry = turn.state.queue[queueId]
      if (!entry) return
      const notice = tellDelay(turn, entry, question.obstacles)
      changeRecipients(turn, queueId, pathsOf(question.obstacles), (old) => ({ ...old, delayTold: true }))
      if (notice) accept(turn, notice)
      return
    }
    case 'defer':
      defer(turn, queueId, question)
      return
  }
}

/** A step towards another server. More recipients on a connection that is open already are part of the step before. */
const isStep = (question: DeliveryQuestion): boolean =>
  question.type === 'askForExchangers' ||
  question.type === 'askForAddresses' ||
  (question.type === 'transfer' && question.session === undefined)

/** Tells the deliveries whose domain has another host to deliver to than it had in `before`. */
export function reroute(turn: ServerTurn, before: MailServerState): void {
  for (const [session, { purpose: given }] of Object.entries(turn.host.sessions)) {
    const purpose = purposeOf(given)
    const [first] = purpose?.kind === 'delivery' ? purpose.forwardPaths : []
    if (purpose === undefined || first === undefined) continue
    const route = routeFor(turn.state, first)
    if (route === routeFor(before, first)) continue
    const news = { type: 'routeChanged', ...(route !== undefined && { route }) } as const
    tellDelivery(turn, session, purpose.queueId, news)
  }
}

/** The queue is no longer held: every delivery takes the step that it was about to take. */
export function release(turn: ServerTurn): void {
  const held = Object.entries(turn.state.held)
  turn.change({ held: {} })
  for (const [session, question] of held) {
    const purpose = purposeOf(turn.host.sessions[session]?.purpose)
    if (purpose?.kind === 'delivery') answerDelivery(turn, session, purpose, question)
  }
}

const pathsOf = (obstacles: readonly Obstacle[]): readonly string[] => obstacles.map(({ forwardPath }) => forwardPath)

function defer(turn: ServerTurn, queueId: string, question: Extract<DeliveryQuestion, { type: 'defer' }>): void {
  const { obstacles, reason, after } = question
  const nextTry = later(turn.env.now, milliseconds(after))
  const forwardPaths = pathsOf(obstacles)
  changeRecipients(turn, queueId, forwardPaths, (old) => ({
    ...old,
    tries: old.tries + 1,
    nextTry,
    lastReason: obstacles.find((obstacle) => obstacle.forwardPath === old.forwardPath)?.reason ?? reason,
  }))
  const message = turn.state.queue[queueId]?.letter ?? ''
  turn.note({ type: 'messageDeferred', host: turn.host.name, letter: message, queueId, forwardPaths, reason, nextTry })
}

/** The notice enters the queue before the recipients leave it, so that nothing is lost in between. */
function returnToSender(turn: ServerTurn, queueId: string, refusals: readonly Obstacle[]): void {
  const entry = turn.state.queue[queueId]
  if (!entry || refusals.length === 0) return
  const notice = tellFailure(turn, entry, refusals)
  if (notice) accept(turn, notice)
  changeRecipients(turn, queueId, pathsOf(refusals), () => undefined)
}

/** A delivery has ended with success or failure: its recipients leave the queue. */
export function deliveryEnded(turn: ServerTurn, { queueId, forwardPaths }: DeliveryPurpose): void {
  changeRecipients(turn, queueId, forwardPaths, () => undefined)
}
