import type { Outcome } from '../../protocols/dns'
import { imapClient } from '../../protocols/imap'
import { pop3Client } from '../../protocols/pop3'
import { smtpClient } from '../../protocols/smtp'
import { asks } from '../../session/asks'
import type { Happening, HostRole } from '../../world/role'
import { noLookups, reactLookup } from '../dns/lookup'
import { Turn } from '../turn'
import { type ConnectWish, connect } from './connect'
import { changeHabit, RESTS } from './habits'
import { fileMessage, markMessage } from './imapAccount'
import { answerSubmission, failed, outboxExpired, putOff, resumeOutbox, submissionEnded, submit } from './outbox'
import { purposeOf, type WantedConnection } from './purpose'
import {
  answerCollection,
  answerRetrieval,
  checkExpired,
  deleteMessage,
  look,
  lookAfterSending,
  retrievalEnded,
  sessionFor,
  setLeaveOnServer,
  setRests,
  startChecks,
} from './retrieval'
import { accountChanged } from './settings'
import { accountOf, type MailProgramConfig, type MailProgramState, type ProgramTurn, withoutSessions } from './state'

function lookupEnded(turn: ProgramTurn, asked: string, wanted: WantedConnection, outcome: Outcome): void {
  // As its person wrote it: without the dot of an absolute name.
  const name = asked.replace(/\.$/, '')
  const address = outcome.records.flatMap((record) => (record.type === 'A' ? [record.address] : []))[0]
  if (address !== undefined) turn.do({ type: 'connect', address, ...wanted })
  else if (wanted.purpose.kind === 'submission') {
    const { number } = wanted.purpose
    const { status } = outcome
    if (status === 'servfail' || status === 'timeout')
      putOff(turn, number, { id: 'lookupFailed', name, outcome: status, status: '4.4.3' })
    else if (status === 'nxdomain') failed(turn, number, { id: 'noSuchDomain', name, status: '5.1.2' })
    else failed(turn, number, { id: 'noAddress', name, status: '5.4.4' })
  }
}

function connectAll(turn: ProgramTurn, wishes: readonly ConnectWish[]): void {
  for (const wish of wishes) connect(turn, wish)
}

/** True if an account does not exist, or has no server for this; the user is told. */
function refuses(turn: ProgramTurn, address: string, part: 'submission' | 'retrieval'): boolean {
  const account = accountOf(turn.state, address)
  if (account?.[part]) return false
  const id = !account ? 'noSuchAccount' : part === 'submission' ? 'sendsNothing' : 'collectsNothing'
  turn.note({ type: 'changeRefused', host: turn.host.name, reason: { id, address } })
  return true
}

function intervened(turn: ProgramTurn, { intervention }: Extract<Happening, { type: 'intervened' }>): void {
  switch (intervention.type) {
    case 'accountChanged':
      connectAll(turn, accountChanged(turn, intervention))
      return
    case 'submitted':
      if (refuses(turn, intervention.account, 'submission')) return
      connectAll(turn, submit(turn, intervention.account, intervention.forwardPaths, intervention.message))
      return
    case 'collected':
      if (refuses(turn, intervention.account, 'retrieval')) return
      look(turn, intervention.account)
      return
    case 'marked': {
      const { account, uid, as } = intervention
      const session = sessionFor(turn, account)
      markMessage(turn, account, uid, as, session)
      if (session === undefined) look(turn, account)
      return
    }
    case 'filed': {
      const { account, uid, mailbox } = intervention
      const session = sessionFor(turn, account)
      fileMessage(turn, account, uid, mailbox, session)
      if (session === undefined) look(turn, account)
      return
    }
    case 'deleted':
      deleteMessage(turn, intervention.account, intervention.uid)
      return
    case 'policyChanged': {
      const change = changeHabit(intervention.policy, intervention.value)
      if ('refused' in change) turn.note({ type: 'changeRefused', host: turn.host.name, reason: change.refused })
      else if (change.habit === RESTS) setRests(turn, change.value)
      else setLeaveOnServer(turn, change.value)
      return
    }
    default:
      return
  }
}

/** Writes, submits and collects mail for its user: a mail user agent. */
export const mailProgram: HostRole<MailProgramState, MailProgramConfig> = {
  start: (config) => ({ config, kept: [], outbox: [], lookups: noLookups(config.resolver) }),
  listeners: () => [],
  restart: withoutSessions,
  takes: new Set(['submitted', 'collected', 'marked', 'filed', 'deleted', 'policyChanged', 'accountChanged'] as const),
  react(host, happening, env) {
    const turn = new Turn(host, env)
    const looked = reactLookup(host, turn.state.lookups, happening)
    if (looked) {
      turn.change({ lookups: looked.lookups })
      for (const effect of looked.effects) turn.do(effect)
      const { ended } = looked
      if (ended) lookupEnded(turn, ended.name, ended.purpose, ended.outcome)
      return turn.result
    }
    switch (happening.type) {
      case 'booted':
        connectAll(turn, resumeOutbox(turn))
        startChecks(turn)
        break
      case 'expired':
        connectAll(turn, outboxExpired(turn, happening.timer))
        checkExpired(turn, happening.timer)
        break
      case 'asked': {
        const { session, question } = happening
        const hosted = host.sessions[session]
        const asking = hosted?.session
        const purpose = purposeOf(hosted?.purpose)
        if (asks(smtpClient, asking, question)) {
          if (purpose?.kind === 'submission') {
            answerSubmission(turn, session, purpose.number, question)
            const sender = turn.state.outbox[purpose.number - 1]?.account
            const isTaken = question.type === 'transferEnded' && question.report.outcome === 'accepted'
            if (isTaken && sender !== undefined) lookAfterSending(turn, sender)
          }
        } else if (purpose?.kind === 'retrieval') {
          const { account } = purpose
          if (asks(pop3Client, asking, question)) answerCollection(turn, session, account, question)
          else if (asks(imapClient, asking, question)) answerRetrieval(turn, session, account, question)
        }
        break
      }
      case 'intervened':
        intervened(turn, happening)
        break
      case 'sessionEnded': {
        const purpose = purposeOf(happening.purpose)
        if (purpose?.kind === 'submission') submissionEnded(turn, purpose.number)
        else if (purpose?.kind === 'retrieval') retrievalEnded(turn, purpose.account)
        break
      }
      default:
        break
    }
    return turn.result
  },
}
