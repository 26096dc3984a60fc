import { describe, expect, it } from 'vitest'
import { fromText, octets } from '../../../base/octets'
import { parseCommand } from './commands'
import { fromXtext, toXtext } from './parameters'
import { replies } from './replies'
import { formatReply, hasEightBit, parseReply, replyText, stuffDots, unstuffDots } from './reply'

describe('parseCommand', () => {
  it.each([
    ['EHLO mx-out.paper.example', { type: 'EHLO', helloName: 'mx-out.paper.example' }],
    ['ehlo [IPv6:2001:db8::25]', { type: 'EHLO', helloName: '[IPv6:2001:db8::25]' }],
    ['MAIL FROM:<>', { type: 'MAIL', reversePath: '' }],
    ['MAIL FROM:<alice@paper.example>', { type: 'MAIL', reversePath: 'alice@paper.example' }],
    [
      'mail from:<alice@paper.example> size=12 body=7bit',
      { type: 'MAIL', reversePath: 'alice@paper.example', size: 12, body: '7BIT' },
    ],
    ['MAIL FROM:<"alice"@paper.example>', { type: 'MAIL', reversePath: 'alice@paper.example' }],
    ['MAIL FROM:<"a > b"@paper.example>', { type: 'MAIL', reversePath: '"a > b"@paper.example' }],
    ['RCPT TO:<@a.example,@b.example:bob@bird.example>', { type: 'RCPT', forwardPath: 'bob@bird.example' }],
    ['RCPT TO:<postmaster>', { type: 'RCPT', forwardPath: 'postmaster' }],
    ['RCPT TO:<bob@[192.0.2.1]> ', { type: 'RCPT', forwardPath: 'bob@[192.0.2.1]' }],
    ['NOOP what ever', { type: 'NOOP' }],
    ['RSET\t ', { type: 'RSET' }],
    ['VRFY Bob Bird', { type: 'VRFY', text: 'Bob Bird' }],
    ['help mail', { type: 'HELP', topic: 'MAIL' }],
    ['AUTH CRAM-MD5', { type: 'AUTH', mechanism: 'CRAM-MD5' }],
    ['BDAT 6 LAST', { type: 'BDAT', size: 6, last: true }],
    ['bdat 2147483648', { type: 'BDAT', size: 2_147_483_648, last: false }],
    ['BDAT 6 FIRST', { type: 'BDAT', size: 6, last: false, malformed: true }],
    ['starttls', { type: 'STARTTLS' }],
    ['EXPN staff', { type: 'notOffered', verb: 'EXPN' }],
    ['AUTH PLAIN =', { type: 'AUTH', mechanism: 'PLAIN', response: '' }],
    ['AUTH plain AGEAYg==', { type: 'AUTH', mechanism: 'PLAIN', response: '\0a\0b' }],
    ['AUTH KERBEROS_V4 !!!', { type: 'AUTH', mechanism: '' }],
    ['VRFY Bob smtputf8', { type: 'VRFY', text: 'Bob', smtpUtf8: true }],
    ['VRFY SMTPUTF8', { type: 'VRFY', text: 'SMTPUTF8' }],
    ['MAIL FROM:<alice@[IPv6:2001:db8::1]>', { type: 'MAIL', reversePath: 'alice@[IPv6:2001:db8::1]' }],
    ['MAIL FROM:<alice@[x400:c=de]>', { type: 'MAIL', reversePath: 'alice@[x400:c=de]' }],
    ['MAIL FROM:<@a.example:alice@paper.example>', { type: 'MAIL', reversePath: 'alice@paper.example' }],
    ['MAIL FROM:<"a\\"b"@paper.example>', { type: 'MAIL', reversePath: '"a\\"b"@paper.example' }],
    [
      'MAIL FROM:<> BODY=8BITMIME RET=full ENVID=a+2Bb+20c',
      { type: 'MAIL', reversePath: '', body: '8BITMIME', ret: 'FULL', envid: 'a+b c' },
    ],
    [
      'RCPT TO:<bob@bird.example> NOTIFY=delay,SUCCESS ORCPT=RFC822;bob+40x',
      { type: 'RCPT', forwardPath: 'bob@bird.example', dsn: { notify: ['SUCCESS', 'DELAY'], orcpt: 'RFC822;bob@x' } },
    ],
    ['RCPT TO:<Postmaster@bird.example>', { type: 'RCPT', forwardPath: 'Postmaster@bird.example' }],
    ['RCPT TO:<POSTMASTER>', { type: 'RCPT', forwardPath: 'POSTMASTER' }],
  ])('%s', (line, command) => {
    expect(parseCommand(octets(line), false)).toEqual(command)
  })

  const local64 = 'l'.repeat(64)
  it('accepts a local part of 64 octets and no longer one', () => {
    expect(parseCommand(octets(`MAIL FROM:<${local64}@paper.example>`), false)).toMatchObject({ type: 'MAIL' })
    expect(parseCommand(octets(`MAIL FROM:<l${local64}@paper.example>`), false)).toMatchObject({
      type: 'malformed',
      reply: { code: 501, enhanced: '5.1.7' },
    })
    expect(parseCommand(octets(`RCPT TO:<bob@${'d.'.repeat(126)}dd>`), false)).toMatchObject({
      type: 'malformed',
      reply: { code: 501, enhanced: '5.1.3' },
    })
  })

  it.each([
    ['', 500],
    [' EHLO x.example', 500],
    ['EHLOx.example', 500],
    ['NOOP a\nNOOP b', 500],
    ['NOOP a\rb', 500],
    ['NOOP a\0', 500],
    ['\u00e9\u00ff', 500],
    ['EHLO', 501],
    ['EHLO -x', 501],
    ['EHLO [1.2.3]', 501],
    ['HELO two words', 501],
    ['QUIT now', 501],
    ['MAIL', 501],
    ['RCPT', 501],
    ['RCPT TO:<bob>', 501],
    ['RCPT TO:<bob@bird.example> =1', 501],
    ['MAIL FROM:<postmaster>', 501],
    ['MAIL FROM:<alice@paper.example> SIZE', 501],
    ['MAIL FROM:<alice@paper.example> SIZE=-1', 501],
    ['MAIL FROM:<alice@paper.example> SMTPUTF8=yes', 501],
    ['MAIL FROM:<alice@paper.example> RET=SOME', 501],
    ['MAIL FROM:<alice@paper.example> AUTH=<>', 555],
    ['MAIL FROM:<alice@paper.example> BODY=BINARYMIME', 501],
    ['MAIL FROM:<alice@paper.example> SIZE=1 SIZE=1', 501],
    [`MAIL FROM:<alice@paper.example> ENVID=${'e'.repeat(101)}`, 501],
    ['MAIL FROM:<alice@paper.example> ENVID=+0A', 501],
    ['MAIL FROM:<alice@paper.example> NOTIFY=NEVER', 555],
    ['MAIL FROM:<alice@[IPv6:2001:db8:::1]>', 501],
    ['MAIL FROM:<gr\u00fc\u00dfe@paper.example> SMTPUTF8', 501],
    [`RCPT TO:<bob@bird.example> ORCPT=rfc822;${'o'.repeat(494)}`, 501],
    ['RCPT TO:<bob@bird.example> ORCPT=rfc822;', 501],
    ['RCPT TO:<bob@bird.example> NOTIFY=SUCCESS,NEVER', 501],
    ['NOOP \u00c3\u00bc', 501],
    ['EHLO b\u00c3\u00bccher.example', 501],
    ['STARTTLS now', 501],
    ['BDAT', 501],
    ['BDAT -1', 501],
    ['BDAT 6LAST', 501],
    [`BDAT ${'9'.repeat(16)}`, 501],
    ['AUTH', 501],
    ['AUTH PLAIN ! ', 501],
    ['AUTH PLAIN a b', 501],
  ])('refuses %j with %i', (line, code) => {
    const command = parseCommand(octets(line), false)
    expect(command.type === 'malformed' && command.reply.code).toBe(code)
  })

  it.each([
    ['NOOP a\nNOOP b', /CR|LF/],
    ['NOOP a\rb', /CR|LF/],
    ['NOOP a\0', /^(?!.*(?:CR|LF)).*NUL/],
  ])('says what is wrong with %j', (line, words) => {
    const command = parseCommand(octets(line), false)
    expect(command.type === 'malformed' && command.reply.text).toMatch(words)
  })
})

