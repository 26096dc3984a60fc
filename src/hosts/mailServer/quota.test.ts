import { describe, expect, test } from 'vitest'
import { mailWorld, type Posted } from './testing/mailWorld'

const ANN = 'ann@here.test'
const BEN = 'ben@here.test'
const FAR = 'zoe@far.test'

const message = (octets: number): string => {
  const header = 'From: zoe@far.test\r\nSubject: one\r\nMessage-ID: <one@far.test>\r\n\r\n'
  return `${header}${'x'.repeat(octets - header.length - 2)}\r\n`
}

/** A server with a quota for ann, and none for ben and the postmaster. */
const server = (quota: { readonly storage?: number; readonly messages?: number }) => ({
  domains: [{ domain: 'here.test', recipients: ['ann', 'ben', 'postmaster'], postmaster: 'postmaster' }],
  accounts: [
    { address: ANN, password: 'secret', quota },
    { address: BEN, password: 'secret' },
    { address: 'postmaster@here.test', password: 'secret', quota: { messages: 0 } },
  ],
})

const posted = (messages: readonly Posted[], quota: Parameters<typeof server>[0]) =>
  mailWorld({ messages, server: server(quota) })

describe('a user whose quota is used up', () => {
  const toAnn = { reversePath: FAR, forwardPaths: [ANN] }

  test('gets 452 4.2.2 at RCPT, since messages can be deleted (RFC 3463 section 3.3)', () => {
    const world = posted([{ ...toAnn, message: message(300) }], { messages: 1 }).pass(60)
    expect(world.inbox(ANN)).toHaveLength(1)
    const said = world.dialogue(25, [`EHLO far.test`, `MAIL FROM:<${FAR}>`, `RCPT TO:<${ANN}>`, `RCPT TO:<${BEN}>`])
    expect(said[3]).toMatch(/^452 4\.2\.2 <ann@here\.test>: /)
    expect(said[4]).toMatch(/^250 /)
  })

  const declared: readonly [what: string, size: number, said: RegExp][] = [
    ['fits beside what is there', 500, /^250 /],
    ['would fit were the mailbox empty', 1500, /^452 4\.2\.2 /],
    ['is larger than the whole quota', 2001, /^550 5\.2\.2 /],
  ]
  test.each(declared)('a message that %s, by its declared size of %i', (_, size, reply) => {
    const world = posted([{ ...toAnn, message: message(600) }], { storage: 2000 }).pass(60)
    const said = world.dialogue(25, [`EHLO far.test`, `MAIL FROM:<${FAR}> SIZE=${size}`, `RCPT TO:<${ANN}>`])
    expect(said[3]).toMatch(reply)
  })

  test('without a declared size: the message is refused at its end', () => {
    const world = posted([], { storage: 400 })
    const lines = ['EHLO far.test', `MAIL FROM:<${FAR}>`, `RCPT TO:<${ANN}>`, 'DATA', `${message(600)}.`]
    expect(world.dialogue(25, lines).at(-1)).toMatch(/^552 5\.2\.2 /)
    expect(world.inbox(ANN)).toEqual([])
    expect(world.server.queue).toEqual({})
  })

  test('if another recipient can take it, it reaches that one, and the sender gets it back with 5.2.2', () => {
    const world = posted([], { storage: 400 })
    const lines = ['EHLO here.test', `MAIL FROM:<${BEN}>`, `RCPT TO:<${ANN}>`, `RCPT TO:<${BEN}>`, 'DATA']
    expect(world.dialogue(25, [...lines, `${message(600)}.`]).at(-1)).toMatch(/^250 /)
    world.pass(60)
    const [arrived, notice] = world.inbox(BEN)
    expect(world.inbox(ANN)).toEqual([])
    expect(arrived).toContain('Subject: one')
    expect(notice).toContain(`Final-Recipient: rfc822; ${ANN}\r\nAction: failed\r\nStatus: 5.2.2\r\n`)
    expect(world.all('messageBounced')).toMatchObject([{ forwardPath: ANN }])
  })

  test('a notice that exceeds the quota goes to the postmaster, who has none', () => {
    const world = posted([], { messages: 0 })
    const lines = ['EHLO far.test', `MAIL FROM:<>`, `RCPT TO:<${ANN}>`]
    expect(world.dialogue(25, lines).at(-1)).toMatch(/^550 5\.2\.2 /)
    const submitted = { reversePath: ANN, forwardPaths: ['nobody@nowhere.test'], port: 587 }
    const own = posted([submitted], { messages: 0 }).pass(7 * 86_400)
    expect(own.inbox(ANN)).toEqual([])
    expect(own.inbox('postmaster@here.test')).toHaveLength(1)
    expect(own.server.queue).toEqual({})
  })
})

test('a sender tries again, and the message arrives once the quota allows it', () => {
  const relay = '192.0.2.30'
  const quota = { messages: 1 }
  const services = [
    { port: 25, service: 'relay' as const },
    { port: 110, service: 'pop3' as const },
  ]
  const toAnn = { reversePath: FAR, forwardPaths: [ANN] }
  const world = mailWorld({
    messages: [toAnn, { ...toAnn, to: relay, message: message(300) }],
    server: { ...server(quota), services },
    servers: { [relay]: { hostName: 'mail.far.test', relayForStrangers: true, queueDelay: 10_000 } },
  }).pass(600)
  expect(world.all('messageDeferred')).toMatchObject([{ host: 'mail.far.test', forwardPaths: [ANN] }])
  expect(world.all('messageDeferred')[0]?.reason).toMatchObject({
    id: 'said',
    reply: expect.stringContaining('452 4.2.2') as string,
    status: '4.2.2',
  })
  world.dialogue(110, [`USER ${ANN}`, 'PASS secret', 'DELE 1', 'QUIT'])
  expect(world.inbox(ANN)).toEqual([])
  world.pass(3600)
  expect(world.inbox(ANN).map((octets) => octets.includes('Message-ID: <one@far.test>'))).toEqual([true])
  expect(world.all('messageBounced')).toEqual([])
})
