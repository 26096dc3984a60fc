import type { Octets } from '../../base/octets'

/** The types of resource record that this implementation reads and writes (RFC 1035 section 3.2.2, RFC 3596). */
export const RECORD_TYPES = ['A', 'AAAA', 'MX', 'NS', 'SOA', 'TXT', 'CNAME', 'PTR'] as const
export type RecordType = (typeof RECORD_TYPES)[number]

/** Data of each type. Names are absolute, addresses are text, numbers of SOA are seconds except its serial. */
export type Rdata =
  | { readonly type: 'A'; readonly address: string }
  | { readonly type: 'AAAA'; readonly address: string }
  | { readonly type: 'MX'; readonly preference: number; readonly exchange: string }
  | { readonly type: 'NS'; readonly nameServer: string }
  | { readonly type: 'CNAME'; readonly target: string }
  | { readonly type: 'PTR'; readonly target: string }
  | { readonly type: 'TXT'; readonly texts: readonly Octets[] }
  | {
      readonly type: 'SOA'
      readonly mname: string
      readonly rname: string
      readonly serial: number
      readonly refresh: number
      readonly retry: number
      readonly expire: number
      readonly minimum: number
    }

/** One resource record of class IN. `name` is the owner name, absolute; `ttl` is in seconds. */
export type ResourceRecord = { readonly name: string; readonly ttl: number } & Rdata
export type RecordOf<T extends RecordType> = Extract<ResourceRecord, { type: T }>

export function isRecordType(type: string): type is RecordType {
  return (RECORD_TYPES as readonly string[]).includes(type)
}

/** The records of one type, in the order given. */
export function recordsOf<T extends RecordType>(records: readonly ResourceRecord[], type: T): readonly RecordOf<T>[] {
  return records.filter((record): record is RecordOf<T> => record.type === type)
}

/** A name in a master file: special characters get a backslash. */
export const nameText = (name: string): string => name.replace(/["();@$]/g, '\\$&')

/** A text in a master file: in quotation marks, octets beyond printable ASCII as \\DDD. */
function quoted(text: Octets): string {
  const safe = text
    .replace(/["\\]/g, '\\$&')
    .replace(/[^ -~]/g, (octet) => `\\${String(octet.charCodeAt(0)).padStart(3, '0')}`)
  return `"${safe}"`
}

/** Data in a zone file (RFC 1035 section 5.1): `10 mx.bird.example.`. */
export function rdataText(record: Rdata): string {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return record.address
    case 'MX':
      return `${record.preference} ${nameText(record.exchange)}`
    case 'NS':
      return nameText(record.nameServer)
    case 'CNAME':
    case 'PTR':
      return nameText(record.target)
    case 'TXT':
      return record.texts.map(quoted).join(' ')
    case 'SOA': {
      const { mname, rname, serial, refresh, retry, expire, minimum } = record
      return `${nameText(mname)} ${nameText(rname)} ${serial} ${refresh} ${retry} ${expire} ${minimum}`
    }
  }
}

/** A whole record as a line of a zone file. */
export function recordText(record: ResourceRecord): string {
  return `${nameText(record.name)} ${record.ttl} ${record.type} ${rdataText(record)}`
}

/** How long a negative answer may be cached, in seconds: the smaller of the SOA's TTL and its MINIMUM (RFC 2308 section 5). */
export function negativeTtl(soa: RecordOf<'SOA'>): number {
  return Math.min(soa.ttl, soa.minimum)
}
