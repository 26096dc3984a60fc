export { dnsCatalogue } from './catalogue'
export { type Field, fieldsOf } from './fields'
export { isReferral, meaningOf, questionGloss } from './gloss'
export { absolute, canonical, isAskable, isWithin, sameName, selfAndAncestors, spoken } from './names'
export type { QueryInput, ResponseReceived, SendQuery } from './queryMachine'
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
export { type CacheAnswer, type NameServer, type Resolution, serversFrom } from './resolution'
export { dnsResolver, type ResolverQuestion } from './resolver'
export type { Learnt, LearntNegative, LookInCache, Rank, ResolverInput } from './resolverMachine'
export type { Outcome, Source } from './response'
export { dnsStub, type StubQuestion } from './stub'
export {
  decode,
  type DnsMessage,
  encode,
  encodeForUdp,
  formatError,
  queryFor,
  type Question as DnsQuestion,
  type Rcode,
  responseTo,
  UDP_LIMIT,
} from './wire'
export { answerQuery, type Zone } from './zone'
export { parseRecord, parseZone } from './zoneText'
