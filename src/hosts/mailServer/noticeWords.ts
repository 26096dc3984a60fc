import type { TransferReason } from '../../world/reason'

/** A reason as it stands in a notice: part of a message, so its words are the same in every language of the page. */

const MINUTE = 60_000
const UNITS = [
  ['day', 1440 * MINUTE],
  ['hour', 60 * MINUTE],
  ['minute', MINUTE],
] as const

/** `5 days`, `90 minutes`: the largest unit of which it is a whole number. */
function spoken(ms: number): string {
  const [unit, size] = UNITS.find(([, length]) => ms >= length && ms % length === 0) ?? (['minute', MINUTE] as const)
  const n = Math.round(ms / size)
  return `${n} ${unit}${n === 1 ? '' : 's'}`
}

const LACKS = {
  encryption: 'The server offers no encryption, and none is no choice',
  trust: 'The server let us in without knowing the password',
  utf8: 'The server takes no addresses beyond ASCII',
  eightBit: 'The server takes no 8-bit messages',
} as const

const BROKEN = { refused: 'nobody listens there', timedOut: 'no answer', reset: 'the connection was reset' } as const

const SILENT = { timeout: 'no name server answered', servfail: 'its name servers gave no usable answer' } as const

/** One line of ASCII but for names and replies, with the enhanced status code in front where there is one of ours. */
export function noticeWords(reason: TransferReason): string {
  const words = wordsOf(reason)
  return reason.id === 'said' ? words : `${reason.status} ${words}`
}

function wordsOf(reason: TransferReason): string {
  switch (reason.id) {
    case 'said':
      return `${reason.server} said: ${reason.reply}`
    case 'lacks':
      return `${reason.server}: ${LACKS[reason.what]}`
    case 'tooManyRecipients':
      return `${reason.server}: it takes no more recipients at once`
    case 'brokeOff':
      return `${reason.server}: the connection broke off`
    case 'unreachable':
      return `${reason.server}: could not be reached (${BROKEN[reason.cause]})`
    case 'noUsableAnswer':
      return `${reason.server}: it gave no usable answer`
    case 'noSuchDomain':
      return `${reason.name}: there is no such domain (NXDOMAIN)`
    case 'unknownLiteral':
      return `${reason.name}: no kind of address that a message can be taken to`
    case 'takesNoMail':
      return `${reason.name}: the domain takes no mail (null MX)`
    case 'noAddress':
      return `${reason.name} has no address`
    case 'lookupFailed':
      return `${reason.name}: ${SILENT[reason.outcome]}`
    case 'ownAddress':
      return `${reason.name} is this server itself: mail for its domain would go in circles`
    case 'ownExchanger':
      return `${reason.name}: its best mail exchanger is this server itself, which does not know the domain`
    case 'mailboxFull':
      return `<${reason.forwardPath}>: The mailbox is full`
    case 'mailboxTooSmall':
      return `<${reason.forwardPath}>: The letter is larger than the whole mailbox may be`
    case 'gaveUp':
      return `could not be delivered, and the next try would be later than ${spoken(reason.within)} after it was accepted; at last: ${noticeWords(reason.last)}`
  }
}
