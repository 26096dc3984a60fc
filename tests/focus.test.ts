import { expect, it } from 'vitest'
import { button, go, onAPage, page, region } from './support/openPage'

/** A person at the keyboard is never sent back to the beginning of the page by what they press. */

onAPage()

/** The name of the focused element; "body" if there is none. */
const focused = (): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document
    if (activeElement === null || activeElement === document.body) return 'body'
    return activeElement.getAttribute('aria-label') ?? activeElement.textContent ?? ''
  })

/** Presses every button that is there, also those that appear meanwhile, and gives the names of those after which no element has the focus. */
const pressAll = (except: string): Promise<{ readonly pressed: number; readonly lost: readonly string[] }> =>
  page.evaluate(async (except) => {
    const frames = async (): Promise<void> => {
      for (let n = 0; n < 2; n++) await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    const nameOf = (element: Element): string => element.getAttribute('aria-label') ?? element.textContent ?? ''
    const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body
    const done = new Set<string>()
    const lost: string[] = []
    for (let found = true; found && done.size < 150; ) {
      const all = document.querySelectorAll<HTMLElement>('main :is(button, summary)')
      const next = [...all].find((each) => each.checkVisibility() && !done.has(nameOf(each)))
      found = next !== undefined
      if (!next) break
      done.add(nameOf(next))
      if (new RegExp(except).test(nameOf(next))) continue
      next.focus()
      // The Enter key does the same.
      next.click()
      await frames()
      if (isLost()) lost.push(nameOf(next))
      const dialog = document.querySelector<HTMLDialogElement>('dialog[open]')
      const card = document.querySelector<HTMLElement>('[popover]:popover-open')
      if (!dialog && !card) continue
      dialog?.close()
      card?.hidePopover()
      await frames()
      if (isLost()) lost.push(`${nameOf(next)}, closed again`)
    }
    return { pressed: done.size, lost }
  }, except)

async function send(): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Send the letter' }).press('Enter')
}

it('the focus is kept by every button of the lab', async () => {
  await go('#/lab')
  await button('Write a letter').press('Enter')
  await page.getByRole('dialog').getByRole('textbox', { name: 'To' }).fill('nobody@bird.example')
  await send()
  await button('Pause').press('Enter')
  await button('Go to end').press('Enter')
  // Loaded when it is first opened, which would happen while other buttons are pressed.
  await button('What is simplified here').press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).press('Enter')
  // Copying needs a permission, and Reset takes away what the others need.
  const { pressed, lost } = await pressAll('^(?:Copy|Reset)')
  expect(lost).toEqual([])
  expect(pressed).toBeGreaterThan(40)
  await button('Map').press('Enter')
  await button('Reset').press('Enter')
  expect(await button('Reset').getAttribute('aria-disabled')).toBe('true')
  expect(await focused()).toBe('Reset')
})

it('the focus goes to what follows: a letter that is read, a journey, time that runs', async () => {
  await go('')
  await button('Send the letter').press('Enter')
  await button('Pause').press('Enter')
  await button('Go to end').press('Enter')
  await button('Read it').press('Enter')
  await expect.poll(focused).toBe('Lunch?')
  await region('Mailboxes').waitFor()
  await button('Reset').press('Enter')
  await expect.poll(focused).toBe('Send the letter')
})

it('the focus goes to Pause when a letter is sent from the form, and back to where it was when the keys are closed', async () => {
  await go('#/lab')
  await button('Write a letter').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send the letter' }).click()
  await expect.poll(focused).toBe('Pause')
  await page.keyboard.press('Space')
  await expect.poll(() => button('Play').count()).toBe(1)
  await button('Ladder').focus()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(focused).toBe('Ladder')
})

it('the focus goes to Pause when a letter is sent from a choice that is gone then', async () => {
  await go('#/lab')
  await button('Write a letter').press('Enter')
  await send()
  await button('Pause').press('Enter')
  await button('Go to end').press('Enter')
  await button('What if nobody lives there?').press('Enter')
  await send()
  await expect.poll(focused).toBe('Pause')
})

it('every row of a dialogue is reached by arrow keys, and a long letter is unfolded there', async () => {
  await go('#/lab')
  await button('Write a letter').press('Enter')
  const letter = Array.from({ length: 40 }, (_, n) => `Plum ${n}`).join('\n')
  await page.getByRole('dialog').getByRole('textbox', { name: 'Letter', exact: true }).fill(letter)
  await send()
  await button('Pause').press('Enter')
  await button('Go to end').press('Enter')
  const connection = page.getByRole('combobox', { name: 'Connection' })
  const submission = await connection.locator('option').filter({ hasText: 'port 587' }).first().getAttribute('value')
  await connection.selectOption(submission)
  const list = region('Transcript').getByRole('listbox')
  const shown = await list.getByRole('option').count()
  await list.press('Home')
  /** The words of the row at which a screen reader is. */
  const here = (): Promise<string> =>
    list.evaluate((box) => document.getElementById(box.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '')
  const read: string[] = []
  for (let n = 0; n < shown && !/^Show \d+ more/.test(read.at(-1) ?? ''); n++) {
    read.push(await here())
    await list.press('ArrowDown')
  }
  expect(read.some((row) => row.includes('250-8BITMIME'))).toBe(true)
  expect(read.some((row) => row.includes('Plum 4'))).toBe(true)
  expect(read.at(-1)).toMatch(/^Show \d+ more lines/)
  await list.press('ArrowUp')
  await list.press('Enter')
  expect(await list.getByRole('option').count()).toBeGreaterThan(shown)
  const first = await here()
  expect(first).toMatch(/Plum \d+/)
  expect(read).not.toContain(first)
})

it('the focus is on the title of the page that a link opens, and comes back from there to the title of the course', async () => {
  await go('#/learn')
  await page.getByRole('link', { name: 'Begin the first lesson' }).press('Enter')
  await expect.poll(focused).toBe('A letter lies ready')
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Learn' }).press('Enter')
  await expect.poll(focused).toBe('How an email service works')
})

it('F6 goes from part to part, out of a field too, and comes back to where the focus was in each', async () => {
  await go('#/learn/the-journey/one-letter-three-steps')
  await page.getByRole('heading', { level: 1 }).waitFor()
  const parts: string[] = []
  for (let n = 0; n < 5; n++) {
    await page.keyboard.press('F6')
    parts.push(await focused())
  }
  expect(parts[0]).toBe('A letter lies ready')
  expect(parts[1]).toContain('laptop')
  expect(parts.slice(2)).toEqual(['Transcript', 'Play', 'A letter lies ready'])
  await go('#/lab')
  await page.getByRole('button', { name: 'Connect' }).waitFor()
  const field = region('Time').getByRole('combobox', { name: 'Speed' })
  await field.focus()
  await page.keyboard.press('Shift+F6')
  expect(await focused()).toBe('Transcript')
  await page.keyboard.press('F6')
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
})
