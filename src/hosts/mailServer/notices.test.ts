import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { type Octets, toBytes, toText } from '../../base/octets'
import type { SmtpNotify } from '../../protocols/smtp'
import { type MailWorldInput, mailWorld } from './testing/mailWorld'

const MINUTE = 60
const HOUR = 3600
const A = '203.0.113.1'
const RECORDS = ['there.test. 300 IN MX 10 a.there.test.', `a.there.test. 300 IN A ${A}`]
const YOU = 'you@there.test'
const POSTMASTER = 'postmaster@here.test'
const REFUSES = { [A]: { replies: { RCPT: '550 5.1.1 <you@there.test>: nobody of that name' } } }
const BUSY = { [A]: { replies: { RCPT: '450 4.2.0 greylisted' } } }
const MESSAGE =
  'From: ann@here.test\r\nTo: you@there.test\r\nSubject: one\r\nMessage-ID: <one@here.test>\r\nX-Last: of the header\r\n\r\nThe body.\r\n'

interface Asked {
  readonly notify?: readonly SmtpNotify[]
  readonly ret?: 'FULL' | 'HDRS'
  readonly envid?: string
  readonly orcpt?: string
  readonly message?: string
  readonly reversePath?: string
  readonly forwardPath?: string
}

function posted({
  notify,
  ret,
  envid,
  orcpt,
  message = MESSAGE,
  reversePath = 'ann@here.test',
  forwardPath = YOU,
}: Asked) {
  const recipient = { ...(notify ? { notify } : {}), ...(orcpt ? { orcpt } : {}) }
  const dsn = { ...(ret ? { ret } : {}), ...(envid ? { envid } : {}), recipients: { [forwardPath]: recipient } }
  return { reversePath, forwardPaths: [forwardPath], message, port: 587, dsn }
}

const worldWith = (asked: Asked, input: MailWorldInput) =>
  mailWorld({ messages: [posted(asked)], records: RECORDS, ...input })

interface Report {
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** Groups of fields: of the message, then of each recipient. */
  readonly groups: readonly Readonly<Record<string, string>>[]
  readonly returned: { readonly type: string; readonly content: string }
  readonly statusType: string
}

/** A notice in the view of a MIME library. */
async function read(notice: Octets | undefined): Promise<Report> {
  const mail = await PostalMime.parse(toBytes(notice ?? ('' as Octets)), {
    rfc822Attachments: true,
    forceRfc822Attachments: true,
  })
  const contents = mail.attachments.map((part) => ({
    type: part.mimeType,
    content: typeof part.content === 'string' ? part.content : new TextDecoder().decode(part.content),
  }))
  const status = contents.find(({ type }) => type.endsWith('delivery-status'))
  const groups = (status?.content ?? '')
    .replace(/\r?\n[ \t]+/g, ' ')
    .trim()
    .split(/\r?\n\r?\n/)
    .map((group) =>
      Object.fromEntries(
        group.split(/\r?\n/).map((line) => {
          const at = line.indexOf(':')
          return [line.slice(0, at), line.slice(at + 1).trim()]
        }),
      ),
    )
  return {
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
    text: mail.text ?? '',
    groups,
    returned: contents.find(({ type }) => !type.endsWith('delivery-status')) ?? { type: '', content: '' },
    statusType: status?.type ?? '',
  }
}

const DATE = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/

