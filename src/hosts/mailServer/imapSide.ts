import { answerImap, type ImapQuestion } from '../../protocols/imap'
import type { Question } from '../../session/session'
import type { SessionId } from '../../world/world'
import type { Turn } from '../turn'
import { noteChanges, tellSessions } from './mailboxes'
import { accountOf, type MailServerState } from './state'

/** What a mail server answers to its IMAP sessions. */

type ServerTurn = Turn<MailServerState>

export function answerImapSession(turn: ServerTurn, session: SessionId, question: Question): void {
  if (question.type === 'login') {
    const { user, password } = question as Question & { user: string; password: string }
    const account = accountOf(turn.state.config, user)
    if (account === undefined || account.password !== password) {
      turn.answer(session, { type: 'loginFailed' })
      return
    }
    turn.change({ users: { ...turn.state.users, [session]: account.address } })
    turn.answer(session, { type: 'loggedIn', user: account.address })
    return
  }
  const user = turn.state.users[session]
  const who = user === undefined ? {} : { user }
  const { store, answer, changes } = answerImap(turn.state.store, who, question as ImapQuestion, turn.civil)
  if (store !== turn.state.store) turn.change({ store })
  turn.answer(session, answer as never)
  noteChanges(turn, changes, 'IMAP')
  tellSessions(turn, changes, session)
}
