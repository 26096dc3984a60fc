import { describe, expect, it } from 'vitest'
import { box, calls, deliveredAt, expectSaid, facts, reasons, subjects } from './played'

/** Letters that wait and letters that come back, in the shared runs; machines without power. */

const NOTICE = 'Undelivered Mail Returned to Sender'
const alices = (id: string) => box(id, { host: 'mx-out.paper.example', user: 'alice@paper.example' })

describe('a letter that cannot be delivered', () => {
  it('to an unknown reader is refused by the exchanger, and the own server writes the notice', () => {
    expect(reasons('letter-to-unknown-reader', 'messageBounced')).toEqual([
      expect.stringMatching(/^mx-out\.paper\.example: mx\.bird\.example said: 550 5\.1\.1 /),
    ])
    const [notice] = alices('letter-to-unknown-reader')
    expect(notice).toMatchObject({ subject: NOTICE, returnPath: '' })
    expect(notice?.from).toContain('MAILER-DAEMON@mx-out.paper.example')
    expect(notice?.octets).toMatch(/Action: failed\r[\s\S]*Status: 5\.1\.1\r/)
  })

  it('to a domain that does not exist comes back at once, and no server is called', () => {
    expect(reasons('letter-to-no-domain', 'messageBounced')).toEqual([
      expect.stringMatching(/5\.1\.2 .*nowhere\.example.*NXDOMAIN/),
    ])
    const [queued] = facts('letter-to-no-domain', 'messageQueued')
    const [bounced] = facts('letter-to-no-domain', 'messageBounced')
    expect((bounced?.at ?? 0) - (queued?.at ?? 0)).toBeLessThan(200)
    expect(calls('letter-to-no-domain').filter((call) => call.endsWith(':25'))).toEqual([])
  })

  it('to one of two readers reaches the other, and the notice is about the one', () => {
    expect(subjects('letter-to-two-readers')).toEqual(['To two'])
    const [notice] = alices('letter-to-two-readers')
    expect(notice?.octets).toContain('nobody@bird.example')
    expect(notice?.octets).not.toMatch(/Final-Recipient: rfc822; ?bob@/)
    expect(
      calls('letter-to-two-readers').filter((call) => call === 'mx-out.paper.example mx.bird.example:25'),
    ).toHaveLength(1)
  })

  it('of a sender who does not exist ends at the postmaster', () => {
    expect(reasons('bounce-to-the-king', 'messageBounced')).toContainEqual(expect.stringMatching(/550 5\.1\.1/))
    expect(alices('bounce-to-the-king').map(({ subject }) => subject)).toHaveLength(1)
  })

  it('that the store does not know comes back from Bob’s side, in an envelope without a sender', () => {
    expect(reasons('store-knows-nobody', 'messageBounced')).toEqual([
      expect.stringMatching(/^mx\.bird\.example: store\.bird\.example said: 550 5\.1\.1/),
    ])
    expect(alices('store-knows-nobody')[0]?.octets).toContain('Reporting-MTA: dns; mx.bird.example')
    expect(facts('store-knows-nobody', 'sent').map(({ octets }) => octets)).toContainEqual(
      expect.stringMatching(/^MAIL FROM:<> /),
    )
    expect(calls('store-knows-nobody')).toContain('mx.bird.example mx-out.paper.example:25')
  })

  it('in circles comes back after ten servers', () => {
    expect(reasons('in-circles', 'messageBounced')).toEqual([expect.stringMatching(/554 5\.4\.6 Too many hops/)])
    const passes = calls('in-circles').filter((call) => /mx\.bird.* store\.bird|store\.bird.* mx\.bird/.test(call))
    expect(passes.length).toBeGreaterThanOrEqual(9)
  })

  it('that is too large comes back, by the size that is announced or by the room there is', () => {
    expect(reasons('mailbox-too-small', 'messageBounced')).toEqual([expect.stringMatching(/550 5\.2\.2/)])
    expect(reasons('letter-too-large', 'messageBounced')).toEqual([expect.stringMatching(/552 5\.3\.4/)])
  })
})

