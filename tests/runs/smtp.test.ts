import { describe, expect, it } from 'vitest'
import { box, calls, datagrams, deliveredAt, expectSaid, facts, reasons, said, subjects, timelineOf } from './played'

/** SMTP in the shared runs: the journey, dialogues by hand, doors and their locks. */

const GREETED = ['220 mx.bird.example ESMTP', /^250-mx\.bird\.example greets .*250 /s]
const ACCEPTED = ['250 2.1.0', '250 2.1.5', '354', /^250 2\.0\.0 Ok: queued as /]

describe('journey', () => {
  it('passes three connections and comes to both devices', () => {
    expect(calls('journey').slice(0, 3)).toEqual([
      'alice-laptop mx-out.paper.example:587',
      'mx-out.paper.example mx.bird.example:25',
      'mx.bird.example store.bird.example:25',
    ])
    expect(deliveredAt('journey')).toEqual([expect.closeTo(1837, 0)])
    expect(facts('journey', 'messageFetched').map(({ host, by }) => `${host} ${by}`)).toEqual([
      'bob-phone IMAP',
      'bob-laptop POP3',
    ])
  })

  it('asks the DNS six times and gets six answers', () => {
    expect(
      datagrams('journey')
        .map(({ type }) => type)
        .sort(),
    ).toEqual([...Array(6).fill('queried'), ...Array(6).fill('responded')])
  })

  it('tells the phone that the letter is gone, at the instant at which the laptop ends its visit', () => {
    const line = (text: RegExp) => facts('journey', 'sent').find(({ octets }) => text.test(octets))
    const [gone, told] = [line(/^\+OK 1 message removed/), line(/^\* 1 EXPUNGE/)]
    expect(gone?.at).toBe(told?.at)
    expect(line(/^\+OK 1 868\r/)).toBeDefined()
    expect(box('journey')).toEqual([])
  })
})

