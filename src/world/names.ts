export type HostName = string
/** An IPv4 or IPv6 address in text, from the documentation ranges (RFC 5737, RFC 3849). */
export type Address = string
export type LinkId = string
/** `c1`, `c2`: a TCP connection, in the order of opening. */
export type ConnectionId = string
/** `s1`, `s2`: a session, in the order of starting. */
export type SessionId = string
