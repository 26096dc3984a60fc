import { expect, it } from 'vitest'
import { reasonText } from './reasonText'

it.each([
  [
    { id: 'said', server: 'mx.bird.example', reply: '550 5.1.1 No such user', status: '5.1.1' },
    'mx.bird.example said: 550 5.1.1 No such user',
  ],
  [
    { id: 'unreachable', server: 'mx.bird.example', cause: 'timedOut', status: '4.4.1' },
    '4.4.1 mx.bird.example could not be reached: there was no answer',
  ],
  [
    { id: 'mailboxFull', forwardPath: 'bob@bird.example', status: '5.2.2' },
    '5.2.2 the mailbox of bob@bird.example is full',
  ],
  [
    { id: 'notAmong', policy: 'tls', values: ['none', 'required'], given: 'maybe' },
    'tls is one of "none", "required", not "maybe"',
  ],
  [{ id: 'noSuchTerminal', terminal: 't2' }, 'nobody opened a connection called t2 there; connect first, then type'],
  [{ id: 'lineNotOpen', terminal: 't1' }, 'the connection t1 is not open, so nothing was sent; connect again'],
] as const)('describes %o in words', (reason, words) => {
  expect(reasonText(reason)).toBe(words)
})

it.each([
  [432_000_000, '5 days'],
  [86_400_000, '1 day'],
  [129_600_000, '36 hours'],
  [5_400_000, '90 minutes'],
])('says that it was given up after %i ms as %s, with the last failure', (within, time) => {
  const last = { id: 'noSuchDomain', name: 'brid.example', status: '5.1.2' } as const
  expect(reasonText({ id: 'gaveUp', within, last, status: '4.4.7' })).toBe(
    `4.4.7 not delivered within ${time}; at last: 5.1.2 there is no domain brid.example (NXDOMAIN)`,
  )
})
