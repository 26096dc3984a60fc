import { fromText } from '../../base/octets'
import { isAskable, isWithin, sameName } from './names'
import { type Rdata, RECORD_TYPES, type ResourceRecord, recordText } from './record'
import type { Zone } from './zone'

const NUMBER = /^\d{1,10}$/
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/
const IPV6 = /^(?=.*:)(?:[0-9a-f]{1,4}|:)(?::?:[0-9a-f]{0,4}){1,7}$/i
/** A quoted string or a run of anything but blanks. */
const WORD = /"((?:[^"\\]|\\.)*)"|[^\s"]+/g

/**
 * One record in the words of a zone file (RFC 1035 section 5.1), whole on one line with every part said:
 * `bird.example. 3600 MX 10 mx.bird.example.` The class, IN, may stand before the type.
 * Throws an Error that quotes the text and names the remedy.
 */
export function parseRecord(text: string): ResourceRecord {
  const fail = (why: string): never => {
    throw new Error(`The record "${text}" cannot be read: ${why}`)
  }
  const words = (text.match(WORD) ?? []).map((word) => ({
    text: word.startsWith('"') ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word,
    quoted: word.startsWith('"'),
  }))
  const [owner, ttl, ...rest] = words
  if (!owner || !ttl) return fail('write it as "NAME SECONDS TYPE DATA".')
  const [type, ...data] = rest[0]?.text.toUpperCase() === 'IN' ? rest.slice(1) : rest

  const nameOf = (word: { text: string } | undefined, what: string): string => {
    const name = word?.text ?? fail(`the ${what} is missing.`)
    if (!name.endsWith('.')) fail(`the ${what} "${name}" has to be a whole name with a dot at its end.`)
    if (!isAskable(name)) fail(`the ${what} "${name}" is no domain name: labels of 1 to 63 octets, 255 in all.`)
    if (name.includes('*')) fail('a wildcard is not served here; write each name out.')
    return name
  }
  const numberOf = (word: { text: string } | undefined, what: string, below: number): number => {
    const digits = word?.text ?? fail(`the ${what} is missing.`)
    if (!NUMBER.test(digits) || Number(digits) >= below)
      fail(`the ${what} "${digits}" has to be a whole number below ${below}.`)
    return Number(digits)
  }
  const rdata = (): Rdata => {
    const upper = type?.text.toUpperCase()
    const only = (words: number): void => {
      if (data.length > words) fail(`"${data[words]?.text}" is one word too many for ${upper}.`)
    }
    switch (upper) {
      case 'A':
      case 'AAAA': {
        only(1)
        const address = data[0]?.text ?? fail('the address is missing.')
        if (!(upper === 'A' ? IPV4 : IPV6).test(address)) {
          fail(`"${address}" is no IPv${upper === 'A' ? '4' : '6'} address.`)
        }
        return { type: upper, address: address.toLowerCase() }
      }
      case 'MX':
        only(2)
        return {
          type: upper,
          preference: numberOf(data[0], 'preference', 65_536),
          exchange: nameOf(data[1], 'exchange'),
        }
      case 'NS':
        only(1)
        return { type: upper, nameServer: nameOf(data[0], 'name server') }
      case 'CNAME':
      case 'PTR':
        only(1)
        return { type: upper, target: nameOf(data[0], 'target') }
      case 'TXT': {
        if (data.length === 0) fail('the text is missing.')
        const texts = data.map((word) => fromText(word.text))
        if (texts.some((one) => one.length > 255))
          fail('a text has at most 255 octets; split it into several quoted ones.')
        return { type: upper, texts }
      }
      case 'SOA': {
        only(7)
        const number = (n: number, what: string): number => numberOf(data[n], what, 4_294_967_296)
        return {
          type: upper,
          mname: nameOf(data[0], 'primary server'),
          rname: nameOf(data[1], 'responsible mailbox'),
          serial: number(2, 'serial'),
          refresh: number(3, 'refresh'),
          retry: number(4, 'retry'),
          expire: number(5, 'expire'),
          minimum: number(6, 'minimum'),
        }
      }
      default:
        return fail(upper ? `the type ${upper} is none of ${RECORD_TYPES.join(', ')}.` : 'the type is missing.')
    }
  }
  return { name: nameOf(owner, 'owner name'), ttl: numberOf(ttl, 'time to live', 2_147_483_648), ...rdata() }
}

/**
 * A zone from its apex and one string a record. Throws an Error with one sentence where a record cannot be read or
 * the zone could not be served: without SOA or NS at its apex, with names outside it, with an alias beside other data.
 */
export function parseZone(apex: string, texts: readonly string[]): Zone {
  if (!apex.endsWith('.') || !isAskable(apex)) {
    throw new Error(`The zone's apex "${apex}" has to be a domain name with a dot at its end, as in "bird.example."`)
  }
  const records = texts.map(parseRecord)
  const fail = (why: string): never => {
    throw new Error(`The zone "${apex}" cannot be served: ${why}`)
  }
  const atApex = records.filter(({ name }) => sameName(name, apex))
  if (atApex.filter(({ type }) => type === 'SOA').length !== 1) fail('it needs exactly one SOA record at its apex.')
  if (!atApex.some(({ type }) => type === 'NS')) fail('it needs an NS record at its apex.')
  for (const record of records) {
    if (!isWithin(record.name, apex)) fail(`"${recordText(record)}" lies outside of it.`)
    const others = records.filter((other) => other !== record && sameName(other.name, record.name))
    if (record.type === 'CNAME' && others.length > 0) {
      fail(`"${recordText(record)}" is an alias, so no other record may have its name (RFC 1034 section 3.6.2).`)
    }
  }
  return { apex, records }
}
