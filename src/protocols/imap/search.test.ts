import { describe, expect, it } from 'vitest'
import { fromText, type Octets, octets } from '../../base/octets'
import { MemoryHost, type ServerEnd } from './testing/memoryHost'

const mailbox = (messages: readonly Octets[]): ServerEnd => new MemoryHost(messages).connect().selectInbox()

/** The answer to a search whose last string is a literal. */
function search(end: ServerEnd, keys: string, literal: Octets): string {
  end.receive(`t SEARCH ${keys} {${literal.length}}\r\n`)
  return end.receive(`${literal}\r\n`)
}

const found = (...numbers: readonly number[]): string => `${['* SEARCH', ...numbers].join(' ')}\r\nt OK That is all\r\n`

describe('a folded header field is searched as one line (RFC 5322 section 2.2.3)', () => {
  const folded = octets('Subject: folded\r\n subject\r\nX-Tab: with\r\n\ta tab\r\n\r\nplain\r\n words\r\n')
  const forwarded = octets(
    'Subject: outer\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n' +
      '--b\r\nContent-Type: text/plain;\r\n name=part one\r\n\r\nHello.\r\n' +
      '--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: folded\r\n inside\r\n\r\nHello.\r\n--b--\r\n',
  )
  const coded = fromText('Subject: =?utf-8?Q?gr=C3=BCn?=\r\n\tund folded\r\n subject\r\n\r\nblau\r\n')

  it.each([
    ['TEXT "folded subject"', found(1, 3)],
    ['TEXT "subject: FOLDED SUBJECT"', found(1)],
    ['TEXT "with a tab"', found(1)],
    ['TEXT "with\ta tab"', found(1)],
    ['HEADER X-Tab "with a tab"', found(1)],
    ['HEADER X-Tab "with\ta tab"', found(1)],
    ['BODY "folded subject"', found()],
    ['TEXT "folded inside"', found(2)],
    ['BODY "folded inside"', found(2)],
    ['BODY "text/plain; name=part one"', found(2)],
    ['TEXT "grün und"', found(3)],
    ['SUBJECT "grün und folded"', found(3)],
    ['TEXT "plain words"', found()],
  ])('%s', (keys, answer) => {
    expect(mailbox([folded, forwarded, coded]).receive(`t SEARCH ${fromText(keys)}\r\n`)).toBe(answer)
  })
})

