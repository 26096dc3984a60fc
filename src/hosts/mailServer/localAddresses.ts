import { addressKey, domainOf as domainPart, localPartOf } from '../../mail/address'
import type { LocalDomain } from './config'
import type { MailServerState } from './state'

/** Which addresses are ours. */

/** The domain of a forward-path in small letters; empty for the bare `postmaster`. */
export const domainOf = (path: string): string => domainPart(path).toLowerCase()

/** The domain of ours that is meant, also by our own address in brackets (RFC 5321 section 4.1.3). */
export function localDomain(state: MailServerState, domain: string): LocalDomain | undefined {
  if (domain === `[${state.address}]`) return state.config.domains[0]
  return state.config.domains.find((local) => local.domain === domain)
}

/** The domain of ours that a forward-path belongs to: the first one for the bare `postmaster` (RFC 5321 section 4.5.1). */
export const localDomainOf = (state: MailServerState, forwardPath: string): LocalDomain | undefined =>
  forwardPath.includes('@') ? localDomain(state, domainOf(forwardPath)) : state.config.domains[0]

/** The mailbox of ours that a forward-path means, or undefined where its letters go elsewhere. */
export function localMailbox(state: MailServerState, forwardPath: string): string | undefined {
  const local = localDomainOf(state, forwardPath)
  return local && local.deliverTo === undefined ? localUser(state, forwardPath) : undefined
}

/**
 * The mailbox owner that a local address belongs to, or undefined. `postmaster` is somebody everywhere. A quoted local part
 * means the same as its contents (RFC 5321 section 4.1.2); case makes no difference here.
 */
export function localUser(state: MailServerState, forwardPath: string): string | undefined {
  const local = localDomainOf(state, forwardPath)
  if (!local) return undefined
  const name = localPartOf(addressKey(forwardPath))
  if (name === 'postmaster') return `${local.postmaster}@${local.domain}`
  return local.recipients.includes(name) ? `${name}@${local.domain}` : undefined
}
