import { type Octets, slice, toText } from '../../base/octets'
import type { Instant } from '../../base/time'
import { fieldsText } from '../../messages/fields'
import { fieldsOf, unframed } from '../../protocols/dns'
import type { Meaning } from '../../session/session'
import type { Fact, FactOf } from '../../world/fact'
import type { Packet } from '../../world/packet'
import { factOf } from '../../world/trace'
import { faceOf } from '../faces'
import { glossOf } from '../gloss/gloss'
import { connectionIn } from '../run/connections'
import { focusIn, underWayAt } from '../run/flight'
import { firstCarrier, lineCarried, lineIn, packetNumbered } from '../run/flights'
import { cameAlong } from '../run/happenings'
import type { RunView } from '../run/runView'
import { dnsMessageIn } from '../run/wire'
import { headerFieldsOf, octetsOf, payloadStart, type WireField } from './packetOctets'

/** Shown in the inspector: some octets and the fields that they make up. */
export interface Inspected {
  readonly protocol: string
  /** Its title for the bar: "answer to" and "MX? bird.example." */
  readonly what: string
  readonly wire: string
  readonly packet: Packet
  /** True if the packet has a payload. */
  readonly carries: boolean
  /** It travels inside TLS: on the wire its payload is ciphertext. */
  readonly encrypted: boolean
  /** A sentence in plain words, if its sender gave one. */
  readonly gloss?: string
  /** True of a question whose answer came along with an earlier response, as an additional record. */
  readonly askedAgain?: true
}

export interface Layers {
  readonly octets: Octets
  readonly fields: readonly WireField[]
  /** The place of the field that tells the most: the answer of DNS, not the number of the message; why it is refused, not the code. */
  readonly telling: number
}

/** The packet that a fact is about: its own, the one that carried its octets, the one that was lost. */
export function packetOf(view: RunView, fact: Fact): FactOf<'packetSent'> | undefined {
  const { flights } = view.history
  switch (fact.type) {
    case 'packetSent':
      return fact
    case 'packetArrived':
    case 'packetLost':
    case 'queried':
    case 'responded':
      return packetSentAs(view, packetNumbered(flights, fact.packet)?.flight.fact)
    case 'sent':
    case 'read':
      return packetSentAs(view, firstCarrier(flights, fact, view.seen.connections))
    default:
      return undefined
  }
}

function packetSentAs({ timeline }: RunView, order: number | undefined): FactOf<'packetSent'> | undefined {
  const fact = order === undefined ? undefined : factOf(timeline.trace, order)
  return fact?.type === 'packetSent' ? fact : undefined
}

/** The packet to show of those in flight at an instant: the latest one with a payload. */
function inFlightAt({ history }: RunView, t: Instant): number | undefined {
  const flying = underWayAt(history.flights.packets, t).map(({ flight }) => flight)
  return (flying.findLast(({ length }) => length > 0) ?? flying.at(-1))?.fact
}

/**
 * The fact that the inspector shows while nothing is chosen: the line that the map shows, or the packet in flight before anything
 * is said. Map and inspector both ask `focusIn`, so they always show the same line.
 */
export function presentOf(view: RunView, t: Instant, packets: boolean): number | undefined {
  const { flights } = view.history
  const focus = packets ? focusIn(flights.packets, t) : lineIn(flights, t)
  return focus?.flight.fact ?? inFlightAt(view, t)
}

export function inspect(view: RunView, { packet }: FactOf<'packetSent'>): Inspected {
  const { history, seen, timeline } = view
  const order = lineCarried(history.flights, packet)
  const said = order === undefined ? undefined : factOf(timeline.trace, order)
  if (packet.kind === 'datagram') {
    const dns = said?.type === 'queried' || said?.type === 'responded' ? said : undefined
    const again = dns?.type === 'queried' && cameAlong(history.happenings, dns, packet.source.address)
    return {
      protocol: 'DNS',
      what: fieldsText(dns?.type === 'responded' ? 'answer' : 'question'),
      wire: dns?.means.name ?? '',
      packet,
      carries: true,
      encrypted: false,
      ...glossed(dns?.means),
      ...(again ? { askedAgain: true as const } : {}),
    }
  }
  const encrypted = packet.encrypted === true
  if (said?.type !== 'sent')
    return {
      protocol: 'TCP',
      what: segmentInWords(packet),
      wire: '',
      packet,
      carries: packet.payload.length > 0,
      encrypted,
    }
  const spoken = connectionIn(seen.connections, packet.connection)?.protocol ?? 'TEXT'
  const protocol = spoken === 'TEXT' ? 'TCP' : spoken
  if (dnsMessageIn(said) !== undefined) {
    const what = fieldsText(said.means.kind === 'query' ? 'question' : 'answer')
    return { protocol, what, wire: said.means.name, packet, carries: true, encrypted, ...glossed(said.means) }
  }
  const line = toText(said.octets).split('\r\n')[0] ?? ''
  return {
    protocol,
    what: said.means.kind === 'mailData' ? fieldsText('partOfLetter') : protocol,
    wire: line.length > 60 ? `${line.slice(0, 59)}…` : line,
    packet,
    carries: true,
    encrypted,
    ...glossed(said.means),
  }
}

