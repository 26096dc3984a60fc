import { answerQuery, decode, encodeForUdp, formatError, meaningOf, parseZone, type Zone } from '../protocols/dns'
import type { Effect, HostRole } from '../world/role'

/** An authoritative name server: it says what its zones say, and asks nobody (RFC 1034 section 4.3). */

export interface NameServerConfig {
  /** Each record in one string: `bird.example. 3600 MX 10 mx.bird.example.` */
  readonly zones: readonly { readonly apex: string; readonly records: readonly string[] }[]
}

export interface NameServerState {
  readonly zones: readonly Zone[]
}

const DNS_PORT = 53

export const nameServer: HostRole<NameServerState, NameServerConfig> = {
  start({ zones }) {
    if (!Array.isArray(zones) || zones.length === 0) {
      throw new Error('A name server needs "zones": at least one with "apex" and "records".')
    }
    return {
      zones: zones.map(({ apex, records }) => {
        if (
          typeof apex !== 'string' ||
          !Array.isArray(records) ||
          records.some((record) => typeof record !== 'string')
        ) {
          throw new Error(
            'A zone needs "apex", a name, and "records", a list of strings such as "bird.example. 3600 MX 10 mx.bird.example."',
          )
        }
        return parseZone(apex, records)
      }),
    }
  },
  listeners: () => [],
  react({ state }, happening) {
    if (happening.type !== 'datagram' || happening.port !== DNS_PORT) return [state, []]
    const { source } = happening
    const to = {
      type: 'sendDatagram',
      kind: 'responded',
      to: source.address,
      port: source.port,
      fromPort: DNS_PORT,
    } as const
    const effect = (): Effect | undefined => {
      const query = decode(happening.octets)
      if (query === 'malformed') {
        const octets = formatError(happening.octets)
        const means = { kind: 'response', name: 'FORMERR', refused: true, gloss: 'I cannot read that.' } as const
        return octets === undefined ? undefined : { ...to, octets, means }
      }
      // A response is not answered, or two servers could go on forever.
      if (query.response) return undefined
      const response = answerQuery(state.zones, query)
      return { ...to, octets: encodeForUdp(response), means: meaningOf(response) }
    }
    const answer = effect()
    return [state, answer ? [answer] : []]
  },
}
