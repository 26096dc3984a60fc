import type { Octets } from '../base/octets'

/**
 * The framework of RFC 4422 for SMTP, POP3 and IMAP. A server's machine carries challenges and responses in its own grammar
 * (base64 lines), and its host judges them, so each mechanism is written once for all three.
 */

export type SaslMechanism = 'PLAIN' | 'LOGIN' | 'CRAM-MD5' | 'SCRAM-SHA-256'

/** A server session's questions to its host while a client logs in. Octets are decoded from base64. */
export type SaslQuestion =
  /** `response` is the initial response if the client gave one (empty for `=`), else undefined. */
  | { readonly type: 'authenticate'; readonly mechanism: SaslMechanism; readonly response?: Octets }
  | { readonly type: 'saslResponse'; readonly response: Octets }
  /** The client cancelled with `*`. There is no answer. */
  | { readonly type: 'saslCancelled' }

/**
 * The host's answers. A mechanism's last word to the client (SCRAM's signature) is a challenge too, which the client answers
 * with an empty response.
 */
export type SaslAnswer =
  | { readonly type: 'saslChallenge'; readonly challenge: Octets }
  | { readonly type: 'authenticated'; readonly user: string }
  /** `malformed`: why the response is no message of the mechanism. It says nothing about a name or a password. */
  | { readonly type: 'authenticationFailed'; readonly malformed?: string }
