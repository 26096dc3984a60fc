import type { Octets } from '../../base/octets'
import { later, milliseconds } from '../../base/time'
import type { Outcome } from '../../protocols/dns'
import { type Reply, replyText, type SmtpClientQuestion, type SmtpTransferReport } from '../../protocols/smtp'
import type { SessionId } from '../../world/world'
import { startLookup } from '../lookup'
import type { Purpose, Turn } from '../turn'
import type { DeliveryQuestion } from './delivery'
import type { TransferResult } from './deliveryMachine'
import { type Exchanger, isNullMx, orderExchangers } from './exchangers'
import { domainOf, localDomain, localUser } from './localAddresses'
import { deliverHere } from './mailboxes'
import { nonDeliveryNotice } from './notice'
import { type MailServerState, type QueueEntry, queueIdOf, retryOf } from './state'

/** From acceptance to the next host: local delivery, the outgoing queue, transfers, notices. */

type ServerTurn = Turn<MailServerState>

export interface DeliveryPurpose extends Purpose {
  readonly kind: 'delivery'
  readonly queueId: string
  readonly forwardPaths: readonly string[]
}
export interface TransferPurpose extends Purpose {
  readonly kind: 'transfer'
  readonly delivery: SessionId
  readonly queueId: string
  readonly exchanger: string
  readonly forwardPaths: readonly string[]
}
interface LookupPurpose extends Purpose {
  readonly kind: 'exchangers' | 'addresses'
  readonly delivery: SessionId
  readonly name: string
}

interface Accepted {
  readonly queueId: string
  readonly letter: string
  readonly reversePath: string
  readonly forwardPaths: readonly string[]
  readonly message: Octets
}

/** Responsibility for the message is ours from here on (RFC 5321 section 6.1): deliver it, pass it on, or say that it failed. */
export function accept(turn: ServerTurn, accepted: Accepted): void {
  const { queueId, letter, reversePath, message } = accepted
  turn.note({
    type: 'messageQueued',
    host: turn.host.name,
    letter,
    queueId,
    reversePath,
    forwardPaths: accepted.forwardPaths,
  })
  const onward = new Map<string, string[]>()
  const users = new Set<string>()
  for (const forwardPath of accepted.forwardPaths) {
    const local = forwardPath.includes('@')
      ? localDomain(turn.state, domainOf(forwardPath))
      : turn.state.config.domains[0]
    const user = localUser(turn.state, forwardPath)
    if (local && local.deliverTo === undefined && user !== undefined) users.add(user)
    else onward.set(domainOf(forwardPath), [...(onward.get(domainOf(forwardPath)) ?? []), forwardPath])
  }
  for (const user of users) deliverHere(turn, user, letter, reversePath, message)
  if (onward.size === 0) return
  const forwardPaths = [...onward.values()].flat()
  const entry: QueueEntry = { queueId, letter, reversePath, message, forwardPaths, arrived: turn.civil, tries: 0 }
  turn.change({ queue: { ...turn.state.queue, [queueId]: entry } })
  for (const [domain, paths] of onward) {
    const route = localDomain(turn.state, domain)?.deliverTo
    const { intervals, giveUp } = retryOf(turn.state.config)
    const purpose: DeliveryPurpose = { kind: 'delivery', queueId, forwardPaths: paths }
    turn.do({
      type: 'start',
      protocol: 'mta.delivery',
      input: {
        queueId,
        domain,
        forwardPaths: paths,
        ...(route === undefined ? {} : { route }),
        retryIntervals: intervals,
        giveUpTime: giveUp,
        queueDelay: turn.state.config.queueDelay ?? 0,
      },
      purpose,
    })
  }
}

function changeEntry(turn: ServerTurn, queueId: string, change: (entry: QueueEntry) => QueueEntry): void {
  const entry = turn.state.queue[queueId]
  if (entry) turn.change({ queue: { ...turn.state.queue, [queueId]: change(entry) } })
}

