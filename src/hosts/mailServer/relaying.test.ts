import { describe, expect, test } from 'vitest'
import { type MailWorldInput, mailWorld } from './testing/mailWorld'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

const A = '203.0.113.1'
const B = '203.0.113.2'
const MESSAGE = { reversePath: 'ann@here.test', forwardPaths: ['you@there.test'], port: 587 }
const ONE = ['there.test. 300 IN MX 10 a.there.test.', `a.there.test. 300 IN A ${A}`]
const TWO = [
  'there.test. 300 IN MX 20 b.there.test.',
  'there.test. 300 IN MX 10 a.there.test.',
  `a.there.test. 300 IN A ${A}`,
  `b.there.test. 300 IN A ${B}`,
]

/** A world in which one message goes from ann@here.test to you@there.test. */
const toThere = (input: MailWorldInput) => mailWorld({ messages: [MESSAGE], ...input })

describe('which exchanger, and where (RFC 5321 section 5.1)', () => {
  test('the one with the lowest preference gets the message', () => {
    const world = toThere({ records: TWO, scripts: { [A]: {}, [B]: {} } }).pass(MINUTE)
    expect(world.dialled).toEqual([A])
    expect(world.heard(A).slice(0, 4)).toEqual([
      'EHLO mail.here.test',
      'MAIL FROM:<ann@here.test>',
      'RCPT TO:<you@there.test>',
      'DATA',
    ])
    expect(world.all('messageRelayed')[0]).toMatchObject({ to: 'a.there.test', forwardPaths: ['you@there.test'] })
    expect(world.server.queue).toEqual({})
    expect(world.inbox('ann@here.test')).toEqual([])
  })

  test('among equals chance decides, by the seed', () => {
    const records = [
      'there.test. 300 IN MX 10 b.there.test.',
      'there.test. 300 IN MX 10 a.there.test.',
      `a.there.test. 300 IN A ${A}`,
      `b.there.test. 300 IN A ${B}`,
    ]
    const first = (seed: number) =>
      toThere({ records, scripts: { [A]: {}, [B]: {} }, seed })
        .pass(MINUTE)
        .dialled.join()
    const firsts = Array.from({ length: 12 }, (_, seed) => first(seed))
    expect(new Set(firsts)).toEqual(new Set([A, B]))
    expect(first(3)).toBe(first(3))
  })

  test.each([
    ['does not exist', {}],
    ['greets with 554', { [A]: { replies: { CONNECT: '554 5.3.2 no mail service here' } } }],
    ['greets with 421', { [A]: { replies: { CONNECT: '421 4.3.2 busy' } } }],
    ['puts the sender off', { [A]: { replies: { MAIL: '451 4.3.0 later' } } }],
    ['puts the recipient off', { [A]: { replies: { RCPT: '450 4.2.0 greylisted' } } }],
    ['puts the letter off', { [A]: { replies: { '.': '452 4.3.1 disk full' } } }],
    ['hangs up in the middle', { [A]: { replies: { RCPT: 'hang up' } } }],
  ])('if the first one %s, the next one gets the message in the same try', (_, scripts) => {
    const world = toThere({ records: TWO, scripts: { ...scripts, [B]: {} } }).pass(10 * MINUTE)
    expect(world.dialled[0]).toBe(A)
    expect(world.all('messageRelayed').map(({ to }) => to)).toEqual(['b.there.test'])
    expect(world.all('messageDeferred')).toEqual([])
  })

  test('a refusal is final: no other exchanger is asked', () => {
    const refuses = { replies: { RCPT: '550 5.1.1 unknown' } }
    const world = toThere({ records: TWO, scripts: { [A]: refuses, [B]: {} } }).pass(MINUTE)
    expect(world.dialled).toEqual([A])
    expect(world.all('messageBounced')).toHaveLength(1)
  })

  test('if each one greets with 554, the message waits, and is returned in the end', () => {
    const closed = { replies: { CONNECT: '554 5.3.2 no mail service here' } }
    const world = toThere({ records: TWO, scripts: { [A]: closed, [B]: closed } }).pass(MINUTE)
    expect(world.dialled).toEqual([A, B])
    const said = { id: 'said', reply: '554 5.3.2 no mail service here' }
    expect(world.all('messageDeferred')[0]?.reason).toMatchObject(said)
    expect(world.all('messageBounced')).toEqual([])
    expect(world.pass(6 * DAY).all('messageBounced')[0]?.reason).toMatchObject({ id: 'gaveUp', last: said })
  })

  test('an exchanger with several addresses is tried at each', () => {
    const records = [
      'there.test. 300 IN MX 10 a.there.test.',
      `a.there.test. 300 IN A ${A}`,
      `a.there.test. 300 IN A ${B}`,
    ]
    const world = toThere({ records, scripts: { [B]: {} } }).pass(10 * MINUTE)
    expect(world.all('messageRelayed')).toHaveLength(1)
    expect(world.dialled.at(-1)).toBe(B)
  })

  test('without MX the domain’s own address is its exchanger', () => {
    const world = toThere({ records: [`there.test. 300 IN A ${A}`], scripts: { [A]: {} } }).pass(MINUTE)
    expect(world.all('messageRelayed')[0]).toMatchObject({ to: 'there.test' })
  })

  test('IPv6 is tried after IPv4; if that fails too, the message waits', () => {
    const records = ['there.test. 300 IN AAAA 2001:db8::25']
    const world = toThere({ records }).pass(20 * MINUTE)
    const asked = world.all('lookupStarted').filter(({ host }) => host === 'mail')
    expect(asked.map(({ rrType }) => rrType)).toEqual(['MX', 'A', 'AAAA'])
    expect(world.dialled[0]).toBe('2001:db8::25')
    expect(world.all('messageDeferred')[0]?.reason).toMatchObject({ id: 'unreachable', server: 'there.test' })
  })

  test('an alias counts as the name that it stands for', () => {
    const records = [
      'there.test. 300 IN CNAME real.test.',
      'real.test. 300 IN MX 10 a.real.test.',
      `a.real.test. 300 IN A ${A}`,
    ]
    const world = toThere({ records, scripts: { [A]: {} } }).pass(MINUTE)
    expect(world.all('messageRelayed')[0]).toMatchObject({ to: 'a.real.test', forwardPaths: ['you@there.test'] })
  })

  test('an address in brackets needs no lookup', () => {
    const messages = [{ ...MESSAGE, forwardPaths: [`you@[${A}]`] }]
    const world = mailWorld({ messages, scripts: { [A]: {} } }).pass(MINUTE)
    expect(world.all('lookupStarted')).toEqual([])
    expect(world.heard(A)).toContain(`RCPT TO:<you@[${A}]>`)
  })

  test('an exchanger itself relays the message only to better ones', () => {
    const records = [
      'there.test. 300 IN MX 10 a.there.test.',
      'there.test. 300 IN MX 20 MAIL.here.test.',
      'there.test. 300 IN MX 30 b.there.test.',
      `a.there.test. 300 IN A ${A}`,
      `b.there.test. 300 IN A ${B}`,
    ]
    const world = toThere({ records, scripts: { [B]: {} } }).pass(20 * MINUTE)
    expect(new Set(world.dialled)).toEqual(new Set([A]))
    expect(world.all('messageDeferred')).toHaveLength(1)
  })

  test.each([
    [
      'by name',
      [
        'there.test. 300 IN MX 10 mail.here.test.',
        'there.test. 300 IN MX 10 a.there.test.',
        `a.there.test. 300 IN A ${A}`,
      ],
    ],
    ['by address', ['there.test. 300 IN MX 10 alias.there.test.', 'alias.there.test. 300 IN A 192.0.2.25']],
    ['by its IPv6 address', ['there.test. 300 IN MX 10 six.there.test.', 'six.there.test. 300 IN AAAA 2001:db8::1']],
  ])('if it is the best one itself, %s, the message would travel in circles', (_, records) => {
    for (const seed of [1, 2, 3, 4]) {
      const world = toThere({ records, scripts: { [A]: {} }, seed }).pass(MINUTE)
      expect(world.dialled).toEqual([])
      expect(world.all('messageBounced')[0]?.reason.status).toBe('5.4.6')
      expect(world.inbox('ann@here.test')[0]).toContain('Status: 5.4.6')
    }
  })

  test.each([
    ['a null MX (RFC 7505)', ['there.test. 300 IN MX 0 .'], '5.1.10'],
    ['no such domain', [], '5.1.2'],
    ['neither MX nor address', ['there.test. 300 IN TXT "nothing here"'], '5.4.4'],
    ['an exchanger without address', ['there.test. 300 IN MX 10 a.there.test.'], '5.4.4'],
  ])('%s: the message is returned at once', (_, records, status) => {
    const world = toThere({ records }).pass(MINUTE)
    expect(world.all('messageBounced')[0]?.reason.status).toBe(status)
    const [notice] = world.inbox('ann@here.test')
    expect(notice).toContain(`Status: ${status}\r\n`)
    expect(notice).not.toContain('Diagnostic-Code')
    expect(world.server.queue).toEqual({})
  })

  test('an address literal with an unknown tag: the message is returned at once (RFC 5321 section 4.1.3)', () => {
    const messages = [{ ...MESSAGE, forwardPaths: ['you@[cafe:f00d]', 'you@[IPv6:2001:db8::9]'] }]
    const world = toThere({ messages }).pass(MINUTE)
    expect(world.all('messageBounced').map(({ reason }) => reason)).toEqual([
      { id: 'unknownLiteral', name: '[cafe:f00d]', status: '5.1.2' },
    ])
    expect(world.inbox('ann@here.test')[0]).toContain('Final-Recipient: rfc822; you@[cafe:f00d]\r\n')
    expect(Object.keys(world.server.queue)).toHaveLength(1)
  })

  test('an exchanger without address after one that may answer later: the message waits', () => {
    const records = TWO.filter((record) => !record.startsWith('b.there.test'))
    const world = toThere({ records }).pass(20 * MINUTE)
    expect(world.all('messageBounced')).toEqual([])
    expect(world.all('messageDeferred')[0]?.reason).toMatchObject({ id: 'unreachable', server: 'a.there.test' })
  })

  test('if no name server answers, the message waits', () => {
    const world = toThere({ server: { resolver: '198.51.100.99' } }).pass(20 * MINUTE)
    expect(world.all('messageDeferred')[0]?.reason).toMatchObject({ id: 'lookupFailed', name: 'there.test' })
  })

  test('messages to several domains travel separately, and one to several recipients of a domain once', () => {
    const records = [...ONE, 'else.test. 300 IN MX 10 b.else.test.', `b.else.test. 300 IN A ${B}`]
    const forwardPaths = ['you@there.test', 'two@else.test', 'three@THERE.test']
    const world = mailWorld({ messages: [{ ...MESSAGE, forwardPaths }], records, scripts: { [A]: {}, [B]: {} } }).pass(
      MINUTE,
    )
    expect(world.heard(A).filter((line) => line.startsWith('RCPT'))).toEqual([
      'RCPT TO:<you@there.test>',
      'RCPT TO:<three@THERE.test>',
    ])
    expect(world.heard(B).filter((line) => line.startsWith('RCPT'))).toEqual(['RCPT TO:<two@else.test>'])
  })
})

