import { expect, it } from 'vitest'
import { atStep, lesson } from './support/lessonSteps'
import { DESK, onAPage, open, page } from './support/openPage'

/** The main button of a task leads to the very part of the page that the task names. */

onAPage(() => open(DESK, { reducedMotion: 'reduce' }))

it('opens the machine of the task with the section that it names in sight, before the next key can come', async () => {
  await atStep('living-in-the-mailbox-with-imap/on-the-train', 'Your turn: a conflict')
  await lesson().getByRole('button', { name: 'Open the machine', exact: true }).waitFor()
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
