import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { fromBytes, octets, toBytes } from '../base/octets'
import { composeMessage, type MessageFields } from './compose'
import { headerFields } from './headerFields'

const lunch: MessageFields = {
  from: 'alice@paper.example',
  to: ['bob@bird.example'],
  subject: 'Lunch?',
  body: 'Are you free on Friday?\n\n.a dot\nAlice\n',
}

const parse = (fields: MessageFields) => PostalMime.parse(toBytes(composeMessage(fields)))

describe('composing a message', () => {
  it('gives the same octets each time, without Date and Message-ID', () => {
    expect(composeMessage(lunch)).toBe(composeMessage(lunch))
    const names = headerFields(composeMessage(lunch)).map((field) => field.fieldName)
    expect(names).toEqual(['From', 'To', 'Subject', 'MIME-Version', 'Content-Type', 'Content-Transfer-Encoding'])
  })

  it('ends every line with CRLF and keeps the body as typed', () => {
    const message = composeMessage(lunch)
    expect(message).toMatch(/\r\n$/)
    expect(message.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/)
    expect(message).toContain('\r\n\r\nAre you free on Friday?\r\n\r\n.a dot\r\nAlice\r\n')
  })

  it('encodes text beyond ASCII so that a reader restores it', async () => {
    const subject = 'Mittagessen am Freitag? Grüße und viele weitere schöne Wörter für eine lange Zeile ☕'
    const message = composeMessage({ ...lunch, subject, body: 'Schöne Grüße' })
    for (const line of message.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
    const read = await parse({ ...lunch, subject, body: 'Schöne Grüße' })
    expect(read.subject).toBe(subject)
    expect(read.text?.trim()).toBe('Schöne Grüße')
  })

  it('folds a long subject so that a reader restores it', async () => {
    const subject = 'word '.repeat(40).trim()
    for (const line of composeMessage({ ...lunch, subject }).split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
    expect((await parse({ ...lunch, subject })).subject).toBe(subject)
  })

  it('does not let a subject add a header field', () => {
    const names = headerFields(composeMessage({ ...lunch, subject: 'Hi\r\nBcc: eve@owl.example' })).map(
      (f) => f.fieldName,
    )
    expect(names).not.toContain('Bcc')
  })

  it('carries an attachment octet for octet, with its name', async () => {
    const every = fromBytes(Uint8Array.from({ length: 1000 }, (_, n) => n % 256))
    for (const name of ['map "old".png', 'Straße.png']) {
      const read = await parse({ ...lunch, attachment: { name, type: 'image/png', octets: every } })
      expect(read.text?.trim()).toContain('Are you free')
      expect(read.attachments).toHaveLength(1)
      expect(read.attachments[0]?.filename).toBe(name)
      expect(read.attachments[0]?.mimeType).toBe('image/png')
      expect(fromBytes(new Uint8Array(read.attachments[0]?.content as ArrayBuffer))).toBe(every)
    }
  })

  it('chooses a boundary that the text does not contain', async () => {
    const body = 'Before\n--ehlo-world-part-1--\nafter'
    const read = await parse({ ...lunch, body, attachment: { name: 'a', type: '', octets: octets('x') } })
    expect(read.text).toContain('after')
    expect(read.attachments).toHaveLength(1)
  })
})
