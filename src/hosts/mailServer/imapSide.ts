import { answerImap, type ImapQuestion, type ImapServerAnswer } from '../../protocols/imap'
import type { SessionId } from '../../world/world'
import type { Turn } from '../turn'
import { answerSasl } from './authentication'
import { noteChanges, tellSessions } from './mailboxes'
import { accountOf, type MailServerState } from './state'

/** A mail server's answers to its IMAP sessions. */

type ServerTurn = Turn<MailServerState>

export function answerImapSession(turn: ServerTurn, session: SessionId, question: ImapQuestion): void {
  switch (question.type) {
    case 'login': {
      const account = accountOf(turn.state.config, question.user)
      if (account === undefined || account.password !== question.password) {
        turn.answer<ImapServerAnswer>(session, { type: 'loginFailed' })
        return
      }
      turn.change({ users: { ...turn.state.users, [session]: account.address } })
      turn.answer<ImapServerAnswer>(session, { type: 'loggedIn', user: account.address })
      return
    }
    case 'authenticate':
    case 'saslResponse':
    case 'saslCancelled':
      answerSasl(turn, session, question)
      return
    default: {
      const user = turn.state.users[session]
      const who = user === undefined ? {} : { user }
      const { store, answer, changes } = answerImap(turn.state.store, who, question, turn.civil)
      if (store !== turn.state.store) turn.change({ store })
      turn.answer<ImapServerAnswer>(session, answer)
      noteChanges(turn, changes, 'IMAP')
      tellSessions(turn, changes, session)
    }
  }
}