describe('trying again, and giving up (RFC 5321 section 4.5.4.1)', () => {
  const busy = { replies: { RCPT: '450 4.2.0 greylisted, come later' } }

  test('waits 30 minutes twice, then longer and longer; after five days the message is returned', () => {
    const world = toThere({ records: ONE, scripts: { [A]: busy } }).pass(6 * DAY)
    const waits = world.all('messageDeferred').map(({ at, nextTry }) => Math.round((nextTry - at) / 60_000))
    expect(waits.slice(0, 6)).toEqual([30, 30, 60, 120, 180, 180])
    expect(waits.every((wait, at) => at === 0 || wait >= (waits[at - 1] as number))).toBe(true)
    const [bounced] = world.all('messageBounced')
    expect(bounced?.reason).toMatchObject({
      id: 'gaveUp',
      within: 5 * DAY * 1000,
      last: { reply: expect.stringContaining('450 4.2.0 greylisted') as string },
    })
    expect((bounced?.at ?? 0) / 1000).toBeGreaterThan(4 * DAY)
    expect((bounced?.at ?? 0) / 1000).toBeLessThan(5 * DAY)
    expect(world.server.queue).toEqual({})
    expect(world.inbox('ann@here.test').at(-1)).toMatch(/^Status: 4\.4\.7\r$/m)
  })

  test('while a message waits, its entry has its recipients, its age, the reason and the last time', () => {
    const world = toThere({ records: ONE, scripts: { [A]: busy } }).pass(40 * MINUTE)
    const [entry] = Object.values(world.server.queue)
    expect(entry?.recipients).toEqual([
      {
        forwardPath: 'you@there.test',
        tries: 2,
        nextTry: expect.any(Number),
        lastReason: { id: 'said', server: 'a.there.test', reply: '450 4.2.0 greylisted, come later', status: '4.2.0' },
      },
    ])
    expect(entry?.recipients[0]?.nextTry).toBeGreaterThan(world.world.now)
  })

  test('each recipient has its own result', () => {
    const mixed = { replies: { RCPT: ['250 fine', '550 5.1.1 unknown', '450 4.2.1 busy'] } }
    const forwardPaths = ['you@there.test', 'nobody@there.test', 'slow@there.test']
    const world = mailWorld({ messages: [{ ...MESSAGE, forwardPaths }], records: ONE, scripts: { [A]: mixed } }).pass(
      MINUTE,
    )
    expect(world.all('messageRelayed')[0]?.forwardPaths).toEqual(['you@there.test'])
    expect(world.all('messageBounced').map(({ forwardPath }) => forwardPath)).toEqual(['nobody@there.test'])
    const [entry] = Object.values(world.server.queue)
    expect(entry?.recipients.map(({ forwardPath }) => forwardPath)).toEqual(['slow@there.test'])
  })

  test('a server that accepts no more at once gets the others in another transaction (section 4.5.3.1.10)', () => {
    const servers = {
      [A]: {
        hostName: 'a.there.test',
        maxRecipients: 2,
        domains: [{ domain: 'there.test', recipients: ['r1', 'r2', 'r3', 'r4', 'r5'], postmaster: 'r1' }],
        accounts: [1, 2, 3, 4, 5].map((n) => ({ address: `r${n}@there.test`, password: 'x' })),
      },
    }
    const forwardPaths = [1, 2, 3, 4, 5].map((n) => `r${n}@there.test`)
    const world = mailWorld({ messages: [{ ...MESSAGE, forwardPaths }], records: ONE, servers }).pass(MINUTE)
    for (const path of forwardPaths) expect(world.inbox(path, 'a.there.test'), path).toHaveLength(1)
    expect(world.all('messageDeferred')).toEqual([])
    // At once, and on the same connection.
    expect(world.dialled).toEqual([A])
    expect(world.all('messageRelayed').map((relayed) => relayed.forwardPaths.length)).toEqual([2, 2, 1])
  })

  test('every recipient beyond the limit of one transaction is settled, whatever the result of each', () => {
    const forwardPaths = [1, 2, 3, 4, 5].map((n) => `r${n}@there.test`)
    const rcpt = ['250 ok', '452 4.5.3 too many', '550 5.1.1 no', '250 ok', '452 4.5.3 too many', '250 ok', '250 ok']
    const scripts = { [A]: { replies: { RCPT: rcpt } } }
    const world = mailWorld({ messages: [{ ...MESSAGE, forwardPaths }], records: ONE, scripts }).pass(MINUTE)
    const named = world.heard(A).filter((line) => line.startsWith('RCPT'))
    // r2 and all after it exceed the limit; then r2 is refused, r3 accepted, r4 exceeds it.
    expect(named.map((line) => line.slice(9, 11)).join(' ')).toBe('r1 r2 r2 r3 r4 r4 r5')
    expect(world.dialled).toEqual([A])
    expect(world.all('messageRelayed').flatMap((relayed) => relayed.forwardPaths)).toEqual(
      forwardPaths.filter((path) => path !== 'r2@there.test'),
    )
    expect(world.all('messageBounced').map(({ forwardPath }) => forwardPath)).toEqual(['r2@there.test'])
    expect(world.server.queue).toEqual({})
  })

  test('an accepted recipient stays accepted, though the next transaction is refused', () => {
    const forwardPaths = ['r1@there.test', 'r2@there.test']
    const scripts = { [A]: { offers: ['LIMITS RCPTMAX=1'], replies: { '.': ['250 ok', '554 5.6.0 no more'] } } }
    const world = mailWorld({ messages: [{ ...MESSAGE, forwardPaths }], records: ONE, scripts }).pass(MINUTE)
    expect(world.all('messageRelayed').flatMap((relayed) => relayed.forwardPaths)).toEqual(['r1@there.test'])
    expect(world.all('messageBounced').map(({ forwardPath }) => forwardPath)).toEqual(['r2@there.test'])
    expect(world.inbox('ann@here.test')).toHaveLength(1)
    expect(world.inbox('ann@here.test')[0]).not.toContain('r1@there.test')
    expect(world.server.queue).toEqual({})
  })

  test('a connection that breaks before the rest is sent: a new one carries it', () => {
    const forwardPaths = ['r1@there.test', 'r2@there.test']
    const scripts = {
      [A]: { offers: ['LIMITS RCPTMAX=1'], replies: { MAIL: ['250 ok', 'hang up'] } },
      [B]: { offers: ['LIMITS RCPTMAX=1'] },
    }
    const world = mailWorld({ messages: [{ ...MESSAGE, forwardPaths }], records: TWO, scripts }).pass(MINUTE)
    expect(world.dialled).toEqual([A, B])
    expect(world.all('messageRelayed').map(({ to, forwardPaths: paths }) => [to, ...paths])).toEqual([
      ['a.there.test', 'r1@there.test'],
      ['b.there.test', 'r2@there.test'],
    ])
    expect(world.server.queue).toEqual({})
  })

  test.each([
    ['as a learner sees it', {}, /DATA/],
    ['in groups', { outgoingPipelining: true }, /DATA/],
    ['by chunks', { outgoingChunking: true }, /BDAT/],
    ['by chunks in groups', { outgoingPipelining: true, outgoingChunking: true }, /BDAT/],
  ])('%s, the same message arrives for the same recipients', (_, policies, how) => {
    const domains = [{ domain: 'there.test', recipients: ['r1', 'r2', 'r3'], postmaster: 'r1' }]
    const accounts = [1, 2, 3].map((n) => ({ address: `r${n}@there.test`, password: 'x' }))
    const servers = { [A]: { hostName: 'a.there.test', maxRecipients: 2, domains, accounts } }
    const forwardPaths = ['r1@there.test', 'gone@there.test', 'r2@there.test', 'r3@there.test']
    const world = mailWorld({ messages: [{ ...MESSAGE, forwardPaths }], records: ONE, servers, server: policies })
    world.pass(MINUTE)
    for (const n of [1, 2, 3]) expect(world.inbox(`r${n}@there.test`, 'a.there.test')).toHaveLength(1)
    expect(world.inbox('r3@there.test', 'a.there.test')[0]).toMatch(/\r\n\r\nHello\.\r\n$/)
    expect(world.all('messageBounced').map(({ forwardPath }) => forwardPath)).toEqual(['gone@there.test'])
    const commands = world.all('read').filter(({ host, means }) => host === 'a.there.test' && means.kind === 'command')
    expect(commands.map(({ means }) => means.name).join(' ')).toMatch(how)
    // A group is sent before the first reply to it.
    const said = world.all('sent').filter(({ host, means }) => host === 'mail' && means.kind === 'command')
    const [mail, rcpt] = ['MAIL', 'RCPT'].map((name) => said.find(({ means }) => means.name === name)?.at)
    expect(mail === rcpt).toBe('outgoingPipelining' in policies)
  })

  test('a server that offers PIPELINING and reads one line at a time gets the same message', () => {
    const lines = (policies: object) => {
      const scripts = { [A]: { offers: ['PIPELINING'], replies: { RCPT: ['250 ok', '550 5.1.1 no'] } } }
      const forwardPaths = ['r1@there.test', 'r2@there.test']
      const world = mailWorld({ messages: [{ ...MESSAGE, forwardPaths }], records: ONE, scripts, server: policies })
      return world.pass(MINUTE).heard(A)
    }
    expect(lines({ outgoingPipelining: true })).toEqual(lines({}))
  })

  test('a cut link only delays a message', () => {
    const servers = {
      [A]: {
        hostName: 'a.there.test',
        domains: [{ domain: 'there.test', recipients: ['you'], postmaster: 'you' }],
        accounts: [{ address: 'you@there.test', password: 'x' }],
      },
    }
    const world = toThere({ records: ONE, servers })
    world.do({ type: 'hostStopped', host: 'a.there.test' }).pass(HOUR)
    expect(world.all('messageDeferred').length).toBeGreaterThan(0)
    world.do({ type: 'hostStarted', host: 'a.there.test' }).pass(HOUR)
    expect(world.inbox('you@there.test', 'a.there.test')).toHaveLength(1)
    expect(world.server.queue).toEqual({})
  })
})

