import type { Octets } from '../../base/octets'
import type { Instant } from '../../base/time'
import { digText } from '../../messages/dig'
import {
  type DnsMessage,
  decode,
  isAskable,
  isIpv4,
  isRecordType,
  RECORD_TYPES,
  rdataText,
  recordsOf,
} from '../../protocols/dns'
import type { Fact, FactOf } from '../../world/fact'
import type { Intervention, InterventionBody } from '../../world/intervention'
import type { Timeline } from '../../world/timeline'
import { factOf, keptFrom, type Trace } from '../../world/trace'
import type { HostName, SessionId } from '../../world/world'
import { factsBy } from '../run/runView'

/** Questions to the DNS as `dig` asks them: the line that a person types, and the answer in dig's layout. */

type Dug = Extract<Intervention, { readonly type: 'dug' }>
export type Question = Omit<Extract<InterventionBody, { readonly type: 'dug' }>, 'type' | 'host'>

/** Reads a line as `dig @198.51.100.1 mx bird.example +norecurse`; `dig` itself may be left out. Or gives one sentence. */
export function readDig(line: string): { readonly question: Question } | { readonly wrong: string } {
  const words = line
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words[0]?.toLowerCase() === 'dig') words.shift()
  let name: string | undefined
  let rrType: string | undefined
  let server: string | undefined
  let recursion = true
  for (const word of words) {
    const upper = word.toUpperCase()
    if (word.startsWith('@')) {
      if (!isIpv4(word.slice(1))) return { wrong: digText('noServer', { word }) }
      server = word.slice(1)
    } else if (/^\+(?:no)?rec(?:urse)?$/i.test(word)) recursion = !/^\+no/i.test(word)
    else if (/^[+-]/.test(word)) return { wrong: digText('noOption', { word }) }
    else if (isRecordType(upper) && rrType === undefined) rrType = upper
    else if (name === undefined) name = word
    else return { wrong: digText('tooMuch', { word, types: RECORD_TYPES.join(', ') }) }
  }
  if (name === undefined) return { wrong: digText('noName') }
  if (!isAskable(name.endsWith('.') ? name : `${name}.`)) return { wrong: digText('notAName', { name }) }
  return { question: { name, rrType: rrType ?? 'A', recursion, ...(server === undefined ? {} : { server }) } }
}

/** A line of an answer, and the fact that it tells. An empty line has none. */
export interface DigLine {
  readonly text: string
  readonly fact?: number
}

/** A question that was asked at a host, and its end. */
export interface Dig {
  /** The order of the fact with which it was asked. */
  readonly asked: number
  readonly at: Instant
  readonly command: string
  /** Undefined while it is under way at the end of the run. */
  readonly end?: DigEnd
}

interface DigEnd {
  readonly at: Instant
  /** The order of the response, or of the fact by which there is none. */
  readonly fact: number
  /** The result in one sentence: the answer, or the reason why there is none. */
  readonly said: string
  /** The answer in dig's layout; none without an answer. */
  readonly lines: readonly DigLine[]
}

/** The questions that persons have asked at a host in the whole run, in their order. */
export function digsIn(timeline: Timeline, host: HostName): readonly Dig[] {
  const asked = timeline.interventions.filter((done): done is Dug => done.type === 'dug' && done.host === host)
  return asked.flatMap((dug) => {
    const place = placeOf(timeline.trace, dug)
    const dig = place === -1 ? undefined : digFrom(timeline.trace, place)
    // Of the oldest part of a very long run, answers are not kept.
    return dig && (dig.end || keptFrom(timeline) <= dug.at) ? [dig] : []
  })
}

/** The place of an intervention among the facts; -1 if it is not there. */
function placeOf(trace: Trace, done: Intervention): number {
  for (let n = factsBy(trace, done.at) - 1; n >= 0; n--) {
    const fact = trace[n] as Fact
    if (fact.at < done.at) break
    if (fact.type === 'intervened' && fact.intervention === done) return n
  }
  return -1
}

/** The question that the fact at this place asks, and its end in the facts after it. */
export function digFrom(trace: Trace, place: number): Dig | undefined {
  const began = trace[place]
  if (began?.type !== 'intervened' || began.intervention.type !== 'dug') return undefined
  const { intervention: dug, order: asked, at } = began
  const dig: Dig = { asked, at, command: commandOf(dug) }
  let session: SessionId | undefined
  let query: number | undefined
  let answer: Answer | undefined
  for (let n = place + 1; n < trace.length; n++) {
    const fact = trace[n] as Fact
    if (!('host' in fact) || fact.host !== dug.host) continue
    if (fact.type === 'hostStopped')
      return { ...dig, end: { at: fact.at, fact: fact.order, said: digText('stopped'), lines: [] } }
    const cause = fact.cause === undefined ? undefined : factOf(trace, fact.cause)
    const ours = session !== undefined && cause !== undefined && 'session' in cause && cause.session === session
    if (fact.type === 'sessionStarted' && fact.cause === asked) session = fact.session
    else if (fact.type === 'queried' && ours) query = fact.order
    else if (fact.type === 'questionAnswered' && fact.session === session) answer = answerIn(trace, fact) ?? answer
    else if (fact.type === 'lookupEnded' && (ours || fact.cause === asked))
      return { ...dig, end: endOf(fact, dug, query, answer) }
  }
  return dig
}

