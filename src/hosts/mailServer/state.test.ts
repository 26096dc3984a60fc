import { describe, expect, test } from 'vitest'
import { storedMailbox } from '../../mail/store'
import type { MailServerConfig } from './config'
import { accountOf, restartState, startState } from './state'

const config: MailServerConfig = {
  hostName: 'mail.here.test',
  resolver: '192.0.2.53',
  services: [],
  domains: [{ domain: 'here.test', recipients: ['ann'], postmaster: 'ann' }],
  accounts: [{ address: 'ann@here.test', password: 'secret' }],
}
const start = (change: Partial<MailServerConfig>) => startState({ ...config, ...change }, { address: '192.0.2.25' })

describe('a scenario that makes no sense is told so', () => {
  const domain = { domain: 'here.test', recipients: ['ann'], postmaster: 'ann' }
  test.each<[string, Partial<MailServerConfig>, RegExp]>([
    [
      'an account without a domain',
      { accounts: [{ address: 'ann', password: 'x' }] },
      /"ann" is no address; write it as/,
    ],
    [
      'an account in capitals',
      { accounts: [{ address: 'Ann@here.test', password: 'x' }] },
      /"Ann@here\.test" has capitals/,
    ],
    ['a domain in capitals', { domains: [{ ...domain, domain: 'Here.test' }] }, /"Here\.test" has capitals/],
    [
      'a recipient without a mailbox',
      { domains: [{ ...domain, recipients: ['bob'] }] },
      /bob@here\.test has no account/,
    ],
    [
      'a postmaster without a mailbox',
      { domains: [{ ...domain, postmaster: 'pat' }] },
      /pat@here\.test has no account/,
    ],
  ])('%s', (_, change, words) => {
    expect(() => start(change)).toThrow(words)
  })

  test('mailboxes elsewhere need no account here', () => {
    expect(start({ domains: [{ ...domain, deliverTo: 'store.here.test' }], accounts: [] }).queue).toEqual({})
  })
})

test.each([
  ['ann@here.test', 'ann@here.test'],
  ['ANN@HERE.test', 'ann@here.test'],
  ['ann', 'ann@here.test'],
  ['an', undefined],
  ['ann@there.test', undefined],
  ['', undefined],
])('%j logs in to %s', (name, address) => {
  expect(accountOf(config, name)?.address).toBe(address)
})

test.each([
  [undefined, [1, 2]],
  [1_795_431_600, [1_795_431_600, 1_795_431_601]],
])(
  'a scenario that says the UIDVALIDITY %s has it at its INBOX, and the next ones elsewhere',
  (uidValidity, expected) => {
    const { store } = start(uidValidity === undefined ? {} : { uidValidity })
    const validity = (name: string) => storedMailbox(store, 'ann@here.test', name)?.uidValidity
    expect([validity('INBOX'), validity('Drafts')]).toEqual(expected)
  },
)

test('two servers do not begin with the same queue name', () => {
  expect(start({}).nextQueueNumber).not.toBe(start({ hostName: 'other.test' }).nextQueueNumber)
})

test('a loss of power leaves what is on disk, counters too', () => {
  const state = { ...start({}), nextQueueNumber: 77, locks: { 'ann@here.test': 's1' }, users: { s1: 'ann@here.test' } }
  expect(restartState(state)).toEqual({ ...state, locks: {}, users: {}, exchanges: {} })
})
