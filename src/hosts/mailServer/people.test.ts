import { describe, expect, it, test } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json' with { type: 'json' }
import { fromText } from '../../base/octets'
import { instant } from '../../base/time'
import { bundledScenario } from '../../world/bundledScenario'
import type { InterventionBody } from '../../world/intervention'
import { intervene, startTimeline } from '../../world/timeline'
import { catalogue } from '../catalogue'
import { mailWorld } from './testing/mailWorld'

/** Accounts, domains and quotas change while the server runs. */

const services = [
  { port: 25, service: 'relay' as const },
  { port: 110, service: 'pop3' as const },
  { port: 143, service: 'imap' as const },
]
const world = () => mailWorld({ server: { services } })

type AccountSet = Extract<InterventionBody, { type: 'accountSet' }>
const account = (address: string, rest: Partial<AccountSet> = {}): InterventionBody => ({
  type: 'accountSet',
  host: 'mail',
  address,
  password: 'secret',
  ...rest,
})
const domain = (name: string, recipients: readonly string[], postmaster = 'postmaster', deliverTo?: string) =>
  ({
    type: 'domainSet',
    host: 'mail',
    domain: name,
    recipients,
    postmaster,
    ...(deliverTo === undefined ? {} : { deliverTo }),
  }) satisfies InterventionBody
const removed = (address: string): InterventionBody => ({ type: 'accountRemoved', host: 'mail', address })

const CAL = 'cal@here.test'
const mailTo = (to: string, octets = 100): readonly string[] => [
  'EHLO far.test',
  'MAIL FROM:<zoe@far.test>',
  `RCPT TO:<${to}>`,
  'DATA',
  `Subject: one\r\n\r\n${'x'.repeat(octets)}\r\n.`,
]

describe('an account that is added', () => {
  it('gets mail and can log in, at once', () => {
    const run = world()
    expect(run.dialogue(25, mailTo(CAL)).slice(3, 4)).toEqual([expect.stringMatching(/^550 5\.1\.1/)])
    run.do(account('Cal@Here.test'))
    expect(run.dialogue(25, mailTo(CAL)).at(-1)).toMatch(/^250/)
    expect(run.inbox(CAL)).toHaveLength(1)
    expect(run.dialogue(110, [`USER ${CAL}`, 'PASS secret', 'STAT']).at(-1)).toMatch(/^\+OK 1 /)
  })

  it('has the mailboxes of every account', () => {
    const run = world().do(account(CAL))
    const said = run.dialogue(143, ['a LOGIN cal secret', 'b LIST "" *'])
    expect(said.join('\n')).toMatch(/INBOX/)
  })

  it('is kept over a loss of power', () => {
    const run = world()
      .do(account(CAL))
      .do({ type: 'hostStopped', host: 'mail' })
      .do({ type: 'hostStarted', host: 'mail' })
    expect(run.dialogue(25, mailTo(CAL)).at(-1)).toMatch(/^250/)
  })
})

describe('an account that is changed', () => {
  it('has another password', () => {
    const run = world().do(account('ann@here.test', { password: 'other' }))
    expect(run.dialogue(110, ['USER ann', 'PASS secret']).at(-1)).toMatch(/^-ERR/)
    expect(run.dialogue(110, ['USER ann', 'PASS other']).at(-1)).toMatch(/^\+OK/)
  })

  it('has a quota: a full mailbox is refused with 452, a message above it with 552', () => {
    const full = world().do(account(CAL, { quota: { messages: 1 } }))
    expect(full.dialogue(25, mailTo(CAL)).at(-1)).toMatch(/^250/)
    expect(full.dialogue(25, mailTo(CAL))[3]).toMatch(/^452 4\.2\.2/)
    const small = world().do(account(CAL, { quota: { storage: 300 } }))
    expect(small.dialogue(25, mailTo(CAL, 400)).at(-1)).toMatch(/^552 5\.2\.2/)
    // Without a quota there is no limit any more.
    full.do(account(CAL))
    expect(full.dialogue(25, mailTo(CAL)).at(-1)).toMatch(/^250/)
  })
})

