import { describe, expect, it } from 'vitest'
import { fromText, type Octets, octets } from '../../base/octets'
import { MemoryHost, type ServerEnd } from './testing/memoryHost'

/** A mailbox with one message for each of these headers, all sent at once. */
const mailbox = (headers: readonly Octets[]): ServerEnd =>
  new MemoryHost(headers.map((header) => octets(`${header}\r\n\r\nHello.\r\n`))).connect().selectInbox()

const subjects = (texts: readonly string[]): ServerEnd => mailbox(texts.map((text) => fromText(`Subject: ${text}`)))

const DIFFERENT = ['Maße', 'Masse', 'Re: caf\u00e9', 'cafe\u0301', 'Ärzte', 'Zebra']
const WIDE = ['abc', 'xyz', 'Re: ＡＢＣ']

describe('SORT and THREAD compare by i;unicode-casemap (RFC 5256 section 7)', () => {
  it.each([
    ['SORT (SUBJECT) UTF-8 ALL', DIFFERENT, '* SORT 5 3 4 2 1 6'],
    ['SORT (REVERSE SUBJECT) UTF-8 ALL', DIFFERENT, '* SORT 6 1 2 3 4 5'],
    ['SORT (SUBJECT) UTF-8 ALL', ['\u{1f600}', '\ue000', 'b', 'A'], '* SORT 4 3 2 1'],
    ['THREAD REFERENCES UTF-8 ALL', DIFFERENT, '* THREAD (1)(2)(4 3)(5)(6)'],
    ['THREAD ORDEREDSUBJECT UTF-8 ALL', DIFFERENT, '* THREAD (1)(2)(3 4)(5)(6)'],
    ['THREAD REFERENCES UTF-8 ALL', WIDE, '* THREAD (1 3)(2)'],
    ['THREAD ORDEREDSUBJECT UTF-8 ALL', WIDE, '* THREAD (1 3)(2)'],
    ['THREAD REFERENCES UTF-8 ALL', ['\u01c6', 'Re: \u01c5', 'Re: DŽ'], '* THREAD (1 (2)(3))'],
  ])('%s of %j', (command, texts, answer) => {
    expect(subjects(texts).say(command)[0]).toBe(answer)
  })

  it('an encoded word and raw UTF-8 say one subject', () => {
    const end = subjects(['=?iso-8859-1?Q?Gr=FC=DFe?=', 'Re: GRÜßE'])
    expect(end.say('THREAD REFERENCES UTF-8 ALL')[0]).toBe('* THREAD (1 2)')
  })

  it('subjects whose octets are no UTF-8 are not all one', () => {
    const end = mailbox([octets('Subject: J\xe4rg'), octets('Subject: Re: J\xfcrg')])
    expect(end.say('THREAD REFERENCES UTF-8 ALL')[0]).toBe('* THREAD (1)(2)')
  })

  it.each(['FROM', 'TO', 'CC'])('%s by the local part', (key) => {
    const end = mailbox(
      ['zoe', 'ärne', 'a\u0308rne', 'Bob', 'ｃarl'].map((local) => fromText(`${key}: ${local}@x.test`)),
    )
    expect(end.say(`SORT (${key}) UTF-8 ALL`)[0]).toBe('* SORT 2 3 4 5 1')
  })
})
