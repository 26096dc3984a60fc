import type { CatalogueEntry } from '../../session/catalogue'

/** Entries of the reference that no server parses: the segments and terms of TCP, and terms that stand beside a protocol's words. */

const tcp = (
  kind: 'segment' | 'term',
  name: string,
  term: string,
  section: string,
  syntax?: string,
): CatalogueEntry => ({
  name,
  protocol: 'TCP',
  kind,
  term,
  rfc: `RFC 9293, section ${section}`,
  ...(syntax !== undefined && { syntax }),
})

const TERMS: Readonly<Record<string, readonly CatalogueEntry[]>> = {
  TCP: [
    tcp('segment', 'SYN', 'synchronize sequence numbers', '3.5', 'TCP SYN seq 1000'),
    tcp('segment', 'SYN ACK', 'three-way handshake', '3.5', 'TCP SYN ACK seq 5000'),
    tcp('segment', 'ACK', 'acknowledgment', '3.4', 'TCP ACK ack 5001'),
    tcp('segment', 'FIN', 'no more data from sender', '3.6', 'TCP FIN ACK seq 1200'),
    tcp('segment', 'RST', 'reset the connection', '3.5.2', 'TCP RST seq 0'),
    tcp('term', 'connection', 'connection', '3.3'),
    tcp('term', 'port', 'port number', '3.1'),
    tcp('term', 'sequence number', 'sequence number', '3.4', 'seq 1000'),
    tcp('term', 'window', 'window size', '3.8.6', 'win 65535'),
    tcp('term', 'retransmission', 'retransmission timeout', '3.8.1'),
    tcp('term', 'segment', 'segment', '3.1'),
    tcp('term', 'octet', 'octet', '4'),
  ],
  SMTP: [
    {
      name: 'ESMTP',
      protocol: 'SMTP',
      kind: 'term',
      term: 'SMTP with service extensions',
      rfc: 'RFC 5321, section 2.2.1',
      example: '220 mx.bird.example ESMTP',
    },
  ],
}

/** The further entries of a protocol. */
export const termsOf = (protocol: string): readonly CatalogueEntry[] => TERMS[protocol] ?? []

/** The protocols that have terms only, and no catalogue by which a server parses. */
export const ONLY_TERMS: readonly string[] = ['TCP']
