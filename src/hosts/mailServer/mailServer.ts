import { imapServer } from '../../protocols/imap'
import { pop3Server } from '../../protocols/pop3'
import { smtpByHand, smtpClient, smtpServer } from '../../protocols/smtp'
import { asks } from '../../session/asks'
import type { Question, Stopping } from '../../session/session'
import type { InterventionBody } from '../../world/intervention'
import type { HostRole } from '../../world/role'
import { reactLookup } from '../dns/lookup'
import { Turn } from '../turn'
import { forgetExchange } from './authentication'
import { complete, type MailServerConfig } from './config'
import { delivery } from './delivery'
import { answerImapSession } from './imapSide'
import { listenersOf } from './listeners'
import { mailboxSessionEnded } from './mailboxes'
import { answerDelivery, deliveryEnded, release, reroute } from './outgoing'
import { changePeople, isPeopleChange, PEOPLE_CHANGES } from './people'
import { changePolicy } from './policies'
import { answerPop3Session } from './pop3Side'
import { purposeOf } from './purpose'
import { resumeDeliveries } from './queue'
import { lookupEnded } from './routing'
import { answerSmtp, takeByHand } from './smtpSide'
import { type MailServerState, restartState, startState } from './state'
import { answerTransfer } from './transfer'

export { type Policy, type PolicyName, type PolicyValue, policiesOf } from './policies'

/** Applies a change of the policies or the people, or begins an orderly shutdown. */
function intervened(turn: Turn<MailServerState>, intervention: InterventionBody): void {
  if (intervention.type === 'leaveTaken') {
    for (const [id, { session }] of Object.entries(turn.host.sessions))
      if (session.protocol.endsWith('.server')) turn.answer<Stopping>(id, { type: 'stopping', why: 'shuttingDown' })
    return
  }
  if (intervention.type === 'dismissed') {
    if (intervention.session !== undefined) dismiss(turn, intervention.session)
    return
  }
  if (isPeopleChange(intervention)) {
    const change = changePeople(turn.state, intervention)
    if ('refused' in change) turn.note({ type: 'changeRefused', host: turn.host.name, reason: change.refused })
    else {
      const before = turn.state
      turn.change(change.changed)
      reroute(turn, before)
    }
    return
  }
  if (intervention.type !== 'policyChanged') return
  const change = changePolicy(turn.state.config, intervention.policy, intervention.value)
  if ('refused' in change) turn.note({ type: 'changeRefused', host: turn.host.name, reason: change.refused })
  else {
    turn.change(change)
    if (!complete(change.config).holdQueue) release(turn)
  }
}

/** The servers that say a last reply. POP3 has no words for it, and a person in the chair has lost her turn. */
const WITH_LAST_WORDS: readonly string[] = [smtpServer.key, imapServer.key]

/** Ends the session of a client. */
function dismiss(turn: Turn<MailServerState>, id: string): void {
  const { protocol = '' } = turn.host.sessions[id]?.session ?? {}
  if (!WITH_LAST_WORDS.includes(protocol)) turn.do({ type: 'end', session: id })
  else turn.answer<Stopping>(id, { type: 'stopping', why: 'dismissed' })
}

function asked(turn: Turn<MailServerState>, session: string, question: Question): void {
  const hosted = turn.host.sessions[session]
  const asking = hosted?.session
  const purpose = purposeOf(hosted?.purpose)
  if (asks(smtpServer, asking, question)) answerSmtp(turn, session, question)
  else if (asks(smtpByHand, asking, question)) {
    if (question.type === 'takeMessage') takeByHand(turn, session, question)
  } else if (asks(imapServer, asking, question)) answerImapSession(turn, session, question)
  else if (asks(pop3Server, asking, question)) answerPop3Session(turn, session, question)
  else if (asks(delivery, asking, question)) {
    if (purpose?.kind === 'delivery') answerDelivery(turn, session, purpose, question)
  } else if (asks(smtpClient, asking, question)) {
    if (purpose?.kind === 'transfer') answerTransfer(turn, session, purpose, question)
  }
}

/** MSA, MTA, MDA and message store (RFC 5598) in one role: a scenario says which of them a host is. */
export const mailServer: HostRole<MailServerState, MailServerConfig> = {
  start: startState,
  listeners: (state) => listenersOf(state.config),
  restart: restartState,
  takes: new Set([...PEOPLE_CHANGES, 'policyChanged', 'dismissed', 'leaveTaken']),
  react(host, happening, env) {
    const turn = new Turn(host, env)
    const looked = reactLookup(host, turn.state.lookups, happening)
    if (looked) {
      turn.change({ lookups: looked.lookups })
      for (const effect of looked.effects) turn.do(effect)
      if (looked.ended) lookupEnded(turn, looked.ended.purpose, looked.ended.outcome)
      return turn.result
    }
    switch (happening.type) {
      case 'booted':
        resumeDeliveries(turn)
        break
      case 'asked':
        asked(turn, happening.session, happening.question)
        break
      case 'intervened':
        intervened(turn, happening.intervention)
        break
      case 'sessionEnded': {
        const purpose = purposeOf(happening.purpose)
        if (purpose?.kind === 'delivery') deliveryEnded(turn, purpose)
        else {
          forgetExchange(turn, happening.session)
          mailboxSessionEnded(turn, happening.session)
        }
        break
      }
      default:
        break
    }
    return turn.result
  },
}