describe('a loss of power', () => {
  const busy = { replies: { MAIL: '451 4.3.0 later' } }

  test('every accepted message still exists, with its age and its tries, and delivery continues', () => {
    const world = toThere({ records: ONE, scripts: { [A]: busy } }).pass(3 * HOUR)
    const before = Object.values(world.server.queue)[0]
    world.do({ type: 'hostStopped', host: 'mail' }).pass(MINUTE)
    world.do({ type: 'hostStarted', host: 'mail' }).pass(1)
    expect(Object.values(world.server.queue)[0]).toEqual(before)
    world.pass(6 * DAY)
    const bounced = world.all('messageBounced')[0]
    expect((bounced?.at ?? 0) / 1000).toBeLessThan(5 * DAY)
    expect(world.inbox('ann@here.test').filter((octets) => octets.includes('Action: delayed'))).toHaveLength(1)
    expect(world.inbox('ann@here.test').filter((octets) => octets.includes('Action: failed'))).toHaveLength(1)
  })

  test('in the middle of a transfer: the message is sent anew after the restart', () => {
    const servers = {
      [A]: {
        hostName: 'a.there.test',
        domains: [{ domain: 'there.test', recipients: ['you'], postmaster: 'you' }],
        accounts: [{ address: 'you@there.test', password: 'x' }],
      },
    }
    // Whenever the power goes, the message arrives; at most twice, if only the last reply was lost.
    for (let ms = 100; ms <= 900; ms += 50) {
      const world = toThere({ records: ONE, servers }).pass(ms / 1000)
      const accepted = world.all('messageQueued').length > 0
      world.do({ type: 'hostStopped', host: 'mail' }).pass(1).do({ type: 'hostStarted', host: 'mail' }).pass(HOUR)
      const copies = world.inbox('you@there.test', 'a.there.test').length
      if (accepted) expect(copies, `power lost at ${ms} ms`).toBeGreaterThanOrEqual(1)
      expect(copies).toBeLessThanOrEqual(2)
      expect(world.server.queue).toEqual({})
    }
  })

  test('locks, logins and lookups are gone, mailboxes and policies are not', () => {
    const world = mailWorld({ messages: [{ ...MESSAGE, forwardPaths: ['ann@here.test'] }] }).pass(MINUTE)
    world.do({ type: 'policyChanged', host: 'mail', policy: 'maxHops', value: 7 })
    world.do({ type: 'hostStopped', host: 'mail' }).do({ type: 'hostStarted', host: 'mail' }).pass(1)
    expect(world.inbox('ann@here.test')).toHaveLength(1)
    expect(world.server).toMatchObject({ config: { maxHops: 7 }, locks: {}, users: {}, exchanges: {} })
    expect(world.server.lookups.pending).toEqual({})
  })
})

