import type { Octets } from '../base/octets'

/**
 * The framework of RFC 4422 as SMTP, POP3 and IMAP use it: a server's machine carries challenges and responses in its own
 * grammar (base64 lines), and its host judges them. So a mechanism is written once, for all three.
 */

export type SaslMechanism = 'PLAIN' | 'LOGIN' | 'CRAM-MD5' | 'SCRAM-SHA-256'

/** What a server's session asks its host while a client logs in. Octets are decoded from base64. */
export type SaslQuestion =
  /** `response` is the initial response where the client gave one (empty for `=`); left out where it gave none. */
  | { readonly type: 'authenticate'; readonly mechanism: SaslMechanism; readonly response?: Octets }
  | { readonly type: 'saslResponse'; readonly response: Octets }
  /** The client took it back with `*`: nothing is answered. */
  | { readonly type: 'saslCancelled' }

/** What the host answers. A mechanism's last word to the client (SCRAM's signature) is a challenge too, to which an empty response comes. */
export type SaslAnswer =
  | { readonly type: 'saslChallenge'; readonly challenge: Octets }
  | { readonly type: 'authenticated'; readonly user: string }
  /** `malformed`: what was sent is no message of the mechanism, and why; nothing is said of a name or a password then. */
  | { readonly type: 'authenticationFailed'; readonly malformed?: string }
