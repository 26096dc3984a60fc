import { expect, it } from 'vitest'
import { ask, run } from '../../hosts/testing/dnsWorld'
import { FORMAT_ERROR, meaningOf, UNREADABLE } from '../../protocols/dns'
import { queryFor, responseTo } from '../../protocols/dns/message'
import { answerQuery } from '../../protocols/dns/zone'
import { zoneFrom } from '../../protocols/dns/zoneFile'
import { glossOf } from './gloss'
import './known'

const zones = [
  zoneFrom(
    'example.',
    `$TTL 86400
     @       SOA ns hostmaster 1 7200 900 1209600 300
     @       NS  ns
ns           A   198.51.100.2
bird         NS  ns.bird
ns.bird      A   198.51.100.4
stone        NS  ns.elsewhere.test.
paper   3600 MX  20 second.paper
        3600 MX  10 first.paper
first.paper 3600 A 192.0.2.25
first.paper 3600 AAAA 2001:db8::25
www       60 CNAME Paper.Example.
away      60 CNAME bird
out       60 CNAME else.test.
deep.below 60 TXT "v=spf1 -all" "and \\"more\\""
silent    60 MX  0 .`.replace(/^ +@/gm, '@'),
  ),
]

it.each([
  [
    'paper.example.',
    'MX',
    'second.paper.example takes it, preference 20. first.paper.example takes it, preference 10.',
  ],
  ['silent.example.', 'MX', 'silent.example takes no mail at all.'],
  ['first.paper.example.', 'A', 'first.paper.example is at 192.0.2.25.'],
  ['bird.example.', 'MX', 'Ask the servers of bird.example.'],
  ['nobody.example.', 'MX', 'There is no nobody.example.'],
  ['first.paper.example.', 'MX', 'first.paper.example names nobody who takes its mail.'],
  ['paper.example.', 'A', 'paper.example has no A record.'],
  ['bird.test.', 'A', 'That is not for me to say.'],
  ['away.example.', 'MX', 'away.example is another name for bird.example.'],
])('describes %s %s in words', (name, type, gloss) => {
  expect(glossOf(meaningOf(answerQuery(zones, queryFor(1, name, type, false))))).toBe(gloss)
})

it('describes each step of a lookup in words', () => {
  const { facts } = run([ask('paper.example', 'MX')])
  const said = facts.flatMap((fact) =>
    fact.type === 'queried' || fact.type === 'responded' ? [`${fact.host}: ${glossOf(fact.means)}`] : [],
  )
  expect(said).toEqual([
    'asker: Who takes mail for paper.example?',
    'resolver: Who takes mail for paper.example?',
    'root: Ask the servers of example.',
    'resolver: Who takes mail for paper.example?',
    'ns.example: Ask the servers of paper.example.',
    'resolver: Who takes mail for paper.example?',
    'ns.paper: mx.paper.example takes it, preference 10.',
    'resolver: mx.paper.example takes it, preference 10.',
  ])
})

it('says that a lookup failed', () => {
  const query = queryFor(1, 'paper.example.', 'TXT', true)
  expect(glossOf(meaningOf({ ...responseTo(query, 'NOERROR'), truncated: true }))).toMatch(/too long for a datagram/)
  expect(glossOf(meaningOf(responseTo(query, 'SERVFAIL')))).toBe('I could not find out.')
  expect(glossOf(meaningOf({ ...query, question: [] }))).toBe('A query that asks nothing.')
  expect([FORMAT_ERROR, UNREADABLE].map((means) => glossOf(means))).toEqual([
    'I cannot read that.',
    'Octets that are no DNS message.',
  ])
})
