import { describe, expect, it } from 'vitest'
import { fromText } from '../../base/octets'
import { Call, MX, MX_OUT } from './testing/call'

/** A person in the chair of Bob's exchanger answers the real client of Alice's server. */

const GREETED = ['220 mx.bird.example ESMTP', '250 mx.bird.example'] as const

describe('the person in the chair', () => {
  it('answers a whole call, and the message that was accepted arrives', () => {
    const call = new Call().says(...GREETED, '250 2.1.0 Ok', '250 2.1.5 Ok', '354 go on', '250 2.0.0 got it', '221 bye')
    expect(call.dialogue).toEqual([
      'S: 220 mx.bird.example ESMTP',
      'C: EHLO mx-out.paper.example',
      'S: 250 mx.bird.example',
      'C: MAIL FROM:<alice@paper.example>',
      'S: 250 2.1.0 Ok',
      'C: RCPT TO:<bob@bird.example>',
      'S: 250 2.1.5 Ok',
      'C: DATA',
      'S: 354 go on',
      'C: (the message)',
      'S: 250 2.0.0 got it',
      'C: QUIT',
      'S: 221 bye',
    ])
    expect(call.all('messageQueued').map(({ host }) => host)).toEqual([MX_OUT, MX, 'store.bird.example'])
    expect(call.delivered).toHaveLength(1)
    expect(call.delivered[0]).toMatch(/by mx\.bird\.example with ESMTP id [0-9A-F]+\r\n\tfor <bob@bird\.example>/)
    expect(call.all('answeredByHand').map(({ heard, judged, by }) => `${heard} ${judged} ${by}`)).toEqual([
      'greeting same person',
      'EHLO same person',
      'MAIL same person',
      'RCPT same person',
      'DATA same person',
      'mailData same person',
      'QUIT same person',
    ])
  })

  it('has all the time that the client has', () => {
    const call = new Call().deed(200_000, {
      type: 'replied',
      host: MX,
      octets: fromText('220 at last\r\n'),
    })
    expect(call.dialogue.at(-1)).toBe('C: EHLO mx-out.paper.example')
  })

  it('is given up after five minutes of silence, and the message waits at its sender', () => {
    const call = new Call().pass(6)
    expect(call.dialogue).toEqual([])
    expect(call.all('messageDeferred').map(({ host }) => host)).toEqual([MX_OUT])
  })

  it('may hang up at any line, and the message waits at its sender', () => {
    const call = new Call().says(...GREETED)
    call.deed(call.waitingSince, { type: 'callEnded', host: MX })
    expect(call.all('messageDeferred').map(({ host, reason }) => [host, reason.id])).toEqual([[MX_OUT, 'brokeOff']])
  })

  it('reads pipelined commands one by one', () => {
    const call = new Call(['bob@bird.example', 'nobody@bird.example']).says(
      '220 mx',
      '250-mx\n250 PIPELINING',
      '250 a',
      '250 b',
      '550 5.1.1 c',
      '354 d',
      '250 e',
    )
    expect(call.dialogue).toContain('C: RCPT TO:<nobody@bird.example>')
    expect(call.delivered).toHaveLength(1)
    expect(call.all('messageBounced').map(({ host, forwardPath }) => [host, forwardPath])).toEqual([
      [MX_OUT, 'nobody@bird.example'],
    ])
  })

  it('may say a long reply in pieces; it is judged as a whole', () => {
    const call = new Call().says('220 mx', '250-mx.bird.example', '250-SIZE 1000', '250 DSN')
    expect(call.all('answeredByHand').map(({ heard }) => heard)).toEqual(['greeting', 'EHLO'])
    expect(call.dialogue.at(-1)).toMatch(/^C: MAIL FROM:<alice@paper\.example> SIZE=\d+$/)
  })

  it('takes a message that comes by chunks', () => {
    const call = new Call()
    const typed = (at: number, lines: string): void => {
      call.deed(at, { type: 'typed', host: 'alice-laptop', terminal: 't1', octets: fromText(lines) })
    }
    call.deed(500, { type: 'connected', host: 'alice-laptop', terminal: 't1', to: '203.0.113.25', port: 25 })
    typed(600, 'EHLO me\r\nMAIL FROM:<zoe@far.example>\r\nRCPT TO:<bob@bird.example>\r\n')
    typed(700, 'BDAT 14\r\nSubject: one\r\nBDAT 8 LAST\r\n\r\nPlum\r\n')
    for (const [nth, code] of ['220', '250', '250', '250', '250', '250'].entries())
      call.deed(1000 + nth * 200, { type: 'replied', host: MX, octets: fromText(`${code} yes\r\n`) })
    expect(call.all('answeredByHand').map(({ heard, judged }) => `${heard} ${judged}`)).toEqual([
      'greeting same',
      'EHLO same',
      'MAIL same',
      'RCPT same',
      'BDAT same',
      'BDAT same',
    ])
    expect(call.delivered[0]).toMatch(/Subject: one\r\n\r\nPlum\r\n$/)
  })

  it('may agree on TLS: what was said before is forgotten', () => {
    const call = new Call().says('220 mx', '250-mx\n250 STARTTLS', '220 go ahead', '250 mx', '250 ok')
    expect(call.dialogue.filter((line) => line.startsWith('C: EHLO'))).toHaveLength(2)
    expect(call.all('tlsStarted').map(({ host }) => host)).toEqual(expect.arrayContaining([MX, MX_OUT]))
  })
})

