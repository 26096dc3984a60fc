import { describe, expect, test } from 'vitest'
import { fromText, toBase64 } from '../../base/octets'
import { replyText } from '../../protocols/smtp'
import { mailWorld, type Posted, SERVER } from './testing/mailWorld'

const FAR = 'zoe@far.test'
const HEADER = 'From: zoe@far.test\r\nSubject: one\r\n'
const MESSAGE = `${HEADER}\r\nText.\r\n`
const DATED = `Date: Sat, 21 Nov 2026 09:00:00 +0000\r\nMessage-ID: <own@far.test>\r\n${MESSAGE}`

/** The server's replies to one message: one for each refused recipient, else the acceptance. */
function outcome(posting: Posted, server = {}) {
  const world = mailWorld({ messages: [posting], server }).pass(60)
  const [report] = world.reports
  const refused = report?.refused[0]?.reply ?? (report?.outcome === 'accepted' ? undefined : report?.reply)
  return { world, said: refused ? replyText(refused) : report?.outcome }
}

describe('recipients that it accepts', () => {
  const table: readonly [string, number, string, string][] = [
    ['a user of ours', 25, 'ann@here.test', 'accepted'],
    ['in another case', 25, 'ANN@Here.TEST', 'accepted'],
    ['quoted', 25, '"ann"@here.test', 'accepted'],
    ['quoted with a needless backslash', 25, '"\\a\\n\\n"@here.test', 'accepted'],
    ['the postmaster', 25, 'postmaster@here.test', 'accepted'],
    ['the postmaster in another case', 25, 'POSTmaster@here.test', 'accepted'],
    ['the postmaster without a domain', 25, 'Postmaster', 'accepted'],
    ['a user at our own address', 25, `ann@[${SERVER}]`, 'accepted'],
    ['nobody of ours', 25, 'nobody@here.test', '550 5.1.1'],
    ['nobody, quoted', 25, '"no body"@here.test', '550 5.1.1'],
    ['a domain below ours', 25, 'ann@sub.here.test', '550 5.7.1'],
    ['a stranger to a stranger', 25, 'you@there.test', '550 5.7.1'],
    ['at another address', 25, 'ann@[192.0.2.99]', '550 5.7.1'],
    ['an old way to write a route', 25, 'you%there.test@here.test', '550 5.1.1'],
    ['a user of ours to anybody', 587, 'you@there.test', 'accepted'],
    ['a user of ours to nobody of ours', 587, 'nobody@here.test', '550 5.1.1'],
  ]
  test.each(table)('%s, port %i, <%s>: %s', (_, port, forwardPath, expected) => {
    expect(outcome({ reversePath: FAR, forwardPaths: [forwardPath], port, message: MESSAGE }).said).toContain(expected)
  })

  test('an open relay accepts every recipient', () => {
    const posting = { reversePath: FAR, forwardPaths: ['you@there.test'], message: MESSAGE }
    expect(outcome(posting, { relayForStrangers: true }).said).toBe('accepted')
  })

  test('one mailbox gets one copy, however many of its names were used', () => {
    const forwardPaths = ['ann@here.test', '"ann"@here.test', 'ANN@here.test']
    const { world } = outcome({ reversePath: FAR, forwardPaths, message: MESSAGE })
    expect(world.inbox('ann@here.test')).toHaveLength(1)
  })
})

