import type { Octets } from '../base/octets'
import type { Instant } from '../base/time'
import type { HostName } from './world'

/** What a learner does to the world. A run is its scenario, its seed and this list. */
export type InterventionBody =
  /** A mail program is told to send: `message` is the finished message but for `Date:` and `Message-ID:`, which it gets from virtual time. */
  | {
      readonly type: 'submitted'
      readonly host: HostName
      readonly account: string
      readonly forwardPaths: readonly string[]
      readonly message: Octets
    }
  /** A mail program is told to look for mail now. */
  | { readonly type: 'collected'; readonly host: HostName; readonly account: string }
  /** A person opens, flags or removes a letter on a device that reads by IMAP. `uid` is the message's UID. */
  | {
      readonly type: 'marked'
      readonly host: HostName
      readonly account: string
      readonly uid: number
      readonly as: 'seen' | 'flagged' | 'removed'
    }
  /** A person opens a text connection from a host; `to` is a name or an address. `terminal` names it for later lines. */
  | {
      readonly type: 'connected'
      readonly host: HostName
      readonly terminal: string
      readonly to: string
      readonly port: number
      /** TLS was agreed before anything was said (RFC 8314): the connection is encrypted from its first octet. */
      readonly implicitTls?: true
    }
  /** Octets typed into that connection, line end included. */
  | { readonly type: 'typed'; readonly host: HostName; readonly terminal: string; readonly octets: Octets }
  | { readonly type: 'hungUp'; readonly host: HostName; readonly terminal: string }
  /** TLS has been agreed at the person's end of that connection: what is typed from here on travels encrypted. */
  | { readonly type: 'secured'; readonly host: HostName; readonly terminal: string }
  /** A datagram from a program outside: `host` stands for it in the world. */
  | {
      readonly type: 'datagramSent'
      readonly host: HostName
      readonly to: string
      readonly port: number
      readonly fromPort: number
      readonly octets: Octets
    }
  /** A host loses its power: its sessions are gone and nobody is told; it keeps what its role has on disk. */
  | { readonly type: 'hostStopped'; readonly host: HostName }
  | { readonly type: 'hostStarted'; readonly host: HostName }
  /** A host is about to be shut down in order: its servers take leave of whoever is connected (RFC 5321 section 3.8). */
  | { readonly type: 'leaveTaken'; readonly host: HostName }
  /** A switch of a host's configuration is turned; sessions that are under way keep what they began with. */
  | {
      readonly type: 'policyChanged'
      readonly host: HostName
      readonly policy: string
      readonly value: string | number | boolean
    }
  /** A name server's zone gets a new text, an RFC 1035 master file. One that cannot be read changes nothing and is noted. */
  | { readonly type: 'zoneEdited'; readonly host: HostName; readonly apex: string; readonly text: string }
  | {
      readonly type: 'linkChanged'
      readonly between: readonly [HostName, HostName]
      readonly up?: boolean
      readonly loss?: number
      readonly latency?: number
      readonly jitter?: number
      /** 0 to 1: how often a packet arrives twice. */
      readonly duplication?: number
    }

export type Intervention = { readonly at: Instant } & InterventionBody
