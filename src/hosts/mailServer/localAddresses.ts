import type { LocalDomain, MailServerState } from './state'

/** Which addresses are ours. */

export const domainOf = (path: string): string => path.slice(path.lastIndexOf('@') + 1).toLowerCase()
const localPartOf = (path: string): string => path.slice(0, path.lastIndexOf('@'))

export const localDomain = (state: MailServerState, domain: string): LocalDomain | undefined =>
  state.config.domains.find((local) => local.domain === domain)

/** A quoted local part means the same as its contents (RFC 5321 section 4.1.2); mailbox names are compared without case here. */
const plainLocalPart = (localPart: string): string =>
  (localPart.startsWith('"') ? localPart.slice(1, -1).replace(/\\(.)/g, '$1') : localPart).toLowerCase()

/** The mailbox owner that a local address belongs to, or undefined. `postmaster` is somebody everywhere. */
export function localUser(state: MailServerState, forwardPath: string): string | undefined {
  const bare = !forwardPath.includes('@')
  const local = bare ? state.config.domains[0] : localDomain(state, domainOf(forwardPath))
  if (!local) return undefined
  const name = plainLocalPart(bare ? forwardPath : localPartOf(forwardPath))
  if (name === 'postmaster') return `${local.postmaster}@${local.domain}`
  return local.recipients.includes(name) ? `${name}@${local.domain}` : undefined
}
