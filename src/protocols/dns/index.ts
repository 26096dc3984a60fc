export { isIpv4 } from './addresses'
export { dnsCatalogue } from './catalogue'
export type { ExchangeInput, ExchangeReport } from './exchange'
export { dnsClient } from './exchange'
export { type Field, fieldsOf } from './fields'
export type { Problem } from './masterTokens'
export { type DnsParsed, FORMAT_ERROR, isDns, meaningOf, UNREADABLE } from './meaning'
export {
  type DnsMessage,
  EDNS_UDP_SIZE,
  isReferral,
  OUR_EDNS,
  type Question as DnsQuestion,
  queryFor,
  type Rcode,
  refusalOf,
  responseTo,
  TCP_LIMIT,
  UDP_LIMIT,
  udpLimit,
} from './message'
export { absolute, canonical, isAskable, isWithin, reverseName, sameName, selfAndAncestors, spoken } from './names'
export type { QueryInput } from './queryMachine'
export type {
  ExchangeFailed,
  Learnt,
  LearntNegative,
  LookInCache,
  Rank,
  ResponseReceived,
  SendQuery,
} from './questions'
export {
  isRecordType,
  negativeTtl,
  RECORD_TYPES,
  type RecordOf,
  type RecordType,
  type ResourceRecord,
  rdataText,
  recordsOf,
  recordText,
} from './record'
export { readRecords } from './recordLines'
export { type CacheAnswer, type NameServer, type Resolution, serversFrom } from './resolution'
export { dnsResolver, type ResolverQuestion } from './resolver'
export type { ResolverInput } from './resolverMachine'
export type { Outcome, Source } from './response'
export { dnsFields } from './searchFields'
export { dnsServer, type QueryAnswer, type ServerQuestion } from './server'
export { dnsStub, type StubQuestion } from './stub'
export type { Transport } from './transport'
export { decode, encode, encodeWithin, formatError, framed, unframed } from './wire'
export { answerQuery, serialOf, type Zone } from './zone'
export type { ZoneFault } from './zoneFault'
export { readZone, ZoneError, type ZoneReading, zoneFrom } from './zoneFile'
export { formatZone } from './zoneFormat'
