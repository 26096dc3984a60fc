import { describe, expect, it } from 'vitest'
import catalogueDns from '../../messages/en/catalogueDns'
import catalogueImap from '../../messages/en/catalogueImap'
import cataloguePop3 from '../../messages/en/cataloguePop3'
import catalogueSmtp from '../../messages/en/catalogueSmtp'
import catalogueTcp from '../../messages/en/catalogueTcp'
import { effectOf } from '../gloss/effects'
import { catalogueOf, documented } from '../knowledge'
import { entriesOf } from './entries'
import { addEntryText, textOf } from './entryText'

const files = { SMTP: catalogueSmtp, DNS: catalogueDns, POP3: cataloguePop3, IMAP: catalogueImap, TCP: catalogueTcp }

describe.each(Object.entries(files))('the words of %s', (protocol, messages) => {
  it('all have an explanation, and no explanation is for a missing word', () => {
    const keys = entriesOf(protocol).map(({ entry: { kind, name } }) => `${kind}.${name}`)
    expect(Object.keys(messages).filter((key) => !key.endsWith('.slip'))).toEqual(keys)
    const ofSlips = Object.keys(messages).flatMap((key) => (key.endsWith('.slip') ? [key.slice(0, -5)] : []))
    expect(ofSlips.filter((key) => !keys.includes(key))).toEqual([])
  })
})

it('each word that a person types or reads has a common mistake', () => {
  const without = documented()
    .flatMap((protocol) => catalogueOf(protocol))
    .filter((entry) => entry.protocol !== 'DNS' && entry.kind !== 'statusCode' && textOf(entry).slip === undefined)
  expect(without.map(({ name }) => name)).toEqual([])
})

it.each([
  ['LITERAL+', 'capability', /without waiting: {5\+}\./],
  ['FETCH BODY[]', 'parameter', /the bracket: BODY\[\]<0\.1000>\.$/],
] as const)('braces and angle brackets in the text of %s are shown as on the wire', (name, kind, shown) => {
  const entry = catalogueOf('IMAP').find((one) => one.name === name && one.kind === kind)
  const { meaning = '', slip = '' } = entry ? textOf(entry) : {}
  expect(`${meaning} ${slip}`).toMatch(shown)
})

it('an added protocol has its own texts until it is removed', () => {
  const entry = { name: 'HI', protocol: 'TOY', kind: 'command', term: 'greeting', rfc: 'RFC 0' } as const
  const remove = addEntryText('TOY', ({ name }) => ({ meaning: `${name} says hello.` }))
  expect(textOf(entry)).toEqual({ meaning: 'HI says hello.' })
  remove()
  expect(textOf(entry)).toEqual({ meaning: 'greeting' })
})

describe('the effects of commands', () => {
  it('exist for each command that a server carries out', () => {
    const carriedOut = documented()
      .flatMap((protocol) => catalogueOf(protocol))
      .filter(({ kind, states }) => kind === 'command' && states)
    expect(carriedOut.length).toBeGreaterThan(60)
    const without = carriedOut.filter(
      ({ protocol, name }) => effectOf(protocol, { name, syntax: '', reply: '' }) === undefined,
    )
    expect(without.map(({ protocol, name }) => `${protocol} ${name}`)).toEqual([])
  })
})
