import * as dnsPacket from '@dnsquery/dns-packet'
import { toString as toClassName } from '@dnsquery/dns-packet/classes.js'
import { toString as toTypeName } from '@dnsquery/dns-packet/types.js'
import { fromBytes, type Octets, toBytes } from '../../base/octets'
import { hideDots, nameFromWire } from './labels'
import {
  dataFits,
  HEADER_LENGTH,
  layoutOf,
  nameEnd,
  type RecordPlace,
  readUint16,
  readUint32,
  type Section,
} from './layout'
import { rcodeName } from './message'

/** One field of a message, with its octets from `start` up to `end` (excluded). */
export interface Field {
  readonly group: 'header' | 'question' | Section
  /** The index of its question or record within the section, from 0. */
  readonly record: number
  /** The RFC's term for it: the view has a name for each in the language that is spoken. */
  readonly name: string
  readonly value: string
  /** The unit, if the value is a count. */
  readonly unit?: 'octets' | 'seconds'
  readonly start: number
  readonly end: number
}

/** The flags of the header by their bits (RFC 1035 section 4.1.1, RFC 4035 section 3.1.6), but for QR. */
export const FLAGS: readonly (readonly [bit: number, name: string])[] = [
  [dnsPacket.AUTHORITATIVE_ANSWER, 'AA'],
  [dnsPacket.TRUNCATED_RESPONSE, 'TC'],
  [dnsPacket.RECURSION_DESIRED, 'RD'],
  [dnsPacket.RECURSION_AVAILABLE, 'RA'],
  [1 << 6, 'Z'],
  [dnsPacket.AUTHENTIC_DATA, 'AD'],
  [dnsPacket.CHECKING_DISABLED, 'CD'],
]

function flagsText(flags: number): string {
  const set = FLAGS.filter(([bit]) => (flags & bit) !== 0).map(([, name]) => name)
  const isResponse = (flags & 0x8000) !== 0
  return [...(isResponse ? ['QR'] : []), ...set, ...(isResponse ? [rcodeName(flags & 15)] : [])].join(', ')
}

function nameAt(bytes: Uint8Array, at: number): string {
  try {
    return nameFromWire(dnsPacket.name.decode(bytes, at))
  } catch {
    return '?'
  }
}

const hexadecimal = (bytes: Uint8Array, start: number, end: number): string =>
  Array.from(bytes.subarray(start, end), (octet) => octet.toString(16).padStart(2, '0')).join(' ')

const typeAndClass = (bytes: Uint8Array, at: number): string =>
  `${toTypeName(readUint16(bytes, at))}, ${toClassName(readUint16(bytes, at + 2))}`

type Part = readonly [name: string, value: string, start: number, end: number, unit?: 'octets' | 'seconds']

/** In an OPT record, class and TTL have other meanings (RFC 6891 section 6.1.2). */
function ednsParts(bytes: Uint8Array, type: number): readonly Part[] {
  const flags = readUint16(bytes, type + 6)
  return [
    ['type', 'OPT', type, type + 2],
    ['UDP payload size', String(readUint16(bytes, type + 2)), type + 2, type + 4, 'octets'],
    ['extended RCODE', String(bytes[type + 4]), type + 4, type + 5],
    ['EDNS version', String(bytes[type + 5]), type + 5, type + 6],
    ['EDNS flags', (flags & 0x8000) === 0 ? '' : 'DO', type + 6, type + 8],
  ]
}

const SOA_NUMBERS = ['serial', 'refresh', 'retry', 'expire', 'minimum'] as const

