import type { Instant } from '../../base/time'
import {
  type DnsMessage,
  decode,
  isReferral,
  isWithin,
  type ResourceRecord,
  type ResponseReceived,
  recordsOf,
  recordText,
  sameName,
} from '../../protocols/dns'
import type { Fact } from '../../world/fact'
import type { Address, HostName } from '../../world/world'

/** The questions that came to a person in a resolver's chair, what was asked of name servers, and what they told. */

/** A question that waits for the person, or has been answered. */
export interface AskedOfPerson {
  /** The order of the fact with which it came. */
  readonly order: number
  readonly at: Instant
  readonly from: Address
  readonly name: string
  readonly rrType: string
  readonly answer?: PersonsAnswer
}

export interface PersonsAnswer {
  readonly at: Instant
  readonly rcode: string
  readonly records: readonly string[]
  /** A list of servers in place of the answer. */
  readonly referral: boolean
}

/** A question of the person to a name server. */
export interface AskedByPerson {
  readonly order: number
  readonly at: Instant
  readonly server: Address
  readonly name: string
  readonly rrType: string
  /** `notTold`: no server has told this address. `longer`: a server further down is known already. */
  readonly slip?: 'notTold' | 'longer'
  readonly answer?: DnsMessage
  /** True if no answer came. */
  readonly silent?: true
}

/** A name server that the person has been told of. */
export interface KnownServer {
  readonly name: string
  readonly address: Address
  /** The zone that it knows. */
  readonly zone: string
}

export interface Resolving {
  /** The question that waits: the earliest one. */
  readonly waiting: AskedOfPerson | undefined
  readonly questions: readonly AskedOfPerson[]
  readonly asked: readonly AskedByPerson[]
  readonly servers: readonly KnownServer[]
  /** The records that were told, as lines. */
  readonly records: readonly string[]
}

/** The work of a person in a resolver's chair up to an instant. `hints` are the root servers. */
export function resolvingAt(
  trace: readonly Fact[],
  host: HostName,
  hints: readonly KnownServer[],
  t: Instant = Number.POSITIVE_INFINITY as Instant,
): Resolving {
  const questions: AskedOfPerson[] = []
  const asked: AskedByPerson[] = []
  const servers: KnownServer[] = [...hints]
  const records: string[] = []
  const learn = (message: DnsMessage): void => {
    for (const record of [...message.answers, ...message.authorities]) {
      if (record.type !== 'SOA' && !records.includes(recordText(record))) records.push(recordText(record))
    }
    for (const { name: zone, nameServer } of recordsOf(message.authorities, 'NS')) {
      for (const { address } of addressesOf(message, nameServer)) {
        if (!servers.some((each) => each.address === address)) servers.push({ name: nameServer, address, zone })
      }
    }
  }
  for (const fact of trace) {
    if (fact.at > t) break
    if (fact.type === 'datagramReceived' && fact.host === host) {
      const message = decode(fact.octets)
      const question = message === 'malformed' ? undefined : message.question[0]
      if (question)
        questions.push({
          order: fact.order,
          at: fact.at,
          from: fact.source.address,
          name: question.name,
          rrType: question.type,
        })
    } else if (fact.type === 'intervened' && fact.intervention.type === 'dug' && fact.intervention.host === host) {
      const { name, rrType, server = '' } = fact.intervention
      const whole = name.endsWith('.') ? name : `${name}.`
      const slip = slipOf(servers, server, whole)
      asked.push({ order: fact.order, at: fact.at, server, name: whole, rrType, ...(slip && { slip }) })
    } else if (fact.type === 'intervened' && fact.intervention.type === 'resolved' && fact.intervention.host === host) {
      const at = questions.findIndex(({ answer }) => !answer)
      const question = questions[at]
      const { rcode, records: said } = fact.intervention
      if (question)
        questions[at] = {
          ...question,
          answer: { at: fact.at, rcode, records: said, referral: isReferralOnly(said, question.rrType) },
        }
    } else if (fact.type === 'questionAnswered' && fact.host === host && fact.answer.type === 'responseReceived') {
      const message = decode((fact.answer as ResponseReceived).octets)
      const last = asked.at(-1)
      if (message === 'malformed' || !last || last.answer) continue
      asked[asked.length - 1] = { ...last, answer: message }
      learn(message)
    } else if (fact.type === 'lookupEnded' && fact.host === host && fact.outcome === 'timeout') {
      const last = asked.at(-1)
      if (last && !last.answer) asked[asked.length - 1] = { ...last, silent: true }
    } else if (fact.type === 'changeRefused' && fact.host === host && fact.reason.id === 'notARecord') {
      const last = questions.findLastIndex(({ answer }) => answer)
      const question = questions[last]
      if (question) {
        const { answer: _, ...rest } = question
        questions[last] = rest
      }
    }
  }
  return { waiting: questions.find(({ answer }) => !answer), questions, asked, servers, records }
}

const addressesOf = ({ additionals }: DnsMessage, name: string) =>
  recordsOf(additionals, 'A').filter((record) => sameName(record.name, name))

function slipOf(servers: readonly KnownServer[], address: Address, name: string): AskedByPerson['slip'] {
  const known = servers.find((each) => each.address === address)
  if (!known) return 'notTold'
  const nearer = servers.some(({ zone }) => zone.length > known.zone.length && isWithin(name, zone))
  return nearer && isWithin(name, known.zone) ? 'longer' : undefined
}

/** True if all that is said is whom to ask. */
const isReferralOnly = (lines: readonly string[], rrType: string): boolean =>
  rrType !== 'NS' && lines.length > 0 && lines.every((line) => /\sNS\s/.test(line))

/** The kind of an answer of a name server. */
export function kindOf(message: DnsMessage): 'answer' | 'referral' | 'noName' | 'noData' | 'refused' {
  if (message.rcode === 'NXDOMAIN') return 'noName'
  if (message.rcode !== 'NOERROR') return 'refused'
  if (message.answers.length > 0) return 'answer'
  return isReferral(message) ? 'referral' : 'noData'
}

/** The records of an answer as the person reads them. */
export const linesOf = (records: readonly ResourceRecord[]): readonly string[] => records.map(recordText)
