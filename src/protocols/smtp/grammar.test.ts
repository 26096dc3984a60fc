import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { parseCommand } from './commands'
import {
  formatPlain,
  formatReply,
  hasEightBit,
  parsePlain,
  parseReply,
  replyText,
  stuffDots,
  unstuffDots,
} from './grammar'
import { replies } from './replies'

describe('parseCommand', () => {
  it.each([
    ['EHLO mx-out.paper.example', { type: 'EHLO', helloName: 'mx-out.paper.example' }],
    ['ehlo [IPv6:2001:db8::25]', { type: 'EHLO', helloName: '[IPv6:2001:db8::25]' }],
    ['MAIL FROM:<>', { type: 'MAIL', reversePath: '' }],
    ['MAIL FROM:<alice@paper.example>', { type: 'MAIL', reversePath: 'alice@paper.example' }],
    [
      'mail from:<alice@paper.example> size=12 body=7bit',
      { type: 'MAIL', reversePath: 'alice@paper.example', size: 12 },
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
    ['BDAT 6 LAST', { type: 'notOffered', verb: 'BDAT' }],
  ])('%s', (line, command) => {
    expect(parseCommand(line, false)).toEqual(command)
  })

  const local64 = 'l'.repeat(64)
  it('takes a local part of 64 octets and no longer one', () => {
    expect(parseCommand(`MAIL FROM:<${local64}@paper.example>`, false)).toMatchObject({ type: 'MAIL' })
    expect(parseCommand(`MAIL FROM:<l${local64}@paper.example>`, false)).toMatchObject({
      type: 'malformed',
      reply: { code: 501, enhanced: '5.1.7' },
    })
    expect(parseCommand(`RCPT TO:<bob@${'d.'.repeat(126)}dd>`, false)).toMatchObject({
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
    ['MAIL FROM:<alice@paper.example> SMTPUTF8=yes', 555],
    ['MAIL FROM:<alice@paper.example> RET=SOME', 555],
  ])('refuses %j with %i', (line, code) => {
    const command = parseCommand(line, false)
    expect(command.type === 'malformed' && command.reply.code).toBe(code)
  })
})

describe('replies', () => {
  it('are written with an enhanced code on every line, where wanted', () => {
    expect(formatReply(replies.senderOk, true)).toBe('250 2.1.0 Ok\r\n')
    expect(formatReply(replies.senderOk, false)).toBe('250 Ok\r\n')
    expect(formatReply({ code: 214, enhanced: '2.0.0', text: ['a', 'b'] }, true)).toBe('214-2.0.0 a\r\n214 2.0.0 b\r\n')
  })

  it('cannot be made to speak for the server', () => {
    expect(formatReply({ code: 550, text: 'x\r\n250 Ok' }, false)).toBe('550 x??250 Ok\r\n')
  })

  it.each([
    ['250 2.1.0 Ok\r\n', { code: 250, enhanced: '2.1.0', text: 'Ok' }],
    ['250\r\n', { code: 250, text: '' }],
    ['550 4.1.1 of another class\r\n', { code: 550, text: '4.1.1 of another class' }],
    ['250-one\r\n250-SIZE 5\r\n250 HELP\r\n', { code: 250, text: ['one', 'SIZE 5', 'HELP'] }],
    ['214-2.0.0 a\r\n214 2.0.0 b\r\n', { code: 214, enhanced: '2.0.0', text: ['a', 'b'] }],
  ])('are read: %j', (wire, reply) => {
    // Whole, with something behind it, and octet by octet.
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

  it('do not run on for ever', () => {
    expect(parseReply(octets('x'.repeat(70_000)))).toEqual({ reply: undefined, length: 70_000 })
    expect(parseReply(octets(`250-${'x'.repeat(40_000)}\r\n`.repeat(2)))).toMatchObject({ reply: undefined })
  })

  it('are said on one line in reports', () => {
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

  it('leaves a dot alone in the middle of a line', () => {
    expect(unstuffDots(octets('.a\r\n..b'), true)).toBe('.a\r\n.b')
  })
})

describe('PLAIN', () => {
  it('goes there and back', () => {
    expect(parsePlain(formatPlain('älice', 'pass word'))).toEqual({
      authorizationId: '',
      user: 'älice',
      password: 'pass word',
    })
  })

  it.each(['', '=', '!!!', 'AGFsaWNl', btoa('a\0b'), btoa('\0\0p'), btoa('\0u\0'), btoa('\0u\0p\0x')])(
    'refuses %j',
    (response) => {
      expect(parsePlain(response)).toBeUndefined()
    },
  )
})

it('sees octets above 127', () => {
  expect(hasEightBit(octets('plain'))).toBe(false)
  expect(hasEightBit(octets('gr\u00fc\u00dfe'))).toBe(true)
})