describe('addresses are searched as the envelope structure has them (RFC 9051 section 6.4.4)', () => {
  const fields = [
    'ann @ x.test',
    'Ann (x) Lee <ann@(c)x.test>',
    '"ann"@x.test',
    '"Ann"   Lee\r\n <lee@y.test>',
    '=?utf-8?Q?J=C3=BCrgen?= (his) =?utf-8?Q?_M?= <j@y.test>',
    'Our friends: bob @ x.test, "Eve" (e) Fox <eve@x.test>;, last@x.test',
    'bare',
    '"Ännchen"   Lee <ännchen @ y.test>',
  ]

  it.each([
    ['"ann@x.test"', [1, 2, 3]],
    ['"<ann@x.test>"', [1, 2, 3]],
    ['"Ann Lee"', [2, 4]],
    ['"ann lee <LEE@y.test>"', [4]],
    ['"Jürgen M <j@y.test>"', [5]],
    ['"bob@x.test"', [6]],
    ['"Our friends: <bob@x.test>, Eve Fox <eve@x.test>;, <last@x.test>"', [6]],
    ['"bare"', [7]],
    ['"bare@"', []],
    ['"ÄNNCHEN LEE <ännchen@y.test>"', [8]],
    // As it is written.
    ['"Ann (x) Lee"', [2]],
    ['"(his)"', [5]],
    ['"ann @ x"', [1]],
    ['""', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['"nobody"', []],
  ])('%s', (text, numbers) => {
    for (const key of ['FROM', 'TO', 'CC', 'BCC']) {
      const end = mailbox(fields.map((field) => fromText(`${key}: ${field}\r\n\r\n`)))
      expect(end.receive(`t SEARCH ${key} ${fromText(text)}\r\n`), key).toBe(found(...numbers))
      for (const other of ['FROM', 'TO', 'CC', 'BCC'].filter((each) => each !== key))
        expect(end.receive(`t SEARCH ${other} ${fromText(text)}\r\n`), other).toBe(found())
    }
  })

  it('HEADER looks at the field as it is written', () => {
    const end = mailbox(fields.map((field) => fromText(`From: ${field}\r\n\r\n`)))
    expect(end.receive('t SEARCH HEADER FROM ann@x.test\r\n')).toBe(found())
    expect(end.receive('t SEARCH HEADER FROM "ann @ x"\r\n')).toBe(found(1))
  })

  it('of every field of that name', () => {
    const end = mailbox([octets('To: ann@x.test\r\nTo: bob @ x.test\r\n\r\n')])
    expect(end.receive('t SEARCH TO bob@x.test\r\n')).toBe(found(1))
  })
})

describe('the character set of a search (RFC 9051 section 6.4.4)', () => {
  const latin = octets('J\xe4rg')
  const wanted = fromText('Jürg')

  it.each([
    ['SUBJECT', latin, 'SEARCH: expected the text to look for, in UTF-8'],
    ['CHARSET UTF-8 SUBJECT', latin, 'SEARCH: expected the text to look for, in UTF-8'],
    ['CHARSET utf-8 NOT (OR SEEN TEXT', latin, 'SEARCH: expected the text to look for, in UTF-8'],
    ['CHARSET US-ASCII BODY', wanted, 'SEARCH: expected the text to look for, in US-ASCII'],
    ['HEADER', latin, 'SEARCH: expected the name of a header field, in UTF-8'],
  ])('%s does not take %j', (keys, literal, text) => {
    const end = mailbox([octets('Subject: J\xfcrg\r\n\r\n')])
    expect(search(end, keys, literal)).toContain(`t BAD ${text}\r\n`)
  })

  it.each(['SORT (DATE)', 'THREAD REFERENCES'])('%s takes strings in the one that it names', (command) => {
    const end = mailbox([fromText('Subject: Jürg\r\n\r\n')])
    const ask = (charset: string, literal: Octets): string => {
      end.receive(`t ${command} ${charset} SUBJECT {${literal.length}}\r\n`)
      return end.receive(`${literal}\r\n`)
    }
    expect(ask('UTF-8', wanted)).toContain('t OK')
    expect(ask('UTF-8', latin)).toContain('the text to look for, in UTF-8')
    expect(ask('US-ASCII', wanted)).toContain('the text to look for, in US-ASCII')
    expect(ask('ISO-8859-1', latin)).toContain('t NO [BADCHARSET (UTF-8 US-ASCII)]')
  })

  it('that is not known is refused by its name, whatever its strings are', () => {
    const end = mailbox([])
    expect(search(end, 'CHARSET ISO-8859-1 SUBJECT', latin)).toContain('t NO [BADCHARSET (UTF-8 US-ASCII)]')
  })
})

describe('octets of a message that are invalid', () => {
  const messages = [
    octets('Subject: =?utf-8?Q?J=FCrg?=\r\n\r\n'),
    octets('Content-Type: text/plain; charset=utf-8\r\n\r\nJ\xfcrg und \xc3\xa4\r\n'),
    octets('Content-Type: text/plain; charset=utf-8\r\n\r\nJ\xef\xbf\xbdrg\r\n'),
    octets('Subject: J\xef\xbf\xbdrg\r\n\r\n'),
    octets('Subject: J\xfcrg\r\n\r\n'),
  ]

  it.each([
    ['TEXT', 'J\ufffdrg', [3, 4]],
    ['TEXT', '\ufffd', [3, 4]],
    ['SUBJECT', '\ufffd', [4]],
    ['HEADER Subject', '\ufffd', [4]],
    ['BODY', '\ufffd', [3]],
    ['BODY', 'und ä', [2]],
    ['SUBJECT', 'Jürg', [5]],
    ['SUBJECT', 'Järg', []],
  ])('are not found by %s %j, but the character U+FFFD is where it stands', (key, text, numbers) => {
    expect(search(mailbox(messages), key, fromText(text))).toContain(found(...numbers))
  })
})

it.each(['utf-7', 'ibm850', 'cp437', 'x-nothing', 'replacement', 'hz-gb-2312', '*', '\x01'])(
  'a message in the unknown character set %j is searched, sorted and threaded by its octets',
  (charset) => {
    const end = mailbox([
      octets(
        `From: =?${charset}?B?4pi6gg==?= <a@x.test>\r\nSubject: =?${charset}?Q?caf=82?=\r\n` +
          `Content-Type: text/plain; charset="${charset}"\r\n\r\ncaf\x82 needle\r\n`,
      ),
    ])
    for (const key of ['TEXT needle', 'BODY needle', 'SUBJECT caf', 'FROM a@x.test'])
      expect(end.receive(`t SEARCH ${key}\r\n`)).toBe(found(1))
    expect(end.say('SORT (SUBJECT FROM) UTF-8 ALL')[0]).toBe('* SORT 1')
    expect(end.say('THREAD REFERENCES UTF-8 ALL')[0]).toBe('* THREAD (1)')
  },
)

describe('a search that would hold up all other sessions', () => {
  const texts = Array.from({ length: 40 }, (_, n) => `TEXT w${n}`)

  it.each([
    ['SEARCH', texts.join(' ')],
    ['SEARCH', `NOT (${texts.join(' ')})`],
    ['UID SEARCH', texts.join(' ')],
    ['SORT (DATE) UTF-8', texts.join(' ')],
    ['THREAD REFERENCES UTF-8', texts.join(' ')],
  ])('is refused: %s (RFC 5530 section 3)', (command, keys) => {
    const end = mailbox([octets(`Subject: a\r\n\r\n${'x'.repeat(30_000_000)}`)])
    expect(end.receive(`t ${command} ${keys}\r\n`)).toBe(
      't NO [LIMIT] That is too much to read at once: look for fewer texts, or in fewer letters\r\n',
    )
    expect(end.receive('t NOOP\r\n')).toMatch(/^t OK/)
  })

  it('counts a text that is said again and again once, and of a header no more than its own size', () => {
    const end = mailbox([octets(`Subject: a\r\n\r\n${'x'.repeat(30_000_000)}`)])
    expect(end.receive(`t SEARCH ${Array(1000).fill('TEXT x').join(' ')}\r\n`)).toBe(found(1))
    expect(end.receive(`t SEARCH ${Array.from({ length: 1000 }, (_, n) => `NOT FROM w${n}`).join(' ')}\r\n`)).toBe(
      found(1),
    )
  })

  it('saves an empty result (RFC 5182 section 2.1)', () => {
    const end = mailbox([octets(`Subject: a\r\n\r\n${'x'.repeat(30_000_000)}`)])
    expect(end.receive('t SEARCH RETURN (SAVE) ALL\r\n')).toMatch(/^t OK/)
    expect(end.receive(`t SEARCH RETURN (SAVE) ${texts.join(' ')}\r\n`)).toMatch(/^t NO \[LIMIT\]/)
    expect(end.receive('t UID SEARCH UID $\r\n')).toBe(found())
  })
})
