import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { complaintsOf, launchBrowser, type Served, serveBuild } from './browser'
import { pressByMouse } from './byMouse'

/** The built page in a real browser: each test has a new context, and fails if the page complains. */

export const DESK = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

export let browser: Browser
export let served: Served
export let context: BrowserContext
/** The page that was opened last. */
export let page: Page
let complaints: readonly string[] = []

export type Viewport = BrowserContextOptions['viewport']

/** Opens an empty page in place of the previous one. */
export async function open(viewport: Viewport = DESK, options: BrowserContextOptions = {}): Promise<void> {
  await context?.close()
  context = await browser.newContext({ viewport, ...options })
  page = await context.newPage()
  if (process.env.EHLO_TEST_BY === 'mouse') pressByMouse(page)
  complaints = complaintsOf(page)
  page.setDefaultTimeout(15_000)
}

/** Accepts the page's complaints so far. */
export function forgive(): void {
  complaints = []
}

/** Serves the build to the tests of this file, and opens a page before each of them by `before`. */
export function onAPage(before: () => Promise<void> = open, serve: () => Promise<Served> = serveBuild): void {
  beforeAll(async () => {
    ;[browser, served] = await Promise.all([launchBrowser(), serve()])
  }, 240_000)
  afterAll(async () => {
    await browser.close()
    await served.close()
  })
  beforeEach(() => before())
  afterEach(async () => {
    expect(complaints).toEqual([])
    await context.close()
  })
}

export const go = (hash: string): Promise<unknown> => page.goto(`${served.url}${hash}`)
/** A button by its whole name, or by a pattern of its name. */
export const button = (name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' })
export const region = (name: string): Locator => page.getByRole('region', { name, exact: true })
/** The present moment in words, for screen readers. */
export const live = (): Locator => region('Time').locator('[aria-live="polite"]')

/** A letter to this address is sent from the lab, and time pauses. */
export async function sendFromLab(address: string): Promise<void> {
  await go('#/lab')
  await button('Write a letter').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'To' }).fill(address)
  await dialog.getByRole('button', { name: 'Send the letter' }).click()
  await button('Pause').click()
}
