import type { SmtpClientQuestion, SmtpServerInput, SmtpServerQuestion } from '../../protocols/smtp'
import type { Question } from '../../session/session'
import type { HostRole } from '../../world/role'
import type { Listener } from '../../world/world'
import { reactLookup } from '../lookup'
import { sessionOf, Turn } from '../turn'
import type { DeliveryQuestion } from './delivery'
import { answerImapSession } from './imapSide'
import { mailboxSessionEnded } from './mailboxes'
import {
  answerDelivery,
  answerTransfer,
  type DeliveryPurpose,
  deliveryEnded,
  lookupEnded,
  type TransferPurpose,
} from './outgoing'
import { answerPop3Session, type Pop3Question } from './pop3Side'
import { answerSmtp } from './smtpSide'
import { DEFAULT_MAX_SIZE, type MailServerConfig, type MailServerState, startState } from './state'

/** How many recipients one transaction takes; RFC 5321 section 4.5.3.1.8 asks for 100 at least. */
const MAX_RECIPIENTS = 100

function listenerOf(config: MailServerConfig, given: MailServerConfig['services'][number]): Listener {
  const { hostName, maxSize = DEFAULT_MAX_SIZE, plaintextAuth = true } = config
  switch (given.service) {
    case 'relay':
    case 'submission': {
      const submits = given.service === 'submission'
      const input: SmtpServerInput = {
        hostName,
        port: given.service,
        maxSize,
        maxRecipients: MAX_RECIPIENTS,
        tls: 'none',
        mechanisms: submits ? ['PLAIN'] : [],
        plaintextAuth,
        requireAuthentication: submits,
        bareLineFeed: 'refuse',
      }
      return { port: given.port, protocol: 'smtp.server', input }
    }
    case 'imap':
      return { port: given.port, protocol: 'imap.server', input: { hostName, plaintextAuth } }
    case 'pop3':
      return { port: given.port, protocol: 'pop3.server', input: { hostName, plaintextAuth } }
    default:
      throw new Error(`"${String(given.service)}" is no service; a mail server offers relay, submission, imap and pop3`)
  }
}

/** MSA, MTA, MDA and message store (RFC 5598) in one role: a scenario says which of them a host is. */
export const mailServer: HostRole<MailServerState, MailServerConfig> = {
  start: startState,
  listeners: (state) => state.config.services.map((service) => listenerOf(state.config, service)),
  react(host, happening, env) {
    const turn = new Turn(host, env)
    const looked = reactLookup(host, turn.state.lookups, happening)
    if (looked) {
      turn.change({ lookups: looked.lookups })
      for (const effect of looked.effects) turn.do(effect)
      if (looked.ended) lookupEnded(turn, looked.ended.purpose, looked.ended.outcome)
      return turn.result
    }
    if (happening.type === 'asked') {
      const { protocol, purpose } = sessionOf(host, happening.session)
      const question: Question = happening.question
      if (protocol === 'smtp.server') answerSmtp(turn, happening.session, question as SmtpServerQuestion)
      else if (protocol === 'imap.server') answerImapSession(turn, happening.session, question)
      else if (protocol === 'pop3.server') answerPop3Session(turn, happening.session, question as Pop3Question)
      else if (purpose?.kind === 'delivery') {
        answerDelivery(turn, happening.session, purpose as DeliveryPurpose, question as DeliveryQuestion)
      } else if (purpose?.kind === 'transfer') {
        answerTransfer(turn, happening.session, purpose as TransferPurpose, question as SmtpClientQuestion)
      }
    } else if (happening.type === 'sessionEnded') {
      const purpose = happening.purpose as DeliveryPurpose | undefined
      if (purpose?.kind === 'delivery') deliveryEnded(turn, purpose)
      else mailboxSessionEnded(turn, happening.session)
    }
    return turn.result
  },
}
