import { reasonsText } from '../messages/reasons'
import type { Reason } from '../world/reason'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * The reason why something did not happen: a clause without a full stop, for the line under the map, tables and the command line.
 */
export function reasonText(reason: Reason): string {
  switch (reason.id) {
    case 'said':
      return reasonsText('said', reason)
    case 'lacks':
      return reasonsText(`lacks.${reason.what}`, reason)
    case 'tooManyRecipients':
      return reasonsText('tooManyRecipients', reason)
    case 'brokeOff':
      return reasonsText('brokeOff', reason)
    case 'unreachable':
      return reasonsText(`unreachable.${reason.cause}`, reason)
    case 'noUsableAnswer':
      return reasonsText('noUsableAnswer', reason)
    case 'noSuchDomain':
      return reasonsText('noSuchDomain', reason)
    case 'unknownLiteral':
      return reasonsText('unknownLiteral', reason)
    case 'takesNoMail':
      return reasonsText('takesNoMail', reason)
    case 'noAddress':
      return reasonsText('noAddress', reason)
    case 'lookupFailed':
      return reasonsText(`lookupFailed.${reason.outcome}`, reason)
    case 'ownAddress':
      return reasonsText('ownAddress', reason)
    case 'ownExchanger':
      return reasonsText('ownExchanger', reason)
    case 'mailboxFull':
      return reasonsText('mailboxFull', { status: reason.status, recipient: reason.forwardPath })
    case 'mailboxTooSmall':
      return reasonsText('mailboxTooSmall', { status: reason.status, recipient: reason.forwardPath })
    case 'gaveUp':
      return gaveUpText(reason)
    case 'noSuchPolicy':
      return reasonsText('noSuchPolicy', { policy: reason.policy, policies: reason.policies.join(', ') })
    case 'notWhole':
      return reasonsText('notWhole', {
        policy: reason.policy,
        least: reason.least,
        given: JSON.stringify(reason.given),
      })
    case 'notAnAddress':
    case 'notADomain':
    case 'notAPort':
    case 'notAHost':
    case 'notALocalPart':
      return reasonsText(reason.id, { given: reason.given })
    case 'notAQuota':
    case 'notItsWork':
    case 'noSuchSession':
    case 'noPower':
    case 'isOff':
    case 'nobodyWaits':
      return reasonsText(reason.id)
    case 'notARecord':
      return reasonsText('notARecord', { given: reason.given })
    case 'noChair':
      return reasonsText('noChair', {
        port: String(reason.port),
        count: reason.ports.length,
        ports: reason.ports.join(', '),
      })
    case 'notOurDomain':
      return reasonsText('notOurDomain', {
        address: reason.address,
        count: reason.domains.length,
        domains: reason.domains.join(', '),
      })
    case 'noPassword':
    case 'noSuchAccount':
    case 'noOwner':
    case 'sendsNothing':
    case 'collectsNothing':
      return reasonsText(reason.id, { address: reason.address })
    case 'noSuchTerminal':
    case 'lineNotOpen':
      return reasonsText(reason.id, { terminal: reason.terminal })
    case 'ownsPostmaster':
      return reasonsText('ownsPostmaster', reason)
    case 'noSuchLocalDomain':
    case 'lastDomain':
      return reasonsText(reason.id, { domain: reason.domain })
    case 'notAmong':
      return reasonsText('notAmong', {
        policy: reason.policy,
        values: reason.values.map((value) => JSON.stringify(value)).join(', '),
        given: JSON.stringify(reason.given),
      })
  }
}

/** In the largest unit that gives a whole number. */
function gaveUpText({ status, within, last }: Extract<Reason, { id: 'gaveUp' }>): string {
  const [unit, size] =
    within >= DAY && within % DAY === 0
      ? (['days', DAY] as const)
      : within >= HOUR && within % HOUR === 0
        ? (['hours', HOUR] as const)
        : (['minutes', 60_000] as const)
  return reasonsText(`gaveUp.${unit}`, { status, count: Math.round(within / size), last: reasonText(last) })
}