describe('xtext', () => {
  it.each([
    ['plain', 'plain'],
    ['a b+c=d', 'a+20b+2Bc+3Dd'],
    ['', ''],
  ])('%j is %j', (text, xtext) => {
    expect(toXtext(text)).toBe(xtext)
    if (text !== '') expect(fromXtext(xtext)).toBe(text)
  })

  it.each(['', 'a b', 'a=b', '+', '+2', '+2b', '+GG'])('is not %j', (text) => {
    expect(fromXtext(text)).toBeUndefined()
  })
})

it('reads addresses of all languages as text, and counts them in octets', () => {
  const line = (text: string) => parseCommand(fromText(text), false)
  expect(line('MAIL FROM:<zo\u00eb@b\u00fccher.example> SMTPUTF8')).toEqual({
    type: 'MAIL',
    reversePath: 'zo\u00eb@b\u00fccher.example',
    smtpUtf8: true,
  })
  expect(line('RCPT TO:<"\u65e5\u672c"@\u4f8b\u3048.example> ORCPT=utf-8;\u65e5\u672c@\u4f8b\u3048.example')).toEqual({
    type: 'RCPT',
    forwardPath: '\u65e5\u672c@\u4f8b\u3048.example',
    dsn: { orcpt: 'utf-8;\u65e5\u672c@\u4f8b\u3048.example' },
  })
  expect(line(`MAIL FROM:<${'\u00eb'.repeat(32)}@paper.example> SMTPUTF8`).type).toBe('MAIL')
  expect(line(`MAIL FROM:<${'\u00eb'.repeat(33)}@paper.example> SMTPUTF8`)).toMatchObject({
    reply: { enhanced: '5.1.7' },
  })
})

