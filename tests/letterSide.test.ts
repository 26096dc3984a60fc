import { readFile } from 'node:fs/promises'
import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from './support/accessible'
import { button, go, onAPage, open, PHONE, page, region } from './support/openPage'

/** A run's letters as envelope, header and body, and the way that a pasted header tells. */

onAPage()

async function send(): Promise<void> {
  await go('#/lab')
  await button('Write a letter').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send the letter' }).click()
  await button('Pause').click()
  await button('Go to end').click()
  await button('Letter').click()
  await region('Header').waitFor()
}

async function readOwn(): Promise<void> {
  await go('#/lab')
  await button('Letter').click()
  await button('Read a header of your own').click()
}

const hop = (name: RegExp): Locator =>
  page.getByRole('group', { name: 'as it lies with' }).getByRole('button', { name })
const note = (name: RegExp): Locator => region('Header').getByRole('button', { name })
const line = (): Locator => page.getByRole('slider', { name: 'The line of trust' })
const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement)

const HEADER = [
  'Received: from out.paper.example (out.paper.example [192.0.2.25])',
  '\tby mx.bird.example with ESMTP id 2; Sat, 21 Nov 2026 09:25:00 +0000',
  'Received: from laptop (laptop [192.0.2.10])',
  '\tby out.paper.example with ESMTPSA id 1; Sat, 21 Nov 2026 09:30:00 +0000',
  'Date: Sat, 21 Nov 2026 09:29:59 +0000',
].join('\n')

describe('the letter of a run', () => {
  it('is gone through by keyboard: hops, notes, and the moment of a note', async () => {
    await send()
    const clock = await page.getByRole('timer').textContent()
    await hop(/^store/).focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => hop(/^mx-out/).getAttribute('aria-pressed')).toBe('true')
    expect(await isFocused(hop(/^mx-out/))).toBe(true)
    expect(await page.getByRole('timer').textContent()).toBe(clock)
    expect(await note(/^store.*not there yet/).count()).toBe(1)
    await note(/^mx-out/).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowDown')
    expect(await isFocused(note(/^mail program/).first())).toBe(true)
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => region('How it grew').textContent()).toContain('the note of mx-out, 162 octets')
    await page.getByRole('button', { name: /^Show me at/ }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('timer').textContent()).toContain('00:00.090')
    expect(await hop(/^mx\.bird.*not yet/).count()).toBe(1)
  })

  it('names the same octets in header, growth and file', async () => {
    await send()
    const growth = (await region('How it grew').locator('li').last().textContent()) ?? ''
    expect(growth).toContain('203 octets by store')
    const [download] = await Promise.all([page.waitForEvent('download'), button('Save as .eml').click()])
    expect(download.suggestedFilename()).toBe('Lunch.eml')
    const saved = await readFile(await download.path(), 'latin1')
    expect(saved.startsWith('Return-Path: <alice@paper.example>\r\nReceived: ')).toBe(true)
    expect(growth).toContain(String(saved.length))
  })

  it('is chosen among several', async () => {
    await send()
    await button('Write a letter').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'To' }).fill('nobody@bird.example')
    await dialog.getByRole('textbox', { name: 'Subject' }).fill('Plums')
    await dialog.getByRole('button', { name: 'Send the letter' }).click()
    await button('Pause').click()
    await button('Go to end').click()
    const which = page.getByRole('combobox', { name: 'Which letter' })
    const all = await which.locator('option').allTextContents()
    expect(all).toEqual([
      'Lunch?, letter 1',
      'Plums, letter 2',
      'Notice: the letter to nobody@bird.example came back, letter 3',
    ])
    await which.selectOption({ label: all[2] ?? '' })
    await expect.poll(() => region('Envelope').textContent()).toContain('no sender: <>')
    await which.selectOption({ label: all[0] ?? '' })
    await expect.poll(() => region('Envelope').textContent()).toContain('bob@bird.example')
  })

  it('is the notice once a letter has come back, named by what failed and where it lies, until another is chosen', async () => {
    const write = async (to: string): Promise<void> => {
      await button('Write a letter').click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: 'To' }).fill(to)
      await dialog.getByRole('button', { name: 'Send the letter' }).click()
      await button('Pause').click()
      await button('Go to end').click()
    }
    const which = page.getByRole('combobox', { name: 'Which letter' })
    const chosen = () => which.locator('option:checked').textContent()
    await go('#/lab')
    await button('Letter').click()
    await write('nobody@bird.example')
    await expect.poll(chosen).toContain('Notice: the letter to nobody@bird.example came back')
    await region('Letter').getByText('now on Alice’s laptop').waitFor()
    await which.selectOption({ index: 0 })
    await expect.poll(chosen).toContain('Lunch?')
    await button('Step back').click()
    await expect.poll(chosen).toContain('Lunch?')
    // Another failure is news.
    await write('carol@brid.example')
    await expect.poll(chosen).toContain('Notice: the letter to carol@brid.example came back')
  })

  it.each(['light', 'dark'] as const)('is accessible (%s)', async (colorScheme) => {
    await open(undefined, { colorScheme })
    await send()
    await note(/^mx-out/).click()
    await expectAccessible(page)
    await hop(/^Alice/).click()
    await expectAccessible(page)
  })

  it('fits a phone, one sheet at a time', async () => {
    await open(PHONE, { hasTouch: true, isMobile: true })
    await send()
    for (const sheet of ['Envelope', 'Header', 'Body']) {
      await page.getByRole('tab', { name: sheet }).click()
      await region(sheet).waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
    }
    await expectAccessible(page)
  })
})