/** The message's fate, and the line that the client says next, after one reply that the machine would not give. */
const obeyed: readonly [string, readonly string[], next: string, fate: string][] = [
  ['4 at the greeting', ['421 4.3.2 later'], 'nothing', 'deferred'],
  // Another server of the domain may be in a better mood (RFC 5321 section 5.1), so the message is kept.
  ['5 at the greeting', ['554 5.3.2 never'], 'QUIT', 'deferred'],
  ['5 to EHLO', ['220 mx', '502 5.5.1 not here'], 'HELO', 'underWay'],
  ['4 to EHLO', ['220 mx', '451 4.3.0 not now'], 'QUIT', 'deferred'],
  ['4 to MAIL', [...GREETED, '451 4.3.0 not now'], 'QUIT', 'deferred'],
  ['5 to MAIL', [...GREETED, '550 5.7.1 no'], 'QUIT', 'bounced'],
  ['4 to RCPT', [...GREETED, '250 ok', '450 4.2.0 not now', '250 ok'], 'QUIT', 'deferred'],
  ['5 to RCPT', [...GREETED, '250 ok', '550 5.1.1 nobody', '250 ok'], 'QUIT', 'bounced'],
  ['2 to DATA', [...GREETED, '250 ok', '250 ok', '250 ok'], 'RSET', 'underWay'],
  ['5 to DATA', [...GREETED, '250 ok', '250 ok', '554 no', '250 ok'], 'QUIT', 'bounced'],
  ['4 after the dot', [...GREETED, '250 ok', '250 ok', '354 go', '452 4.3.1 full'], 'QUIT', 'deferred'],
  ['5 after the dot', [...GREETED, '250 ok', '250 ok', '354 go', '554 5.6.0 no'], 'QUIT', 'bounced'],
  ['3 to RCPT', [...GREETED, '250 ok', '354 go'], 'RSET', 'underWay'],
  ['no reply to MAIL', [...GREETED, 'hello'], 'QUIT', 'deferred'],
  ['no reply to RCPT', [...GREETED, '250 ok', 'hello'], 'RSET', 'underWay'],
]

it.each(obeyed)('the client obeys: %s', (_, replies, next, fate) => {
  const call = new Call().says(...replies)
  const heard = call.dialogue.filter((line) => line.startsWith('C: ')).map((line) => line.slice(3).split(' ')[0])
  expect(call.dialogue.at(-1)?.startsWith('C: ') ? heard.at(-1) : 'nothing').toBe(next)
  const [bounced, deferred] = [call.all('messageBounced'), call.all('messageDeferred')].map((facts) =>
    facts.some(({ host }) => host === MX_OUT),
  )
  expect(bounced ? 'bounced' : deferred ? 'deferred' : 'underWay').toBe(fate)
})

describe('a yes that the machine would not say', () => {
  const toSomebody = (address: string): Call =>
    new Call([address]).says(...GREETED, '250 ok', '250 ok', '354 go', '250 got it', '221 bye')

  it('for a mailbox that does not exist makes this server write the notice', () => {
    const call = toSomebody('nobody@bird.example')
    expect(call.all('answeredByHand').find(({ heard }) => heard === 'RCPT')).toMatchObject({
      judged: 'otherDigit',
      machine: '550 5.1.1 <nobody@bird.example>: Recipient address rejected: User unknown\r\n',
    })
    expect(call.all('messageBounced').map(({ host, forwardPath }) => [host, forwardPath])).toEqual([
      [MX, 'nobody@bird.example'],
    ])
    const inbox = call.all('messageDelivered').filter(({ host }) => host === MX_OUT)
    expect(inbox).toHaveLength(1)
  })

  it('for an address elsewhere makes this server carry the message itself', () => {
    const call = toSomebody('carol@stone.example')
    expect(call.all('answeredByHand').find(({ heard }) => heard === 'RCPT')?.machine).toMatch(/^550 5\.7\.1 /)
    // The domain's exchanger is this very server, so the way ends here.
    expect(call.all('messageBounced').map(({ host, reason }) => [host, reason.id])).toEqual([[MX, 'ownExchanger']])
  })
})

describe('the machine', () => {
  it('answers a line instead of the person, as it would have by itself', () => {
    const call = new Call().says(undefined, undefined, undefined, undefined)
    expect(call.dialogue.slice(0, 3)).toEqual([
      'S: 220 mx.bird.example ESMTP',
      'C: EHLO mx-out.paper.example',
      'S: 250-mx.bird.example greets mx-out.paper.example',
    ])
    expect(call.all('answeredByHand').every(({ by, judged }) => by === 'machine' && judged === 'same')).toBe(true)
  })

  it('takes the rest of the call when the person leaves the chair', () => {
    const call = new Call().says(...GREETED)
    call.deed(call.waitingSince, { type: 'seatLeft', host: MX, port: 25 })
    expect(call.dialogue.at(-1)).toBe('S: 221 2.0.0 Bye')
    expect(call.delivered).toHaveLength(1)
  })

  it('judges a line in view of what the person has agreed to before', () => {
    const call = new Call(['nobody@bird.example', 'bob@bird.example'])
    call.says(...GREETED, '250 ok', '250 yes, nobody', '550 5.1.1 no, not Bob', '354 go')
    expect(call.all('answeredByHand').map(({ heard, judged }) => `${heard} ${judged}`)).toEqual([
      'greeting same',
      'EHLO same',
      'MAIL same',
      'RCPT otherDigit',
      'RCPT otherDigit',
      'DATA same',
    ])
  })

  it('has its chair taken only where it listens for mail', () => {
    const call = new Call()
    call.deed(call.timeline.until, { type: 'seatTaken', host: MX, port: 110 })
    call.deed(call.timeline.until, { type: 'replied', host: 'store.bird.example' })
    expect(call.all('changeRefused').map(({ reason }) => reason)).toEqual([
      { id: 'noChair', port: 110, ports: [25] },
      { id: 'nobodyWaits' },
    ])
  })
})
