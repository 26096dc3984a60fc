import { toString as toOpcodeName } from '@dnsquery/dns-packet/opcodes.js'
import { describe, expect, it } from 'vitest'
import type { CatalogueEntry } from '../../session/catalogue'
import { dnsCatalogue } from './catalogue'
import { FLAGS, fieldsOf } from './fields'
import { OUR_EDNS, queryFor, rcodeName } from './message'
import { RECORD_TYPES } from './record'
import { encode } from './wire'
import { readZone } from './zoneFile'
import { formatZone } from './zoneFormat'

const of = (kind: CatalogueEntry['kind']): readonly string[] =>
  dnsCatalogue.filter((entry) => entry.kind === kind).map(({ name }) => name)
const known = (name: (number: number) => string, unknown: string): readonly string[] =>
  Array.from({ length: 24 }, (_, number) => name(number)).filter((one) => !one.startsWith(unknown))

describe('the catalogue', () => {
  it('names each thing once, with a source, and leaves no field empty', () => {
    const names = dnsCatalogue.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const entry of dnsCatalogue) {
      expect(entry.rfc, entry.name).toMatch(/^RFC \d+/)
      for (const value of Object.values(entry)) expect(value).not.toHaveLength(0)
    }
  })

  it('has every readable type, and those that only a question has', () => {
    expect(of('recordType').toSorted()).toEqual([...RECORD_TYPES, 'ANY', 'AXFR', 'IXFR'].toSorted())
  })

  it('has every operation code and response code that has a name', () => {
    expect(of('opcode')).toEqual(known(toOpcodeName, 'OPCODE_'))
    expect(of('rcode')).toEqual(known(rcodeName, 'RCODE_'))
  })

  it('has every flag and section of a message', () => {
    expect(of('flag').toSorted()).toEqual(['QR', ...FLAGS.map(([, name]) => name)].toSorted())
    expect(of('section')).toEqual(['question', 'answer', 'authority', 'additional'])
  })

  it('has every part of an OPT record', () => {
    const parts = fieldsOf(encode(queryFor(1, '.', 'NS', true, OUR_EDNS)))
      .filter(({ group }) => group === 'additional')
      .map(({ name, value }) => (name === 'type' ? value : name))
    const own = parts.filter((name) => !['name', 'length', 'EDNS flags'].includes(name))
    expect(of('edns')).toEqual([...own, 'DO'])
  })

  it('gives examples of readable records', () => {
    const examples = dnsCatalogue.flatMap(({ kind, example }) => (kind === 'recordType' && example ? [example] : []))
    expect(examples).toHaveLength(RECORD_TYPES.length)
    const apexOf = (example: string): string => (example.includes('arpa') ? 'in-addr.arpa.' : 'bird.example.')
    for (const example of examples) {
      const apex = apexOf(example)
      const soa = example.includes(' SOA ') ? '' : '@ 60 SOA ns.test. h.test. 1 1 1 1 1\n'
      const reading = readZone(apex, `${soa}@ 60 NS ns.test.\n${example}\n`)
      expect('zone' in reading && formatZone(reading.zone), example).toContain('SOA')
    }
  })
})
