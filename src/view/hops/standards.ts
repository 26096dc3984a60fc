import type { RefusalGrounds } from '../../protocols/smtp'
import type { TransferReason } from '../../world/reason'
import type { Decision } from './decision'

/** The place in the standards where the rule of a decision stands. */
export function standardOf(decision: Decision): string {
  switch (decision.is) {
    // The envelope, not the header, says where a message goes.
    case 'written':
      return 'RFC 5321, section 2.3.1'
    case 'accepts':
      return ACCEPTANCE[decision.grounds]
    case 'refusesRecipient':
      return decision.grounds ? REFUSAL[decision.grounds] : REPLY_CODES
    case 'refuses':
      return (decision.grounds && REFUSAL[decision.grounds]) ?? REPLIES[decision.name ?? ''] ?? REPLY_CODES
    case 'takesOver':
      return RESPONSIBILITY
    case 'reports':
      return 'RFC 5321, section 4.5.5'
    case 'fetches':
      return decision.by === 'IMAP' ? 'RFC 9051, section 6.4.5' : 'RFC 1939, section 5'
    case 'sendsOver':
    case 'fetchesOver':
      return crossing(decision)
    case 'handsOut':
      return decision.by === 'IMAP' ? 'RFC 9051, section 2.3.1.1' : 'RFC 1939, section 4'
    case 'deletes':
      return 'RFC 1939, section 5'
    case 'leaves':
      return 'RFC 1939, section 7'
    case 'removes':
      return 'RFC 1939, section 6'
    case 'submits':
      return 'RFC 6409, section 3.1'
    case 'delivers':
      return decision.grounds === 'postmaster' ? POSTMASTER : 'RFC 5321, section 4.4'
    case 'looksUp':
      return EXCHANGERS
    case 'finds':
      return decision.source === 'literal' ? LITERALS : EXCHANGERS
    case 'chooses':
      return decision.choice.turn === 'rest'
        ? RECIPIENT_LIMIT
        : decision.choice.turn === 'ipv6'
          ? 'RFC 5321, section 5.2'
          : decision.choice.source === 'literal'
            ? LITERALS
            : EXCHANGERS
    case 'relays':
      return 'RFC 5321, section 4.2.5'
    case 'waits':
    case 'submitsLater':
      return RETRYING
    case 'findsNone':
    case 'findsNoneNow':
    case 'cannotSubmit':
    case 'fails':
      return ofReason(decision.reason)
    case 'tells':
      return decision.event === 'failed' ? RESPONSIBILITY : 'RFC 3461, section 4.1'
    case 'tellsNobody':
      return decision.why === 'notWanted' ? 'RFC 3461, section 4.1' : RESPONSIBILITY
  }
}

/** The rule by which a connection begins TLS, or a message crosses without it. */
function crossing({
  protocol,
  port,
  use,
}: Pick<Extract<Decision, { is: 'sendsOver' | 'fetchesOver' }>, 'protocol' | 'port' | 'use'>): string {
  if (use === 'implicit') return IMPLICIT_TLS[protocol]
  if (use === 'taken') return START_TLS[protocol]
  if (use === 'refused' && protocol === 'SMTP') return 'RFC 3207, section 4'
  // Between servers a message may cross without TLS; between a user's program and its server it should not.
  return protocol === 'SMTP' && port === 25 ? 'RFC 3207, section 6' : 'RFC 8314, section 5.2'
}

const IMPLICIT_TLS = {
  POP3: 'RFC 8314, section 3.1',
  IMAP: 'RFC 8314, section 3.2',
  SMTP: 'RFC 8314, section 3.3',
} as const
const START_TLS = {
  POP3: 'RFC 2595, section 4',
  IMAP: 'RFC 9051, section 6.2.1',
  SMTP: 'RFC 3207, section 4',
} as const
const RESPONSIBILITY = 'RFC 5321, section 6.1'
const POSTMASTER = 'RFC 5321, section 4.5.1'
const EXCHANGERS = 'RFC 5321, section 5.1'
const LITERALS = 'RFC 5321, section 4.1.3'
const RETRYING = 'RFC 5321, section 4.5.4.1'
const REPLY_CODES = 'RFC 5321, section 4.2.1'
const RECIPIENT_LIMIT = 'RFC 5321, section 4.5.3.1.10'
const ROOM = 'RFC 3463, section 3.3'

const ACCEPTANCE = {
  mailbox: 'RFC 5321, section 3.3',
  postmaster: POSTMASTER,
  relayDomain: 'RFC 5321, section 3.6.2',
  loggedIn: 'RFC 6409, section 4.3',
  openRelay: 'RFC 5321, section 7.9',
} as const

const REFUSAL = {
  noSuchUser: 'RFC 5321, section 3.3',
  relayDenied: 'RFC 5321, section 3.6.2',
  mailboxFull: ROOM,
  mailboxTooSmall: ROOM,
  greylisted: 'RFC 6647, section 2',
  loop: 'RFC 5321, section 6.3',
} as const satisfies Record<RefusalGrounds, string>

/** Replies that a server gives by itself, by their names. */
const REPLIES: Readonly<Record<string, string>> = {
  messageTooLarge: 'RFC 1870, section 6.1',
  tooManyRecipients: RECIPIENT_LIMIT,
  tlsRequired: 'RFC 3207, section 4',
  authenticationRequired: 'RFC 4954, section 6',
  authenticationFailed: 'RFC 4954, section 6',
  bareLineEnd: 'RFC 5321, section 2.3.8',
  shuttingDown: 'RFC 5321, section 3.8',
}

function ofReason(reason: TransferReason): string {
  switch (reason.id) {
    case 'said':
      return REPLY_CODES
    case 'lacks':
      return LACKS[reason.what]
    case 'tooManyRecipients':
      return RECIPIENT_LIMIT
    case 'takesNoMail':
      return 'RFC 7505, section 3'
    case 'unknownLiteral':
      return LITERALS
    case 'mailboxFull':
    case 'mailboxTooSmall':
      return ROOM
    case 'gaveUp':
    case 'brokeOff':
    case 'unreachable':
    case 'noUsableAnswer':
      return RETRYING
    case 'noSuchDomain':
    case 'noAddress':
    case 'lookupFailed':
    case 'ownAddress':
    case 'ownExchanger':
      return EXCHANGERS
  }
}

const LACKS = {
  encryption: 'RFC 3207, section 6',
  trust: 'RFC 5802, section 3',
  utf8: 'RFC 6531, section 3.2',
  eightBit: 'RFC 6152, section 3',
} as const
