import type { DnsParsed } from '../../protocols/dns/meaning'
import type { Question } from '../../protocols/dns/message'
import { sameName, spoken } from '../../protocols/dns/names'
import { type ResourceRecord, rdataText } from '../../protocols/dns/record'

/** Plain sentences about DNS messages, as the map's captions say them. */

type Response = Extract<DnsParsed, { readonly type: 'response' }>

export function dnsGloss(parsed: DnsParsed): string {
  switch (parsed.type) {
    case 'query':
      return parsed.question ? questionGloss(parsed.question) : 'A query that asks nothing.'
    case 'response':
      return responseGloss(parsed)
    case 'unreadable':
      return 'Octets that are no DNS message.'
  }
}

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

function responseGloss(response: Response): string {
  const { rcode, question, truncated, answers, referral } = response
  const who = question ? spoken(question.name) : 'that'
  switch (rcode) {
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
      return `Something is wrong: ${rcode}.`
  }
  if (truncated) return 'The answer is too long for a datagram: ask again over TCP.'
  if (answers.length > 0) {
    const asked = answers.filter(({ type }) => type === question?.type || question?.type === 'ANY')
    const said = asked.length > 0 ? asked : answers
    return `${said.map(recordGloss).join('; ')}.`
  }
  if (referral !== undefined)
    return sameName(referral, '.') ? 'Ask the root.' : `Ask the servers of ${spoken(referral)}.`
  if (question?.type === 'MX') return `${who} names nobody who takes its mail.`
  return `${who} has no ${question?.type ?? 'such'} record.`
}
