import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { atStep, goOn } from './support/lessonSteps'
import { button, go, live, onAPage, page, region } from './support/openPage'

/** The panels show the present moment, or the learner's choice, and never anything else. */

onAPage()

const LESSON = 'the-journey/one-letter-three-steps'
const transcript = (): Locator => region('Transcript')
const lines = (): Locator => transcript().getByRole('listbox', { name: 'Lines' })
const isAtEnd = (): Promise<boolean> =>
  lines().evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight < 24)

async function sendReadyMessage(): Promise<void> {
  await go('')
  await button('Send the letter').click()
  await button('Pause').click()
}

describe('the transcript', () => {
  it('shows the learner’s intervention, whatever the lesson showed before', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await atStep(LESSON, 'Two lines, one instant')
    await expect.poll(() => transcript().textContent()).toContain('POP3 Bob’s laptop')
    await goOn()
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await button('Write a letter').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'To' }).fill('nobody@bird.example')
    await dialog.getByRole('button', { name: 'Send the letter' }).click()
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('4')
    await expect
      .poll(() => transcript().getByRole('combobox', { name: 'Connection' }).evaluate(titleOfChoice))
      .toMatch(/^SMTP Alice’s laptop/)
    expect(await lines().textContent()).not.toContain('+OK')
  })

  it('shows the newest line when time moves on, even after an older one was chosen', async () => {
    await sendReadyMessage()
    for (let n = 0; n < 8; n++) await button('Step forward').click()
    await page.setViewportSize({ width: 1440, height: 700 })
    for (let n = 0; n < 5; n++) await button('Step forward').click()
    await lines().getByRole('option').nth(1).click()
    await expect.poll(isAtEnd).toBe(false)
    await button('Play').click()
    await expect.poll(isAtEnd).toBe(true)
    await button('Pause').click()
  })

  it('explains each answer once, as the map does, in dialogues of every protocol, until that is turned off', async () => {
    await go('#/lab/two-towns')
    await button('Write a letter').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send the letter' }).click()
    await button('Pause').click()
    const at = (moment: number): Promise<void> =>
      page.evaluate((t) => {
        location.hash = `#/lab/two-towns?moment=${t}`
      }, moment)
    const words = (text: string): Locator => lines().getByText(`“${text}”`, { exact: true })

    await at(599)
    // The reply to EHLO has several lines.
    await words('Hello. This is what I can do.').waitFor()
    expect(await words('Hello. This is what I can do.').count()).toBe(1)
    await words('Will you take a letter for Bob?').waitFor()
    expect(await region('Map').locator('.caption').textContent()).toContain('Bob lives here.')
    await words('Yes, Bob lives here.').waitFor()

    const plain = transcript().getByRole('checkbox', { name: 'In plain words' })
    await plain.uncheck()
    await expect.poll(() => lines().getByText(/^“/).count()).toBe(0)
    await page.reload()
    await lines().waitFor()
    expect(await plain.isChecked()).toBe(false)
    expect(await lines().getByText(/^“/).count()).toBe(0)
    await plain.check()

    await button('Go to end').click()
    const connection = transcript().getByRole('combobox', { name: 'Connection' })
    const titles = await connection.getByRole('option').allTextContents()
    for (const protocol of ['IMAP', 'POP3']) {
      await connection.selectOption({ label: titles.find((title) => title.startsWith(protocol)) ?? '' })
      await expect.poll(() => lines().getByText(/^“/).count()).toBeGreaterThan(2)
    }
  })

  it('shows a lookup while names are asked for, which can be chosen and walked through as any dialogue', async () => {
    await go('#/lab/two-towns')
    await button('Write a letter').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send the letter' }).click()
    await button('Pause').click()
    await page.evaluate(() => {
      location.hash = '#/lab/two-towns?moment=221'
    })
    const choice = transcript().getByRole('combobox', { name: 'Connection' })
    await expect.poll(() => choice.evaluate(titleOfChoice)).toBe('DNS mx-out asks MX? bird.example.')
    await lines()
      .getByRole('option', { name: /ns → resolver/ })
      .waitFor()
    await choice.selectOption({ label: 'SMTP Alice’s laptop to mx-out, port 587' })
    await expect.poll(() => lines().textContent()).toContain('EHLO')
    await choice.selectOption({ label: 'DNS mx-out asks MX? bird.example.' })
    await lines().focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    const chosen = (): Promise<string> => lines().locator('[aria-selected=true]').innerText()
    await expect.poll(chosen).toContain('resolver → root')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('timer').textContent()).toContain('00.151')
  })

  it('changes from a chosen line to the dialogue under way', async () => {
    await sendReadyMessage()
    for (let n = 0; n < 4; n++) await button('Step forward').click()
    await lines().getByRole('option').first().click()
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('4')
    await button('Play').click()
    const choice = transcript().getByRole('combobox', { name: 'Connection' })
    await expect.poll(() => choice.evaluate(titleOfChoice), { timeout: 40_000 }).toMatch(/^SMTP mx-out/)
  })
})

function titleOfChoice(select: Element): string {
  return select instanceof HTMLSelectElement ? (select.selectedOptions[0]?.text ?? '') : ''
}

describe('the inspector', () => {
  it('names both ports, the source and the destination', async () => {
    await sendReadyMessage()
    await button(/^Look inside/).click()
    await button('Step forward').click()
    await expect.poll(() => region('Inspector').textContent()).toMatch(/TCP from (?:587 to 49\d{3}|49\d{3} to 587),/)
  })

  it('outlines the octets of the field alone', async () => {
    await sendReadyMessage()
    await button(/^Look inside/).click()
    for (let n = 0; n < 40; n++) {
      if (/takes it, preference 10/.test((await live().textContent()) ?? '')) break
      await button('Step forward').click()
    }
    await region('Inspector')
      .getByRole('option', { name: /exchange/ })
      .first()
      .click()
    const grid = page.getByRole('grid', { name: 'Octets' })
    await expect.poll(() => grid.locator('[data-lit][data-last]').count()).toBeGreaterThan(0)
    expect(await grid.locator('[data-last]:not([data-lit]), [data-first]:not([data-lit])').count()).toBe(0)
  })

  it('says why an additional address is queried nevertheless', async () => {
    await sendReadyMessage()
    await button(/^Look inside/).click()
    for (let n = 0; n < 40; n++) {
      if (/^resolver asks .*where is mx\.bird\.example/i.test((await live().textContent()) ?? '')) break
      await button('Step forward').click()
    }
    await expect.poll(() => region('Inspector').textContent()).toContain('additional record')
  })
})
