import type { Meaning } from '../../session/session'
import { type DnsMessage, isReferral, type Question } from './message'
import { sameName, spoken } from './names'
import { type ResourceRecord, rdataText, recordsOf } from './record'

export { isReferral } from './message'

/** The question in plain words: "Who takes mail for bird.example?" */
export function questionGloss({ name, type }: Question): string {
  const who = spoken(name)
  switch (type) {
    case 'MX':
      return `Who takes mail for ${who}?`
    case 'A':
      return `Where is ${who}?`
    case 'AAAA':
      return `Where is ${who}, by IPv6?`
    case 'NS':
      return `Which servers know ${who}?`
    case 'SOA':
      return `Who is responsible for ${who}?`
    case 'TXT':
      return `What does ${who} say of itself?`
    case 'CNAME':
      return `Is ${who} another name for something?`
    case 'PTR':
      return `Whose address is ${who}?`
    case 'ANY':
      return `What records has ${who}?`
    default:
      return `What ${type} records has ${who}?`
  }
}

function recordGloss(record: ResourceRecord): string {
  switch (record.type) {
    case 'MX':
      return record.exchange === '.'
        ? `${spoken(record.name)} takes no mail at all`
        : `${spoken(record.exchange)} takes it, preference ${record.preference}`
    case 'A':
    case 'AAAA':
      return `${spoken(record.name)} is at ${record.address}`
    case 'NS':
      return `${spoken(record.nameServer)} knows ${spoken(record.name)}`
    case 'CNAME':
      return `${spoken(record.name)} is another name for ${spoken(record.target)}`
    case 'PTR':
      return `it belongs to ${spoken(record.target)}`
    case 'SOA':
      return `${spoken(record.mname)} is its primary server`
    case 'TXT':
      return `it says ${rdataText(record)}`
  }
}

function responseGloss(message: DnsMessage): string {
  const [question] = message.question
  const who = question ? spoken(question.name) : 'that'
  switch (message.rcode) {
    case 'NOERROR':
      break
    case 'NXDOMAIN':
      return `There is no ${who}.`
    case 'SERVFAIL':
      return 'I could not find out.'
    case 'REFUSED':
      return 'That is not for me to say.'
    case 'FORMERR':
      return 'I cannot read that.'
    case 'NOTIMP':
      return 'I do not do that.'
    case 'BADVERS':
      return 'I do not speak that version of EDNS.'
    default:
      return `Something is wrong: ${message.rcode}.`
  }
  if (message.truncated) return 'The answer is too long for a datagram: ask again over TCP.'
  if (message.answers.length > 0) {
    const asked = message.answers.filter(({ type }) => type === question?.type || question?.type === 'ANY')
    const said = asked.length > 0 ? asked : message.answers
    return `${said.map(recordGloss).join('; ')}.`
  }
  if (isReferral(message)) {
    const [server] = recordsOf(message.authorities, 'NS')
    return server && sameName(server.name, '.') ? 'Ask the root.' : `Ask the servers of ${spoken(server?.name ?? '.')}.`
  }
  if (question?.type === 'MX') return `${who} names nobody who takes its mail.`
  return `${who} has no ${question?.type ?? 'such'} record.`
}

/** What a message means, for the map's caption: the name is the type asked for, or the response's code. */
export function meaningOf(message: DnsMessage): Meaning {
  const [question] = message.question
  if (!message.response) {
    return question
      ? { kind: 'query', name: question.type, gloss: questionGloss(question) }
      : { kind: 'query', name: 'query', gloss: 'A query that asks nothing.' }
  }
  const meaning = { kind: 'response', name: message.rcode, gloss: responseGloss(message) } as const
  if (message.rcode === 'SERVFAIL') return { ...meaning, refused: 'later' }
  return message.rcode === 'NOERROR' ? meaning : { ...meaning, refused: true }
}
