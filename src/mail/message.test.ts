import { describe, expect, it } from 'vitest'
import { octets } from '../base/octets'
import { fieldBody, headerFields, headerSection, prependFields } from './headerFields'
import { bodyOf, messageId } from './message'

const message = octets(
  'Received: from a\r\n\tby b;\r\n\tnow\r\nSubject : Lunch?\r\nMESSAGE-ID:\r\n <1@paper.example>\r\nTo: bob\r\n\r\nSubject: not this\r\n\r\nend\r\n',
)

describe('a message', () => {
  it('splits into header section and body at the first empty line', () => {
    expect(headerSection(message)).toMatch(/To: bob\r\n$/)
    expect(bodyOf(message)).toBe('Subject: not this\r\n\r\nend\r\n')
  })

  it('gives its fields unfolded and in order', () => {
    expect(headerFields(message)).toEqual([
      { fieldName: 'Received', fieldBody: 'from a\tby b;\tnow' },
      { fieldName: 'Subject', fieldBody: 'Lunch?' },
      { fieldName: 'MESSAGE-ID', fieldBody: '<1@paper.example>' },
      { fieldName: 'To', fieldBody: 'bob' },
    ])
  })

  it.each(headerFields(message))('finds $fieldName by its name in any case', ({ fieldName, fieldBody: body }) => {
    expect(fieldBody(message, fieldName.toUpperCase())).toBe(body)
    expect(fieldBody(message, fieldName.toLowerCase())).toBe(body)
  })

  it('finds nothing in the body, for half a name, or without a header', () => {
    expect(fieldBody(octets('\r\nSubject: x\r\n'), 'Subject')).toBeUndefined()
    expect(fieldBody(message, 'Sub')).toBeUndefined()
    expect(fieldBody(octets('just text'), 'Subject')).toBeUndefined()
    expect(messageId(octets('Message-ID: none\r\n\r\n'))).toBeUndefined()
  })

  it('accepts a header without the empty line at its end', () => {
    expect(fieldBody(octets('Subject: x'), 'Subject')).toBe('x')
    expect(bodyOf(octets('Subject: x'))).toBe('')
  })

  it('gets new fields at its top', () => {
    const grown = prependFields(message, [{ fieldName: 'Return-Path', fieldBody: '<>' }])
    expect(grown).toBe(`Return-Path: <>\r\n${message}`)
    expect(messageId(grown)).toBe('1@paper.example')
  })
})
