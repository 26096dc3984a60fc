import { describe, expect, it } from 'vitest'
import { addressOf, entriesOf, found, groupsOf, namedIn, presented, statesInWords } from './entries'
import { textOf } from './entryText'

const all = presented().flatMap((name) => entriesOf(name).map((one) => ({ protocol: name, ...one })))

describe('the entries of the reference', () => {
  it('each have an address of their own, which leads back to them', () => {
    const addresses = all.map(({ protocol, slug }) => addressOf(protocol, slug))
    expect(new Set(addresses).size).toBe(all.length)
    for (const { protocol, slug } of all) expect(namedIn(addressOf(protocol, slug))).toEqual({ protocol, slug })
  })

  it('give their meaning, the term of the standard and its section', () => {
    const lacking = all.filter(
      ({ entry }) => !/[.!?)]$/.test(textOf(entry).meaning) || !/\S/.test(entry.term) || !/RFC \d/.test(entry.rfc),
    )
    expect(lacking.map(({ protocol, slug }) => `${protocol} ${slug}`)).toEqual([])
  })

  it('are in groups, each group once', () => {
    for (const name of presented()) {
      const kinds = groupsOf(entriesOf(name)).map(([kind]) => kind)
      expect(new Set(kinds).size).toBe(kinds.length)
    }
  })
})

describe('an address', () => {
  it.each([
    ['#/reference', {}],
    ['#/reference/smtp', { protocol: 'SMTP' }],
    ['#/reference/smtp/RCPT', { protocol: 'SMTP', slug: 'RCPT' }],
    ['#/reference/SMTP/rcpt', { protocol: 'SMTP', slug: 'RCPT' }],
    ['#/reference/smtp/550', { protocol: 'SMTP', slug: '550' }],
    ['#/reference/dns/MX', { protocol: 'DNS', slug: 'MX' }],
    ['#/reference/pop3/%2BOK', { protocol: 'POP3', slug: '+OK' }],
    ['#/reference/imap/%5CSeen', { protocol: 'IMAP', slug: '\\Seen' }],
    ['#/reference/smtp/NOSUCH', { protocol: 'SMTP', unknown: 'NOSUCH' }],
    ['#/reference/gopher/GET', { unknown: 'gopher' }],
    ['#/reference/smtp/%zz', { protocol: 'SMTP', unknown: '%zz' }],
  ])('%s names %j', (hash, named) => {
    expect(namedIn(hash)).toEqual(named)
  })
})

describe('a search', () => {
  it('knows everyday words: a bounce is a delivery status notification', () => {
    expect(found('SMTP', 'bounce').map(({ entry }) => entry.name)).toContain('MAIL')
  })

  it('finds every entry with all its words, those with a word in their name first', () => {
    const [first, ...others] = found('SMTP', 'rcpt')
    expect(first?.entry.name).toBe('RCPT')
    expect(others.length).toBeGreaterThan(0)
    expect(others.every(({ text }) => text.includes('rcpt'))).toBe(true)
  })
  it.each([
    ['SMTP', '5.1.1'],
    ['DNS', 'nxdomain'],
    ['POP3', 'UIDL'],
    ['IMAP', 'idle'],
    ['TCP', 'syn'],
    ['TCP', 'rst'],
    ['TCP', 'window'],
    ['TCP', 'port'],
    ['TCP', 'octet'],
    ['SMTP', 'esmtp'],
  ] as const)('of %s finds %s', (protocol, wanted) => {
    expect(found(protocol, wanted)[0]?.entry.name.toLowerCase()).toBe(wanted.toLowerCase())
  })
  it('finds the first words of the map, also by everyday words', () => {
    const names = found('TCP', 'tcp').map(({ entry }) => entry.name)
    expect(names).toEqual(expect.arrayContaining(['SYN', 'SYN ACK', 'ACK', 'FIN', 'RST', 'retransmission']))
    expect(found('TCP', 'byte').map(({ entry }) => entry.name)).toContain('octet')
    // Each leads to its place in the standard of TCP.
    expect(entriesOf('TCP').every(({ entry }) => /^RFC 9293, section \d/.test(entry.rfc))).toBe(true)
  })
  it('finds nothing for an unknown word, and everything for an empty text', () => {
    expect(found('DNS', 'zzzz')).toEqual([])
    expect(found('DNS', ' ')).toEqual(entriesOf('DNS'))
  })
})

describe('the states that admit a command', () => {
  it('are named in words', () => {
    const rcpt = entriesOf('SMTP').find(({ slug }) => slug === 'RCPT')
    expect(rcpt && statesInWords(rcpt.entry)).toMatch(/sender known/)
  })
})

it('are given only for commands and their parameters, which a client sends', () => {
  const taken = all.filter(({ entry }) => statesInWords(entry) !== '').map(({ entry }) => entry.kind)
  expect([...new Set(taken)].sort()).toEqual(['command', 'parameter'])
  const ok = entriesOf('POP3').find(({ slug }) => slug === '+OK')
  expect(ok && statesInWords(ok.entry)).toBe('')
})