function glossed(means: Meaning | undefined): { gloss?: string } {
  const gloss = means && glossOf(means)
  return gloss ? { gloss } : {}
}

/** The purpose of a segment without payload (RFC 9293 section 3.5 and 3.6). */
function segmentInWords({ flags, acknowledgement }: Extract<Packet, { kind: 'segment' }>): string {
  if (flags.rst) return fieldsText('reset')
  if (flags.syn) return fieldsText(flags.ack ? 'handshakeSecond' : 'handshakeFirst')
  if (flags.fin) return fieldsText('finished')
  return fieldsText('acknowledged', { number: String(acknowledgement) })
}

/** The payload alone or the packet with its headers, with the fields of either. */
export function layersOf({ packet, protocol }: Inspected, whole: boolean): Layers {
  const carried = protocol === 'DNS' ? dnsFields(packet) : lineFields(packet.payload, protocol)
  const telling = tellingField(carried, packet, protocol)
  if (!whole) return { octets: packet.payload, fields: carried, telling }
  const by = payloadStart(packet)
  const header = headerFieldsOf(packet)
  return {
    octets: octetsOf(packet),
    fields: [...header, ...carried.map((field) => ({ ...field, start: field.start + by, end: field.end + by }))],
    telling: carried.length === 0 ? 0 : header.length + telling,
  }
}

function tellingField(fields: readonly WireField[], { kind, payload }: Packet, protocol: string): number {
  const start = protocol === 'DNS' ? tellingOfDns(kind, payload) : tellingOfLine(payload, protocol)
  return Math.max(0, start === undefined ? 0 : fields.findIndex((field) => field.start === start))
}

/** Where a message of DNS begins to tell: in its answer, the name that it refers to, its outcome, or its question. */
function tellingOfDns(kind: Packet['kind'], payload: Octets): number | undefined {
  const message = kind === 'segment' ? unframed(payload)?.message : payload
  if (message === undefined) return undefined
  const fields = fieldsOf(message)
  const dataOf = (section: string): typeof fields => {
    const first = fields.filter(({ group, record }) => group === section && record === 0)
    return first.slice(first.findIndex(({ name }) => name === 'length') + 1)
  }
  const isResponse = (message.charCodeAt(2) & 0x80) !== 0
  const answer = dataOf('answer')
  // The record of a referral has one part, the name of the server; the SOA of a negative answer has many.
  const [referral, more] = answer.length === 0 ? dataOf('authority') : []
  const told =
    answer.find(({ name }) => DOMAIN_NAMES.has(name)) ??
    answer[0] ??
    (more === undefined ? referral : undefined) ??
    fields.find(({ group, name }) => (isResponse ? name === 'flags' : group === 'question'))
  return told && told.start + (kind === 'segment' ? LENGTH_OCTETS : 0)
}

/** The parts of a line from the one that tells the most. */
const TELLING = ['enhancedStatusCode', 'replyText', 'path', 'argument', 'text']

/** Where the first line begins to tell: after its code, its verb or its tag. */
function tellingOfLine(payload: Octets, protocol: string): number | undefined {
  const [text = ''] = payload.split('\r\n', 1)
  const parts = (faceOf(protocol).partsOf?.(text) ?? []).filter(({ length }) => length > 0)
  const startOf = (end: number): number => parts.slice(0, end).reduce((sum, { length }) => sum + length, 0)
  for (const telling of TELLING) {
    const at = parts.findIndex(({ name }) => name === telling)
    if (at !== -1) return startOf(at)
  }
  const rest = startOf(parts.length)
  return rest < text.length ? rest : undefined
}

