/** By datagram, or on its own connection if a datagram was too small (RFC 7766 section 5). */
export type Transport = 'udp' | 'tcp'
