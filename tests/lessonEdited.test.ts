import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, root, type Served, serveDev } from './support/browser'

/** A lesson in the running page, as its author sees it who edits it. */
describe('a lesson that is edited while the page shows it', () => {
  let browser: Browser
  let served: Served
  let folder: string
  let page: Page
  const heading = (): Promise<string | null> => page.locator('[data-lesson-column] h1').textContent()

  beforeAll(async () => {
    folder = await mkdtemp(join(root, 'tests', 'edited-'))
    await cp(join(root, 'tests', 'demo'), folder, { recursive: true })
    process.env['EHLO_MORE_LESSONS'] = folder
    ;[browser, served] = await Promise.all([launchBrowser(), serveDev(undefined, true)])
    page = await browser.newPage({ reducedMotion: 'reduce' })
    page.setDefaultTimeout(60_000)
  }, 240_000)
  afterAll(async () => {
    delete process.env['EHLO_MORE_LESSONS']
    await browser.close()
    await served.close()
    await rm(folder, { recursive: true })
  })

  const edit = async (from: string, to: string): Promise<void> => {
    const file = join(folder, '01-demo', '01-every-kind', 'lesson.md')
    const text = await readFile(file, 'utf8')
    expect(text).toContain(from)
    await writeFile(file, text.replace(from, to))
  }

  it('comes again at its step; while it is broken the page says where, and then it is there again', async () => {
    await page.goto(`${served.url}#/learn/demo/every-kind`)
    // Past what is asked first, and past the prediction.
    await page.getByRole('button', { name: 'Skip', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Run and see' }).waitFor()
    await page.getByRole('button', { name: 'Skip', exact: true }).press('Enter')
    await expect.poll(heading).toBe('Half an hour later')
    await page.evaluate(() => Object.assign(window, { same: true }))

    await edit('The queue tried again by itself.', 'The queue tried again, and nobody had asked it to.')
    await expect.poll(() => page.getByRole('region', { name: 'Lesson' }).textContent()).toContain('nobody had asked')
    expect(await heading()).toBe('Half an hour later')

    await edit('moment="arrived"}\n\n::watch', 'moment="never"}\n\n::watch')
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('There is no moment "never".')
    expect(await page.getByRole('alert').textContent()).toMatch(/lesson\.md:\d+:\d+/)

    await edit('moment="never"}\n\n::watch', 'moment="arrived"}\n\n::watch')
    await expect.poll(heading).toBe('Half an hour later')
    // All of it in the same page, which was not loaded anew.
    expect(await page.evaluate(() => 'same' in window)).toBe(true)
  }, 180_000)
})
