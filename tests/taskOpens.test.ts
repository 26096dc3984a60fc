import { expect, it } from 'vitest'
import { DESK, go, onAPage, open, page, region } from './support/openPage'

/** The main button of a task leads to the very part of the page that the task names. */

onAPage(() => open(DESK, { reducedMotion: 'reduce' }))

it('opens the machine of the task with the section that it names in sight, before the next key can come', async () => {
  await go('#/learn/living-in-the-mailbox-with-imap/on-the-train')
  const lesson = region('Lesson')
  const title = lesson.getByRole('heading', { level: 1 })
  await title.waitFor()
  for (let steps = 0; steps < 20 && (await title.textContent()) !== 'Your turn: a conflict'; steps++) {
    const before = (await title.textContent()) ?? ''
    await lesson
      .getByRole('button', { name: /^(?:Skip|Continue|Continue without it)$/ })
      .last()
      .press('Enter')
    await expect.poll(() => title.textContent()).not.toBe(before)
  }
  await lesson.getByRole('button', { name: 'Open the machine', exact: true }).waitFor()
  const isInSight = await page.evaluate(async () => {
    const buttons = [...document.querySelectorAll<HTMLElement>('[data-lesson-column] button')]
    buttons.find(({ textContent }) => textContent === 'Open the machine')?.click()
    await Promise.resolve()
    const links = [...document.querySelectorAll('h2')].find(({ textContent }) => textContent === 'Links')
    const { top = -1, bottom = -1 } = links?.getBoundingClientRect() ?? {}
    const panel = links?.closest('section')?.getBoundingClientRect()
    return panel !== undefined && top >= panel.top && bottom <= panel.bottom
  })
  expect(isInSight).toBe(true)
})
