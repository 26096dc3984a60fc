import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BOB, ClientUnderTest, converse, messageTo } from '../testing/stubClient'
import { relayInput, ServerUnderTest } from '../testing/stubHost'
import type { SmtpClientInput, SmtpMessage, SmtpTransferReport } from './types'

const CAROL = 'carol@bird.example'
const NOBODY = 'nobody@bird.example'
const lines = (...said: readonly string[]): string => said.map((line) => `${line}\r\n`).join('')

const OFFERS = lines('250-mx', '250-PIPELINING', '250-CHUNKING', '250 ENHANCEDSTATUSCODES')
const MAIL = 'MAIL FROM:<alice@paper.example>'
const RCPT = (to: string): string => `RCPT TO:<${to}>`

/** A client that has just read the EHLO reply, and its output then. */
function begun(
  messages: readonly SmtpMessage[],
  options: Partial<SmtpClientInput>,
  offers = OFFERS,
): readonly [ClientUnderTest, string] {
  const client = new ClientUnderTest(messages, { helloName: 'mx-out.paper.example', ...options })
  client.receive('220 mx ESMTP\r\n')
  return [client, client.receive(offers)]
}

describe('pipelining (RFC 2920 section 3.1)', () => {
  const pipelining = { pipelining: true }

  it('sends MAIL, each RCPT and DATA in one group, and the message after 354', () => {
    const [client, group] = begun([messageTo([BOB, CAROL])], pipelining)
    expect(group).toBe(lines(MAIL, RCPT(BOB), RCPT(CAROL), 'DATA'))
    expect(client.receive(lines('250 2.1.0 Ok', '250 2.1.5 Ok', '250 2.1.5 Ok'))).toBe('')
    expect(client.receive('354 Go\r\n')).toBe(lines('Subject: Lunch?', '', '..Hello.', '.'))
    expect(client.receive('250 2.0.0 Ok\r\n')).toBe('QUIT\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'accepted', accepted: [BOB, CAROL], refused: [] }])
  })

  it('waits for each reply if the server does not offer it, or knows no EHLO', () => {
    expect(begun([messageTo([BOB])], pipelining, lines('250-mx', '250 SIZE'))[1]).not.toContain('RCPT')
    const [client, hello] = begun([messageTo([BOB])], pipelining, '500 What?\r\n')
    expect(hello).toContain('HELO')
    expect(client.receive('250 mx\r\n')).toBe(lines(MAIL))
  })

  it('tells replies apart by their order alone, one line or several', () => {
    const [client] = begun([messageTo([BOB, NOBODY, CAROL])], pipelining)
    const replies = ['250 2.1.0 Sender ok', '250-2.1.5 DATA', '250 2.1.5 354', '550 5.1.1 MAIL', '250 2.1.5 Ok']
    for (const octet of lines(...replies)) expect(client.receive(octet)).toBe('')
    client.receive('354-Go\r\n354 on\r\n')
    client.receive('250 Ok\r\n')
    expect(client.reports).toMatchObject([
      { outcome: 'accepted', accepted: [BOB, CAROL], refused: [{ forwardPath: NOBODY, reply: { code: 550 } }] },
    ])
  })

  it('sends a lone dot if DATA is accepted without an accepted recipient', () => {
    const [client] = begun([messageTo([NOBODY]), messageTo([BOB])], pipelining)
    expect(client.receive(lines('250 Ok', '550 5.1.1 No', '354 Go'))).toBe('.\r\n')
    // The transaction ends with the reply to the dot: the next group follows.
    expect(client.receive('554 5.5.1 No valid recipients\r\n')).toBe(lines(MAIL, RCPT(BOB), 'DATA'))
    expect(client.reports).toMatchObject([{ outcome: 'refused', reply: { enhanced: '5.1.1' }, accepted: [] }])
  })

  it('sends RSET if DATA is refused, and reports each recipient by its own reply', () => {
    const [client] = begun([messageTo([NOBODY, BOB])], pipelining)
    expect(client.receive(lines('250 Ok', '550 5.1.1 No', '450 4.2.0 Later', '554 No valid recipients'))).toBe(
      'RSET\r\n',
    )
    expect(client.receive('250 Ok\r\n')).toBe('QUIT\r\n')
    expect(client.reports).toMatchObject([
      { outcome: 'deferred', refused: [{ reply: { code: 550 } }, { reply: { code: 450 } }], reply: { code: 450 } },
    ])
  })

  it('does not report the replies to RCPT as replies to recipients after MAIL was refused', () => {
    const [client] = begun([messageTo([BOB, CAROL]), messageTo([BOB])], pipelining)
    const replies = lines('552 5.3.4 Too large', '503 5.5.1 MAIL first', '503 5.5.1 MAIL first', '503 5.5.1 MAIL first')
    expect(client.receive(replies)).toBe(lines(MAIL, RCPT(BOB), 'DATA'))
    expect(client.reports).toMatchObject([{ outcome: 'refused', reply: { enhanced: '5.3.4' }, refused: [] }])
  })

  it('sends no message after MAIL was refused, although the server accepts everything else', () => {
    const [client] = begun([messageTo([BOB])], pipelining)
    expect(client.receive(lines('451 4.3.0 Later', '250 Ok', '354 Go'))).toBe('.\r\n')
    client.receive('250 Ok\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'deferred', accepted: [], reply: { enhanced: '4.3.0' } }])
  })

  it.each([
    ['a line that is no reply', ['250 Ok', 'what?']],
    ['354 in answer to a recipient', ['250 Ok', '354 Go']],
    ['421', ['250 Ok', '421 4.3.2 Closing']],
  ])('closes at once after %s: no part of the message may follow', (_, replies) => {
    const [client] = begun([messageTo([BOB])], pipelining)
    expect(client.receive(lines(...replies))).toBe('')
    expect(client.closed).toBe(true)
    expect(client.session.machine.status).toBe('done')
    expect(client.reports).toMatchObject([{ outcome: 'deferred', accepted: [] }])
  })

  it('reports a connection that breaks between the replies', () => {
    const [client] = begun([messageTo([BOB, CAROL])], pipelining)
    client.receive(lines('250 Ok', '550 5.1.1 No'))
    client.input({ type: 'closed', why: 'reset' })
    expect(client.reports).toMatchObject([{ outcome: 'lost', accepted: [], refused: [{ forwardPath: BOB }] }])
  })
})

describe('chunking (RFC 3030 section 2)', () => {
  const chunks = (size: number, pipelining = false): Partial<SmtpClientInput> => ({
    chunking: true,
    chunkSize: size,
    pipelining,
  })

  it('sends the message unchanged after BDAT, its length and LAST', () => {
    const [client, mail] = begun([messageTo([BOB])], { chunking: true })
    expect(mail).toBe(lines(MAIL))
    client.receive('250 Ok\r\n')
    expect(client.receive('250 Ok\r\n')).toBe(lines('BDAT 28 LAST', 'Subject: Lunch?', '', '.Hello.'))
    expect(client.receive('250 Ok\r\n')).toBe('QUIT\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'accepted', accepted: [BOB] }])
  })

  it('uses DATA if the server does not offer it', () => {
    const [client] = begun([messageTo([BOB])], { chunking: true }, lines('250-mx', '250 PIPELINING'))
    client.receive('250 Ok\r\n')
    expect(client.receive('250 Ok\r\n')).toBe('DATA\r\n')
  })

  it('waits for the reply to each chunk', () => {
    const [client] = begun([messageTo([BOB], 'one\r\ntwo')], chunks(4))
    client.receive('250 Ok\r\n')
    expect(client.receive('250 Ok\r\n')).toBe('BDAT 4\r\none\r')
    expect(client.receive('250 Ok\r\n')).toBe('BDAT 4\r\n\ntwo')
    // The missing final line end is added.
    expect(client.receive('250 Ok\r\n')).toBe('BDAT 2 LAST\r\n\r\n')
    expect(client.receive('250 Ok\r\n')).toBe('QUIT\r\n')
  })

  it('sends an empty message as an empty last chunk', () => {
    const [client] = begun([messageTo([BOB], '')], chunks(4))
    client.receive('250 Ok\r\n')
    expect(client.receive('250 Ok\r\n')).toBe('BDAT 0 LAST\r\n')
  })

  it('sends no chunk after a refused one, and sends RSET', () => {
    const [client] = begun([messageTo([BOB], 'one\r\ntwo')], chunks(4))
    client.receive('250 Ok\r\n')
    client.receive('250 Ok\r\n')
    expect(client.receive('452 4.3.1 Full\r\n')).toBe('RSET\r\n')
    client.receive('250 Ok\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'deferred', reply: { code: 452 }, accepted: [] }])
  })

  it('sends RSET after a refused last chunk too, since the state is not known', () => {
    const [client] = begun([messageTo([BOB])], { chunking: true })
    client.receive('250 Ok\r\n')
    client.receive('250 Ok\r\n')
    expect(client.receive('554 5.6.0 No\r\n')).toBe('RSET\r\n')
    expect(client.receive('250 Ok\r\n')).toBe('QUIT\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'refused', reply: { enhanced: '5.6.0' } }])
  })

  it('pipelined: MAIL and RCPT, then all chunks after their replies', () => {
    const [client, group] = begun([messageTo([BOB, CAROL], 'one\r\ntwo\r\n')], chunks(4, true))
    expect(group).toBe(lines(MAIL, RCPT(BOB), RCPT(CAROL)))
    expect(client.receive(lines('250 Ok', '250 Ok'))).toBe('')
    expect(client.receive('550 5.1.1 No\r\n')).toBe('BDAT 4\r\none\rBDAT 4\r\n\ntwoBDAT 2 LAST\r\n\r\n')
    expect(client.receive(lines('250 Ok', '250 Ok'))).toBe('')
    expect(client.receive('250 Ok\r\n')).toBe('QUIT\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'accepted', accepted: [BOB] }])
  })

  it('pipelined: reads the replies to all sent chunks before RSET, and reports the first refusal', () => {
    const [client] = begun([messageTo([BOB], 'one\r\ntwo\r\n')], chunks(4, true))
    client.receive(lines('250 Ok', '250 Ok'))
    expect(client.receive(lines('452 4.3.1 Full', '503 5.5.1 RSET first'))).toBe('')
    expect(client.receive('503 5.5.1 RSET first\r\n')).toBe('RSET\r\n')
    client.receive('250 Ok\r\n')
    expect(client.reports).toMatchObject([{ outcome: 'deferred', reply: { code: 452 } }])
  })

  it('pipelined: sends no chunk without an accepted recipient', () => {
    const [client] = begun([messageTo([NOBODY])], chunks(4, true))
    expect(client.receive(lines('250 Ok', '550 5.1.1 No'))).toBe('RSET\r\n')
  })
})

describe('more recipients than the server accepts', () => {
  const many = [BOB, CAROL, 'dora@bird.example', 'alice@bird.example']
  const limited = lines('250-mx', '250-PIPELINING', '250 LIMITS MAILMAX=100 RCPTMAX=2')

  it.each([false, true])('LIMITS bounds the number of RCPT commands (RFC 9422), pipelining: %s', (pipelining) => {
    const [client, said] = begun([messageTo(many)], { pipelining }, limited)
    if (pipelining) expect(said).toBe(lines(MAIL, RCPT(BOB), RCPT(CAROL), 'DATA'))
    for (const reply of ['250 Ok', '250 Ok', '250 Ok', '354 Go', '250 Ok']) client.receive(lines(reply))
    expect(client.said).not.toContain('dora')
    expect(client.reports).toMatchObject([{ outcome: 'accepted', accepted: [BOB, CAROL], left: many.slice(2) }])
  })

  it('the rest is left over even if all named recipients are refused: the server has not decided on the rest', () => {
    const [client] = begun([messageTo(many)], {}, limited)
    for (const reply of ['250 Ok', '550 5.1.1 No', '550 5.1.1 No', '250 Ok']) client.receive(lines(reply))
    expect(client.reports).toMatchObject([
      { outcome: 'deferred', refused: [{}, {}], left: many.slice(2), reply: { code: 452 } },
    ])
  })

  it.each(['452 4.5.3 Too many recipients', '452 Too many recipients', '552 Too many recipients'])(
    'after %s the client names no more, and the rest is left over (RFC 5321 section 4.5.3.1.10)',
    (tooMany) => {
      const [client] = begun([messageTo(many)], {})
      client.receive(lines('250 Ok'))
      client.receive(lines('250 Ok'))
      expect(client.receive(lines(tooMany))).toBe('DATA\r\n')
      client.receive('354 Go\r\n')
      client.receive('250 Ok\r\n')
      expect(client.reports).toMatchObject([
        { outcome: 'accepted', accepted: [BOB], refused: [{ forwardPath: CAROL }], left: many.slice(1) },
      ])
    },
  )

  it('452 for another reason concerns only that recipient', () => {
    const [client] = begun([messageTo([BOB, CAROL])], {})
    for (const reply of ['250 Ok', '250 Ok', '452 4.2.2 Mailbox full', '354 Go', '250 Ok']) client.receive(lines(reply))
    expect(client.reports[0]).not.toHaveProperty('left')
  })
})

describe('every way to send a message', () => {
  const recipient = fc.constantFrom(BOB, CAROL, 'dora@bird.example', NOBODY, 'friend@elsewhere.example')
  const text = fc
    .array(fc.constantFrom('.', '..', '', 'Hello', 'gr\u00fc\u00dfe', '.\r\n.', 'x'.repeat(90)), { maxLength: 8 })
    .chain((rows) => fc.constantFrom(rows.join('\r\n'), `${rows.join('\r\n')}\r\n`))
  const messages = fc.array(
    fc
      .tuple(fc.uniqueArray(recipient, { minLength: 1 }), text, fc.constantFrom('alice@paper.example', '', 'b\u00e4r'))
      .map(([to, message, from]) => messageTo(to, message, from)),
    { minLength: 1, maxLength: 4 },
  )
  const options = fc.record({
    pipelining: fc.boolean(),
    chunking: fc.boolean(),
    chunkSize: fc.constantFrom(1, 7, 64, 9999),
  })

  const outcomes = (reports: readonly SmtpTransferReport[]) =>
    reports.map(({ outcome, accepted, refused, left }) => ({ outcome, accepted, refused, left }))

  function carried(given: readonly SmtpMessage[], input: Partial<SmtpClientInput>, size: number) {
    const client = new ClientUnderTest(given, { helloName: 'mx-out.paper.example', ...input })
    const server = new ServerUnderTest({ ...relayInput, maxSize: 300, maxRecipients: 2 })
    converse(client, server, size)
    expect(client.session.machine.status).toBe('done')
    const taken = server.taken.map(({ envelope, message }) => ({ envelope, message }))
    return { taken, outcomes: outcomes(client.reports) }
  }

  it('delivers the same messages, and reports the same', () => {
    let arrived = 0
    fc.assert(
      fc.property(messages, options, fc.constantFrom(1, 5, 100_000), (given, input, size) => {
        const plain = carried(given, {}, 100_000)
        expect(carried(given, input, size)).toEqual(plain)
        arrived += plain.taken.length
      }),
      { numRuns: 300, seed: 2920 },
    )
    expect(arrived).toBeGreaterThan(200)
  }, 60_000)
})
