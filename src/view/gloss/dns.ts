import { glossDnsText } from '../../messages/glossDns'
import type { DnsParsed } from '../../protocols/dns/meaning'
import type { Question } from '../../protocols/dns/message'
import { sameName, spoken } from '../../protocols/dns/names'
import { type ResourceRecord, rdataText } from '../../protocols/dns/record'

type Response = Extract<DnsParsed, { readonly type: 'response' }>

/** Plain sentences about a DNS message, as the map's captions say them. */
export function dnsGloss(parsed: DnsParsed): string {
  switch (parsed.type) {
    case 'query':
      return parsed.question ? questionGloss(parsed.question) : glossDnsText('emptyQuery')
    case 'response':
      return responseGloss(parsed)
    case 'unreadable':
      return glossDnsText('unreadable')
  }
}

/** The question in plain words: "Who takes mail for bird.example?" */
function questionGloss({ name, type }: Question): string {
  const values = { name: spoken(name), type }
  return glossDnsText.found(`asks.${type}`, values) ?? glossDnsText('asks', values)
}

function recordGloss(record: ResourceRecord): string {
  const name = spoken(record.name)
  switch (record.type) {
    case 'MX':
      return record.exchange === '.'
        ? glossDnsText('nullMx', { name })
        : glossDnsText('record.MX', { exchange: spoken(record.exchange), preference: record.preference })
    case 'A':
    case 'AAAA':
      return glossDnsText(`record.${record.type}`, { name, address: record.address })
    case 'NS':
      return glossDnsText('record.NS', { nameServer: spoken(record.nameServer), name })
    case 'CNAME':
      return glossDnsText('record.CNAME', { name, target: spoken(record.target) })
    case 'PTR':
      return glossDnsText('record.PTR', { target: spoken(record.target) })
    case 'SOA':
      return glossDnsText('record.SOA', { primary: spoken(record.mname) })
    case 'TXT':
      return glossDnsText('record.TXT', { text: rdataText(record) })
  }
}

function responseGloss({ rcode, question, truncated, answers, referral }: Response): string {
  const name = question && spoken(question.name)
  if (rcode !== 'NOERROR') {
    if (rcode === 'NXDOMAIN' && name === undefined) return glossDnsText('noSuchName')
    return glossDnsText.found(`rcode.${rcode}`, { name: name ?? '' }) ?? glossDnsText('rcode', { rcode })
  }
  if (truncated) return glossDnsText('truncated')
  if (answers.length > 0) {
    const asked = answers.filter(({ type }) => type === question?.type || question?.type === 'ANY')
    const said = asked.length > 0 ? asked : answers
    return said.map(recordGloss).join(' ')
  }
  if (referral !== undefined)
    return sameName(referral, '.') ? glossDnsText('askRoot') : glossDnsText('referral', { name: spoken(referral) })
  if (name === undefined || question === undefined) return glossDnsText('nothing')
  return question.type === 'MX'
    ? glossDnsText('noExchanger', { name })
    : glossDnsText('noRecord', { name, type: question.type })
}
