import { expect, it } from 'vitest'
import { atStep, heading, lesson } from './support/lessonSteps'
import { button, go, onAPage, open, PHONE, page, region } from './support/openPage'

/** The page for people who cannot see it: the words of a step, and each answer, are heard. */

onAPage(() => open(undefined, { reducedMotion: 'reduce' }))

it('a step says what was to be watched if nothing was played', async () => {
  await go('#/learn/pushing-with-smtp/when-the-answer-is-no')
  await button('Skip').press('Enter')
  await lesson().getByText('Bob’s mailbox may hold one letter').waitFor()
  await button('Skip').press('Enter')
  await button('Continue').press('Enter')
  await expect.poll(() => heading().textContent()).toBe('Room is made')
  await lesson().getByText('A quarter of an hour later.').waitFor()
})

it('the verdict on a row of a table is heard, and not only that there is one', async () => {
  await go('#/learn/collecting-with-pop3/collect-and-carry-home')
  const table = lesson().getByRole('table', { name: 'Four doors' })
  await table
    .getByRole('row', { name: /^Port 25/ })
    .getByRole('radio', { name: 'you hand a letter in' })
    .press('Space')
  const heard = lesson().locator('[aria-live="polite"]').filter({ hasText: '1 of 4 placed' })
  await expect.poll(() => heard.textContent()).toContain('You said “you hand a letter in”; it is “servers hand letters')
})

it('the second of two answers in the same words is heard too', async () => {
  await go('#/lab')
  const dialogue = region('Dialogue editor')
  await page.getByRole('switch', { name: 'Plain input' }).press('Space')
  await button('Connect').press('Enter')
  const field = page.getByRole('textbox', { name: 'Command', exact: true })
  await field.fill('PLUM')
  await field.press('Enter')
  const heard = dialogue.locator('> [aria-live="polite"]')
  await expect.poll(() => heard.textContent()).toMatch(/^500 /)
  await heard.evaluate((box) => {
    new MutationObserver(() => box.setAttribute('data-heard', '')).observe(box, { childList: true, subtree: true })
  })
  await field.fill('PLUM')
  await field.press('Enter')
  await expect.poll(() => heard.getAttribute('data-heard')).toBe('')
  expect(await heard.textContent()).toMatch(/^500 /)
})

it('a task that is begun anew has its letter ready again', async () => {
  await atStep('the-journey/one-letter-three-steps', 'Make step two fail')
  const dialog = page.getByRole('dialog')
  const subject = dialog.getByRole('textbox', { name: 'Subject' })
  await button('Write a letter').press('Enter')
  const ready = await subject.inputValue()
  expect(ready).not.toBe('')
  await dialog.getByRole('button', { name: 'Send the letter' }).press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  await button('Write a letter').press('Enter')
  await expect.poll(() => subject.inputValue()).toBe('')
  await dialog.getByRole('button', { name: 'Cancel' }).press('Enter')
  await button('Begin the task anew').press('Enter')
  await button('Write a letter').press('Enter')
  await expect.poll(() => subject.inputValue()).toBe(ready)
})

it('a refusal that was wanted is told as a reached goal where the list of goals is covered', async () => {
  await page.setViewportSize(PHONE)
  await atStep('pushing-with-smtp/what-smtp-cannot-do', 'Count Bob’s letters')
  await button('Call store.bird.example, port 25').press('Enter')
  const answers = region('Dialogue editor')
  for (const [line, answer] of [
    ['EHLO laptop', 'ENHANCEDSTATUSCODES'],
    ['RETR 1', '500 5.5.2'],
  ] as const) {
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.matches('input, textarea, [role=textbox]')))
      .toBe(true)
    await page.keyboard.type(line)
    await page.keyboard.press('Enter')
    await expect.poll(() => answers.locator('> [aria-live="polite"]').textContent()).toContain(answer)
  }
  await page.getByText('1 of 3 reached.').waitFor()
})