/** Octets before a DNS message: over TCP its length (RFC 1035 section 4.2.2). */
export const messageStart = ({ protocol, packet }: Inspected): number =>
  protocol === 'DNS' && packet.kind === 'segment' ? LENGTH_OCTETS : 0

const LENGTH_OCTETS = 2

function dnsFields({ kind, payload }: Packet): readonly WireField[] {
  if (kind === 'segment') {
    const first = unframed(payload)
    // A message in several segments can only be read when all of them are there.
    if (!first)
      return [
        {
          group: fieldsText('group.part'),
          name: fieldsText('dns.octets'),
          value: `${payload.length}`,
          start: 0,
          end: payload.length,
        },
      ]
    const length = {
      group: fieldsText('group.length'),
      name: fieldsText('dns.octets that follow'),
      value: String(first.message.length),
      start: 0,
      end: LENGTH_OCTETS,
    }
    return [
      length,
      ...messageFields(first.message).map((field) => ({
        ...field,
        start: field.start + LENGTH_OCTETS,
        end: field.end + LENGTH_OCTETS,
      })),
    ]
  }
  return messageFields(payload)
}

const messageFields = (message: Octets): readonly WireField[] =>
  fieldsOf(message).map(({ group, record, name, value, unit, start, end }) => ({
    group: group === 'header' ? fieldsText('group.header') : fieldsText(`group.${group}`, { n: record + 1 }),
    name: fieldsText.found(`dns.${name}`) ?? name,
    ...(unit
      ? { value: fieldsText(`unit.${unit}`, { count: Number(value) }), inWords: true as const }
      : value === ''
        ? { value: fieldsText('none'), inWords: true as const }
        : { value }),
    ...(DOMAIN_NAMES.has(name) ? { domainName: true as const } : {}),
    start,
    end,
  }))

const DOMAIN_NAMES: ReadonlySet<string> = new Set([
  'name',
  'exchange',
  'name server',
  'canonical name',
  'domain name',
  'primary server',
  'responsible mailbox',
])

const MOST_FIELDS = 120

/** A part of a line in words; the part of an added protocol by its own term. */
const partName = (term: string): string => fieldsText.found(`line.${term}`) ?? term

/** Lines divided into their protocol's parts: verb and argument, code and text, tag and rest, and the CRLF of each. */
export function lineFields(payload: Octets, protocol: string): readonly WireField[] {
  const fields: WireField[] = []
  let from = 0
  let line = 0
  while (from < payload.length && fields.length < MOST_FIELDS) {
    line++
    const found = payload.indexOf('\r\n', from)
    const to = found === -1 ? payload.length : found
    const group = fieldsText('group.line', { n: String(line) })
    const put = (name: string, start: number, end: number): void => {
      if (end > start) fields.push({ group, name, value: toText(slice(payload, start, end)), start, end })
    }
    const text = payload.slice(from, to)
    const cut = faceOf(protocol).partsOf?.(text) ?? []
    let at = from
    for (const { name, length } of cut) {
      put(partName(name), at, at + length)
      at += length
    }
    put(fieldsText(cut.length === 0 ? 'line.text' : 'line.rest'), at, to)
    if (found !== -1) fields.push({ group, name: fieldsText('line.end'), value: 'CR LF', start: to, end: to + 2 })
    from = found === -1 ? payload.length : to + 2
  }
  if (from < payload.length) {
    fields.push({
      group: fieldsText('group.rest'),
      name: fieldsText('dns.octets'),
      value: fieldsText('more', { count: payload.length - from }),
      inWords: true,
      start: from,
      end: payload.length,
    })
  }
  return fields
}

/** The pointer in a compressed name of this field (RFC 1035 section 4.1.4): its place and its target. */
export function pointerOf(
  octets: Octets,
  base: number,
  field: WireField,
): { readonly at: number; readonly to: number; readonly end: number } | undefined {
  if (!field.domainName) return undefined
  const at = field.end - 2
  const high = octets.charCodeAt(at)
  if (at < field.start || (high & 0xc0) !== 0xc0) return undefined
  const to = base + (((high & 0x3f) << 8) | octets.charCodeAt(at + 1))
  let end = to
  while (end < octets.length) {
    const length = octets.charCodeAt(end)
    if ((length & 0xc0) === 0xc0) return { at, to, end: end + 2 }
    end += length + 1
    if (length === 0) break
  }
  return { at, to, end }
}
