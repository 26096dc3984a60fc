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
    }
  /** Octets typed into that connection, line end included. */
  | { readonly type: 'typed'; readonly host: HostName; readonly terminal: string; readonly octets: Octets }
  | { readonly type: 'hungUp'; readonly host: HostName; readonly terminal: string }
  | {
      readonly type: 'linkChanged'
      readonly between: readonly [HostName, HostName]
      readonly up?: boolean
      readonly loss?: number
      readonly latency?: number
    }

export type Intervention = { readonly at: Instant } & InterventionBody