describe('replies', () => {
  it('have an enhanced code on every line if wanted', () => {
    expect(formatReply(replies.senderOk, true)).toBe('250 2.1.0 Ok\r\n')
    expect(formatReply(replies.senderOk, false)).toBe('250 Ok\r\n')
    expect(formatReply({ code: 214, enhanced: '2.0.0', text: ['a', 'b'] }, true)).toBe('214-2.0.0 a\r\n214 2.0.0 b\r\n')
  })

  it('are never longer than the line limit, and ASCII unless UTF-8 was requested', () => {
    expect(formatReply({ code: 550, enhanced: '5.1.1', text: 'x'.repeat(1000) }, true)).toHaveLength(512)
    expect(formatReply({ code: 250, text: '<j\u00fcrgen@x>' }, false)).toBe('250 <j?rgen@x>\r\n')
    expect(formatReply({ code: 250, text: '<j\u00fcrgen@x>' }, false, true)).toBe('250 <j\u00c3\u00bcrgen@x>\r\n')
  })

  it('cannot contain a line that looks like another reply', () => {
    expect(formatReply({ code: 550, text: 'x\r\n250 Ok' }, false)).toBe('550 x??250 Ok\r\n')
  })

  it.each([
    ['250 2.1.0 Ok\r\n', { code: 250, enhanced: '2.1.0', text: 'Ok' }],
    ['250\r\n', { code: 250, text: '' }],
    ['550 4.1.1 of another class\r\n', { code: 550, text: '4.1.1 of another class' }],
    ['250-one\r\n250-SIZE 5\r\n250 HELP\r\n', { code: 250, text: ['one', 'SIZE 5', 'HELP'] }],
    ['214-2.0.0 a\r\n214 2.0.0 b\r\n', { code: 214, enhanced: '2.0.0', text: ['a', 'b'] }],
  ])('are read: %j', (wire, reply) => {
    // Whole, with something after it, and octet by octet.
    expect(parseReply(octets(wire))).toEqual({ reply, length: wire.length })
    expect(parseReply(octets(`${wire}250 more\r\n`))).toEqual({ reply, length: wire.length })
    for (let length = 0; length < wire.length; length++)
      expect(parseReply(octets(wire.slice(0, length)))).toBe('needsMore')
  })

  it.each(['hello\r\n', '250-one\r\n251 two\r\n', '199 no\r\n', '25 x\r\n', '2500 x\r\n', '\r\n'])(
    'are refused: %j',
    (wire) => {
      expect(parseReply(octets(wire))).toEqual({ reply: undefined, length: wire.length })
    },
  )

  it('have a bounded length', () => {
    expect(parseReply(octets('x'.repeat(70_000)))).toEqual({ reply: undefined, length: 70_000 })
    expect(parseReply(octets(`250-${'x'.repeat(40_000)}\r\n`.repeat(2)))).toMatchObject({ reply: undefined })
  })

  it('are one line in reports', () => {
    expect(replyText(replies.noSuchUser)).toBe('550 5.1.1 No such user here')
    expect(replyText({ code: 250, text: ['a', 'b'] })).toBe('250 a b')
  })
})

describe('transparency', () => {
  it.each([
    ['', '.\r\n'],
    ['a\r\n', 'a\r\n.\r\n'],
    ['a', 'a\r\n.\r\n'],
    ['.\r\n', '..\r\n.\r\n'],
    ['a\r\n.b\r\n..\r\n', 'a\r\n..b\r\n...\r\n.\r\n'],
    ['a\n.\nb\r.\r\n', 'a\n.\nb\r.\r\n.\r\n'],
  ])('%j', (message, wire) => {
    expect(stuffDots(octets(message))).toBe(wire)
    const whole = message === '' || message.endsWith('\r\n') ? message : `${message}\r\n`
    expect(unstuffDots(octets(wire.slice(0, -3)))).toBe(whole)
  })

  it('leaves a dot in the middle of a line alone', () => {
    expect(unstuffDots(octets('.a\r\n..b'), true)).toBe('.a\r\n.b')
  })
})

it('detects octets above 127', () => {
  expect(hasEightBit(octets('plain'))).toBe(false)
  expect(hasEightBit(octets('gr\u00fc\u00dfe'))).toBe(true)
})
