import type { HostName } from './world'

/** A world as its author wrote it: a data file in `lessons/scenarios/`. */
export interface Scenario {
  readonly name: string
  readonly title: string
  /** Civil time of instant 0, ISO 8601 in UTC. */
  readonly epoch: string
  readonly seed: number
  readonly hosts: readonly ScenarioHost[]
  readonly links: readonly ScenarioLink[]
  /** The path between two hosts for which no link is listed. */
  readonly internet: LinkWeather
  /** The letter that lies ready. */
  readonly letter: ReadyLetter
  /** What the scene leaves out or makes simpler, one sentence each. */
  readonly simplifies: readonly string[]
  /** Where things stand on the map; the engine does not read it. */
  readonly map: MapLayout
}

export interface LinkWeather {
  /** Milliseconds one way. */
  readonly latency: number
  readonly jitter: number
  /** Kilobits a second. */
  readonly bandwidth: number
  /** 0 to 1. */
  readonly loss: number
  /** 0 to 1: how often a packet arrives twice; never where it is left out. */
  readonly duplication?: number
  /** Octets of the largest packet, its headers included; 1500, as on Ethernet, where it is left out. */
  readonly mtu?: number
}

export interface ScenarioHost {
  readonly name: HostName
  readonly address: string
  /** Further addresses, IPv6 as RFC 5952 writes it: `2001:db8::25`. */
  readonly addresses?: readonly string[]
  readonly role: string
  readonly config: Readonly<Record<string, unknown>>
}

export interface ScenarioLink extends LinkWeather {
  readonly between: readonly [HostName, HostName]
}

export interface ReadyLetter {
  readonly host: HostName
  readonly account: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly body: string
}

export type HostSymbol =
  | 'laptop'
  | 'phone'
  | 'submissionServer'
  | 'exchanger'
  | 'mailboxStore'
  | 'resolver'
  | 'root'
  | 'topLevel'
  | 'zone'

/** Coordinates are in a drawing of 1000 by 388 units; the stage fits it to the room there is. */
export interface MapLayout {
  readonly hosts: Readonly<
    Record<
      HostName,
      {
        readonly x: number
        readonly y: number
        readonly symbol: HostSymbol
        /** "Alice's laptop" */
        readonly title: string
        readonly label: 'below' | 'left' | 'right'
        readonly side: 'alice' | 'internet' | 'bob'
      }
    >
  >
  readonly sides: {
    readonly alice: { readonly title: string; readonly domain: string; readonly network: string }
    readonly internet: { readonly title: string; readonly network: string }
    readonly bob: { readonly title: string; readonly domain: string; readonly network: string }
  }
}
