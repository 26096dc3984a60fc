import { assert } from '../base/assert'
import { forgetConnectionsOf } from './connections'
import type { Draft } from './draft'
import type { HostRole } from './role'
import { react } from './sessions'
import type { Host, HostName } from './world'

/** Hosts that lose power and get it back. */

function roleOf(draft: Draft, host: Host): HostRole {
  const role = draft.catalogue.roles[host.role]
  assert(role, `the catalogue has a role ${host.role}`)
  return role
}

/**
 * Cuts the power: sessions, connections and timers are gone in the middle of their work, and no far end is told. The role keeps
 * only its data on disk. Packets on the wire still arrive.
 */
export function stopHost(draft: Draft, name: HostName): void {
  const host = draft.host(name)
  if (!host?.up) return
  draft.cause = draft.emit({ type: 'hostStopped', host: name })
  forgetConnectionsOf(draft, name)
  draft.stopSessions(name)
  draft.agenda.discard((due) => (due.type === 'timer' || due.type === 'boots') && due.host === name)
  const stopped = draft.writeHost(name)
  stopped.state = roleOf(draft, host).restart?.(host.state) ?? host.state
  stopped.up = false
  stopped.listeners = []
}

/** Restores the power: the host listens again, and its role continues from its data on disk. */
export function startHost(draft: Draft, name: HostName): void {
  const host = draft.host(name)
  if (!host || host.up) return
  draft.cause = draft.emit({ type: 'hostStarted', host: name })
  draft.writeHost(name).up = true
  refreshListeners(draft, name)
  react(draft, name, { type: 'booted' })
}

/** Updates a host's listeners from its role's data, which an intervention may have changed. */
export function refreshListeners(draft: Draft, name: HostName): void {
  const host = draft.host(name)
  if (host?.up) draft.writeHost(name).listeners = roleOf(draft, host).listeners(host.state, host)
}