describe('a notice of failure', () => {
  test('is a report that programs understand, about the recipient, in the words of the other server', async () => {
    const world = worldWith({}, { scripts: REFUSES }).pass(MINUTE)
    const report = await read(world.inbox('ann@here.test')[0])
    expect(report.headers).toMatchObject({
      'return-path': '<>',
      from: 'Mail Delivery System <MAILER-DAEMON@mail.here.test>',
      to: '<ann@here.test>',
      'auto-submitted': 'auto-replied',
      'in-reply-to': '<one@here.test>',
      date: expect.stringMatching(DATE),
      'message-id': expect.stringMatching(/^<[^<>\s]+@mail\.here\.test>$/),
      'content-type': expect.stringMatching(/^multipart\/report; report-type=delivery-status;\s*boundary=/),
    })
    expect(report.text).toContain('<you@there.test>')
    expect(report.text).toContain('a.there.test said: 550 5.1.1 <you@there.test>: nobody of that name')
    expect(report.statusType).toBe('message/delivery-status')
    const [whole, recipient, ...others] = report.groups
    expect(others).toEqual([])
    expect(whole).toEqual({
      'Reporting-MTA': 'dns; mail.here.test',
      'X-Queue-ID': expect.stringMatching(/^[0-9A-F]+$/),
      'Arrival-Date': expect.stringMatching(DATE),
    })
    expect(recipient).toEqual({
      'Final-Recipient': 'rfc822; you@there.test',
      Action: 'failed',
      Status: '5.1.1',
      'Remote-MTA': 'dns; a.there.test',
      'Diagnostic-Code': 'smtp; 550 5.1.1 <you@there.test>: nobody of that name',
      'Last-Attempt-Date': expect.stringMatching(DATE),
    })
  })

  test('tells of several recipients of one transaction at once', async () => {
    const posting = { ...posted({}), forwardPaths: [YOU, 'two@there.test'], dsn: {} }
    const world = mailWorld({ messages: [posting], records: RECORDS, scripts: REFUSES }).pass(MINUTE)
    expect(world.inbox('ann@here.test')).toHaveLength(1)
    const { groups } = await read(world.inbox('ann@here.test')[0])
    expect(groups.slice(1).map((group) => group['Final-Recipient'])).toEqual([
      'rfc822; you@there.test',
      'rfc822; two@there.test',
    ])
  })

  test('ENVID and ORCPT come back as they were given (RFC 3461 section 6.3)', async () => {
    const asked = { envid: 'QQ314159 + more', orcpt: 'rfc822;You@There.test' }
    const world = worldWith(asked, { scripts: REFUSES }).pass(MINUTE)
    const { groups } = await read(world.inbox('ann@here.test')[0])
    expect(groups[0]?.['Original-Envelope-Id']).toBe('QQ314159 + more')
    expect(groups[1]?.['Original-Recipient']).toBe('rfc822; You@There.test')
  })

  test.each([
    ['nothing was asked for', undefined, 'text/rfc822-headers'],
    ['the header was asked for', 'HDRS', 'text/rfc822-headers'],
    ['all of it was asked for', 'FULL', 'message/rfc822'],
  ] as const)('where %s, %s, it brings back %s', async (_, ret, type) => {
    const world = worldWith(ret ? { ret } : {}, { scripts: REFUSES }).pass(MINUTE)
    const { returned, text } = await read(world.inbox('ann@here.test')[0])
    expect(returned.type).toBe(type)
    expect(text).toContain(ret === 'FULL' ? 'It is attached below.' : 'Its header is attached below.')
    expect(returned.content).toContain('X-Last: of the header')
    expect(returned.content.includes('The body.')).toBe(ret === 'FULL')
  })

  test('a message that is too long comes back as its header, whatever was requested', async () => {
    const message = `${MESSAGE}${'A line of the body.\r\n'.repeat(5000)}`
    const world = worldWith({ ret: 'FULL', message }, { scripts: REFUSES }).pass(MINUTE)
    const { returned, text } = await read(world.inbox('ann@here.test')[0])
    expect(returned.type).toBe('text/rfc822-headers')
    expect(text).toContain('Its header is attached below.')
    expect(returned.content).not.toContain('The body.')
  })

  test('no line is longer than 998 octets, however long the reply was', () => {
    const replies = { RCPT: `550-5.1.1 ${'words and '.repeat(40)}\r\n550 5.1.1 ${'more '.repeat(80)}` }
    const world = worldWith({}, { scripts: { [A]: { replies } } }).pass(MINUTE)
    const [notice = ''] = world.inbox('ann@here.test')
    expect(notice).toContain('Diagnostic-Code: smtp; 550')
    expect(Math.max(...notice.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998)
  })

  test.each([
    ['NEVER', ['NEVER'], 0],
    ['success alone', ['SUCCESS'], 0],
    ['delay alone', ['DELAY'], 0],
    ['failure', ['FAILURE'], 1],
    ['failure and success', ['SUCCESS', 'FAILURE'], 1],
  ] as const)('NOTIFY %s: %j sends %i', (_, notify, count) => {
    const world = worldWith({ notify }, { scripts: REFUSES }).pass(MINUTE)
    expect(world.inbox('ann@here.test')).toHaveLength(count)
    expect(world.all('messageBounced')[0]?.notice === 'none').toBe(count === 0)
    expect(world.server.queue).toEqual({})
  })

  test('a null reverse-path gets none: no notice of a notice (RFC 5321 section 6.1)', () => {
    const world = worldWith({ reversePath: '' }, { scripts: REFUSES }).pass(MINUTE)
    expect(world.all('messageBounced')[0]).toMatchObject({ notice: 'none' })
    expect(world.all('messageQueued').map(({ forwardPaths }) => forwardPaths)).toEqual([[YOU], [POSTMASTER]])
  })
})

describe('a message that can neither be delivered nor returned', () => {
  test('goes to the local postmaster, as it is, with the reason, and not as a report (RFC 3461 section 5.2)', async () => {
    const world = worldWith({ reversePath: 'gone@nowhere.test' }, { scripts: REFUSES }).pass(MINUTE)
    expect(world.all('messageBounced').map(({ forwardPath }) => forwardPath)).toEqual([YOU, 'gone@nowhere.test'])
    expect(world.server.queue).toEqual({})
    expect(world.inbox(POSTMASTER)).toHaveLength(1)
    const mail = await PostalMime.parse(toBytes(world.inbox(POSTMASTER)[0] as Octets), {
      rfc822Attachments: true,
      forceRfc822Attachments: true,
    })
    expect(mail.headers.find(({ key }) => key === 'content-type')?.value).toMatch(/^multipart\/mixed;/)
    expect(mail.headers.find(({ key }) => key === 'return-path')?.value).toBe('<>')
    expect(mail.to?.[0]?.address).toBe(POSTMASTER)
    expect(mail.text).toMatch(/<gone@nowhere\.test>:\n {4}5\.1\.2 nowhere\.test/)
    const [enclosed] = mail.attachments
    expect(enclosed?.mimeType).toBe('message/rfc822')
    const notice = toText(new TextDecoder('latin1').decode(enclosed?.content as ArrayBuffer) as Octets)
    expect(notice).toContain('Subject: Undelivered Mail Returned to Sender')
    expect(notice).toContain(YOU)
  })

  test('is dropped if a postmaster was its recipient, to prevent loops', () => {
    const messages = [posted({ reversePath: '', forwardPath: 'Postmaster@nowhere.test' })]
    const world = mailWorld({ messages }).pass(MINUTE)
    expect(world.all('messageBounced')).toHaveLength(1)
    expect(world.all('messageQueued')).toHaveLength(1)
  })

  test('ends where the postmaster’s own mailbox is on a host that refuses it', () => {
    const domains = [{ domain: 'here.test', recipients: ['ann'], postmaster: 'ann', deliverTo: 'a.there.test' }]
    const world = worldWith(
      { reversePath: 'gone@nowhere.test' },
      { scripts: REFUSES, server: { domains, relayForStrangers: true, knownHosts: { 'a.there.test': A } } },
    ).pass(HOUR)
    expect(world.all('messageBounced').map(({ forwardPath }) => forwardPath)).toEqual([
      YOU,
      'gone@nowhere.test',
      POSTMASTER,
    ])
    expect(world.server.queue).toEqual({})
  })

  test('by a server without a domain of its own is dropped, and said to be', () => {
    const world = mailWorld({
      messages: [{ reversePath: '', forwardPaths: ['you@nowhere.test'] }],
      server: { domains: [], accounts: [], relayForStrangers: true },
    }).pass(MINUTE)
    expect(world.all('messageBounced')).toMatchObject([{ notice: 'none' }])
    expect(world.server.queue).toEqual({})
  })
})

describe('a notice of delay', () => {
  test('comes once, after four hours, and says until when it is tried', async () => {
    const world = worldWith({}, { scripts: BUSY }).pass(3.5 * HOUR)
    expect(world.inbox('ann@here.test')).toEqual([])
    world.pass(20 * HOUR)
    expect(world.inbox('ann@here.test')).toHaveLength(1)
    const report = await read(world.inbox('ann@here.test')[0])
    expect(report.headers.subject).toContain('Delayed')
    expect(report.groups[1]).toMatchObject({
      'Final-Recipient': 'rfc822; you@there.test',
      Action: 'delayed',
      Status: '4.2.0',
      'Remote-MTA': 'dns; a.there.test',
      'Diagnostic-Code': 'smtp; 450 4.2.0 greylisted',
      // Five days after the message came in.
      'Will-Retry-Until': expect.stringMatching(/^Thu, 26 Nov 2026 09:30/),
    })
    expect(Object.keys(world.server.queue)).toHaveLength(1)
  })

  test.each([
    ['NEVER', ['NEVER'], 0],
    ['failure alone', ['FAILURE'], 0],
    ['delay', ['DELAY'], 1],
  ] as const)('NOTIFY %s: %j sends %i', (_, notify, count) => {
    const world = worldWith({ notify }, { scripts: BUSY }).pass(24 * HOUR)
    expect(world.inbox('ann@here.test')).toHaveLength(count)
  })

  test('comes as soon as the policy says', () => {
    const server = { delayNoticeAfter: 600 }
    expect(worldWith({}, { server, scripts: BUSY }).pass(HOUR).inbox('ann@here.test')).toHaveLength(1)
  })
})

describe('a notice of success', () => {
  test('of delivery here, where it was asked for', async () => {
    const asked = { forwardPath: 'postmaster@here.test', notify: ['SUCCESS'], envid: 'E1' } as const
    const world = worldWith(asked, {}).pass(MINUTE)
    const report = await read(world.inbox('ann@here.test')[0])
    expect(report.groups[0]?.['Original-Envelope-Id']).toBe('E1')
    expect(report.groups[1]).toEqual({
      'Final-Recipient': 'rfc822; postmaster@here.test',
      Action: 'delivered',
      Status: '2.1.5',
    })
    expect(report.returned.type).toBe('text/rfc822-headers')
  })

  test('of relaying to a server that sends none itself (RFC 3461 section 5.2.2)', async () => {
    const world = worldWith({ notify: ['SUCCESS'] }, { scripts: { [A]: {} } }).pass(MINUTE)
    const { groups } = await read(world.inbox('ann@here.test')[0])
    expect(groups[1]).toMatchObject({ Action: 'relayed', Status: '2.0.0', 'Remote-MTA': 'dns; a.there.test' })
    expect(world.heard(A).join(' ')).not.toMatch(/NOTIFY|ENVID|RET=|ORCPT/)
  })

  test('not where the next server does: it is told what was asked for (RFC 3461 section 5.2.1)', () => {
    const asked = { notify: ['SUCCESS', 'FAILURE'], ret: 'HDRS', envid: 'a b', orcpt: 'rfc822;you@there.test' } as const
    const world = worldWith(asked, { scripts: { [A]: { offers: ['DSN'] } } }).pass(MINUTE)
    expect(world.inbox('ann@here.test')).toEqual([])
    const [mail, rcpt] = world.heard(A).filter((line) => /^(MAIL|RCPT)/.test(line))
    expect(mail).toContain('RET=HDRS')
    expect(mail).toContain('ENVID=a+20b')
    expect(rcpt).toContain('NOTIFY=SUCCESS,FAILURE')
    expect(rcpt).toContain('ORCPT=rfc822;you@there.test')
  })

  test('without a request for notices, none is passed on and none is sent', () => {
    const world = worldWith({}, { scripts: { [A]: { offers: ['DSN'] } } }).pass(MINUTE)
    expect(world.inbox('ann@here.test')).toEqual([])
    expect(world.heard(A).join(' ')).not.toMatch(/NOTIFY|ENVID|RET=/)
  })
})

describe('messages that are not ASCII', () => {
  const international = { ...posted({ forwardPath: 'jürgen@there.test' }), smtpUtf8: true as const }

  test('an address that the next server cannot take comes back: 5.6.7, in UTF-8 (RFC 6533)', async () => {
    const world = mailWorld({ messages: [international], records: RECORDS, scripts: { [A]: {} } }).pass(MINUTE)
    expect(world.all('messageBounced')[0]?.reason).toMatchObject({ id: 'lacks', what: 'utf8', status: '5.6.7' })
    const report = await read(world.inbox('ann@here.test')[0])
    expect(report.statusType).toBe('message/global-delivery-status')
    expect(report.groups[1]?.['Final-Recipient']).toBe('utf-8; jürgen@there.test')
    // No server sent 5.6.7 to us: it is our own finding.
    expect(report.groups[1]).not.toHaveProperty('Diagnostic-Code')
    expect(report.text).not.toContain('said')
    expect(report.text).toContain('<jürgen@there.test>')
  })

  test('where SMTPUTF8 is offered it goes on', () => {
    const scripts = { [A]: { offers: ['SMTPUTF8', '8BITMIME'] } }
    const world = mailWorld({ messages: [international], records: RECORDS, scripts }).pass(MINUTE)
    expect(world.all('messageRelayed')).toHaveLength(1)
    expect(world.heard(A).map((line) => toText(line as Octets))).toContain('RCPT TO:<jürgen@there.test>')
  })

  test('8-bit text that the next server cannot take comes back: 5.6.3', async () => {
    const posting = { ...posted({ ret: 'FULL', message: `${MESSAGE}Äpfel\r\n` }), body: '8BITMIME' as const }
    const world = mailWorld({ messages: [posting], records: RECORDS, scripts: { [A]: {} } }).pass(MINUTE)
    expect(world.all('messageBounced')[0]?.reason).toMatchObject({ id: 'lacks', what: 'eightBit', status: '5.6.3' })
    const { returned } = await read(world.inbox('ann@here.test')[0])
    expect(returned.content).toContain('Äpfel')
  })
})

test('a notice travels to a sender elsewhere, with the null reverse-path', () => {
  const records = [...RECORDS, 'far.test. 300 IN MX 10 b.far.test.', 'b.far.test. 300 IN A 203.0.113.2']
  const messages = [posted({ reversePath: 'zoe@far.test' })]
  const world = mailWorld({ messages, records, scripts: { ...REFUSES, '203.0.113.2': {} } }).pass(MINUTE)
  expect(world.heard('203.0.113.2').slice(1, 3)).toEqual(['MAIL FROM:<>', 'RCPT TO:<zoe@far.test>'])
})
