import { expect, it } from 'vitest'
import { context, go, onAPage, page } from './support/openPage'

/** How one page takes the place of another. */

onAPage()

const title = () => page.getByRole('heading', { level: 1 })
const lesson = (name: string) => page.getByRole('listitem').getByRole('link').filter({ hasText: name })

it('loads a lesson, its questions and its world as soon as the link to it has the focus', async () => {
  await go('#/learn')
  await lesson('The envelope').waitFor()
  await page.waitForLoadState('networkidle')
  const loads = ['lesson', 'quiz', 'two-readers'].map((name) => page.waitForRequest(new RegExp(`/${name}-[^/]*\\.js$`)))
  await lesson('The envelope').focus()
  await Promise.all(loads)
  expect(page.url()).toContain('#/learn')
  await page.keyboard.press('Enter')
  await expect.poll(() => title().textContent()).toBe('Said aloud')
})

it('keeps a page in sight while the next one loads, but not for long', async () => {
  let letGo: () => void = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await context.route(/QuizPage-/, async (route) => {
    await held
    await route.continue()
  })
  await go('#/learn')
  await title().waitFor()
  const quiz = page.getByRole('link', { name: 'Quiz', exact: true })
  const stays = await quiz.evaluate(async (link: HTMLElement) => {
    link.click()
    await new Promise(requestAnimationFrame)
    return document.querySelector('h1')?.checkVisibility()
  })
  expect(stays).toBe(true)
  await expect.poll(() => title().count()).toBe(0)
  letGo()
  await title().waitFor()
})
