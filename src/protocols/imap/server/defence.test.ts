import { describe, expect, it } from 'vitest'
import { USUAL_POLICY } from '../../../session/defence'
import { BOB, MemoryHost, message, type ServerEnd } from '../testing/memoryHost'

const open = (): ServerEnd => new MemoryHost([message('one')]).connect({ mechanisms: ['PLAIN'] })

describe('mistakes', () => {
  it.each([
    ['a wrong password', `LOGIN ${BOB} wrong`, 't NO [AUTHENTICATIONFAILED] User name or password is wrong'],
    [
      'a wrong proof',
      'AUTHENTICATE PLAIN AGJvYgB3cm9uZw==',
      't NO [AUTHENTICATIONFAILED] User name or password is wrong',
    ],
    ['an unknown command', 'FROB', 't BAD There is no command FROB'],
    ['a line that is too long', 'x'.repeat(70_000), 't BAD The line is longer than 65536 octets'],
  ])('are tolerated a hundred times: %s', (_, line, answer) => {
    const end = open()
    end.sent()
    for (let count = 0; count < USUAL_POLICY.limit; count++) expect(end.say(line)).toEqual([answer])
    expect(end.closed).toBe(false)
    expect(end.say(line).at(-1)).toBe('* BYE There were too many mistakes')
    expect([end.closed, end.alive]).toEqual([true, false])
  })

  it('are answered more and more slowly, and the server reads nothing meanwhile', () => {
    const end = open()
    for (let count = 0; count < USUAL_POLICY.free; count++) end.say(`LOGIN ${BOB} wrong`)
    expect(end.pauses).toEqual([])
    end.pausesLast = true
    expect(end.receive(`a LOGIN ${BOB} wrong\r\nb NOOP\r\n`)).toBe('')
    expect(end.pauses).toEqual([1000])
    const timer = end.outputs.findLast((output) => output.type === 'setTimer')
    if (timer?.type === 'setTimer') end.give({ type: 'expired', timer: timer.timer })
    expect(end.sent()).toBe('a NO [AUTHENTICATIONFAILED] User name or password is wrong\r\nb OK Nothing done\r\n')
    end.pausesLast = false
    for (let count = 0; count < 3; count++) end.say('FROB')
    expect(end.pauses).toEqual([1000, 2000, 3000, 4000])
  })

  it('are neither refusals of the store nor commands out of order', () => {
    const end = open()
    for (let count = 0; count <= USUAL_POLICY.limit; count++) end.say('FETCH 1 FLAGS')
    end.selectInbox()
    for (let count = 0; count <= USUAL_POLICY.limit; count++) end.say('STATUS Nowhere (MESSAGES)')
    expect([end.pauses, end.alive]).toEqual([[], true])
  })

  it('are counted after the login, too, with the mailbox open', () => {
    const end = open().selectInbox()
    for (let count = 0; count <= USUAL_POLICY.free; count++) end.say('FROB')
    expect(end.pauses).toEqual([1000])
    expect(end.say('FETCH 1 UID')[0]).toBe('* 1 FETCH (UID 1)')
  })
})

describe('a web page', () => {
  const body = `a LOGIN ${BOB} secret\r\nb CREATE from-a-page\r\n`

  it.each([
    ['a request', `POST / HTTP/1.1\r\nHost: 127.0.0.1:143\r\n\r\n${body}`],
    ['a request line that is too long', `GET /${'x'.repeat(70_000)} HTTP/1.1\r\nHost: 127.0.0.1:143\r\n\r\n${body}`],
  ])('is sent away, and what its body says is not done: %s', (_, request) => {
    const end = open()
    expect(end.receive(request)).toMatch(/\* BYE This is IMAP, not HTTP\r\n$/)
    expect([end.closed, end.alive, end.user]).toEqual([true, false, undefined])
    expect(end.host.connect().selectInbox().say('LIST "" from*')).toEqual(['t OK That is all'])
  })
})
