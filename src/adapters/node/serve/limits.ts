import { milliseconds, minutes, seconds } from '../../../base/time'

/** What programs outside may take. The servers' own limits (lines, messages, recipients) are their machines'. */

/** Connections at once, over all ports. One more is closed before anything is said. */
export const MAX_CONNECTIONS = 256
/** Octets that wait for a program that does not read: room for whole mailboxes at once. Reading from it stops far earlier; past this it is cut off. */
export const MAX_UNSENT = 268_435_456
/** A connection on which nobody says anything: longer than any server's own time-out (30 minutes, RFC 9051 section 5.4). */
export const IDLE_TIME = minutes(31)
/** How long a TLS handshake may take. */
export const HANDSHAKE_TIME = seconds(20)
/** How long the servers may take to say goodbye before the world ends. */
export const FAREWELL_TIME = milliseconds(500)
/** How long a program may take to hang up after the server did. */
export const LINGER_TIME = seconds(10)
/** Programs that wait for an answer by datagram; the oldest is forgotten first. */
export const MAX_DATAGRAM_CLIENTS = 4096
/** Pages that watch at once. */
export const MAX_WATCHERS = 16
/** Octets typed that a page which comes later can still be told; past this only pages that were there go on. */
export const MAX_RECORDED = 67_108_864
/** How often a page that watches is told what time it is. */
export const TICK = milliseconds(500)
