import { isPlaintext, type SaslMechanism } from '../../../sasl'
import type { ServerContext } from '../session/serverContext'

/** What a client has to know before it logs in. */
const ALWAYS = 'IMAP4rev1 IMAP4rev2 LITERAL+ SASL-IR ID ENABLE IDLE'

/** What is offered once somebody is logged in: each word here is shown to work by a test. */
const LOGGED_IN = `${ALWAYS} UIDPLUS UNSELECT MOVE NAMESPACE CHILDREN LIST-EXTENDED LIST-STATUS STATUS=SIZE SPECIAL-USE \
CREATE-SPECIAL-USE ESEARCH SEARCHRES CONDSTORE QRESYNC SORT THREAD=ORDEREDSUBJECT THREAD=REFERENCES BINARY QUOTA \
QUOTA=RES-STORAGE QUOTA=RES-MESSAGE UTF8=ACCEPT`

type Policies = Pick<ServerContext, 'secure' | 'tls' | 'plaintextAuth' | 'mechanisms'>

/** Whether a password may cross the wire as it now is (RFC 9051 section 11.1). */
export const mayShowPassword = ({ secure, tls, plaintextAuth }: Policies): boolean =>
  secure || (plaintextAuth && tls !== 'required')

/** The mechanisms of AUTHENTICATE that are offered now. */
export function offeredMechanisms(context: Policies): readonly SaslMechanism[] {
  if (!context.secure && context.tls === 'required') return []
  return context.mechanisms.filter((name) => mayShowPassword(context) || !isPlaintext(name))
}

export const offersTls = ({ secure, tls }: Policies): boolean => !secure && (tls === 'offered' || tls === 'required')

/** capability-data of RFC 9051 section 9; LOGINDISABLED where a password would cross in the clear. */
export function capabilities(context: Policies & Pick<ServerContext, 'user'>): string {
  if (context.user !== null) return LOGGED_IN
  return [
    ALWAYS,
    ...(offersTls(context) ? ['STARTTLS'] : []),
    ...offeredMechanisms(context).map((name) => `AUTH=${name}`),
    ...(mayShowPassword(context) ? [] : ['LOGINDISABLED']),
  ].join(' ')
}