describe('the message', () => {
  const toAnn = { reversePath: FAR, forwardPaths: ['ann@here.test'] }

  test('arrives under Return-Path and Received, with its text unchanged', () => {
    const { world } = outcome({ ...toAnn, message: DATED })
    const [kept = ''] = world.inbox('ann@here.test')
    expect(kept.startsWith('Return-Path: <zoe@far.test>\r\nReceived: from poster.test (poster [192.0.2.10])\r\n')).toBe(
      true,
    )
    expect(kept).toMatch(/by mail\.here\.test with ESMTP id [0-9A-F]+\r\n\tfor <ann@here\.test>;/)
    expect(kept.endsWith(DATED)).toBe(true)
  })

  test.each([
    [25, true, false],
    [587, true, true],
    [587, false, false],
  ])('port %i, policy %s: Date and Message-ID are added: %s (RFC 6409 section 8)', (port, completeHeaders, added) => {
    const { world } = outcome({ ...toAnn, port, message: MESSAGE }, { completeHeaders })
    const [kept = ''] = world.inbox('ann@here.test')
    expect(/^Date: [A-Z][a-z]{2}, \d/m.test(kept)).toBe(added)
    expect(/^Message-ID: <[^<>\s]+@mail\.here\.test>\r$/m.test(kept)).toBe(added)
    expect(kept.endsWith(MESSAGE)).toBe(true)
  })

  test('keeps all existing fields, even invalid ones', () => {
    const message = `Date: yesterday\r\nMessage-ID: nonsense\r\n${MESSAGE}`
    const { world } = outcome({ ...toAnn, port: 587, message })
    const [kept = ''] = world.inbox('ann@here.test')
    expect(kept.match(/^Date:/gm)).toHaveLength(1)
    expect(kept.match(/^Message-ID:/gm)).toHaveLength(1)
    expect(kept.endsWith(message)).toBe(true)
  })

  test.each([
    ['text alone', 'Hello there.\r\nSubject: no field\r\n'],
    ['text that begins with a space', ' Hello.\r\nDate: no field\r\n'],
  ])('%s is no header section: an empty line keeps it apart from the fields put on top', (_, text) => {
    for (const port of [25, 587]) {
      const [kept = ''] = outcome({ ...toAnn, port, message: text }).world.inbox('ann@here.test')
      const [header = '', body] = kept.split('\r\n\r\n')
      expect(body, `port ${port}`).toBe(text)
      expect(header).not.toMatch(/Hello|no field/)
      expect(/^Date: /m.test(header)).toBe(port === 587)
    }
  })

  test('a lone CR or LF that was accepted becomes a line end: none goes out again (RFC 5321 section 2.3.8)', () => {
    const forwardPaths = ['ann@here.test', 'you@there.test']
    const message = `${DATED}One\nTwo\r.\n.\rRCPT TO:<evil@there.test>\n\r\n`
    const whole = `${DATED}One\r\nTwo\r\n.\r\n.\r\nRCPT TO:<evil@there.test>\r\n\r\n`
    const strict = {
      hostName: 'there.test',
      domains: [{ domain: 'there.test', recipients: ['you'], postmaster: 'you' }],
      accounts: [{ address: 'you@there.test', password: 'secret' }],
    }
    const world = mailWorld({
      messages: [{ reversePath: FAR, forwardPaths, port: 587, message }],
      server: { bareLineFeed: 'tolerate' },
      servers: { '203.0.113.1': strict },
      records: ['there.test. 300 IN A 203.0.113.1'],
    }).pass(60)
    expect(world.inbox('ann@here.test')[0]?.endsWith(whole)).toBe(true)
    expect(world.all('messageDelivered').map((fact) => fact.host)).toEqual(['mail', 'there.test'])
    expect(world.all('messageBounced')).toEqual([])
  })

  test.each([
    [100, 'accepted'],
    [101, '554 5.4.6'],
  ])('with %i Received fields: %s (RFC 5321 section 6.3)', (hops, expected) => {
    const message = `${'Received: from a by b; x\r\n'.repeat(hops)}${MESSAGE}`
    expect(outcome({ ...toAnn, message }).said).toContain(expected)
  })

  test('two servers that each relay to the other stop after the limit of hops', () => {
    const servers = {
      '192.0.2.26': {
        hostName: 'other.test',
        domains: [{ domain: 'loop.test', recipients: ['you'], postmaster: 'you', deliverTo: 'mail.here.test' }],
      },
    }
    const server = {
      maxHops: 6,
      domains: [
        { domain: 'here.test', recipients: ['ann', 'postmaster'], postmaster: 'postmaster' },
        { domain: 'loop.test', recipients: ['you'], postmaster: 'you', deliverTo: 'other.test' },
      ],
    }
    const records = ['other.test. 300 IN A 192.0.2.26']
    const posting = { reversePath: 'ann@here.test', forwardPaths: ['you@loop.test'], message: DATED }
    const world = mailWorld({ messages: [posting], server, servers, records }).pass(600)
    expect(world.all('messageRelayed').length).toBeLessThanOrEqual(8)
    expect(world.all('messageBounced')[0]?.reason.status).toBe('5.4.6')
    expect(world.inbox('ann@here.test')[0]).toContain('Action: failed')
  })

  test('is on disk before its 250 is on the wire', () => {
    const { world } = outcome({ ...toAnn, port: 587, forwardPaths: ['you@there.test'], message: DATED })
    const queued = world.all('messageQueued')[0]
    const sent = world.all('sent').find((fact) => fact.host === 'mail' && fact.octets.includes('queued as'))
    expect(queued?.order).toBeLessThan(sent?.order ?? 0)
  })
})

