import { isPlaintext, type SaslMechanism } from '../../../sasl'
import type { ServerContext } from '../session/serverContext'

/** The capabilities that a client needs before its login. */
const ALWAYS = 'IMAP4rev1 IMAP4rev2 LITERAL+ SASL-IR ID ENABLE IDLE'

/** The capabilities after a login: a test shows that each works. */
const LOGGED_IN = `${ALWAYS} UIDPLUS UNSELECT MOVE NAMESPACE CHILDREN LIST-EXTENDED LIST-STATUS STATUS=SIZE SPECIAL-USE \
CREATE-SPECIAL-USE ESEARCH SEARCHRES CONDSTORE QRESYNC SORT THREAD=ORDEREDSUBJECT THREAD=REFERENCES BINARY QUOTA \
QUOTA=RES-STORAGE QUOTA=RES-MESSAGE UTF8=ACCEPT`

type Policies = Pick<ServerContext, 'secure' | 'tls' | 'plaintextAuth' | 'mechanisms'>

/** True if a client may send a password on the present connection (RFC 9051 section 11.1). */
export const mayShowPassword = ({ secure, tls, plaintextAuth }: Policies): boolean =>
  secure || (plaintextAuth && tls !== 'required')

/** The mechanisms of AUTHENTICATE that are offered now. */
export function offeredMechanisms(context: Policies): readonly SaslMechanism[] {
  if (!context.secure && context.tls === 'required') return []
  return context.mechanisms.filter((name) => mayShowPassword(context) || !isPlaintext(name))
}

export const offersTls = ({ secure, tls }: Policies): boolean => !secure && (tls === 'offered' || tls === 'required')

/** capability-data of RFC 9051 section 9; LOGINDISABLED if a password would travel without TLS. */
export function capabilities(context: Policies & Pick<ServerContext, 'user'>): string {
  if (context.user !== null) return LOGGED_IN
  return [
    ALWAYS,
    ...(offersTls(context) ? ['STARTTLS'] : []),
    ...offeredMechanisms(context).map((name) => `AUTH=${name}`),
    ...(mayShowPassword(context) ? [] : ['LOGINDISABLED']),
  ].join(' ')
}
