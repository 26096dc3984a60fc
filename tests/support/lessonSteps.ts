import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { button, go, region } from './openPage'

/** A lesson and its steps, in a real browser. */

export const lesson = (): Locator => region('Lesson')
/** The title of the present step. */
export const heading = (): Locator => lesson().getByRole('heading', { level: 1 })

/** Goes on with a step without what is asked first, by keyboard. */
export async function pastRecall(): Promise<void> {
  await lesson().getByRole('region', { name: 'Do you remember?' }).waitFor()
  await button('Skip').press('Enter')
}

/** Goes to the next step by keyboard. A step may ask first for what one remembers: that is left out. */
export async function goOn(): Promise<void> {
  const before = await heading().textContent()
  const asked = lesson().getByRole('region', { name: 'Do you remember?' })
  const isNext = async (): Promise<boolean> => (await heading().textContent()) !== before
  for (let press = 0; press < 2 && !(await isNext()); press++) {
    const wasAsked = (await asked.count()) > 0
    await button(/^(?:Skip|Continue|Continue without it)$/)
      .last()
      .press('Enter')
    await expect.poll(async () => (await isNext()) || (wasAsked && (await asked.count()) === 0)).toBe(true)
  }
}

/** Opens a lesson, and skips to a step by keyboard. */
export async function atStep(id: string, title: string): Promise<void> {
  await go(`#/learn/${id}`)
  await heading().waitFor()
  for (let step = 0; step < 20 && (await heading().textContent()) !== title; step++) await goOn()
  expect(await heading().textContent()).toBe(title)
}
