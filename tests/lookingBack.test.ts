import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { atStep, heading, lesson } from './support/lessonStep'
import { button, DESK, go, onAPage, open, PHONE, page } from './support/openPage'

/** The way to the moment that shows an answer, and back to the question; and the server that a lesson offers for a dialogue. */

onAPage(() => open(DESK, { reducedMotion: 'reduce' }))

const server = (): Locator => page.getByRole('combobox', { name: 'Server to connect to' })
const chosen = (): Promise<string> =>
  server().evaluate((box) => (box as HTMLSelectElement).selectedOptions[0]?.text ?? '')

describe('a question that closes a lesson', () => {
  const QUESTION = 'Where does SEARCH run?'
  const question = (): Locator => lesson().getByRole('region', { name: QUESTION })
  const shower = (): Locator => question().getByRole('button', { name: /^Show me at/ })

  async function toTheMoment(): Promise<void> {
    await atStep('living-in-the-mailbox-with-imap/folders-flags-search', 'Looking back')
    await question().getByRole('radio').first().press('Space')
    await question()
      .getByRole('button', { name: /^(?:Seal it|Run and see)$/ })
      .press('Enter')
    await shower().press('Enter')
    const title = page.getByRole('heading', { level: 1, name: QUESTION })
    await title.waitFor()
    // One knows at once which question the moment is about.
    await expect.poll(() => title.evaluate((element) => element === document.activeElement)).toBe(true)
  }
  async function isWhereItWas(): Promise<void> {
    await expect.poll(() => heading().textContent()).toBe('Looking back')
    await expect.poll(() => shower().evaluate((element) => element === document.activeElement)).toBe(true)
    const box = await shower().boundingBox()
    expect(box?.y).toBeGreaterThan(0)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(page.viewportSize()?.height ?? 0)
  }

  it('is in sight, with the focus at the button that was pressed, when one comes back from its moment', async () => {
    await toTheMoment()
    await page.getByRole('link', { name: 'Back to the lesson' }).press('Enter')
    await isWhereItWas()
  })

  it('is so too by the back button of the browser, on a phone', async () => {
    await page.setViewportSize(PHONE)
    await toTheMoment()
    await page.goBack()
    await isWhereItWas()
  })
})

describe('a question about an earlier lesson', () => {
  it('is unfolded, with the focus at the button that was pressed, when one comes back from its moment', async () => {
    await go('#/learn/by-hand/be-every-machine')
    const asked = lesson().getByRole('region', { name: /^A letter from Alice to Bob/ })
    const shower = asked.getByRole('button', { name: /^Show me at/ })
    await button('Seal it').press('Enter')
    await shower.press('Enter')
    await page.getByRole('link', { name: 'Back to the lesson' }).press('Enter')
    await expect.poll(() => heading().textContent()).toBe('Nothing moves')
    await expect.poll(() => shower.evaluate((element) => element === document.activeElement)).toBe(true)
  })
})

describe('the dialogue beside a lesson', () => {
  it('offers no server where finding it is the task, and says so', async () => {
    await atStep('by-hand/be-every-machine', 'Chair two: the clerk at paper')
    expect(await chosen()).toBe('Choose a server')
    await button('Connect').press('Enter')
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('Choose the server')
    // Whichever server is chosen, it is the clerk who speaks.
    await server().selectOption({ label: 'mx.bird.example 25, Bob’s exchanger, SMTP' })
    expect(await page.getByRole('combobox', { name: 'Machine to type at' }).inputValue()).toBe('paper-clerk')
  })

  it('offers the server of the task where a step invites to break it', async () => {
    await atStep('living-in-the-mailbox-with-imap/the-mailbox-stays', 'Try to break it')
    expect(await chosen()).toMatch(/^store\.bird\.example 143/)
  })
})
