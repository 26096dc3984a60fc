import * as dnsPacket from '@dnsquery/dns-packet'

/** Addresses in text. */

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/
const GROUP = /^[0-9a-f]{1,4}$/i

export const isIpv4 = (text: string): boolean => IPV4.test(text)

/** The number of an address's eight groups in this part, whose last two may be an IPv4 tail; undefined if it is malformed. */
function groupCount(text: string, last: boolean): number | undefined {
  if (text === '') return 0
  const groups = text.split(':')
  const tail = groups.at(-1) ?? ''
  const dotted = last && isIpv4(tail)
  return (dotted ? groups.slice(0, -1) : groups).every((group) => GROUP.test(group))
    ? groups.length + (dotted ? 1 : 0)
    : undefined
}

/**
 * The canonical text of an IPv6 address, as the wire form decodes to it (RFC 4291 section 2.2); undefined if the text is no
 * address.
 */
export function normalIpv6(text: string): string | undefined {
  const halves = text.split('::')
  const [head, tail] = halves
  if (halves.length > 2 || head === undefined) return undefined
  const before = groupCount(head, tail === undefined)
  const after = tail === undefined ? 0 : groupCount(tail, true)
  if (before === undefined || after === undefined) return undefined
  if (tail === undefined ? before !== 8 : before + after > 7) return undefined
  return dnsPacket.aaaa.decode(dnsPacket.aaaa.encode(text), 0)
}
