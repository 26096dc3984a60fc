import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { fromText } from '../../base/octets'
import { instant, later, minutes, START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { type MailWorldInput, mailWorld, type Posted } from '../../hosts/mailServer/testing/mailWorld'
import { composeMessage } from '../../mail/compose'
import { bundledScenario } from '../../world/bundledScenario'
import type { Fact } from '../../world/fact'
import type { Scenario } from '../../world/scenario'
import { intervene, runOn, startTimeline, type Timeline } from '../../world/timeline'
import { factOf } from '../../world/trace'
import { list, nothingListed } from '../events/listing'
import { journeysIn } from '../message/journey'
import { rfcAddress } from '../reference/rfcAddress'
import { sentMessage } from '../testing/sentMessage'
import type { Decision, Hop } from './decision'
import { hopsOf } from './hops'
import { standardOf } from './standards'
import { decisionText } from './words'

const A = '203.0.113.1'
const B = '203.0.113.2'
const MESSAGE: Posted = { reversePath: 'ann@here.test', forwardPaths: ['you@there.test'], port: 587 }
const TO_ANN: Posted = { reversePath: 'you@there.test', forwardPaths: ['ann@here.test'] }
const ONE = ['there.test. 300 IN MX 10 a.there.test.', `a.there.test. 300 IN A ${A}`]
const TWO = [...ONE, 'there.test. 300 IN MX 20 b.there.test.', `b.there.test. 300 IN A ${B}`]
const THERE = {
  hostName: 'a.there.test',
  domains: [{ domain: 'there.test', recipients: ['you', 'me'], postmaster: 'you' }],
}
const ACCOUNTS = ['you', 'me'].map((name) => ({ address: `${name}@there.test`, password: 'secret' }))
const says = (verb: string, reply: string) => ({ replies: { [verb]: reply } })

/** The way of one message; without its name, of the first one that the world knows. */
function hopsIn(facts: readonly Fact[], id?: string): readonly Hop[] {
  const journeys = journeysIn(facts)
  // A message that no server took has no journey of its own if no mail program wrote it.
  const journey = (id === undefined ? journeys[0] : journeys.find((each) => each.id === id)) ?? {
    id: 'one@here.test',
    subject: '',
    stops: [],
    copies: [],
  }
  return hopsOf(facts, facts.reduce(list, nothingListed), journey)
}

const decisionsIn = (hops: readonly Hop[]): readonly Decision[] => hops.flatMap((hop) => [...hop.in, ...hop.out])

const told = (hops: readonly Hop[]): readonly string[] =>
  hops.flatMap(({ host, in: arriving, out }) => [
    ...arriving.map((decision) => `${host} in: ${decisionText(decision)}`),
    ...out.map((decision) => `${host} out: ${decisionText(decision)}`),
  ])

/** The sentences about the poster's message after some minutes. */
const wayOf = (input: MailWorldInput, pass = 10): string =>
  told(hopsIn(mailWorld({ messages: [MESSAGE], ...input }).pass(pass * 60).facts)).join('\n')

const DAYS = 24 * 60

describe('each decision is told with the rule that decided', () => {
  it.each<readonly [string, MailWorldInput, string]>([
    [
      'a user has logged in',
      { records: ONE, scripts: { [A]: {} } },
      'mail in: It takes it for you@there.test, which is elsewhere: ann@here.test has logged in, and its own users may write to anybody.',
    ],
    [
      'the mailbox is here',
      { messages: [TO_ANN] },
      'mail in: It takes it for ann@here.test: the domain is its own, and',
    ],
    [
      'a postmaster always exists',
      { messages: [{ ...TO_ANN, forwardPaths: ['PostMaster@here.test'] }] },
      'mail in: It takes it for PostMaster@here.test: every domain has a postmaster.',
    ],
    [
      'the mailbox is on another machine',
      {
        messages: [TO_ANN],
        records: [`store.here.test. 300 IN A ${A}`],
        scripts: { [A]: {} },
        server: {
          domains: [{ domain: 'here.test', recipients: ['ann'], postmaster: 'ann', deliverTo: 'store.here.test' }],
        },
      },
      'mail in: It takes it for ann@here.test: it is an exchanger of the domain and knows the reader',
    ],
    [
      'an open relay',
      { messages: [{ ...MESSAGE, port: 25 }], server: { relayForStrangers: true } },
      'although nobody has logged in: it is set to relay for strangers.',
    ],
    [
      'nobody of that name',
      { messages: [{ ...TO_ANN, forwardPaths: ['bill@here.test'] }] },
      'mail in: It refuses bill@here.test: the domain is its own, but nobody there has that name. 550 5.1.1 <bill@here.test>: Recipient address rejected: User unknown',
    ],
    [
      'relaying denied',
      { messages: [{ ...MESSAGE, port: 25 }] },
      'mail in: It refuses you@there.test: the domain is not its own and nobody has logged in, so it does not relay. 550 5.7.1 <you@there.test>: Relay access denied',
    ],
    [
      'a full mailbox',
      {
        messages: [TO_ANN],
        server: { accounts: [account({ messages: 0, storage: 5000 }), account({}, 'postmaster')] },
      },
      'mail in: It refuses ann@here.test',
    ],
    [
      'a letter larger than the mailbox',
      { messages: [TO_ANN], server: { accounts: [account({ storage: 10 }), account({}, 'postmaster')] } },
      'the letter is larger than the whole mailbox may be. 55',
    ],
    [
      'a letter that is too large',
      { server: { maxSize: 20 } },
      'mail in: It refuses the letter: it is larger than this server takes. 552 5.3.4 Message size exceeds fixed limit',
    ],
    [
      'no login',
      { messages: [MESSAGE], server: { mechanisms: ['PLAIN'], plaintextAuth: false } },
      'mail in: It takes letters from its own users only, so the sender has to log in first. 530',
    ],
    [
      'a line end that stands alone',
      { messages: [{ ...TO_ANN, message: 'Message-ID: <one@here.test>\r\n\r\nHel\nlo.\r\n' }] },
      'a CR or LF stands alone in it, behind which a second letter may hide. 550 5.6.11',
    ],
    [
      'a letter in circles',
      {
        messages: [
          { ...TO_ANN, message: `${'Received: x\r\n'.repeat(3)}Message-ID: <one@here.test>\r\n\r\nHello.\r\n` },
        ],
        server: { maxHops: 1 },
      },
      'so many servers have noted it that it must be going in circles. 554 5.4.6',
    ],
    [
      'the domain is not its own',
      { records: ONE, scripts: { [A]: {} } },
      'mail out: there.test is none of its domains, so the letter has to go on. It asks the DNS',
    ],
    [
      'exchangers',
      { records: TWO, scripts: { [A]: {} } },
      'mail out: The mail exchangers of there.test are a.there.test (10), b.there.test (20). The lowest number comes first.',
    ],
    [
      'the lowest preference',
      { records: TWO, scripts: { [A]: {} } },
      `mail out: It calls a.there.test at ${A}: 10 is the lowest preference.`,
    ],
    [
      'chance among equals',
      {
        records: [...ONE, 'there.test. 300 IN MX 10 b.there.test.', `b.there.test. 300 IN A ${B}`],
        scripts: { [A]: {}, [B]: {} },
      },
      '2 exchangers share the preference 10, and it was drawn by lot.',
    ],
    [
      'no MX record',
      { records: [`there.test. 300 IN A ${A}`], scripts: { [A]: {} } },
      'mail out: there.test has no MX record, so the exchanger is the domain’s own address.',
    ],
    [
      'an address in brackets',
      { messages: [{ ...MESSAGE, forwardPaths: [`you@[${A}]`] }], scripts: { [A]: {} } },
      `mail out: It calls ${A}, the address in brackets.`,
    ],
    [
      'a host that the administrator has named',
      {
        messages: [TO_ANN],
        records: [`store.here.test. 300 IN A ${A}`],
        scripts: { [A]: {} },
        server: {
          domains: [{ domain: 'here.test', recipients: ['ann'], postmaster: 'ann', deliverTo: 'store.here.test' }],
        },
      },
      `mail out: It calls store.here.test at ${A}: its administrator has named this host for the domain`,
    ],
    [
      'only better exchangers than itself',
      {
        records: [...ONE, 'there.test. 300 IN MX 20 mail.here.test.', 'there.test. 300 IN MX 30 b.there.test.'],
        scripts: { [A]: {} },
      },
      'mail out: there.test has this server itself among its exchangers: mail.here.test (20), b.there.test (30). It may hand on to better ones only, so that nothing goes in circles: a.there.test (10).',
    ],
    [
      'the next exchanger, since a better one was not reached',
      { records: TWO, scripts: { [B]: {} } },
      `mail out: It calls b.there.test at ${B}, with preference 20, because one before did not take all of it: 4.4.1 a.there.test could not be reached: there was no answer.`,
    ],
    [
      'the next address',
      {
        records: [...ONE, `a.there.test. 300 IN A ${B}`],
        scripts: { [A]: says('MAIL', '451 4.3.0 later'), [B]: says('MAIL', '451 4.3.0 later') },
      },
      'mail out: It calls another address of a.there.test, ',
    ],
    [
      'IPv6 after IPv4',
      {
        records: [...ONE, 'a.there.test. 300 IN AAAA 2001:db8::25'],
        scripts: { [A]: says('MAIL', '451 4.3.0 later') },
      },
      'mail out: It calls a.there.test by IPv6, at 2001:db8::25, because by IPv4 it did not take all of it: a.there.test said: 451 4.3.0 later.',
    ],
    [
      'the rest of the readers',
      {
        messages: [{ ...MESSAGE, forwardPaths: ['you@there.test', 'me@there.test'] }],
        records: ONE,
        servers: { [A]: { ...THERE, accounts: ACCOUNTS, maxRecipients: 1 } },
      },
      'mail out: a.there.test takes only so many readers in one go: the others follow at once.',
    ],
    [
      'handed on',
      { records: ONE, scripts: { [A]: {} } },
      'mail out: a.there.test took it for you@there.test: from then on that server has to care for it.',
    ],
    [
      'no such domain',
      {},
      'mail out: No way leads there, now or later: 5.1.2 there is no domain there.test (NXDOMAIN).',
    ],
    ['a null MX', { records: ['there.test. 300 IN MX 0 .'] }, 'mail out: No way leads there, now or later: 5.1.10'],
    [
      'name servers that do not answer',
      { server: { resolver: '192.0.2.99' } },
      'mail out: The way cannot be found for now: 4.4.3 no name server answered for there.test.',
    ],
    [
      '4yz',
      { records: ONE, scripts: { [A]: says('RCPT', '450 4.2.0 greylisted') } },
      'mail out: Not refused, only put off: a.there.test said: 450 4.2.0 greylisted. It keeps the letter and tries again in 30 min.',
    ],
    [
      'no answer',
      { records: ONE },
      'mail out: No one could take it: 4.4.1 a.there.test could not be reached: there was no answer. It keeps the letter and tries again in 30 min.',
    ],
    [
      '5yz',
      { records: TWO, scripts: { [A]: says('RCPT', '550 5.1.1 unknown'), [B]: {} } },
      'mail out: It gives up for you@there.test: a.there.test said: 550 5.1.1 unknown. A code that begins with 5 is final, so no other exchanger is asked.',
    ],
    [
      'the sender is told',
      { records: ONE, scripts: { [A]: says('RCPT', '550 5.1.1 unknown') } },
      'mail out: It had taken the letter over, so it has to tell: a notice goes to the sender on the envelope, ann@here.test.',
    ],
    [
      'no notice about a notice',
      {
        messages: [{ ...MESSAGE, reversePath: '' }],
        records: ONE,
        scripts: { [A]: says('RCPT', '550 5.1.1 unknown') },
      },
      'two servers could send notices about notices for ever. Its own postmaster is told.',
    ],
    [
      'no notice, and no postmaster to tell',
      {
        messages: [{ ...MESSAGE, reversePath: '', port: 25 }],
        records: ONE,
        scripts: { [A]: says('RCPT', '550 5.1.1 unknown') },
        server: { domains: [], accounts: [], relayForStrangers: true },
      },
      'mail out: It sends no notice: the envelope has no sender. Otherwise two servers could send notices about notices for ever.',
    ],
    [
      'no TLS, since there is no offer',
      { records: ONE, servers: { [A]: { ...THERE, accounts: ACCOUNTS } } },
      'mail out: The letter crosses in the clear: a.there.test does not offer STARTTLS',
    ],
    [
      'no TLS, since it is set so',
      {
        records: ONE,
        servers: { [A]: { ...THERE, accounts: ACCOUNTS, tls: 'offered' } },
        server: { outgoingTls: 'never' },
      },
      'mail out: The letter crosses in the clear: a.there.test offers STARTTLS, but it is set not to use it.',
    ],
    [
      'no TLS, since the offer does not hold',
      { records: ONE, scripts: { [A]: { offers: ['STARTTLS'], ...says('STARTTLS', '454 4.7.0 not now') } } },
      `mail out: The letter crosses in the clear: ${A} offered STARTTLS, but then refused it`,
    ],
    [
      'TLS, by an offer that is taken',
      { records: ONE, servers: { [A]: { ...THERE, accounts: ACCOUNTS, tls: 'offered' } } },
      'mail out: It encrypts: a.there.test offered STARTTLS, and it took the offer.',
    ],
    [
      'a notice that was not wanted',
      {
        messages: [{ ...MESSAGE, dsn: { recipients: { 'you@there.test': { notify: ['NEVER'] } } } }],
        records: ONE,
        scripts: { [A]: says('RCPT', '550 5.1.1 unknown') },
      },
      'mail out: It sends no notice: the author asked for none.',
    ],
    [
      'a notice of success',
      { messages: [{ ...TO_ANN, dsn: { recipients: { 'ann@here.test': { notify: ['SUCCESS'] } } } }] },
      'mail out: The author asked to be told: a notice goes to you@there.test.',
    ],
    [
      'into the mailbox',
      { messages: [TO_ANN] },
      'mail out: The way ends here: ann@here.test is its own user, so the letter goes into the mailbox INBOX of ann@here.test',
    ],
    [
      'into the postmaster’s mailbox',
      { messages: [{ ...TO_ANN, forwardPaths: ['postmaster@here.test'] }] },
      'mail out: The way ends here: letters to the postmaster belong to postmaster@here.test',
    ],
  ])('%s', (_, input, sentence) => {
    expect(wayOf(input)).toContain(sentence)
  })

  it('after days of tries the delay is told, then the failure, and each decision stands once', () => {
    const world = mailWorld({ messages: [MESSAGE], records: ONE }).pass(7 * DAYS * 60)
    const hops = hopsIn(world.facts)
    expect(told(hops)).toEqual([...new Set(told(hops))])
    const text = told(hops).join('\n')
    expect(text).toContain('mail out: The letter has waited so long that its author should know')
    expect(text).toContain('mail out: It gives up for you@there.test, having tried for as long as it is set to: 4.4.7')
    const waits = decisionsIn(hops).find((decision) => decision.is === 'waits')
    expect(waits?.facts.length).toBe(world.all('messageDeferred').length)
  })

  it('a notice is a letter that the server wrote itself, without a sender', () => {
    const world = mailWorld({ messages: [MESSAGE], records: ONE, scripts: { [A]: says('RCPT', '550 5.1.1 no') } }).pass(
      60,
    )
    const [bounced] = world.all('messageBounced')
    expect(told(hopsIn(world.facts, bounced?.notice))).toEqual([
      'mail in: It wrote this letter itself, to tell ann@here.test that another one failed. The envelope has no sender.',
      'mail out: The way ends here: ann@here.test is its own user, so the letter goes into the mailbox INBOX of ann@here.test, and the envelope’s sender becomes Return-Path.',
    ])
  })
})

function account(quota: { storage?: number; messages?: number }, name = 'ann') {
  return { address: `${name}@here.test`, password: 'secret', quota }
}

describe('the way in two towns', () => {
  const scenario = bundledScenario(twoTowns)
  const ran = (run: Timeline): Timeline => runOn(run, catalogue, later(run.until, minutes(3)))

  it('is told from the author’s program to the reader’s devices', () => {
    const hops = hopsIn(ran(sentMessage(scenario, 'bob@bird.example')).trace)
    expect(hops.map(({ host }) => host)).toEqual([
      'alice-laptop',
      'mx-out.paper.example',
      'mx.bird.example',
      'store.bird.example',
      'bob-phone',
      'bob-laptop',
    ])
    expect(told(hops)).toMatchInlineSnapshot(`
      [
        "alice-laptop in: Its author sent it here. The envelope is for bob@bird.example: from now on that counts, not the header.",
        "alice-laptop out: A mail program does not look for the reader’s server. It hands every letter to its own one: mx-out.paper.example, port 587.",
        "alice-laptop out: The letter crosses in the clear: mx-out.paper.example does not offer STARTTLS, and it is not set to insist on it.",
        "mx-out.paper.example in: It takes it for bob@bird.example, which is elsewhere: alice@paper.example has logged in, and its own users may write to anybody.",
        "mx-out.paper.example in: It said 250 after the letter, which it calls 3C6. From then on it is the one to care for it: to deliver it, to hand it on, or to tell the author.",
        "mx-out.paper.example out: bird.example is none of its domains, so the letter has to go on. It asks the DNS who takes mail for that domain.",
        "mx-out.paper.example out: The mail exchanger of bird.example is mx.bird.example (10).",
        "mx-out.paper.example out: It calls mx.bird.example at 203.0.113.25: there is no other exchanger.",
        "mx-out.paper.example out: The letter crosses in the clear: mx.bird.example does not offer STARTTLS, and it is not set to insist on it.",
        "mx-out.paper.example out: mx.bird.example took it for bob@bird.example: from then on that server has to care for it.",
        "mx.bird.example in: It takes it for bob@bird.example: it is an exchanger of the domain and knows the reader, though the mailbox is on another machine.",
        "mx.bird.example in: It said 250 after the letter, which it calls 398. From then on it is the one to care for it: to deliver it, to hand it on, or to tell the author.",
        "mx.bird.example out: It calls store.bird.example at 203.0.113.143: its administrator has named this host for the domain, so no exchanger is looked up.",
        "mx.bird.example out: The letter crosses in the clear: store.bird.example does not offer STARTTLS, and it is not set to insist on it.",
        "mx.bird.example out: store.bird.example took it for bob@bird.example: from then on that server has to care for it.",
        "store.bird.example in: It takes it for bob@bird.example: the domain is its own, and the mailbox is here.",
        "store.bird.example in: It said 250 after the letter, which it calls 622. From then on it is the one to care for it: to deliver it, to hand it on, or to tell the author.",
        "store.bird.example out: The way ends here: bob@bird.example is its own user, so the letter goes into the mailbox INBOX of bob@bird.example, and the envelope’s sender becomes Return-Path.",
        "store.bird.example out: It gives a copy to bob-phone, which has logged in as bob@bird.example and opened the mailbox INBOX: there the letter is UID 1, for as long as it lies there.",
        "store.bird.example out: It gives the letter to bob-laptop, which has logged in as bob@bird.example and has the mailbox for itself until it says QUIT. The letter’s unique-id is 1-1.",
        "store.bird.example out: It removes the letter from INBOX: bob-laptop had marked it by DELE and then said QUIT, which makes it so.",
        "bob-phone in: The letter crosses in the clear: store.bird.example does not offer STARTTLS, and it is not set to insist on it.",
        "bob-phone in: It fetched a copy by IMAP, as bob@bird.example: UID 1 was new to it. The letter itself stays in the mailbox.",
        "bob-laptop in: The letter crosses in the clear: store.bird.example does not offer STLS, and it is not set to insist on it.",
        "bob-laptop in: It collected the letter by POP3, as bob@bird.example: the unique-id 1-1 was new to it.",
        "bob-laptop out: It marks the letter for removal from store.bird.example by DELE, as it is set to, since it has a copy of its own.",
      ]
    `)
  })

  /** The world with other settings of its hosts, by the kind of host. */
  function changed(config: (host: (typeof twoTowns.hosts)[number]) => object): Scenario {
    const hosts = twoTowns.hosts.map((host) => ({ ...host, config: { ...host.config, ...config(host) } }))
    return bundledScenario({ ...twoTowns, hosts })
  }
  const ways = (given: Scenario): readonly Hop[] => hopsIn(ran(sentMessage(given, 'bob@bird.example')).trace)

  it('is encrypted on each leg where the server offers it, to the devices too', () => {
    const offering = ways(changed(({ role }) => (role === 'mailServer' ? { tls: 'offered' } : {})))
    const legs = decisionsIn(offering).filter(({ is }) => is === 'sendsOver' || is === 'fetchesOver')
    expect(legs.map(decisionText)).toEqual([
      ...['mx-out.paper.example', 'mx.bird.example', 'store.bird.example', 'store.bird.example'].map(
        (server) =>
          `It encrypts: ${server} offered STARTTLS, and it took the offer. Nobody on the way can read the letter.`,
      ),
      'It encrypts: store.bird.example offered STLS, and it took the offer. Nobody on the way can read the letter.',
    ])
    expect(legs.map(standardOf)).toEqual([
      ...Array<string>(3).fill('RFC 3207, section 4'),
      'RFC 9051, section 6.2.1',
      'RFC 2595, section 4',
    ])
  })

  it('may begin in TLS at a port for that alone', () => {
    const at465 = ways(
      changed(({ name, config }) =>
        name === 'mx-out.paper.example'
          ? { services: [{ port: 465, service: 'submissions' }] }
          : name === 'alice-laptop'
            ? {
                accounts: config.accounts?.map((account) => ({
                  ...account,
                  submission: { host: 'mx-out.paper.example', port: 465 },
                })),
              }
            : {},
      ),
    )
    const [first] = decisionsIn(at465).filter(({ is }) => is === 'sendsOver')
    expect(first && [decisionText(first), standardOf(first)]).toEqual([
      expect.stringMatching(/^It speaks to mx-out\.paper\.example in TLS from the first octet on: port 465/),
      'RFC 8314, section 3.3',
    ])
  })

  it('ends with a copy on each device by a login, and by POP3 with the removal, each shown by the line that did it', () => {
    const { trace } = ran(sentMessage(scenario, 'bob@bird.example'))
    const deeds = decisionsIn(hopsIn(trace)).flatMap((decision) => {
      const fact = factOf(trace, decision.facts[0]?.fact ?? -1)
      const shown = fact?.type === 'sent' ? fact.octets.split('\r\n')[0]?.slice(0, 30) : fact?.type
      return ['handsOut', 'deletes', 'leaves', 'removes'].includes(decision.is)
        ? [[decision.is, shown, standardOf(decision)]]
        : []
    })
    expect(deeds).toEqual([
      ['handsOut', '* 1 FETCH (UID 1 BODY[] {868}', 'RFC 9051, section 2.3.1.1'],
      ['handsOut', 'Return-Path: <alice@paper.exam', 'RFC 1939, section 4'],
      ['removes', 'messageRemoved', 'RFC 1939, section 6'],
      ['deletes', 'DELE 1', 'RFC 1939, section 5'],
    ])
  })

  it('leaves the letter on the server if the laptop is set to that', () => {
    const staying = ways(
      changed(({ name, config }) =>
        name === 'bob-laptop'
          ? {
              accounts: config.accounts?.map((account) => ({
                ...account,
                retrieval: { protocol: 'POP3', host: 'store.bird.example', port: 110, first: 5, leaveOnServer: true },
              })),
            }
          : {},
      ),
    )
    const kinds = decisionsIn(staying).map(({ is }) => is)
    expect(kinds).not.toContain('deletes')
    expect(kinds).not.toContain('removes')
    expect(told(staying).at(-1)).toBe(
      'bob-laptop out: It leaves the letter on store.bird.example, as it is set to. By its unique-id it knows that it has a copy.',
    )
  })

  it('has no removal if the session breaks off before QUIT: the mark is gone with it', () => {
    const begun = sentMessage(scenario, 'bob@bird.example')
    const whole = ran(begun)
    const dele = whole.trace.find((fact) => fact.type === 'sent' && fact.means.name === 'DELE')
    const stopped = intervene(whole, catalogue, { type: 'hostStopped', host: 'bob-laptop', at: dele?.at ?? START })
    const kinds = decisionsIn(hopsIn(ran(stopped).trace)).map(({ is }) => is)
    expect(kinds).toContain('deletes')
    expect(kinds).not.toContain('removes')
  })

  it('ends at the server that refuses, and the sender’s server tells why', () => {
    const hops = hopsIn(sentMessage(scenario, 'nobody@bird.example').trace)
    expect(hops.map(({ host }) => host)).toEqual(['alice-laptop', 'mx-out.paper.example', 'mx.bird.example'])
    expect(told(hops.slice(2))).toEqual([
      'mx.bird.example in: It refuses nobody@bird.example: the domain is its own, but nobody there has that name. 550 5.1.1 <nobody@bird.example>: Recipient address rejected: User unknown',
    ])
  })

  it('of a letter that was typed by hand tells why it was taken', () => {
    let run = startTimeline(scenario, catalogue)
    const type = (body: Parameters<typeof intervene>[2]): void => {
      run = intervene(run, catalogue, body)
      run = runOn(run, catalogue, later(run.until, minutes(1)))
    }
    const at = () => ({ at: run.until, host: 'alice-laptop', terminal: 'one' })
    type({ type: 'connected', ...at(), to: 'mx.bird.example', port: 25 })
    for (const line of [
      'EHLO me',
      'MAIL FROM:<alice@paper.example>',
      'RCPT TO:<bob@bird.example>',
      'DATA',
      'Subject: by hand\r\n\r\nHello.\r\n.',
    ])
      type({ type: 'typed', ...at(), octets: fromText(`${line}\r\n`) })
    expect(told(hopsIn(run.trace))[0]).toBe(
      'mx.bird.example in: It takes it for bob@bird.example: it is an exchanger of the domain and knows the reader, though the mailbox is on another machine.',
    )
  })

  it('names a refusal that a person met before the letter was taken', () => {
    const world = mailWorld({ server: { maxRecipients: 1 } })
    world.dialogue(25, [
      'EHLO me',
      'MAIL FROM:<you@there.test>',
      'RCPT TO:<ann@here.test>',
      'RCPT TO:<postmaster@here.test>',
      'DATA',
      'Subject: by hand',
      '',
      'Hello.',
      '.',
    ])
    expect(told(hopsIn(world.facts))[1]).toBe(
      'mail in: It takes no more readers in one go; the others may come in another transaction. 452 4.5.3 Too many recipients',
    )
  })

  it.each([
    [
      'a login',
      { accounts: [{ address: 'alice@paper.example', password: 'other' }] },
      'name and password do not fit. 535 5.7.8',
    ],
    ['encryption', { tls: 'required' }, 'TLS has to come first. 530 5.7.0'],
  ])('ends at the server that demands %s', (_, demands, sentence) => {
    const hosts = twoTowns.hosts.map((host) => {
      if (host.name === 'mx-out.paper.example') return { ...host, config: { ...host.config, ...demands } }
      if (host.name !== 'alice-laptop') return host
      const accounts = host.config.accounts?.map((account) => ({
        ...account,
        submission: { host: 'mx-out.paper.example', port: 587, tls: 'never' },
      }))
      return { ...host, config: { ...host.config, accounts } }
    })
    const run = sentMessage(bundledScenario({ ...twoTowns, hosts }), 'bob@bird.example')
    expect(told(hopsIn(run.trace)).join('\n')).toContain(`mx-out.paper.example in: It`)
    expect(told(hopsIn(run.trace)).join('\n')).toContain(sentence)
  })

  it('of a program whose server does not answer says when it tries again', () => {
    let run = intervene(startTimeline(scenario, catalogue), catalogue, {
      type: 'hostStopped',
      at: START,
      host: 'mx-out.paper.example',
    })
    const { host, account, from, subject, body } = scenario.letter
    const message = composeMessage({ from, to: ['bob@bird.example'], subject, body })
    run = intervene(run, catalogue, {
      type: 'submitted',
      at: instant(1),
      host,
      account,
      forwardPaths: ['bob@bird.example'],
      message,
    })
    run = runOn(run, catalogue, later(run.until, minutes(5)))
    expect(told(hopsIn(run.trace)).join('\n')).toMatch(
      /alice-laptop out: It could not hand the letter over: .* It tries again in 5 min\./,
    )
  })

  it('has a place in the standards for each decision, and facts of its own run', () => {
    const run = ran(sentMessage(scenario, 'bob@bird.example'))
    for (const hop of hopsIn(run.trace))
      for (const decision of [...hop.in, ...hop.out]) {
        expect(rfcAddress(standardOf(decision))).toMatch(/^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+#section-/)
        for (const { fact, at } of decision.facts) expect(factOf(run.trace, fact)?.at).toBe(at)
      }
  })
})
