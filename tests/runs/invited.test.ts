import { describe, expect, it } from 'vitest'
import { answered, box, expectSaid, facts, reasons, said, subjects, timelineOf } from './played'

/** The invitations to break a lesson's world, done as they say it: each has the answer at which it hints. */

/** The text of a letter in Bob's mailbox. */
const textOf = (id: string, nth = 0): string => box(id)[nth]?.octets ?? ''
const fetched = (id: string): readonly string[] => facts(id, 'messageFetched').map(({ host, by }) => `${host} ${by}`)

describe('lessons about the journey', () => {
  it('1: without the laptop that would carry it home, the letter stays in the mailbox, and the phone keeps a copy', () => {
    expect(subjects('carrier-asleep')).toEqual(['Lunch?'])
    expect(fetched('carrier-asleep')).toEqual(['bob-phone IMAP'])
  })

  it('2 and 10: without the root, what is remembered goes on, even a no; only a new ending has to wait', () => {
    expect(subjects('root-asleep')).toEqual(['Lunch?', 'Second'])
    expect(reasons('root-asleep', 'messageBounced')).toEqual([
      'mx-out.paper.example: 5.1.2 there is no domain nowhere.example (NXDOMAIN)',
    ])
    expect(reasons('root-asleep', 'messageDeferred')).toEqual([
      'mx-out.paper.example: 4.4.3 the name servers of nowhere.test gave no usable answer',
    ])
  })
})

describe('lessons about SMTP', () => {
  it('3: the stamp of an open relay names the stranger’s machine, beside what it claimed to be', () => {
    expect(subjects('bank-at-25')).toEqual(['Urgent'])
    expect(textOf('bank-at-25')).toContain('Received: from bank (alice-laptop [192.0.2.10])')
  })

  it('4: a hello within a letter is a line of it; a hello without a name is refused, and may be said again', () => {
    expect(textOf('hello-in-a-letter')).toMatch(/\r\n\r\nEHLO laptop\r\n$/)
    expectSaid('hello-without-a-name', ['220', '501', /^250-mx\.bird\.example greets laptop/, '221'])
  })

  it('5: the sender may be left empty, a reader may not; and a notice goes to the forged sender', () => {
    expectSaid('nobody-named', ['220', '250-', '250 2.1.0', '501 5.1.3', '250 2.1.5 <bob@bird.example>', '550', '221'])
    expect(subjects('envelope-forged')).toEqual(['Undelivered Mail Returned to Sender'])
  })

  it('6: QUIT within a letter is a line of it; a letter may be nothing but its end', () => {
    expect(textOf('quit-in-a-letter')).toMatch(/\r\n\r\nQUIT\r\nNot yet\.\r\n$/)
    expect(box('nothing-but-a-dot').map(({ subject }) => subject)).toEqual([undefined])
    expect(textOf('nothing-but-a-dot')).toMatch(/^(?:[!-9;-~]+:.*\r\n(?:[ \t].*\r\n)*)+(?:\r\n)?$/)
  })

  it('7: pasted at once, a call is answered line by line; if no reader is taken, the lines of the letter are commands', () => {
    expectSaid('pasted', ['220', '250-', '250 2.1.0', '250 2.1.5', '354', '250 2.0.0', '221'])
    // Its subject, the empty line, its text and its dot.
    expectSaid('pasted-to-nobody', ['220', '250-', '250 2.1.0', '550', '503', '500', '500', '500', '500', '221'])
  })

  it('8: of two readers one has the letter, and the note is about the other alone', () => {
    expect(subjects('one-for-two')).toEqual(['To both'])
    expect(reasons('one-for-two', 'messageBounced')).toEqual([
      expect.stringMatching(/^mx-out\.paper\.example: .*550 5\.1\.1 <carl@bird\.example>/) as string,
    ])
  })

  it('9: no word that the server lists is about a letter in the box', () => {
    const [, help = ''] = said('help-with-smtp')
    expect(help.split('\r\n')[1]).toBe('214-EHLO HELO MAIL RCPT DATA RSET VRFY NOOP QUIT HELP BDAT')
  })
})

it('11: a letter that would come back to its own server does not go round in circles', () => {
  expect(reasons('back-to-alice', 'messageBounced')).toEqual([
    expect.stringContaining('5.4.6 the best mail exchanger of bird.example is this server itself') as string,
  ])
})

describe('lessons about the mailbox', () => {
  it('12: two visits by POP3 lock each other out, until the server loses its patience', () => {
    expectSaid('locked-out', ['+OK', '+OK', '-ERR [IN-USE]'], 1)
    expectSaid('locked-out', ['+OK', '+OK', '+OK', '+OK'], 2)
    expect(said('locked-out')[2]).toMatch(/^TOP\r\nUIDL\r\n/)
  })

  it('13: what was removed by IMAP meanwhile is no mistake for QUIT', () => {
    expect(said('removed-below').at(-1)).toBe('+OK goodbye')
    expect(subjects('removed-below')).toEqual(['Pears', 'Invoice'])
  })

  it('14: a tag may come twice, and may even be OK; a mailbox is not opened before the login', () => {
    expect(said('one-tag-twice').slice(1, 4)).toEqual([
      'a1 BAD SELECT needs a login first',
      'a1 OK Nothing done',
      'OK OK Nothing done',
    ])
  })

  it('15: INBOX cannot be deleted; a folder made anew has another UIDVALIDITY', () => {
    expect(answered('garden-anew', 'a2')).toEqual(['NO [CANNOT] INBOX cannot be deleted'])
    const validity = (tag: string) =>
      answered('garden-anew', tag)
        .join('\n')
        .match(/UIDVALIDITY (\d+)/)?.[1]
    expect(Number(validity('a7'))).toBeGreaterThan(Number(validity('a4')))
  })

  it('16: it is the server that loses patience with a client that idles for half an hour', () => {
    expect(said('idle-too-long').at(-1)).toBe('* BYE Nothing came for 30 minutes')
    const bye = facts('idle-too-long', 'sent').find(({ octets }) => octets.startsWith('* BYE Nothing came'))
    expect(bye?.at).toBeCloseTo(60_000 + 30 * 60_000, -4)
  })

  it('18: a letter that came and was carried home while the phone was off is never seen on it', () => {
    expect(subjects('never-on-the-phone')).toEqual([])
    expect(fetched('never-on-the-phone')).toEqual([
      'bob-phone IMAP',
      'bob-laptop POP3',
      'bob-laptop POP3',
      'bob-phone IMAP',
      'bob-laptop POP3',
    ])
  })
})

it('19: the same letter delivered twice by hand is two letters', () => {
  expect(subjects('delivered-twice')).toEqual(['Once', 'Once'])
  expect(timelineOf('delivered-twice').interventions.length).toBeGreaterThan(0)
})
