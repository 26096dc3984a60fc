import type { Protocol, Question, Session } from './session'

/**
 * True if the session is one of this protocol, so that its question is one of the protocol's. The world hands every question to a
 * role in the same form; a role recovers its type here.
 */
export const asks = <Asked extends Question>(
  protocol: Protocol<Asked>,
  session: Session | undefined,
  _question: Question,
): _question is Asked => session?.protocol === protocol.key
