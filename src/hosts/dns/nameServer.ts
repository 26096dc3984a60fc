import {
  answerQuery,
  canonical,
  formatZone,
  readZone,
  sameName,
  serialOf,
  type Zone,
  zoneFrom,
} from '../../protocols/dns'
import type { Effect, HostRole } from '../../world/role'
import type { HostName } from '../../world/world'
import { dnsListeners, queryIn, readQuery, respond } from './nameServerPort'

/** An authoritative name server: it answers from its zones and asks no other server (RFC 1034 section 4.3). */

export interface NameServerConfig {
  /** Each zone's text is a master file (RFC 1035 section 5), whole or line by line. */
  readonly zones: readonly { readonly apex: string; readonly text: string | readonly string[] }[]
  /** The recursive resolver for a person who types at this host. The server itself asks no other. */
  readonly resolver?: string
}

export interface ServedZone extends Zone {
  /** As its author wrote it, comments included. */
  readonly text: string
}

export interface NameServerState {
  readonly zones: readonly ServedZone[]
  readonly resolver?: string
}

/** A zone for the page: its editable text, and the served records. */
export interface ZoneView {
  readonly apex: string
  readonly serial: number
  readonly text: string
  readonly served: string
}

export const zonesOf = ({ zones }: NameServerState): readonly ZoneView[] =>
  zones.map((zone) => ({ apex: zone.apex, serial: serialOf(zone), text: zone.text, served: formatZone(zone) }))

/** The server with a zone's new text; with the old one if the new text cannot be read. A new zone is added. */
function editZone(
  state: NameServerState,
  host: HostName,
  { apex, text }: { readonly apex: string; readonly text: string },
): readonly [NameServerState, readonly Effect[]] {
  const reading = readZone(apex, text)
  if ('errors' in reading) {
    const [first] = reading.errors
    if (!first) throw new Error('Broken expectation: a zone that cannot be read has an error')
    const { line, column, fault } = first
    return [state, [{ type: 'note', fact: { type: 'zoneRefused', host, apex, line, column, fault } }]]
  }
  const zone: ServedZone = { ...reading.zone, text }
  const others = state.zones.filter((other) => !sameName(other.apex, apex))
  const zones = [...others, zone].toSorted((a, b) => (canonical(a.apex) < canonical(b.apex) ? -1 : 1))
  return [
    { ...state, zones },
    [{ type: 'note', fact: { type: 'zoneChanged', host, apex: zone.apex, serial: serialOf(zone) } }],
  ]
}

export const nameServer: HostRole<NameServerState, NameServerConfig> = {
  start({ zones, resolver }) {
    if (!Array.isArray(zones) || zones.length === 0) {
      throw new Error('A name server needs "zones": at least one with "apex" and "text".')
    }
    return {
      ...(resolver === undefined ? {} : { resolver }),
      zones: zones.map(({ apex, text: given }) => {
        const lines: unknown = Array.isArray(given) ? given : [given]
        if (typeof apex !== 'string' || !(lines as unknown[]).every((line) => typeof line === 'string')) {
          throw new Error(
            'A zone needs "apex", a name, and "text", the lines of a master file such as "@ 3600 MX 10 mx".',
          )
        }
        const text = (lines as string[]).join('\n')
        return { ...zoneFrom(apex, text), text }
      }),
    }
  },
  listeners: () => dnsListeners,
  takes: new Set(['zoneEdited'] as const),
  react(host, happening) {
    const { state } = host
    if (happening.type === 'intervened') {
      const { intervention } = happening
      return intervention.type === 'zoneEdited' ? editZone(state, host.name, intervention) : [state, []]
    }
    const asked = queryIn(host, happening)
    if (!asked) return [state, []]
    const query = readQuery(asked)
    if (!('id' in query)) return [state, query]
    return [state, [respond(asked.client, query, answerQuery(state.zones, query))]]
  },
}
