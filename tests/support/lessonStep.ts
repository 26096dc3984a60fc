import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { go, region } from './openPage'

/** A step of a lesson in the built page, reached and passed as a learner does it. */

export const lesson = (): Locator => region('Lesson')
export const heading = (): Locator => lesson().getByRole('heading', { level: 1 })

/** Presses the button that goes on, and waits for the next step, or for the rest of one that asks first for something remembered. */
async function on(name: string | RegExp): Promise<void> {
  const before = (await lesson().textContent()) ?? ''
  await lesson()
    .getByRole('button', { name, exact: typeof name === 'string' })
    .press('Enter')
  await expect.poll(() => lesson().textContent()).not.toBe(before)
}

/** Skips to a step of the lesson that is open. */
export async function skipTo(title: string): Promise<void> {
  await heading().waitFor()
  for (let step = 0; step < 30 && (await heading().textContent()) !== title; step++) await on(/^(?:Skip|Continue)$/)
  expect(await heading().textContent()).toBe(title)
}

/** Opens a lesson, and skips to one of its steps. */
export async function atStep(id: string, title: string): Promise<void> {
  await go(`#/learn/${id}`)
  await skipTo(title)
}

/** The task of the step is praised, and the lesson goes on. */
export async function isSolved(praise: string): Promise<void> {
  await expect.poll(() => lesson().textContent()).toContain(praise)
  await on('Continue')
}