describe('a letter', () => {
  it('to oneself is delivered by the own server: the DNS is not asked, and no server is called', () => {
    const [queued] = facts('letter-to-oneself', 'messageQueued')
    expect(deliveredAt('letter-to-oneself', 'mx-out.paper.example')).toEqual([queued?.at])
    expect(datagrams('letter-to-oneself')).toEqual([])
    expect(calls('letter-to-oneself').filter((call) => call.endsWith(':25'))).toEqual([])
  })

  it('that is handed over twice is two letters, though its Message-ID is the same', () => {
    expect(box('letter-twice').map(({ uid, subject }) => [uid, subject])).toEqual([
      [1, 'Twins'],
      [2, 'Twins'],
    ])
  })

  it('grows by a third of its attachment, and more', () => {
    const size = (id: string): number =>
      Number(/SIZE=(\d+)/.exec(facts(id, 'sent').find(({ octets }) => octets.startsWith('MAIL '))?.octets ?? '')?.[1])
    expect(size('letter-with-attachment')).toBeGreaterThan(4000)
    expect(size('letter-with-attachment')).toBeLessThan(4900)
    expect(size('letter-with-large-attachment')).toBeGreaterThan(40_000)
    expect(size('letter-with-large-attachment')).toBeLessThan(42_000)
    const answers = said('letter-with-attachment').join('\n')
    expect(answers).toMatch(/BODYSTRUCTURE \(\("text" "plain".*\("image" "png".*"tree\.png"/s)
    expect(answers).toMatch(/BODY\[1\] \{15\}\r\nSee the tree\.\r\n/)
  })

  it('with dots at the front of lines arrives as it was written; each hop doubles them anew', () => {
    expect(box('letter-with-dots').map(({ text }) => text)).toEqual([expect.stringMatching(/^one\n\.\n\.\.two\nthree/)])
    const doubled = facts('letter-with-dots', 'sent').filter(({ octets }) => octets.includes('\r\n..\r\n...two\r\n'))
    expect(doubled.map(({ host }) => host)).toEqual(['alice-laptop', 'mx-out.paper.example', 'mx.bird.example'])
  })
})

describe('by hand, at the exchanger', () => {
  it('a command that comes early or is misspelt is refused with its reason, and four names of one man are one letter', () => {
    expectSaid('hand-every-command-early', [
      '220 mx.bird.example ESMTP',
      '503 Send EHLO or HELO first',
      '501 Syntax: EHLO domain',
      /^250-/,
      /^501 5\.5\.4 .*angle brackets/,
      /^501 5\.5\.4 .*no space after the colon/,
      '501 5.1.7',
      '503 5.5.1 Need MAIL command first',
      '503 5.5.1 Need MAIL command first',
      '250 2.1.0 Ok',
      '503 5.5.1 Nested MAIL command',
      '503 5.5.1 Need RCPT command first',
      /^550 5\.1\.1 .*User unknown$/,
      /^550 5\.7\.1 .*Relay access denied$/,
      '501 5.1.3',
      ...Array(4).fill('250 2.1.5 Ok'),
      '354 End data with <CR><LF>.<CR><LF>',
      '250 2.0.0 Ok: queued as 398',
      '221 2.0.0 Bye',
    ])
    expect(subjects('hand-every-command-early')).toEqual(['One man, four names'])
  })

  it('words of other protocols are not recognised, and some of its own are not in use', () => {
    expectSaid('hand-strange-words', [
      ...GREETED,
      '250 2.1.5 <bob@bird.example>',
      ...Array(3).fill('502 5.5.1 Command not implemented'),
      '250 2.0.0 Ok',
      '250 2.0.0 Ok',
      ...Array(5).fill('500 5.5.2 Command not recognized'),
      /^214-.*\r\n214-.*\r\n214 /,
      '221 2.0.0 Bye',
    ])
  })

  it('the old hello gets one line, and answers without decimals; the stamp says what was said beside what was seen', () => {
    expectSaid('hand-helo', [
      GREETED[0] as string,
      /^250 mx\.bird\.example$/,
      '250 Ok',
      '250 Ok',
      '354',
      '250 Ok: queued as 398',
      '221 Bye',
    ])
    const octets = box('hand-helo')[0]?.octets
    expect(octets).toContain('Received: from king.castle.example (alice-laptop [192.0.2.10])')
    expect(octets).toContain('by mx.bird.example with SMTP id 398')
  })

  it('a second hello empties the envelope; a size and a word that the server does not take are refused', () => {
    expectSaid('hand-ehlo', [
      ...GREETED,
      '552 5.3.4 Message size exceeds fixed limit',
      '555 5.5.4 Parameter FOO not recognized',
      '250 2.1.0',
      GREETED[1] as RegExp,
      '503 5.5.1 Need MAIL command first',
      ...ACCEPTED,
      '221',
    ])
    expect(box('hand-ehlo')[0]?.octets).toContain('with ESMTP id')
  })

  it('a dot alone ends the letter: the rest is taken for commands', () => {
    expectSaid('hand-lonely-dot', [...GREETED, ...ACCEPTED, '500 5.5.2', '250 2.0.0 Ok', '500 5.5.2', '221 2.0.0 Bye'])
    expect(box('hand-lonely-dot').map(({ text }) => text)).toEqual(['milk\n'])
  })

  it('two dots at the front of a line are one dot for the reader', () => {
    expect(box('hand-doubled-dot')[0]?.text).toBe('milk\n.\nbread\n..and one more\n')
    expect(box('hand-dots-in-front')[0]?.text).toBe(' start\n.ok\n')
    expectSaid('hand-dots-in-front', [...GREETED, ...ACCEPTED, '500 5.5.2', '221'])
  })

  it('a line that ends in a bare LF is no command, and a letter that has one is refused', () => {
    expectSaid('hand-bare-lf', [
      GREETED[0] as string,
      /^500 .*CR LF/,
      GREETED[1] as RegExp,
      '250 2.1.0',
      '250 2.1.5',
      '354',
      '550 5.6.11',
      '221',
    ])
    expect(box('hand-bare-lf')).toEqual([])
  })

  it('a line that breaks before the dot takes the letter with it; after the dot, the letter is safe', () => {
    expect(box('hand-hangs-up-before-the-dot')).toEqual([])
    expect(facts('hand-hangs-up-before-the-dot', 'messageQueued')).toEqual([])
    expect(subjects('hand-hangs-up-after-the-dot')).toEqual(['Whole'])
  })

  it('RSET within a letter is text, and after its 250 it takes nothing back', () => {
    expectSaid('hand-rset-in-the-letter', [
      ...GREETED,
      ...ACCEPTED,
      '250 2.0.0 Ok',
      '501 5.5.4 Syntax: QUIT',
      '221 2.0.0 Bye',
    ])
    expect(box('hand-rset-in-the-letter').map(({ text }) => text)).toEqual(['I take it back:\nRSET\n'])
  })

  it('RSET before DATA empties the envelope, and the line stays', () => {
    const need = '503 5.5.1 Need MAIL command first'
    expectSaid('hand-rset', [...GREETED, '250 2.1.0', '250 2.1.5', '250 2.0.0', need, ...ACCEPTED, need, '221'])
    expect(box('hand-rset').map(({ returnPath }) => returnPath)).toEqual(['alice@paper.example'])
    expect(subjects('hand-two-letters')).toEqual(['First', 'Second'])
    expect(calls('hand-two-letters').filter((call) => call.startsWith('alice-laptop'))).toHaveLength(1)
  })

  it('the envelope and the letter need not agree: the reader sees both senders', () => {
    expectSaid('hand-kings-letter', [...GREETED, ...ACCEPTED, '221'])
    expect(box('hand-kings-letter')).toMatchObject([
      {
        returnPath: 'alice@paper.example',
        from: 'The King <king@castle.example>',
        to: 'Everybody <all@castle.example>',
      },
    ])
  })

  it('an empty sender is one, an empty reader is none', () =>
    expectSaid('hand-null-sender', [...GREETED, '250 2.1.0', '501 5.1.3', '221']))

  it('all of it may be said in one breath; without a reader, the letter is taken for commands', () => {
    expectSaid('hand-in-one-breath', [...GREETED, ...ACCEPTED, '221'])
    const unknown = Array(4).fill('500 5.5.2')
    expectSaid('hand-in-one-breath-to-nobody', [
      ...GREETED,
      '250 2.1.0',
      '550 5.1.1',
      '503 5.5.1 Need RCPT',
      ...unknown,
      '221',
    ])
  })

  it('silence ends the call after five minutes', () => {
    expectSaid('hand-silence', [...GREETED, /^421 4\.4\.2 .*Timeout/])
    const last = facts('hand-silence', 'sent').at(-1)
    expect(last?.at).toBeCloseTo(302_030, -2)
  })

  it('a letter needs no header, and not even a text', () =>
    expect(box('hand-without-header').map(({ text }) => text)).toEqual(['Only text.\n', '']))

  it('each door refuses the languages of the others', () => {
    expectSaid('wrong-language', [/^\* OK /, 'EHLO BAD There is no command LAPTOP'], 0)
    expectSaid('wrong-language', [/^\+OK /, '-ERR there is no command EHLO', '-ERR this is no command'], 1)
    expectSaid('wrong-language', ['220', '500', '500', '500', '500', '250 <bob@bird.example>'], 2)
  })
})

describe('by hand, at one’s own server', () => {
  it('port 587 asks for a login, and then takes letters of any sender to anywhere', () => {
    expectSaid('hand-submission', [
      '220 mx-out.paper.example',
      /250-AUTH PLAIN\r/,
      '530 5.7.0 Authentication required',
      '535 5.7.8',
      '504 5.5.4',
      '235 2.7.0',
      '503 5.5.1 Already authenticated',
      '250 2.1.0',
      '250 2.1.5',
      '250 2.1.5',
      '550 5.1.1',
      '250 2.0.0',
      '503 5.5.1 Need MAIL command first',
      '221',
    ])
    const stamps = facts('hand-submitted', 'sent').find(
      ({ host, octets }) => host === 'mx.bird.example' && octets.startsWith('Received'),
    )
    expect(stamps?.octets).toContain('by mx-out.paper.example with ESMTPA id')
    expect(deliveredAt('hand-submitted')).toHaveLength(1)
  })

  it('a reader who stands only on the envelope is named in no header', () => {
    const [letter] = box('hand-blind-copy')
    expect(letter?.to).toBe('<carol@nowhere.example>')
    expect(letter?.octets.replace(/^\tfor <bob@bird\.example>;\r$/gm, '')).not.toContain('bob')
  })

  it('port 25 has no login, and takes letters only for people who live there', () => {
    expectSaid('hand-relay-denied', [
      '220',
      /^(?!.*AUTH)250-/s,
      '502 5.5.1',
      '250 2.1.0',
      /^550 5\.7\.1 .*Relay access denied/,
      '250 2.1.5',
      '221',
    ])
  })

  it('an open relay passes on what a stranger brings', () => {
    expect(said('open-relay')[3]).toBe('250 2.1.5 Ok')
    expect(box('open-relay')).toMatchObject([{ from: 'Your Bank <service@bank.example>' }])
  })

  it('a door that is not there refuses; a name that is not there, or has no address, cannot be called', () => {
    expect(facts('no-such-door', 'connectionFailed')).toMatchObject([{ server: 'mx.bird.example', why: 'refused' }])
    const outcomes = facts('no-such-door', 'lookupEnded').filter(({ host }) => host === 'alice-laptop')
    expect(outcomes.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['mx.bird.example.', 'answered'],
      ['nowhere.example.', 'nxdomain'],
      ['bird.example.', 'nodata'],
    ])
  })
})

describe('TLS', () => {
  it('from the first octet: who speaks in plain text is not heard, and hears nothing that can be read', () => {
    const lost = facts('tls-plaintext', 'octetsDiscarded')
    expect(lost.filter(({ host }) => host === 'mx-out.paper.example').map(({ octets }) => octets)).toContain(
      'EHLO laptop\r\n',
    )
    expect(said('tls-plaintext').filter((line) => /^250|^500/.test(line))).toEqual([])
    expectSaid('tls-from-the-first-octet', ['220', '250-', '235', '250 2.1.0', '250 2.1.5', '221'])
  })

  it('by STARTTLS: no password before it, and a new hello after it', () => {
    expectSaid('tls-starttls', [
      '220',
      /250-STARTTLS/,
      '538 5.7.11 Encryption required',
      '220 2.0.0 Ready to start TLS',
      '503 5.5.1 Send EHLO or HELO first',
      /250-AUTH /,
      '235',
      '221',
    ])
  })

  it('may be required: nothing else is taken before it', () => {
    expectSaid('tls-required', ['220', '250-', /^530 5\.7\.0 .*STARTTLS/, /^530 5\.7\.0 .*STARTTLS/, '221'])
  })
})

describe('a mail program that is set wrongly', () => {
  it('hears what is wrong, or nothing at all', () => {
    expect(reasons('wrong-password', 'submissionFailed')).toEqual([expect.stringMatching(/535 5\.7\.8/)])
    expect(reasons('wrong-door', 'submissionFailed')).toEqual([
      expect.stringMatching(/550 5\.7\.1 .*Relay access denied/),
    ])
    for (const id of ['early-tls', 'late-tls']) {
      const [failed] = facts(id, 'submissionFailed')
      expect(failed?.at).toBeGreaterThan(300_000)
      expect(facts(id, 'octetsDiscarded').length).toBeGreaterThan(0)
      expect(facts(id, 'messageQueued')).toEqual([])
    }
    expect(timelineOf('early-tls').busy).toBe(false)
  })
})