function endOf(
  { at, order, outcome }: FactOf<'lookupEnded'>,
  dug: Dug,
  query: number | undefined,
  answer: Answer | undefined,
): DigEnd {
  if (outcome === 'noResolver' || !answer || outcome === 'timeout')
    return { at, fact: order, said: digText(outcome === 'noResolver' ? 'noResolver' : 'timedOut'), lines: [] }
  const { message, fact } = answer
  return {
    at,
    fact,
    said: heard(message),
    lines: layoutOf(answer, at - dug.at, query ?? fact),
  }
}

/** The records that a listener is told at once. */
const MOST_TOLD = 3

/** The answer in one sentence or two: its first records, or the servers that it sends one to. */
function heard({ rcode, answers, authorities, additionals }: DnsMessage): string {
  const servers = recordsOf(authorities, 'NS')
  const sentOn = answers.length === 0 && servers.length > 0
  const told = sentOn
    ? servers.flatMap((server) => [
        server,
        ...recordsOf(additionals, 'A').filter(({ name }) => name === server.nameServer),
      ])
    : answers
  const records = told
    .slice(0, MOST_TOLD)
    .map((record) => `${record.type} ${rdataText(record)}`)
    .join(', ')
  const count = digText('heard', { status: rcode, count: answers.length })
  if (sentOn) return `${count} ${digText('sentOn', { zone: servers[0]?.name ?? '', records })}`
  return records === '' ? count : `${count} ${records}`
}

/** A response that a host has got. */
interface Answer {
  readonly message: DnsMessage
  readonly size: number
  /** The address of its server. */
  readonly server: string
  /** The order of the fact in which it was said. */
  readonly fact: number
}

function answerIn(trace: Trace, { answer, cause, order }: FactOf<'questionAnswered'>): Answer | undefined {
  if (answer.type !== 'responseReceived' || !isResponse(answer)) return undefined
  const { octets, source } = answer
  const message = decode(octets)
  if (message === 'malformed') return undefined
  return { message, size: octets.length, server: source.address, fact: saidIn(trace, cause) ?? order }
}

const isResponse = (
  answer: object,
): answer is { readonly octets: Octets; readonly source: { readonly address: string } } =>
  'octets' in answer && 'source' in answer

/** The fact in which a response was said, among the causes of what followed from it. */
function saidIn(trace: Trace, from: number | undefined): number | undefined {
  for (let cause = from; cause !== undefined; ) {
    const fact = factOf(trace, cause)
    if (!fact || fact.type === 'intervened') return undefined
    if (fact.type === 'responded' || fact.type === 'read') return fact.order
    ;({ cause } = fact)
  }
  return undefined
}

function commandOf({ name, rrType, server, recursion }: Dug): string {
  return [
    'dig',
    ...(server === undefined ? [] : [`@${server}`]),
    rrType.toLowerCase(),
    name,
    ...(recursion ? [] : ['+norecurse']),
  ].join(' ')
}

/** The layout of `dig`: header, question, and the three sections with their records as in a zone file. */
function layoutOf({ message, server, size, fact }: Answer, ms: number, query: number): readonly DigLine[] {
  const { question, answers, authorities, additionals, edns } = message
  const flags = [
    'qr',
    ...(message.authoritative ? ['aa'] : []),
    ...(message.truncated ? ['tc'] : []),
    ...(message.recursionDesired ? ['rd'] : []),
    ...(message.recursionAvailable ? ['ra'] : []),
  ]
  const counts = `QUERY: ${question.length}, ANSWER: ${answers.length}, AUTHORITY: ${authorities.length}, ADDITIONAL: ${additionals.length + (edns ? 1 : 0)}`
  const section = (title: string, records: DnsMessage['answers']): readonly string[] =>
    records.length === 0
      ? []
      : [
          '',
          `;; ${title} SECTION:`,
          ...records.map((record) => `${record.name}\t${record.ttl}\tIN\t${record.type}\t${rdataText(record)}`),
        ]
  const told = (texts: readonly string[]): readonly DigLine[] =>
    texts.map((text) => (text === '' ? { text } : { text, fact }))
  return [
    ...told([
      `;; ->>HEADER<<- opcode: QUERY, status: ${message.rcode}, id: ${message.id}`,
      `;; flags: ${flags.join(' ')}; ${counts}`,
      '',
      ';; QUESTION SECTION:',
    ]),
    ...question.map(({ name, class: among, type }) => ({ text: `;${name}\t\t${among}\t${type}`, fact: query })),
    ...told([
      ...section('ANSWER', answers),
      ...section('AUTHORITY', authorities),
      ...section('ADDITIONAL', additionals),
      '',
      digText('queryTime', { ms: String(Math.round(ms)) }),
      `;; SERVER: ${server}#53`,
      `;; MSG SIZE  rcvd: ${size}`,
    ]),
  ]
}
