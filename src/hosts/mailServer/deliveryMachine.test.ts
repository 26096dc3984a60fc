import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Output } from '../../session/session'
import { startSession, step } from '../../session/step'
import { delivery } from './delivery'
import type { DeliveryInput, DeliveryQuestion, TransferResult } from './deliveryMachine'

const HOUR = 3_600_000
const PATHS = ['a@there.test', 'b@there.test', 'c@there.test']
const input: DeliveryInput = {
  queueId: '1',
  domain: 'there.test',
  forwardPaths: PATHS,
  retryIntervals: [HOUR / 2, HOUR / 2, HOUR],
  giveUpTime: 12 * HOUR,
  delayNoticeAfter: 4 * HOUR,
  queueDelay: 0,
  tries: 0,
  delayTold: false,
}

interface Course {
  readonly accepted: readonly string[]
  readonly returned: readonly string[]
  readonly delayNotices: number
  readonly tries: number
  /** Ages in ms at which tries began. */
  readonly ages: readonly number[]
  readonly end: unknown
}

/** Runs a delivery to its end; `next` chooses each of the server's results by a number from 0 to 9. */
function course(next: () => number, given: DeliveryInput = input): Course {
  const accepted: string[] = []
  const returned: string[] = []
  const ages: number[] = []
  let delayNotices = 0
  let tries = 0
  let age = 0
  let [session, outputs] = startSession(delivery, given)
  const say = (event: { readonly type: string }): void => {
    ;[session, outputs] = step(delivery, session, { type: 'answered', answer: { ...event, age } as never })
  }
  for (let steps = 0; session.machine.status === 'active'; steps++) {
    expect(steps, 'a delivery comes to an end').toBeLessThan(2000)
    const now: readonly Output[] = outputs
    const questions = now.flatMap((output) => (output.type === 'ask' ? [output.question as DeliveryQuestion] : []))
    outputs = []
    for (const question of questions) {
      if (question.type === 'returnToSender') returned.push(...question.refusals.map(({ forwardPath }) => forwardPath))
      else if (question.type === 'tellDelay') delayNotices++
      else if (question.type !== 'defer') answer(question)
    }
    for (const output of now) {
      if (output.type !== 'setTimer') continue
      age += output.after
      ages.push(age)
      tries++
      ;[session, outputs] = step(delivery, session, { type: 'expired', timer: output.timer })
    }
  }
  for (const output of outputs) {
    if (output.type !== 'ask') continue
    const question = output.question as DeliveryQuestion
    if (question.type === 'returnToSender') returned.push(...question.refusals.map(({ forwardPath }) => forwardPath))
  }
  return { accepted, returned, delayNotices, tries, ages, end: session.machine.value }

  function answer(question: DeliveryQuestion): void {
    const n = next()
    if (question.type === 'askForExchangers') {
      if (n === 0)
        say({
          type: 'lookupDeferred',
          reason: { id: 'lookupFailed', name: 'there.test', outcome: 'timeout', status: '4.4.3' },
        } as never)
      else if (n === 1)
        say({ type: 'domainRefused', reason: { id: 'noSuchDomain', name: 'there.test', status: '5.1.2' } } as never)
      else {
        const exchangers = Array.from({ length: (n % 3) + 1 }, (_, at) => ({ preference: at, name: `mx${at}.test` }))
        say({ type: 'exchangersFound', exchangers } as never)
      }
    } else if (question.type === 'askForAddresses') {
      if (n === 0)
        say({
          type: 'lookupDeferred',
          reason: { id: 'lookupFailed', name: 'there.test', outcome: 'timeout', status: '4.4.3' },
        } as never)
      else if (n === 1)
        say({ type: 'ownAddressFound', reason: { id: 'ownAddress', name: 'mx.test', status: '5.4.6' } } as never)
      else
        say({ type: 'addressesFound', addresses: Array.from({ length: n % 3 }, (_, at) => `192.0.2.${at}`) } as never)
    } else if (question.type === 'transfer') {
      const fates = question.forwardPaths.map((forwardPath) => ({ forwardPath, fate: next() }))
      const obstacle = ({ forwardPath }: { forwardPath: string }) => ({
        forwardPath,
        reason: { id: 'said', server: 'x', reply: '4yz or 5yz' } as const,
      })
      const result: TransferResult = {
        accepted: fates.filter(({ fate }) => fate === 9).map(({ forwardPath }) => forwardPath),
        rejected: fates.filter(({ fate }) => fate === 8).map(obstacle),
        deferred: fates.filter(({ fate }) => fate < 8).map(obstacle),
        recipientLimitMet: n === 9 && fates.some(({ fate }) => fate === 9),
      }
      accepted.push(...result.accepted)
      say({ type: 'transferred', result } as never)
    }
  }
}

const cycling = (numbers: readonly number[]) => {
  let at = 0
  return () => numbers[at++ % numbers.length] as number
}

describe('for all results of its server', () => {
  const anything = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 })

  test('each recipient is accepted or returned, once, and the delivery ends', () => {
    fc.assert(
      fc.property(anything, (numbers) => {
        const { accepted, returned, end } = course(cycling(numbers))
        expect([...accepted, ...returned].sort()).toEqual(PATHS)
        expect(['finished', 'returned']).toContain(end)
      }),
      { numRuns: 300 },
    )
  })

  test('the sender is told of a delay at most once, and never before its time', () => {
    fc.assert(
      fc.property(anything, (numbers) => {
        const { delayNotices, ages } = course(cycling(numbers))
        expect(delayNotices).toBeLessThanOrEqual(1)
        if ((ages.at(-1) ?? 0) < input.delayNoticeAfter) expect(delayNotices).toBe(0)
      }),
    )
  })
})

test('no try begins after the time to give up, and tries before a restart count', () => {
  const never = cycling([0])
  const { ages, returned, delayNotices } = course(never)
  expect(ages).toEqual([0, ...Array.from({ length: 13 }, (_, n) => n).map((n) => (n < 2 ? (n + 1) * 0.5 : n) * HOUR)])
  expect(returned).toEqual(PATHS)
  expect(delayNotices).toBe(1)
  const resumed = course(never, { ...input, tries: 5, delayTold: true })
  expect(resumed.ages.slice(0, 3)).toEqual([0, HOUR, 2 * HOUR])
  expect(resumed.delayNotices).toBe(0)
})
