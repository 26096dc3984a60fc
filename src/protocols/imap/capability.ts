import type { ServerContext } from './serverContext'

/** What every session has: each word here is shown to work by a test. */
const ALWAYS = 'IMAP4rev1 LITERAL+ SASL-IR ID IDLE UIDPLUS UNSELECT MOVE NAMESPACE CHILDREN SPECIAL-USE'

/** capability-data of RFC 9051 section 9; LOGINDISABLED where a password would cross in the clear. */
export function capabilities({ user, plaintextAuth }: Pick<ServerContext, 'user' | 'plaintextAuth'>): string {
  if (user !== null) return ALWAYS
  return `${ALWAYS} ${plaintextAuth ? 'AUTH=PLAIN' : 'LOGINDISABLED'}`
}
