import { milliseconds, minutes, seconds } from '../../../base/time'

/** The limits of outside programs. The servers' own limits (lines, messages, recipients) belong to their machines. */

/** Connections at once, over all ports. A further one is closed without a reply. */
export const MAX_CONNECTIONS = 256
/**
 * Octets that wait for a program that does not read: enough for whole mailboxes. We stop reading from it far earlier; above
 * this limit the connection is cut.
 */
export const MAX_UNSENT = 268_435_456
/** The time of a silent connection: longer than any server's own time-out (30 minutes, RFC 9051 section 5.4). */
export const IDLE_TIME = minutes(31)
/** The longest TLS handshake. */
export const HANDSHAKE_TIME = seconds(20)
/** The time for the servers' last replies before the world ends. */
export const FAREWELL_TIME = milliseconds(500)
/** The time for a program to hang up after the server did. */
export const LINGER_TIME = seconds(10)
/** Programs that wait for an answer by datagram; the oldest is forgotten first. */
export const MAX_DATAGRAM_CLIENTS = 4096
/** Pages that watch at once. */
export const MAX_WATCHERS = 16
/** Recorded octets of input for pages that come later; above this limit only the pages that are there continue. */
export const MAX_RECORDED = 67_108_864
/** The interval at which a watching page gets the present time. */
export const TICK = milliseconds(500)