/** A delivery's question. Only the ones that name an event in its machine get an answer. */
export function answerDelivery(
  turn: ServerTurn,
  session: SessionId,
  purpose: DeliveryPurpose,
  question: DeliveryQuestion,
): void {
  switch (question.type) {
    case 'askForExchangers':
      look(turn, question.domain, 'MX', { kind: 'exchangers', delivery: session, name: question.domain })
      return
    case 'askForAddresses': {
      const known = turn.state.config.knownHosts?.[question.name]
      if (known !== undefined) turn.answer(session, { type: 'addressesFound', addresses: [known] })
      else look(turn, question.name, 'A', { kind: 'addresses', delivery: session, name: question.name })
      return
    }
    case 'transfer': {
      changeEntry(turn, purpose.queueId, ({ nextTry: _, ...entry }) => ({ ...entry, tries: entry.tries + 1 }))
      const transfer: TransferPurpose = {
        kind: 'transfer',
        delivery: session,
        queueId: purpose.queueId,
        exchanger: question.exchanger,
        forwardPaths: question.forwardPaths,
      }
      turn.do({
        type: 'connect',
        address: question.address,
        port: 25,
        protocol: 'smtp.client',
        input: { helloName: turn.state.config.hostName },
        purpose: transfer,
      })
      return
    }
    case 'returnToSender':
      returnToSender(turn, purpose.queueId, question.refusals)
      return
    case 'defer': {
      const nextTry = later(turn.env.now, milliseconds(question.after))
      changeEntry(turn, purpose.queueId, (entry) => ({ ...entry, nextTry, lastAnswer: question.why }))
      const entry = turn.state.queue[purpose.queueId]
      turn.note({
        type: 'messageDeferred',
        host: turn.host.name,
        letter: entry?.letter ?? '',
        queueId: purpose.queueId,
        forwardPaths: question.forwardPaths,
        why: question.why,
        nextTry,
      })
      return
    }
  }
}

function look(turn: ServerTurn, name: string, rrType: string, purpose: LookupPurpose): void {
  const [lookups, effects] = startLookup(turn.host, turn.state.lookups, name, rrType, purpose, turn.env)
  turn.change({ lookups })
  for (const effect of effects) turn.do(effect)
}

/** A lookup of a delivery has ended: tell it what that means for mail (RFC 5321 section 5.1, RFC 7505). */
export function lookupEnded(turn: ServerTurn, purpose: object, outcome: Outcome): void {
  const { kind, delivery, name } = purpose as LookupPurpose
  if (outcome.status === 'servfail' || outcome.status === 'timeout') {
    const why = outcome.status === 'timeout' ? 'no name server answered' : 'its name servers gave no usable answer'
    turn.answer(delivery, { type: 'lookupDeferred', why: `4.4.3 ${name}: ${why}` })
    return
  }
  if (kind === 'addresses') {
    const addresses = outcome.records.flatMap((record) => (record.type === 'A' ? [record.address] : []))
    turn.answer(delivery, { type: 'addressesFound', addresses })
    return
  }
  if (outcome.status === 'nxdomain') {
    turn.answer(delivery, { type: 'domainRefused', why: `5.1.2 ${name}: there is no such domain (NXDOMAIN)` })
    return
  }
  const found: Exchanger[] = outcome.records.flatMap((record) =>
    record.type === 'MX' ? [{ preference: record.preference, name: withoutDot(record.exchange) }] : [],
  )
  if (isNullMx(found)) {
    turn.answer(delivery, { type: 'domainRefused', why: `5.1.10 ${name}: the domain takes no mail (null MX)` })
    return
  }
  // No MX: the domain's own address is its exchanger (RFC 5321 section 5.1).
  const exchangers = found.length > 0 ? orderExchangers(found, turn.env.chance) : [{ preference: 0, name }]
  turn.answer(delivery, { type: 'exchangersFound', exchangers })
}

const withoutDot = (name: string): string => (name.endsWith('.') ? name.slice(0, -1) : name)

const words = (reply: Reply | undefined): string => (reply === undefined ? '' : replyText(reply))

