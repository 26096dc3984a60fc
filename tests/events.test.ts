import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from './support/accessible'
import { button, DESK, go, onAPage, open, PHONE, page, region, type Viewport } from './support/openPage'

/** All events of a run in the lab: chosen by keyboard, filtered, explained, and paused at. */

onAPage()

const events = (): Locator => region('All events')
const list = (): Locator => page.getByRole('grid', { name: 'Events, with their causes and effects' })
const chosen = (): Locator => list().locator('[role=row][aria-selected=true]')
const filter = (): Locator => events().getByRole('search').getByRole('combobox', { name: 'Display filter' })
const clock = (): Promise<string | null> => page.getByRole('timer').textContent()
const said = (): Promise<string> => chosen().innerText()

/** Whether a row is wholly in sight in its list. */
async function isWithin(row: Locator, box: Locator): Promise<boolean> {
  const [inner, outer] = [await row.boundingBox(), await box.boundingBox()]
  return inner !== null && outer !== null && inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height
}

/** A letter to somebody who is not there is sent, and the list is open. */
async function refusedMessage(): Promise<void> {
  await go('#/lab')
  await button('Events').click()
  await events().waitFor()
  await button('Write a letter').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'To' }).fill('nobody@bird.example')
  await dialog.getByRole('button', { name: 'Send the letter' }).click()
  await button('Pause').click()
}