test('a message of one server reaches the mailbox at another, through a backup exchanger', () => {
  const records = [
    'there.test. 300 IN MX 10 a.there.test.',
    'there.test. 300 IN MX 20 b.there.test.',
    `a.there.test. 300 IN A ${A}`,
    `b.there.test. 300 IN A ${B}`,
  ]
  const domain = { domain: 'there.test', recipients: ['you'], postmaster: 'you' }
  const servers = {
    [A]: { hostName: 'a.there.test', domains: [domain], accounts: [{ address: 'you@there.test', password: 'x' }] },
    [B]: { hostName: 'b.there.test', domains: [{ ...domain, deliverTo: 'a.there.test' }] },
  }
  const world = toThere({ records, servers })
  world.do({ type: 'hostStopped', host: 'a.there.test' }).pass(10 * MINUTE)
  expect(Object.keys(world.state<{ queue: object }>('b.there.test').queue)).toHaveLength(1)
  world.do({ type: 'hostStarted', host: 'a.there.test' }).pass(HOUR)
  const [message] = world.inbox('you@there.test', 'a.there.test')
  expect(message?.match(/^Received:/gm)).toHaveLength(3)
  expect(message?.match(/^Return-Path: <ann@here.test>\r$/gm)).toHaveLength(1)
})