describe('VRFY tells the truth (RFC 5321 section 3.5.3)', () => {
  test.each([
    ['ann', '250 2.1.5 <ann@here.test>'],
    ['ann@here.test', '250 2.1.5 <ann@here.test>'],
    ['<ANN@here.test>', '250 2.1.5 <ann@here.test>'],
    ['postmaster', '250 2.1.5 <postmaster@here.test>'],
    ['nobody', '550 5.1.1'],
    ['nobody@here.test', '550 5.1.1'],
    ['you@there.test', '252 2.5.0'],
  ])('VRFY %s: %s', (text, reply) => {
    expect(
      mailWorld({})
        .dialogue(25, ['EHLO x.test', `VRFY ${text}`])
        .at(-1),
    ).toContain(reply)
  })
})

describe('logging in', () => {
  const plain = (text: string) => toBase64(fromText(text))
  const ALICE = plain('\0ann@here.test\0secret')
  const mechanisms = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256'] as const

  test('MAIL before it gets 530, unless the policy is off', () => {
    const lines = ['EHLO x.test', 'MAIL FROM:<ann@here.test>']
    expect(mailWorld({}).dialogue(587, lines).at(-1)).toContain('530 5.7.0')
    expect(
      mailWorld({ server: { requireAuthentication: false } })
        .dialogue(587, lines)
        .at(-1),
    ).toMatch(/^250/)
  })

  test('port 25 offers none', () => {
    const [, ehlo = '', auth] = mailWorld({ server: { mechanisms } }).dialogue(25, [
      'EHLO x.test',
      `AUTH PLAIN ${ALICE}`,
    ])
    expect(ehlo).not.toContain('AUTH')
    expect(auth).toMatch(/^50[023] /)
  })

  test.each([
    ['the right password', ALICE, '235'],
    ['the local part alone', plain('\0ann\0secret'), '235'],
    ['a wrong password', plain('\0ann@here.test\0Secret'), '535 5.7.8'],
    ['an unknown user', plain('\0zoe@here.test\0secret'), '535 5.7.8'],
    ['as somebody else', plain('postmaster\0ann\0secret'), '535 5.7.8'],
  ])('AUTH PLAIN with %s', (_, response, code) => {
    expect(
      mailWorld({})
        .dialogue(587, ['EHLO x.test', `AUTH PLAIN ${response}`])
        .at(-1),
    ).toContain(code)
  })

  test('AUTH LOGIN asks twice', () => {
    const lines = ['EHLO x.test', 'AUTH LOGIN', plain('ann'), plain('secret')]
    const replies = mailWorld({ server: { mechanisms } }).dialogue(587, lines)
    expect(replies.slice(2)).toEqual([
      expect.stringContaining(`334 ${plain('Username:')}`),
      expect.stringContaining(`334 ${plain('Password:')}`),
      expect.stringContaining('235'),
    ])
  })

  test.each(mechanisms)('our own client logs in by %s, and its message says ESMTPA', (mechanism) => {
    const messages = [{ reversePath: 'ann@here.test', forwardPaths: ['ann@here.test'], port: 587, message: MESSAGE }]
    const world = mailWorld({ messages, server: { mechanisms: [mechanism] } }).pass(60)
    expect(world.inbox('ann@here.test')[0]).toContain('with ESMTPA id')
    const said = world.all('sent').filter(({ host, octets }) => host === 'poster' && octets.startsWith('AUTH'))
    expect(said[0]?.octets).toMatch(new RegExp(`^AUTH ${mechanism}`))
    expect(world.server).toMatchObject({ users: {}, exchanges: {} })
  })

  test('an unfinished login leaves nothing over', () => {
    const world = mailWorld({ server: { mechanisms } })
    expect(world.dialogue(587, ['EHLO x.test', 'AUTH CRAM-MD5', '*']).at(-1)).toContain('501')
    expect(world.server.exchanges).toEqual({})
    world.dialogue(587, ['EHLO x.test', 'AUTH CRAM-MD5'])
    expect(Object.keys(world.server.exchanges)).toHaveLength(1)
    world.do({ type: 'hostStopped', host: 'outside' }).do({ type: 'hostStopped', host: 'mail' })
    expect(world.server.exchanges).toEqual({})
  })

  test('passwords wait for TLS if the policy requires it', () => {
    const server = { mechanisms, tls: 'offered' as const, plaintextAuth: false }
    const auth = `AUTH PLAIN ${ALICE}`
    const lines = ['EHLO x.test', auth, 'STARTTLS', 'secured', 'EHLO x.test', auth]
    const [, before = '', refused, ready, , after = '', taken] = mailWorld({ server }).dialogue(587, lines)
    expect(before).not.toMatch(/AUTH.*PLAIN/)
    expect(before).toMatch(/AUTH.*SCRAM-SHA-256/)
    expect(refused).toMatch(/^5\d\d /)
    expect(ready).toMatch(/^220 /)
    expect(after).toMatch(/AUTH.*PLAIN/)
    expect(after).not.toContain('STARTTLS')
    expect(taken).toMatch(/^235 /)
  })

  test('port 465 is encrypted from the beginning: 250 without STARTTLS', () => {
    const services = [{ port: 465, service: 'submissions' as const }]
    const world = mailWorld({ server: { services, plaintextAuth: false } })
    const [greeting, ehlo, auth] = world.dialogue(465, ['EHLO x.test', `AUTH PLAIN ${ALICE}`], true)
    expect(greeting).toMatch(/^220 /)
    expect(ehlo).not.toContain('STARTTLS')
    expect(auth).toMatch(/^235 /)
    const payloads = world
      .all('packetSent')
      .flatMap(({ packet }) => (packet.kind === 'segment' && packet.payload !== '' ? [packet] : []))
    expect(payloads.length).toBeGreaterThan(4)
    expect(payloads.every(({ encrypted }) => encrypted)).toBe(true)
  })
})

