import { describe, expect, it } from 'vitest'
import { octets } from '../base/octets'
import { messageId } from './message'
import { messageIdsIn } from './messageId'

describe('message identifiers of RFC 5322 section 3.6.4', () => {
  it.each([
    ['as they are mostly written', '<1.a@x.example>', ['1.a@x.example']],
    ['several, with or without white space between them', '<1@x><2@x>  <3@x>', ['1@x', '2@x', '3@x']],
    ['folded between two', '<1@x>\r\n <2@x>', ['1@x', '2@x']],
    ['folded inside the brackets', '<left@\r\n long-host.example>', ['left@long-host.example']],
    ['unfolded, with the blank that is left', '<left@ long-host.example>', ['left@long-host.example']],
    ['blanks at the brackets', '< left@right\t>', ['left@right']],
    ['a comment inside, and comments in it', '<left@(a (b) > \\) c)right>', ['left@right']],
    ['a comment outside, with what looks like one', '(not <0@x>) <1@x>', ['1@x']],
    ['quotation marks that are not needed', '<"left"@right>', ['left@right']],
    ['quoted pairs that are not needed', '<"le\\ft"@right>', ['left@right']],
    ['quotation marks that are needed', '<"a b>\\"<"@right>', ['"a b>\\"<"@right']],
    ['words around the dots of a left side', '<"a" . b (c) . "d"@right>', ['a.b.d@right']],
    ['a domain literal', '<1@[192.0.2.1 ]> <2@[>]>', ['1@[192.0.2.1]', '2@[>]']],
    ['beside the words of an obsolete In-Reply-To', 'Your letter of "Mon <0@x>" <1@x> (again)', ['1@x']],
    ['with a side missing', '<@x> <a@> <"@"> <a> <> <1@x>', ['1@x']],
    ['that are not closed', '<1@x <2@x> <3@x', ['2@x']],
    ['beside a quotation mark that is not closed', '<"1@x> <2@x>', ['"1@x', '2@x']],
    ['with octets above ASCII', '<gr\xc3\xbc\xc3\x9fe@"b\xc3\xbccher">', ['gr\xc3\xbc\xc3\x9fe@b\xc3\xbccher']],
    ['none at all', '', []],
  ])('%s', (_, fieldBody, identifiers) => {
    expect(messageIdsIn(fieldBody)).toEqual(identifiers)
  })

  it('can be read again after they are put between brackets', () => {
    const written = messageIdsIn('<"a\\"b"@x> <"c d" . e@[1 2]> <f@g>')
    expect(messageIdsIn(written.map((id) => `<${id}>`).join(' '))).toEqual(written)
  })

  it('give a message its identity whatever the form of its field', () => {
    const named = (field: string): string | undefined => messageId(octets(`${field}\r\nSubject: x\r\n\r\n<0@x>\r\n`))
    expect(named('Message-ID:\r\n <left@\r\n right>')).toBe('left@right')
    expect(named('message-id \t: (a) <"left"@right> (b)')).toBe('left@right')
    expect(named('X-Message-ID: <1@x>')).toBeUndefined()
  })
})