describe('a pasted header', () => {
  it('is read as it is typed, and says in its place what is the matter', async () => {
    await readOwn()
    const field = page.getByRole('textbox', { name: 'Header' })
    await field.fill('Dear Bob,')
    await expect.poll(() => region('Letter').getByRole('status').textContent()).toContain('“Dear Bob,” is no field')
    await field.fill('Subject: Lunch?')
    await expect
      .poll(() => region('Letter').getByRole('status').textContent())
      .toContain('Nobody noted this letter on its way')
    await field.fill(HEADER)
    const way = page.getByRole('list', { name: 'The way' })
    await expect.poll(() => way.textContent()).toContain('mx.bird.example')
    expect(await way.textContent()).toContain('These clocks disagree by 5 minutes.')
    expect(await isFocused(field)).toBe(true)
  })

  it('is taken from the clipboard anywhere on the page', async () => {
    await send()
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
    }, HEADER)
    await expect.poll(() => page.getByRole('list', { name: 'The way' }).textContent()).toContain('out.paper.example')
    await button('Back to the letter of this run').click()
    await region('Header').waitFor()
  })

  it('has a line of trust that is moved by keys and by the mouse, and lasts as long as the tab', async () => {
    await readOwn()
    await button('Try an example').click()
    await line().waitFor()
    const says = () => line().getAttribute('aria-valuetext')
    expect(await says()).toContain('mx.bird.example')
    await page.keyboard.press('t')
    expect(await isFocused(line())).toBe(true)
    await page.keyboard.press('ArrowUp')
    await expect.poll(says).toContain('mx-out.paper.example')
    expect(await isFocused(line())).toBe(true)
    const grip = await line().boundingBox()
    const last = await page.getByRole('list', { name: 'The way' }).getByText('store.bird.example').boundingBox()
    if (!grip || !last) throw new Error('the line or the last station is not shown')
    await page.mouse.move(grip.x + 8, grip.y + grip.height / 2)
    await page.mouse.down()
    await page.mouse.move(grip.x + 8, last.y - 4, { steps: 4 })
    await page.mouse.up()
    await expect.poll(says).toContain('store.bird.example')
    await page.reload()
    await expect.poll(says).toContain('store.bird.example')
  })

  it('is rebuilt in the lab: a letter takes the same way there, after a reload too', async () => {
    await readOwn()
    await button('Try an example').click()
    await button('Rebuild this in the lab').click()
    await expect.poll(() => page.url()).toMatch(/#\/lab\/rebuilt-\w+$/)
    await page.reload()
    await expect.poll(() => region('Map').textContent()).toContain('mx.bird')
    await button('Write a letter').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'To' }).fill('bob@bird.example')
    await dialog.getByRole('button', { name: 'Send the letter' }).click()
    await button('Pause').click()
    await button('Go to end').click()
    await page.getByRole('combobox', { name: 'How far to run on' }).selectOption({ label: '1 hour' })
    await button('Run on').click()
    await button('Letter').click()
    await button('Back to the letter of this run').click()
    await expect.poll(() => hop(/store/).count()).toBe(1)
  })

  it('shows the line of a hop and the hop of a line', async () => {
    await readOwn()
    await button('Try an example').click()
    const way = page.getByRole('list', { name: 'The way' })
    const lines = page.getByRole('list', { name: 'Lines of the header' })
    await way.getByRole('button', { name: /^store/ }).press('Enter')
    await expect
      .poll(() => lines.getByRole('button', { pressed: true }).textContent())
      .toContain('by store.bird.example')
    await lines.getByRole('button', { pressed: true }).focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => way.getByRole('button', { pressed: true }).textContent()).toContain('mx.bird.example')
  })

  it.each(['light', 'dark'] as const)('is accessible, and asks no other machine (%s)', async (colorScheme) => {
    await open(undefined, { colorScheme })
    await readOwn()
    await expectAccessible(page)
    await button('Try an example').click()
    await line().waitFor()
    await expectAccessible(page)
  })

  it('fits a phone', async () => {
    await open(PHONE, { hasTouch: true, isMobile: true })
    await readOwn()
    await button('Try an example').click()
    await line().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
    await expectAccessible(page)
  })
})