describe('all events', () => {
  it('say in a run in which nothing has happened that nothing has, and what to do', async () => {
    await go('#/lab')
    await button('Events').click()
    await expect
      .poll(() => events().textContent())
      .toMatch(/Nothing has happened in this run yet|No letter has been sent/)
    await expectAccessible(page)
    // So do the other sides.
    await button('Letter').click()
    await page.getByText('No letter has been written yet.').waitFor()
    await button('State').click()
    await page.getByText('No dialogue yet').first().waitFor()
    await button('Map').click()
    await region('Transcript').getByText('Nobody has spoken yet.').waitFor()
  })

  it('stand on a phone in a box of their own, with those of the present in sight', async () => {
    await open(PHONE)
    await refusedMessage()
    await button('Go to end').click()
    await list().getByText('a5 LOGOUT').waitFor()
    const all = Number(await list().getAttribute('aria-rowcount'))
    expect(all).toBeGreaterThan(90)
    expect(await list().getByRole('row').count()).toBeLessThan(all / 2)
  })

  it('are walked through by keyboard: to the end, to a cause, to an effect, and why', async () => {
    await refusedMessage()
    await list().focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Home')
    await expect.poll(said).toContain('has a letter for nobody@bird.example')
    await page.keyboard.press('ArrowRight')
    await expect.poll(said).toContain('are connected, on port 587')
    for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowDown')
    await expect.poll(said).toContain('AUTH PLAIN')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(said).toContain('250-mx-out.paper.example')
    await page.keyboard.press('ArrowRight')
    await expect.poll(said).toContain('AUTH PLAIN')
    // The time went there, and the focus stayed.
    expect(await clock()).toMatch(/^00:00\.03/)
    expect(await list().evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('w')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('250-mx-out')
    const why = region('Why did this happen?')
    expect(await why.textContent()).toContain('You sent a letter from Alice’s laptop to nobody@bird.example.')
    await page.keyboard.press('Enter')
    await expect.poll(said).toContain('250-mx-out')
    await expectAccessible(page)
  })

  it('show what is chosen elsewhere, and what is chosen there is chosen elsewhere', async () => {
    await refusedMessage()
    await list().focus()
    await page.keyboard.press('Home')
    for (let n = 0; n < 5; n++) await page.keyboard.press('ArrowDown')
    await expect.poll(said).toContain('AUTH PLAIN')
    await button('Map').click()
    const line = region('Transcript').locator('[role=option][aria-selected=true]')
    await expect.poll(() => line.textContent()).toContain('AUTH PLAIN')
    await expect.poll(() => page.locator('.map .host.chosen').count()).toBe(2)
    await region('Transcript').getByRole('option', { name: /EHLO/ }).click()
    await button('Events').click()
    await expect.poll(said).toContain('EHLO [192.0.2.10]')
  })

  it('keep the choice in sight when the filter by which it was found is taken away, and when they are opened again', async () => {
    await refusedMessage()
    await button('Go to end').click()
    await filter().fill('smtp.reply >= 500')
    await page.keyboard.press('Escape')
    await list()
      .getByRole('row', { name: /550 5\.1\.1/ })
      .first()
      .click()
    await expect.poll(said).toContain('550 5.1.1')
    await filter().fill('')
    await expect.poll(async () => Number(await list().getAttribute('aria-rowcount'))).toBeGreaterThan(100)
    await expect.poll(said).toContain('550 5.1.1')
    await expect.poll(() => isWithin(chosen(), list())).toBe(true)
    await button('Map').click()
    await button('Events').click()
    await expect.poll(said).toContain('550 5.1.1')
    await expect.poll(() => isWithin(chosen(), list())).toBe(true)
  })

  it('are filtered by choices and in the filter language, and a fault is shown in its place', async () => {
    await refusedMessage()
    const all = await list().getAttribute('aria-rowcount')
    await filter().pressSequentially('smtp.rep')
    await page.getByRole('listbox', { name: 'Words that can stand here' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await filter().inputValue()).toBe('smtp.reply ')
    await filter().pressSequentially('>= 500')
    await page.keyboard.press('Escape')
    await expect.poll(() => list().getAttribute('aria-rowcount')).toBe('2')
    await expect.poll(() => list().textContent()).toContain('550 5.1.1')
    await filter().fill('smtp.repli >= 500')
    await page.keyboard.press('Escape')
    const fault = events().getByText('There is no field “smtp.repli”. Do you mean “smtp.reply”?')
    await fault.waitFor()
    expect(await events().locator('mark').textContent()).toBe('smtp.repli')
    expect(await list().getAttribute('aria-rowcount')).toBe('2')
    await expectAccessible(page)
    await filter().fill('text contains "nowhere to be found"')
    await page.keyboard.press('Escape')
    await button('Show all').click()
    await expect.poll(() => list().getAttribute('aria-rowcount')).toBe(all)
    await events().getByRole('combobox', { name: 'Outcome' }).selectOption({ label: 'refused: 5yz and the like' })
    await expect.poll(() => list().textContent()).toContain('550 5.1.1')
    await page.reload()
    await expect.poll(() => list().textContent()).toContain('550 5.1.1')
    expect(await list().getAttribute('aria-rowcount')).not.toBe(all)
  })

  it('keep only the rows in sight in the document', async () => {
    await refusedMessage()
    const rows = Number(await list().getAttribute('aria-rowcount'))
    expect(rows).toBeGreaterThan(70)
    expect(await list().getByRole('row').count()).toBeLessThan(60)
    await list().focus()
    await page.keyboard.press('End')
    await expect.poll(() => chosen().getAttribute('aria-rowindex')).toBe(String(rows))
    await expect.poll(() => chosen().isVisible()).toBe(true)
  })
})

describe('playing pauses', () => {
  it('at a refusal that was asked for, says so, and after a reload too, until it is switched off', async () => {
    await go('#/lab')
    await button('Events').click()
    await page.getByText('Pause when …').click()
    await events().getByRole('combobox', { name: 'Pause at' }).selectOption({ label: 'a reply of 5yz: refused' })
    await events().getByRole('textbox', { name: 'Name' }).fill('somebody is refused')
    await button('Add').click()
    await events().getByRole('list', { name: 'Playing pauses when' }).getByText('somebody is refused').waitFor()
    await expectAccessible(page)
    await page.reload()
    await page.getByText('Pause when … (1 on)').click()
    await button('Write a letter').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'To' }).fill('nobody@bird.example')
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('4', { force: true })
    await dialog.getByRole('button', { name: 'Send the letter' }).click()
    await button('Pause').click()
    // From shortly before the refusal, since it plays at reading pace.
    await go('#/lab?moment=420')
    await button('Play').click()
    await page.getByText(/^Paused at .*, because somebody is refused\.$/).waitFor()
    await expect.poll(said).toContain('550 5.1.1')
    await button('Play').waitFor()
    await events().getByRole('checkbox', { name: 'somebody is refused' }).uncheck()
    await page.getByText('Pause when …', { exact: true }).waitFor()
    await go('#/lab?moment=421')
    await button('Play').click()
    await expect.poll(clock, { timeout: 30_000 }).toMatch(/^00:00\.[6-9]|^00:0[1-9]/)
  })
})

it.each<[string, Viewport]>([
  ['a phone', PHONE],
  ['a tablet', { width: 820, height: 1180 }],
  ['a desk', DESK],
])('everything is in its place on %s', async (_, viewport) => {
  await open(viewport)
  await refusedMessage()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wide).toBeLessThanOrEqual(0)
  await list().focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await expect.poll(said).toContain('are connected')
  await expectAccessible(page)
})
