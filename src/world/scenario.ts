import type { Intervention } from './intervention'
import type { HostName } from './world'

/** The part of a scenario that makes a world. */
export interface WorldPlan {
  /** Civil time of instant 0, ISO 8601 in UTC. */
  readonly epoch: string
  readonly seed: number
  readonly hosts: readonly ScenarioHost[]
  readonly links: readonly ScenarioLink[]
  /** The path between two hosts without a listed link. */
  readonly internet: LinkSettings
}

/** A world in its author's form: a data file in `lessons/scenarios/`. */
export interface Scenario extends WorldPlan {
  readonly name: string
  readonly title: string
  /** The beginning of every run of this world, by growing instants. */
  readonly before?: readonly Intervention[]
  /** The prepared message. */
  readonly letter: ReadyMessage
  /** The simplifications of this world. */
  readonly simplifies: readonly Simplification[]
  /** Places on the map. */
  readonly map: MapLayout
}

export interface Simplification {
  /** How it is here, one sentence. */
  readonly here: string
  /** The behaviour of real servers, one sentence. */
  readonly instead?: string
  /** The place in the standard: `RFC 8314 section 3`. */
  readonly standard?: string
}

export interface LinkSettings {
  /** Milliseconds one way. */
  readonly latency: number
  readonly jitter: number
  /** Kilobits a second. */
  readonly bandwidth: number
  /** 0 to 1. */
  readonly loss: number
  /** 0 to 1: the share of packets that arrive twice; 0 by default. */
  readonly duplication?: number
  /** Octets of the largest packet, its headers included; 1500 by default, as on Ethernet. */
  readonly mtu?: number
}

export interface ScenarioHost {
  readonly name: HostName
  readonly address: string
  /** Further addresses, IPv6 as RFC 5952 writes it: `2001:db8::25`. */
  readonly addresses?: readonly string[]
  readonly role: string
  readonly config: object
}

export interface ScenarioLink extends LinkSettings {
  readonly between: readonly [HostName, HostName]
}

export interface ReadyMessage {
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

/** Coordinates in a drawing of 1000 by 388 units, which the stage scales. */
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
        /** The key of its region. */
        readonly region: string
      }
    >
  >
  /** From west to east. */
  readonly regions: readonly MapRegion[]
}

/** A land or a sea of the map, as wide as it says and as high as the map. */
export interface MapRegion {
  readonly key: string
  readonly title: string
  readonly domain?: string
  readonly network: string
  readonly kind: 'land' | 'sea'
  /** Where it ends in the east, in the drawing's units; absent from the last, which ends with the map. */
  readonly east?: number
}
