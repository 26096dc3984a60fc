import { reasonsText } from '../messages/reasons'
import type { TransferReason } from '../world/reason'
import type { HostName } from '../world/world'
import type { LastAsked } from './gloss/gloss'
import { reasonText } from './reasonText'
import type { Names } from './run/names'
import { waitText } from './waitText'

/**
 * The reason why a message was not handed on, in a clause of plain words with the one who gave it: "there is no brid.example".
 * Codes and the words on the wire are left to logs and notices.
 *
 * @param host the host that could not hand it on.
 * @param asked the name server that its resolver asked last; it is named if the resolver found out nothing.
 */
export function plainReason(reason: TransferReason, names: Names, host: HostName, asked?: LastAsked): string {
  const server = 'server' in reason ? names.short(reason.server) : ''
  switch (reason.id) {
    case 'said':
      return saidPlainly(reason, server)
    case 'unreachable':
      return reasonsText(`plain.unreachable.${reason.cause}`, { server })
    case 'lookupFailed':
      if (reason.outcome === 'servfail' && asked)
        return reasonsText(`plain.lookupFailed.${asked.answered ? 'useless' : 'silent'}`, {
          server: names.short(asked.server),
        })
      return reasonsText(`plain.lookupFailed.${reason.outcome}`, { host: names.short(host), name: reason.name })
    case 'noSuchDomain':
    case 'takesNoMail':
    case 'noAddress':
      return reasonsText(`plain.${reason.id}`, { name: reason.name })
    case 'brokeOff':
    case 'noUsableAnswer':
    case 'tooManyRecipients':
      return reasonsText(`plain.${reason.id}`, { server })
    case 'gaveUp': {
      const { last, within } = reason
      const wait = waitText(within)
      return last.id === 'unreachable' && last.cause === 'timedOut'
        ? reasonsText('plain.silentFor', { server: names.short(last.server), wait })
        : reasonsText('plain.gaveUp', { wait, last: plainReason(last, names, host, asked) })
    }
    default:
      return withoutStatus(reasonText(reason))
  }
}

/** By the enhanced status code (RFC 3463), or its subject and detail; else the first of the server's own words. */
function saidPlainly({ reply, status }: Extract<TransferReason, { id: 'said' }>, server: string): string {
  const detail = status?.split('.').slice(1).join('.')
  return (
    reasonsText.found(`plain.said.${status}`, { server }) ??
    reasonsText.found(`plain.said.${detail}`, { server }) ??
    reasonsText('plain.said', { server, reply: withoutStatus(reply.replace(/^\d{3}[ -]?/, '')).replace(/[.\s]+$/, '') })
  )
}

const withoutStatus = (text: string): string => text.replace(/^[245]\.\d{1,3}\.\d{1,3} /, '')
