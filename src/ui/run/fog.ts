import { createContext, use } from 'react'
import type { HostName } from '../../world/world'

/** The hosts that are seen, if the map lies in fog; undefined if all are. */
export const FogContext = createContext<ReadonlySet<HostName> | undefined>(undefined)

/** True of a host that is seen. */
export function useSeenHosts(): (host: HostName) => boolean {
  const seen = use(FogContext)
  return (host) => seen === undefined || seen.has(host)
}