describe('towards other servers', () => {
  const A = '203.0.113.1'
  const records = ['there.test. 300 IN MX 10 a.there.test.', `a.there.test. 300 IN A ${A}`]
  const messages = [{ reversePath: 'ann@here.test', forwardPaths: ['you@there.test'], port: 587, message: DATED }]
  const other = {
    hostName: 'a.there.test',
    domains: [{ domain: 'there.test', recipients: ['you'], postmaster: 'you' }],
    accounts: [{ address: 'you@there.test', password: 'x' }],
  }

  test('STARTTLS is used if it is offered', () => {
    const servers = { [A]: { ...other, tls: 'offered' as const } }
    const world = mailWorld({ messages, records, servers }).pass(60)
    expect(world.inbox('you@there.test', 'a.there.test')[0]).toContain('with ESMTPS id')
  })

  test('if none is offered the message goes in plaintext, or waits if the policy is strict', () => {
    const open = mailWorld({ messages, records, servers: { [A]: other } }).pass(60)
    expect(open.inbox('you@there.test', 'a.there.test')[0]).toContain('with ESMTP id')
    const strict = mailWorld({ messages, records, servers: { [A]: other }, server: { outgoingTls: 'required' } }).pass(
      60,
    )
    expect(strict.inbox('you@there.test', 'a.there.test')).toEqual([])
    expect(strict.all('messageDeferred')[0]?.reason).toMatchObject({ id: 'lacks', what: 'encryption', status: '4.7.4' })
  })
})