describe('a full mailbox', () => {
  it('puts the letter off, and half an hour later it arrives without being sent again', () => {
    expect(reasons('mailbox-full', 'messageDeferred')).toEqual([
      expect.stringMatching(/^mx\.bird\.example: store\.bird\.example said: 452 4\.2\.2 .*full/),
    ])
    const [deferred] = facts('mailbox-full', 'messageDeferred')
    const late = deliveredAt('mailbox-full')[1] ?? 0
    expect(late - (deferred?.at ?? 0)).toBeCloseTo(1_800_000, -4)
    expect(facts('mailbox-full', 'messageWritten')).toHaveLength(2)
    expect(subjects('mailbox-full')).toEqual(['Lunch?'])
  })

  it('is as full as before when a letter is only marked', () => {
    expectSaid('mailbox-full-marked', ['220', '250-', '250 2.1.0', '452 4.2.2', '250 2.1.5'], 1)
  })
})

describe('a machine without power', () => {
  const DAY = 86_400_000
  it('after its 250 is not needed any more', () => {
    expect(deliveredAt('sender-dark-after-the-250')).toEqual([expect.closeTo(1837, 0)])
    expect(deliveredAt('nine-dark-machines')).toEqual([expect.closeTo(1837, 0)])
    expect(facts('nine-dark-machines', 'hostStopped')).toHaveLength(9)
  })

  it('before the 250 has the letter still, and sends it when it is back', () => {
    expect(deliveredAt('sender-dark-before-the-250')).toHaveLength(1)
    expect(deliveredAt('sender-dark-before-the-250')[0]).toBeGreaterThan(20_000)
  })

  it('is waited for in a queue, half an hour and longer', () => {
    const [first] = facts('exchanger-dark', 'messageDeferred')
    expect(reasons('exchanger-dark', 'messageDeferred')[0]).toMatch(/4\.4\.1 mx\.bird\.example could not be reached/)
    expect(first?.at).toBeCloseTo(64_000, -4)
    expect((first?.nextTry ?? 0) - (first?.at ?? 0)).toBeCloseTo(1_800_000, -4)
    expect(deliveredAt('exchanger-dark')).toEqual([expect.closeTo(1_864_900, -3)])
    expect(facts('exchanger-dark', 'messageBounced')).toEqual([])
    expect(facts('exchanger-dark', 'submissionFailed')).toEqual([])
  })

  it('for four hours makes a notice that says so; for good, one that gives up', () => {
    const [delayed] = alices('exchanger-dark-four-hours')
    expect(delayed?.subject).toMatch(/Delayed/)
    expect(delayed?.octets).toMatch(/Action: delayed/)
    expect(facts('exchanger-dark-four-hours', 'messageBounced')).toEqual([])
    const failed = alices('exchanger-dark-given-up').at(-1)
    expect(failed?.subject).toBe(NOTICE)
    expect(failed?.octets).toMatch(/1 hour[\s\S]*Status: 4\.4\.7/)
    const [bounced] = facts('exchanger-dark-for-good', 'messageBounced')
    expect((bounced?.at ?? 0) / DAY).toBeCloseTo(5, 0)
    expect(alices('exchanger-dark-for-good').map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/Delayed/),
      NOTICE,
    ])
    expect(facts('exchanger-dark-for-good', 'messageDeferred').length).toBeGreaterThan(30)
  })

  it('is waited for by the machine before it', () => {
    expect(reasons('store-dark', 'messageDeferred')).toEqual([
      expect.stringMatching(/^mx\.bird\.example: 4\.4\.1 store/),
    ])
    expect(reasons('resolver-dark', 'messageDeferred')).toEqual([
      expect.stringMatching(/^mx-out\.paper\.example: 4\.4\.3 no name server answered for bird\.example/),
    ])
    expect(reasons('name-server-dark', 'messageDeferred')).toEqual([
      expect.stringMatching(/^mx-out\.paper\.example: 4\.4\.3 .*bird\.example/),
    ])
  })

  it('that only reads is not waited for: the letter lies in the mailbox', () => {
    expect(deliveredAt('readers-dark')).toEqual([expect.closeTo(1837, 0)])
    expect(facts('readers-dark', 'messageFetched')[0]?.at).toBeGreaterThan(60_000)
  })

  it('that took the letter goes on from its queue; before that, the program keeps it and tries again', () => {
    expect(deliveredAt('outgoing-dark-after-the-250')).toEqual([expect.closeTo(60_700, -3)])
    expect(facts('outgoing-dark', 'submissionFailed').length).toBeGreaterThan(0)
    expect(deliveredAt('outgoing-dark')).toHaveLength(1)
  })
})