test('an account that is removed gets no mail and cannot log in; its messages are there when it is back', () => {
  const run = world().do(account(CAL))
  run.dialogue(25, mailTo(CAL))
  run.do(removed(CAL))
  expect(run.dialogue(25, mailTo(CAL))[3]).toMatch(/^550 5\.1\.1/)
  expect(run.dialogue(110, [`USER ${CAL}`, 'PASS secret']).at(-1)).toMatch(/^-ERR/)
  run.do(account(CAL))
  expect(run.inbox(CAL)).toHaveLength(1)
})

describe('a domain', () => {
  it('is added with its people, and removed', () => {
    const run = world().do(domain('other.test', ['ben'], 'ben', 'mail.other.test'))
    expect(run.dialogue(25, mailTo('ben@other.test'))[3]).toMatch(/^250/)
    expect(run.dialogue(25, mailTo('cal@other.test'))[3]).toMatch(/^550 5\.1\.1/)
    run.do({ type: 'domainRemoved', host: 'mail', domain: 'other.test' })
    expect(run.dialogue(25, mailTo('ben@other.test'))[3]).toMatch(/^550 5\.7\.1/)
  })

  it('has other people and another postmaster', () => {
    const run = world().do(domain('here.test', ['ann'], 'ann'))
    run.dialogue(25, mailTo('postmaster@here.test'))
    expect(run.inbox('ann@here.test')).toHaveLength(1)
  })
})

const refused: readonly [what: string, change: InterventionBody, id: string][] = [
  ['an address without a domain', account('cal'), 'notAnAddress'],
  ['an address with a space', account('cal cal@here.test'), 'notAnAddress'],
  ['a domain that is not kept here', account('cal@far.test'), 'notOurDomain'],
  ['no password', account(CAL, { password: '' }), 'noPassword'],
  ['a quota below zero', account(CAL, { quota: { messages: -1 } }), 'notAQuota'],
  ['a quota that is no number', account(CAL, { quota: { storage: Number.NaN } }), 'notAQuota'],
  ['an account that is not there', removed(CAL), 'noSuchAccount'],
  ['the account of a postmaster', removed('postmaster@here.test'), 'ownsPostmaster'],
  ['a domain that is none', domain('here..test', ['ann']), 'notADomain'],
  ['a person without an account', domain('here.test', ['ann', 'cal']), 'noOwner'],
  ['a postmaster without an account', domain('here.test', ['ann'], 'cal'), 'noOwner'],
  ['a name that is none', domain('here.test', ['a b']), 'notALocalPart'],
  ['the last domain', { type: 'domainRemoved', host: 'mail', domain: 'here.test' }, 'lastDomain'],
  ['a domain that is not there', { type: 'domainRemoved', host: 'mail', domain: 'far.test' }, 'noSuchLocalDomain'],
]
test.each(refused)('%s is refused, and nothing changes', (_, change, id) => {
  const run = world()
  const { config, store } = run.server
  run.do(change)
  expect(run.all('changeRefused').map(({ reason }) => reason.id)).toEqual([id])
  expect(run.server).toMatchObject({ config, store })
})

it('a new person of the other town gets a message once both servers know her; the run can be made again', () => {
  const scenario = bundledScenario(twoTowns)
  const at = (ms: number, body: InterventionBody) => ({ ...body, at: instant(ms) })
  const deeds = [
    at(0, { type: 'accountSet', host: 'store.bird.example', address: 'carol@bird.example', password: 'seed' }),
    at(0, {
      type: 'domainSet',
      host: 'mx.bird.example',
      domain: 'bird.example',
      recipients: ['bob', 'carol'],
      postmaster: 'bob',
      deliverTo: 'store.bird.example',
    }),
    at(1000, {
      type: 'submitted',
      host: 'alice-laptop',
      account: 'alice@paper.example',
      forwardPaths: ['carol@bird.example'],
      message: fromText('Subject: one\r\n\r\nText.\r\n'),
    }),
  ]
  const run = deeds.reduce((before, deed) => intervene(before, catalogue, deed), startTimeline(scenario, catalogue))
  const delivered = run.trace.flatMap((fact) => (fact.type === 'messageDelivered' ? [fact.user] : []))
  expect(delivered).toEqual(['carol@bird.example'])
  const { interventions, seed } = run
  expect(startTimeline(scenario, catalogue, { seed, interventions }).trace).toEqual(run.trace)
})