function dataParts(bytes: Uint8Array, type: string, place: RecordPlace): readonly Part[] {
  const { data, end } = place
  if (data === end) return []
  if (!dataFits(bytes, type, place)) return [['data', hexadecimal(bytes, data, end), data, end]]
  switch (type) {
    case 'A':
      return [['address', dnsPacket.a.decode(bytes, data - 2), data, end]]
    case 'AAAA':
      return [['address', dnsPacket.aaaa.decode(bytes, data - 2), data, end]]
    case 'MX':
      return [
        ['preference', String(readUint16(bytes, data)), data, data + 2],
        ['exchange', nameAt(bytes, data + 2), data + 2, end],
      ]
    case 'NS':
      return [['name server', nameAt(bytes, data), data, end]]
    case 'CNAME':
    case 'PTR':
      return [[type === 'CNAME' ? 'canonical name' : 'domain name', nameAt(bytes, data), data, end]]
    case 'TXT': {
      const parts: Part[] = []
      for (let at = data; at < end; ) {
        const next = at + 1 + (bytes[at] ?? 0)
        parts.push(['text', fromBytes(bytes.subarray(at + 1, next)), at, next])
        at = next
      }
      return parts
    }
    case 'SOA': {
      const rname = nameEnd(bytes, data) ?? end
      const numbers = nameEnd(bytes, rname) ?? end
      return [
        ['primary server', nameAt(bytes, data), data, rname],
        ['responsible mailbox', nameAt(bytes, rname), rname, numbers],
        ...SOA_NUMBERS.map((name, n): Part => {
          const at = numbers + 4 * n
          const part = [name, String(readUint32(bytes, at)), at, at + 4] as const
          return n === 0 ? part : [...part, 'seconds']
        }),
      ]
    }
    default:
      return [['data', hexadecimal(bytes, data, end), data, end]]
  }
}

/**
 * The fields of a message in the order of its octets, for an inspector that links each with its octets. Every octet belongs to
 * exactly one field; the unreadable rest of a malformed message is one field, `unread`.
 */
export function fieldsOf(source: Octets): readonly Field[] {
  const bytes = toBytes(source)
  const layout = layoutOf(bytes)
  hideDots(bytes, layout, (at) => toTypeName(readUint16(bytes, at)))
  const fields: Field[] = []
  const put = (group: Field['group'], record: number, [name, value, start, end, unit]: Part): void => {
    fields.push({ group, record, name, value, start, end, ...(unit && { unit }) })
  }

  if (bytes.length >= HEADER_LENGTH) {
    const id = readUint16(bytes, 0)
    const counts = [4, 6, 8, 10].map((at) => readUint16(bytes, at)).join(', ')
    put('header', 0, ['id', `0x${id.toString(16).padStart(4, '0')}`, 0, 2])
    put('header', 0, ['flags', flagsText(readUint16(bytes, 2)), 2, 4])
    put('header', 0, ['counts', counts, 4, HEADER_LENGTH])
  }
  layout.questions.forEach(({ start, type, end }, record) => {
    put('question', record, ['name', nameAt(bytes, start), start, type])
    put('question', record, ['type and class', typeAndClass(bytes, type), type, end])
  })
  const seen: Record<Section, number> = { answer: 0, authority: 0, additional: 0 }
  for (const place of layout.records) {
    const { section, start, type, data } = place
    const record = seen[section]++
    put(section, record, ['name', nameAt(bytes, start), start, type])
    if (toTypeName(readUint16(bytes, type)) === 'OPT') {
      for (const part of ednsParts(bytes, type)) put(section, record, part)
    } else {
      put(section, record, ['type and class', typeAndClass(bytes, type), type, type + 4])
      put(section, record, ['time to live', String(readUint32(bytes, type + 4)), type + 4, type + 8, 'seconds'])
    }
    put(section, record, ['length', String(readUint16(bytes, type + 8)), type + 8, data])
    for (const part of dataParts(bytes, toTypeName(readUint16(bytes, type)), place)) put(section, record, part)
  }
  if (layout.end < bytes.length) {
    const last = fields.at(-1)
    put(last?.group ?? 'header', last?.record ?? 0, [
      'unread',
      hexadecimal(bytes, layout.end, bytes.length),
      layout.end,
      bytes.length,
    ])
  }
  return fields
}