/** What an SMTP client session that carries one of our messages asks. */
export function answerTransfer(
  turn: ServerTurn,
  session: SessionId,
  purpose: TransferPurpose,
  question: SmtpClientQuestion,
): void {
  const entry = turn.state.queue[purpose.queueId]
  if (question.type === 'nextLetter') {
    turn.answer(
      session,
      entry
        ? {
            type: 'letter',
            envelope: { reversePath: entry.reversePath, forwardPaths: purpose.forwardPaths },
            message: entry.message,
          }
        : { type: 'noLetter' },
    )
    return
  }
  const { report } = question
  turn.answer(session, { type: 'noLetter' })
  const result = resultOf(report, purpose)
  const settled = [...result.accepted, ...result.rejected.map((refusal) => refusal.forwardPath)]
  changeEntry(turn, purpose.queueId, (old) => ({
    ...old,
    lastAnswer: words(report.reply) || result.why,
    forwardPaths: old.forwardPaths.filter((path) => !settled.includes(path)),
  }))
  if (result.accepted.length > 0 && entry) {
    turn.note({
      type: 'messageRelayed',
      host: turn.host.name,
      letter: entry.letter,
      queueId: purpose.queueId,
      to: purpose.exchanger,
      forwardPaths: result.accepted,
    })
  }
  turn.answer(purpose.delivery, { type: 'transferred', result })
}

function resultOf(report: SmtpTransferReport, purpose: TransferPurpose): TransferResult {
  const { exchanger } = purpose
  const said = (reply: Reply | undefined): string => `${exchanger} said: ${words(reply)}`
  const permanent = report.refused.filter((refusal) => refusal.reply.code >= 500)
  const unreached = report.outcome === 'unreachable' || report.outcome === 'lost'
  const rejected = permanent.map(({ forwardPath, reply }) => ({ forwardPath, why: said(reply) }))
  // The whole transaction was refused for good: that concerns every recipient without a verdict of its own.
  if (report.outcome === 'refused' && report.reply && report.reply.code >= 500) {
    for (const forwardPath of purpose.forwardPaths) {
      if (rejected.some((r) => r.forwardPath === forwardPath) || report.accepted.includes(forwardPath)) continue
      rejected.push({ forwardPath, why: said(report.reply) })
    }
  }
  const why = unreached
    ? `4.4.1 ${exchanger}: ${report.outcome === 'lost' ? 'the connection broke off' : `could not be reached (${report.why ?? 'no answer'})`}`
    : said(report.refused.find((refusal) => refusal.reply.code < 500)?.reply ?? report.reply)
  return { accepted: report.outcome === 'accepted' || !unreached ? acceptedOf(report) : [], rejected, unreached, why }
}

const acceptedOf = (report: SmtpTransferReport): readonly string[] =>
  report.outcome === 'accepted' ? report.accepted : []

function returnToSender(
  turn: ServerTurn,
  queueId: string,
  refusals: readonly { readonly forwardPath: string; readonly why: string }[],
): void {
  const entry = turn.state.queue[queueId]
  if (!entry || refusals.length === 0) return
  const { hostName } = turn.state.config
  const noticeId = queueIdOf(turn.state.nextQueueNumber)
  // A notice never causes a notice (RFC 5321 section 6.1).
  const silent = entry.reversePath === ''
  const notice = `${noticeId}.notice@${hostName}`
  for (const { forwardPath, why } of refusals) {
    turn.note({
      type: 'messageBounced',
      host: turn.host.name,
      letter: entry.letter,
      queueId,
      forwardPath,
      why,
      notice: silent ? 'none' : notice,
    })
  }
  if (silent) return
  turn.change({ nextQueueNumber: turn.state.nextQueueNumber + 1 })
  const message = nonDeliveryNotice({
    hostName,
    queueId: noticeId,
    reversePath: entry.reversePath,
    refusals,
    message: entry.message,
    unixMs: turn.civil,
  })
  accept(turn, { queueId: noticeId, letter: notice, reversePath: '', forwardPaths: [entry.reversePath], message })
}

/** A delivery has ended, one way or the other: its recipients leave the queue. */
export function deliveryEnded(turn: ServerTurn, purpose: DeliveryPurpose): void {
  const entry = turn.state.queue[purpose.queueId]
  if (!entry) return
  const forwardPaths = entry.forwardPaths.filter((path) => !purpose.forwardPaths.includes(path))
  const { [purpose.queueId]: _, ...rest } = turn.state.queue
  turn.change({ queue: forwardPaths.length === 0 ? rest : { ...rest, [purpose.queueId]: { ...entry, forwardPaths } } })
}
