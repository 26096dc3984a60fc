import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { octets } from '../../base/octets'
import { catalogue } from '../../hosts/catalogue'
import type { MailServerState } from '../../hosts/mailServer/state'
import { deliver } from '../../mail/store'
import { buildWorld } from '../../world/build'
import { bundledScenario } from '../../world/bundledScenario'
import { fileOf } from './attachment'
import { findOpened, type Place, placesIn } from './mailboxes'

describe('an opened letter', () => {
  const message = { key: '1', uid: '1', flags: [], from: 'a', subject: 's', octets: octets('Subject: s\r\n\r\n') }
  const place: Place = {
    key: 'store/bob/INBOX',
    host: 'store',
    kind: 'server',
    up: true,
    account: 'bob',
    name: 'INBOX',
    messages: [],
  }
  const opened = { place: place.key, letter: '1', octets: message.octets }

  it('is found in its place, even if its flags have changed', () => {
    const seen = { ...message, flags: ['\\Seen'] }
    expect(findOpened([{ ...place, messages: [seen] }], opened)?.letter).toBe(seen)
  })

  it('is not confused with a letter of the same number in another run', () => {
    const notice = { ...message, octets: octets('Subject: Undelivered Mail\r\n\r\n') }
    expect(findOpened([{ ...place, messages: [notice] }], opened)).toBeUndefined()
    expect(findOpened([place], opened)).toBeUndefined()
    expect(findOpened([], opened)).toBeUndefined()
  })
})

describe('a letter in the list', () => {
  it.each([
    ['=?utf-8?B?R3LDvMOfZQ==?=', 'Grüße'],
    ['=?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus?= =?iso-8859-1?q?_K=F6ln?=', 'Grüße aus Köln'],
  ])('has a decoded subject: %s (RFC 2047)', (field, subject) => {
    const world = buildWorld(bundledScenario(twoTowns), catalogue)
    const host = world.hosts['store.bird.example']
    if (!host) throw new Error('there is a store')
    const state = host.state as MailServerState
    const [store] = deliver(state.store, 'bob@bird.example', 'INBOX', octets(`Subject: ${field}\r\n\r\nHi\r\n`), 0)
    const hosts = { ...world.hosts, [host.name]: { ...host, state: { ...state, store } } }
    const messages = placesIn({ ...world, hosts }).flatMap((place) => place.messages)
    expect(messages.map((message) => message.subject)).toEqual([subject])
  })
})

describe('an attachment', () => {
  it('is saved under its name, with a type that no browser opens', async () => {
    const { name, blob } = fileOf({ filename: 'plums.html', content: new Uint8Array([60, 98, 62]) })
    expect(name).toBe('plums.html')
    expect(blob.type).toBe('application/octet-stream')
    expect(await blob.text()).toBe('<b>')
  })

  it.each([
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['a\u202egpj.exe', 'agpj.exe'],
    [null, 'attachment'],
    ['  ', 'attachment'],
  ])('named %j is saved as %s', (filename, name) => {
    expect(fileOf({ filename, content: 'x' }).name).toBe(name)
  })
})
