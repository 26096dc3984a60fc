export { dnsCatalogue } from './catalogue'
export { type Field, fieldsOf } from './fields'
export { isReferral, meaningOf, questionGloss } from './gloss'
export { absolute, canonical, isAskable, isWithin, sameName, selfAndAncestors, spoken } from './names'
export type { QueryInput } from './queryMachine'
export type { Learnt, LearntNegative, LookInCache, Rank, ResponseReceived, SendQuery } from './questions'
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
export type { ResolverInput } from './resolverMachine'
export type { Outcome, Source } from './response'
export { dnsStub, type StubQuestion } from './stub'
export {
  type DnsMessage,
  decode,
  encode,
  encodeForUdp,
  formatError,
  type Question as DnsQuestion,
  queryFor,
  type Rcode,
  responseTo,
  UDP_LIMIT,
} from './wire'
export { answerQuery, type Zone } from './zone'
export { parseRecord, parseZone } from './zoneText'
