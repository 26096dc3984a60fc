import { expect, it } from 'vitest'
import { lessonFolders, loadLesson } from '../src/adapters/node/lessons'
import { expectAccessible } from './support/accessible'
import { goOn, heading, lesson } from './support/lessonSteps'
import { DESK, go, onAPage, open, PHONE, page } from './support/openPage'

/** The course is walked from its first step to its last question: no lesson leaves anybody stuck, and axe finds nothing in it. */

onAPage(() => open(DESK, { reducedMotion: 'reduce' }))

const lessons = lessonFolders('lessons').map((folder) => {
  const { id, title, steps } = loadLesson(folder)
  return [id, title, steps] as const
})

const widthOf = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth)

it.each(lessons)('%s can be walked to its end by keyboard, wide and narrow', async (id, title, steps) => {
  await go(`#/learn/${id}`)
  await expect.poll(() => lesson().textContent()).toContain(title)
  await heading().waitFor()
  for (const [at, step] of [...steps, { title: 'Looking back' }].entries()) {
    await expect.poll(() => heading().textContent()).toBe(step.title)
    await page.setViewportSize(at % 2 === 0 ? DESK : PHONE)
    await expect.poll(widthOf).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0)
    if (at === 0 || at === steps.length - 1 || at === steps.length) {
      // At the foot nothing is half below the edge of what scrolls.
      await lesson()
        .getByRole('button', { name: /^(?:Skip|Continue|Back)$/ })
        .last()
        .evaluate((foot) => {
          for (let box = foot.parentElement; box; box = box.parentElement) box.scrollTop = box.scrollHeight
        })
      await expectAccessible(page)
    }
    if (at < steps.length) await goOn()
  }
})
