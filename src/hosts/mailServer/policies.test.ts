import { describe, expect, test } from 'vitest'
import { MAIL_SERVICES } from '../../session/service'
import { complete, type MailServerConfig } from './config'
import { listenersOf } from './listeners'
import { changePolicy, matters, policiesOf } from './policies'
import { mailWorld } from './testing/mailWorld'

const config: MailServerConfig = {
  hostName: 'mail.example',
  resolver: '192.0.2.53',
  domains: [],
  services: [
    { port: 25, service: 'relay' },
    { port: 587, service: 'submission' },
    { port: 465, service: 'submissions' },
    { port: 143, service: 'imap' },
    { port: 993, service: 'imaps' },
    { port: 110, service: 'pop3' },
    { port: 995, service: 'pop3s' },
  ],
}
const inputs = (changed: Partial<MailServerConfig> = {}) =>
  Object.fromEntries(listenersOf({ ...config, ...changed }).map((listener) => [listener.port, listener]))

describe('listeners', () => {
  test('ports with an s are encrypted from the first octet, the others are not (RFC 8314)', () => {
    const implicit = Object.values(inputs()).filter((listener) => listener.implicitTls)
    expect(implicit.map(({ port }) => port)).toEqual([465, 993, 995])
    for (const { input } of implicit) expect(input).toMatchObject({ tls: 'implicit' })
    for (const port of [25, 587, 143, 110]) expect(inputs()[port]?.input).toMatchObject({ tls: 'none' })
  })

  test('port 25 has no users; submission requires a login', () => {
    expect(inputs()[25]?.input).toMatchObject({ port: 'relay', mechanisms: [], requireAuthentication: false })
    for (const port of [587, 465]) {
      expect(inputs()[port]?.input).toMatchObject({ port: 'submission', requireAuthentication: true })
    }
  })

  test('STARTTLS may be required of users, never of other servers (RFC 3207 section 4)', () => {
    const required = inputs({ tls: 'required' })
    for (const port of [587, 143, 110]) expect(required[port]?.input).toMatchObject({ tls: 'required' })
    expect(required[25]?.input).toMatchObject({ tls: 'offered' })
    expect(required[465]?.input).toMatchObject({ tls: 'implicit' })
  })

  test('an unknown service is named', () => {
    const odd = { ...config, services: [{ port: 70, service: 'gopher' as never }] }
    expect(() => listenersOf(odd)).toThrow(/"gopher" is no service; .*submissions/)
  })
})

describe('policies', () => {
  test('each is shown with its value and its possible values', () => {
    const policies = policiesOf({ config: { ...config, maxSize: 5000 } })
    expect(policies.map(({ policy }) => policy)).toEqual(
      expect.arrayContaining(['relayForStrangers', 'requireAuthentication', 'bareLineFeed', 'tls', 'maxSize']),
    )
    for (const { value, offered, least } of policies) {
      if (least === undefined) expect(offered).toContain(value)
    }
    expect(policies.find(({ policy }) => policy === 'maxSize')?.value).toBe(5000)
  })

  test('every value that is shown can be set, and is then the value', () => {
    for (const { policy, offered } of policiesOf({ config })) {
      for (const value of offered) {
        const change = changePolicy(config, policy, value)
        const shown = 'config' in change ? policiesOf(change).find((each) => each.policy === policy) : undefined
        expect(shown?.value, `${policy} ${value}`).toBe(value)
      }
    }
  })

  test.each([
    ['openDoors', true, { id: 'noSuchPolicy', policies: expect.arrayContaining(['relayForStrangers']) as string[] }],
    ['toString', true, { id: 'noSuchPolicy' }],
    ['hostName', 'other', { id: 'noSuchPolicy' }],
    ['tls', 'sometimes', { id: 'notAmong', values: ['none', 'offered', 'required'] }],
    ['relayForStrangers', 'yes', { id: 'notAmong', values: [true, false] }],
    ['maxSize', -1, { id: 'notWhole', least: 1 }],
    ['maxSize', 1.5, { id: 'notWhole', least: 1 }],
    ['maxSize', '1000', { id: 'notWhole', least: 1 }],
  ])('%s = %j is refused with the reason', (policy, given, reason) => {
    const told = reason.id === 'noSuchPolicy' ? { ...reason, policy } : { ...reason, policy, given }
    expect(changePolicy(config, policy, given)).toMatchObject({ refused: told })
  })

  test('in a running world: a valid change holds from the next connection on, an invalid one is reported', () => {
    const messages = [{ reversePath: 'x@far.test', forwardPaths: ['y@away.test'] }]
    const world = mailWorld({ messages })
    world.do({ type: 'policyChanged', host: 'mail', policy: 'relayForStrangers', value: true })
    world.do({ type: 'policyChanged', host: 'mail', policy: 'maxSize', value: 2000 })
    world.do({ type: 'policyChanged', host: 'mail', policy: 'maxSize', value: 'big' })
    world.pass(60)
    expect(world.all('changeRefused').map(({ reason }) => reason)).toEqual([
      { id: 'notWhole', policy: 'maxSize', least: 1, given: 'big' },
    ])
    expect(world.reports[0]?.accepted).toEqual(['y@away.test'])
    expect(world.facts.some((fact) => fact.type === 'sent' && fact.octets.includes('SIZE 2000'))).toBe(true)
  })
})

describe('a server on which nothing is set', () => {
  const usual = complete(config)

  test('bears as much as the RFCs ask for', () => {
    // RFC 5321 sections 4.5.3.1.7, 4.5.3.1.8 and 6.3.
    expect(usual.maxSize).toBeGreaterThanOrEqual(65_536)
    expect(usual.maxRecipients).toBeGreaterThanOrEqual(100)
    expect(usual.maxHops).toBeGreaterThanOrEqual(100)
  })

  test('tries again after 30 minutes at least, and for four days at least (RFC 5321 section 4.5.4.1)', () => {
    expect(Math.min(...usual.retryIntervals)).toBeGreaterThanOrEqual(1800)
    expect(usual.giveUpTime).toBeGreaterThanOrEqual(4 * 86_400)
    expect(usual.delayNoticeAfter).toBeLessThan(usual.giveUpTime)
  })

  test('is no open relay, and takes submissions only after a login (RFC 6409 section 4.3)', () => {
    expect(usual).toMatchObject({ relayForStrangers: false, requireAuthentication: true, completeHeaders: true })
  })
})

describe('a switch', () => {
  test.each([
    ['relayForStrangers', ['relay']],
    ['requireAuthentication', ['submission', 'submissions']],
    ['completeHeaders', ['submission', 'submissions']],
    ['plaintextAuth', ['submission', 'pop3', 'imap']],
    ['loginDelay', ['pop3', 'pop3s']],
    ['apop', ['pop3', 'pop3s']],
  ] as const)('%s is offered only where it changes something', (policy, services) => {
    const concerned = MAIL_SERVICES.filter((service) =>
      matters(policy, { ...config, services: [{ port: 1, service }] }),
    )
    expect(concerned.toSorted()).toEqual([...services].sort())
  })
})
