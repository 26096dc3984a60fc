import type { Octets } from '../base/octets'
import type { Instant } from '../base/time'
import type { HostName, SessionId } from './world'

/** A learner's action in the world. A run is its scenario, its seed and this list. */
export type InterventionBody =
  /**
   * The user sends a message. `message` is complete except for `Date:` and `Message-ID:`, which the mail program adds in
   * virtual time.
   */
  | {
      readonly type: 'submitted'
      readonly host: HostName
      readonly account: string
      readonly forwardPaths: readonly string[]
      readonly message: Octets
    }
  /** The user asks a mail program to check for mail now. */
  | { readonly type: 'collected'; readonly host: HostName; readonly account: string }
  /** A person sets or clears a flag of a message, or removes it, on a device that reads by IMAP. `uid` is the message's UID. */
  | {
      readonly type: 'marked'
      readonly host: HostName
      readonly account: string
      readonly uid: number
      readonly as: 'seen' | 'unseen' | 'flagged' | 'unflagged' | 'removed'
    }
  /** A person files a message into another mailbox, on a device that reads by IMAP. */
  | {
      readonly type: 'filed'
      readonly host: HostName
      readonly account: string
      readonly uid: number
      readonly mailbox: string
    }
  /** A person deletes a message on a device that fetches by POP3. `uid` is the message's unique-id. */
  | { readonly type: 'deleted'; readonly host: HostName; readonly account: string; readonly uid: string }
  /** A person opens a text connection from a host; `to` is a name or an address. `terminal` names it for later lines. */
  | {
      readonly type: 'connected'
      readonly host: HostName
      readonly terminal: string
      readonly to: string
      readonly port: number
      /** TLS begins with the connection (RFC 8314): its first octet is encrypted already. */
      readonly implicitTls?: true
    }
  /** Octets typed into that connection, line end included. */
  | { readonly type: 'typed'; readonly host: HostName; readonly terminal: string; readonly octets: Octets }
  | { readonly type: 'hungUp'; readonly host: HostName; readonly terminal: string }
  /** TLS has been agreed at the person's end of that connection: later input travels encrypted. */
  | { readonly type: 'secured'; readonly host: HostName; readonly terminal: string }
  /**
   * A person takes the chair of a host's server: calls to this port wait for the person's replies. `seatLeft` gives the chair back,
   * and the machine answers the rest of the calls under way.
   */
  | { readonly type: 'seatTaken'; readonly host: HostName; readonly port: number }
  | { readonly type: 'seatLeft'; readonly host: HostName; readonly port: number }
  /**
   * The person in a server's chair says octets, line end included, as the reply to the line that waits; without octets the
   * server's own machine answers this one. `session` names the call; otherwise it is the earliest one that waits.
   */
  | { readonly type: 'replied'; readonly host: HostName; readonly octets?: Octets; readonly session?: SessionId }
  /**
   * The person in a resolver's chair answers the earliest question that waits. `records` are lines of a master file with whole names
   * and times: `bird.example. 3600 IN MX 10 mx.bird.example.`
   */
  | {
      readonly type: 'resolved'
      readonly host: HostName
      readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL'
      readonly records: readonly string[]
    }
  /** The person in a server's chair hangs up: on the call that is named, or on the earliest. */
  | { readonly type: 'callEnded'; readonly host: HostName; readonly session?: SessionId }
  /** A person asks the DNS from a host. Without `server`, the host's resolver is asked. */
  | {
      readonly type: 'dug'
      readonly host: HostName
      readonly name: string
      readonly rrType: string
      /** An IPv4 address. */
      readonly server?: string
      /** False: the server answers only from its own data (RD is not set). */
      readonly recursion: boolean
    }
  /** A datagram from an outside program; `host` represents it in the world. */
  | {
      readonly type: 'datagramSent'
      readonly host: HostName
      readonly to: string
      readonly port: number
      readonly fromPort: number
      readonly octets: Octets
    }
  /** A host loses power: its sessions are gone without a message to their far ends. The role keeps its data on disk. */
  | { readonly type: 'hostStopped'; readonly host: HostName }
  | { readonly type: 'hostStarted'; readonly host: HostName }
  /** A host begins an orderly shutdown: its servers end each connection with a reply (RFC 5321 section 3.8). */
  | { readonly type: 'leaveTaken'; readonly host: HostName }
  /** A resolver forgets every answer that it has cached. */
  | { readonly type: 'cacheFlushed'; readonly host: HostName }
  /**
   * The administrator of a server ends sessions of its clients: those that fit everything that is given. SMTP and IMAP say a last
   * reply, POP3 has none.
   */
  | {
      readonly type: 'dismissed'
      readonly host: HostName
      readonly session?: SessionId
      /** The client's host. */
      readonly client?: HostName
      readonly port?: number
    }
  /** An option of a host's configuration changes; existing sessions keep the old value. */
  | {
      readonly type: 'policyChanged'
      readonly host: HostName
      readonly policy: string
      readonly value: string | number | boolean
    }
  /** A mail server gets an account, or an account a new password and quota; without a quota there is no limit. */
  | {
      readonly type: 'accountSet'
      readonly host: HostName
      readonly address: string
      readonly password: string
      /** Octets, and messages, in all mailboxes together. */
      readonly quota?: { readonly storage?: number; readonly messages?: number }
    }
  /**
   * The settings of a mail program's account change, for later submissions and checks; a missing part stays. `none`: it sends
   * nothing, or collects nothing.
   */
  | {
      readonly type: 'accountChanged'
      readonly host: HostName
      readonly account: string
      readonly submission?: SubmissionSettings | 'none'
      readonly retrieval?: RetrievalSettings | 'none'
    }
  | { readonly type: 'accountRemoved'; readonly host: HostName; readonly address: string }
  /** A mail server gets a domain, or a domain other recipients (local parts), another postmaster or another host to deliver to. */
  | {
      readonly type: 'domainSet'
      readonly host: HostName
      readonly domain: string
      readonly recipients: readonly string[]
      readonly postmaster: string
      readonly deliverTo?: string
    }
  | { readonly type: 'domainRemoved'; readonly host: HostName; readonly domain: string }
  /** A name server's zone gets a new text, an RFC 1035 master file. An invalid text changes nothing and is reported. */
  | { readonly type: 'zoneEdited'; readonly host: HostName; readonly apex: string; readonly text: string }
  | {
      readonly type: 'linkChanged'
      readonly between: readonly [HostName, HostName]
      readonly up?: boolean
      readonly loss?: number
      readonly latency?: number
      readonly jitter?: number
      /** 0 to 1: the share of packets that arrive twice. */
      readonly duplication?: number
    }
  /** Nothing is done: the world runs on to this instant, so that whatever is due until then has happened. */
  | { readonly type: 'waited' }

export type TlsSetting = 'never' | 'opportunistic' | 'required' | 'implicit'

export interface SubmissionSettings {
  readonly host: string
  readonly port: number
  /** By default that of the port. */
  readonly tls?: TlsSetting
}

export interface RetrievalSettings extends SubmissionSettings {
  readonly protocol: 'IMAP' | 'POP3'
  /** POP3: fetched messages stay on the server. */
  readonly leaveOnServer?: boolean
  /** IMAP: the connection stays open for news. */
  readonly idle?: boolean
  /** Seconds between checks. Without it and `idle` the user has to ask for each. */
  readonly every?: number
  /** Seconds from a start of the host to the first check. */
  readonly first?: number
}

export type Intervention = { readonly at: Instant } & InterventionBody

/** The hosts that an intervention names: one, the two ends of a link, or none. */
export function hostsOf(done: InterventionBody): readonly HostName[] {
  if (done.type === 'linkChanged') return done.between
  return 'host' in done ? [done.host] : []
}
