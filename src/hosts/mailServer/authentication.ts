import {
  continueServerExchange,
  type SaslAnswer,
  type SaslQuestion,
  type SaslServer,
  type ServerStep,
  startServerExchange,
} from '../../sasl'
import type { SessionId } from '../../world/world'
import type { Turn } from '../turn'
import { accountOf, type MailServerState } from './state'

/**
 * Answers the questions of an SMTP, IMAP or POP3 session during a login (RFC 4422). The exchange is kept by session; after
 * success, `state.users` has the session's user.
 */
export function answerSasl(turn: Turn<MailServerState>, session: SessionId, question: SaslQuestion): void {
  if (question.type === 'saslCancelled') {
    forgetExchange(turn, session)
    return
  }
  const [exchange, answer] = stepOf(turn, session, question)
  forgetExchange(turn, session)
  if (exchange) turn.change({ exchanges: { ...turn.state.exchanges, [session]: exchange } })
  if (answer.type === 'authenticated') turn.change({ users: { ...turn.state.users, [session]: answer.user } })
  turn.answer<SaslAnswer>(session, answer)
}

function stepOf(
  turn: Turn<MailServerState>,
  session: SessionId,
  question: Exclude<SaslQuestion, { type: 'saslCancelled' }>,
): ServerStep {
  const { config, exchanges } = turn.state
  const server: SaslServer = {
    hostName: config.hostName,
    unixMs: turn.civil,
    seed: `${config.hostName} ${session} ${turn.env.chance}`,
    find(name) {
      const account = accountOf(config, name)
      return account && { user: account.address, password: account.password }
    },
  }
  if (question.type === 'authenticate') return startServerExchange(server, question.mechanism, question.response)
  const exchange = exchanges[session]
  return exchange
    ? continueServerExchange(server, exchange, question.response)
    : [undefined, { type: 'authenticationFailed' }]
}

/** The login or its session has ended. */
export function forgetExchange(turn: Turn<MailServerState>, session: SessionId): void {
  if (turn.state.exchanges[session] === undefined) return
  const { [session]: _, ...exchanges } = turn.state.exchanges
  turn.change({ exchanges })
}
