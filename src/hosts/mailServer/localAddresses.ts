import { addressKey, domainOf as domainPart, localPartOf } from '../../mail/address'
import type { LocalDomain } from './config'
import type { MailServerState } from './state'

/** The local addresses of a mail server. */

/** The domain of a forward-path in lower case; empty for the bare `postmaster`. */
export const domainOf = (path: string): string => domainPart(path).toLowerCase()

/** The local domain of a domain or of our own address in brackets (RFC 5321 section 4.1.3). */
export function localDomain(state: MailServerState, domain: string): LocalDomain | undefined {
  if (domain === `[${state.address}]`) return state.config.domains[0]
  return state.config.domains.find((local) => local.domain === domain)
}

/** The local domain of a forward-path: the first one for the bare `postmaster` (RFC 5321 section 4.5.1). */
export const localDomainOf = (state: MailServerState, forwardPath: string): LocalDomain | undefined =>
  forwardPath.includes('@') ? localDomain(state, domainOf(forwardPath)) : state.config.domains[0]

/** The local mailbox of a forward-path, or undefined if it belongs to another server. */
export function localMailbox(state: MailServerState, forwardPath: string): string | undefined {
  const local = localDomainOf(state, forwardPath)
  return local && local.deliverTo === undefined ? localUser(state, forwardPath) : undefined
}

/** True for the postmaster of any domain, who always exists (RFC 5321 section 4.5.1). */
export const isPostmaster = (forwardPath: string): boolean => localPartOf(addressKey(forwardPath)) === 'postmaster'

/**
 * The mailbox owner of a local address, or undefined. Every domain has a `postmaster`. A quoted local part means the same as
 * its contents (RFC 5321 section 4.1.2); case makes no difference here.
 */
export function localUser(state: MailServerState, forwardPath: string): string | undefined {
  const local = localDomainOf(state, forwardPath)
  if (!local) return undefined
  if (isPostmaster(forwardPath)) return `${local.postmaster}@${local.domain}`
  const name = localPartOf(addressKey(forwardPath))
  return local.recipients.includes(name) ? `${name}@${local.domain}` : undefined
}
