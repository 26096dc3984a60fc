import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsOf, launchBrowser, root, serveBuild } from './support/browser'

describe('a real browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  it('opens a page and draws its text', async () => {
    const page = await browser.newPage()
    const complaints = complaintsOf(page)
    await page.goto('data:text/html,<title>EHLO</title><p id="p">250 mx.bird.example</p>')
    expect(await page.title()).toBe('EHLO')
    const width = await page.locator('#p').evaluate((p) => {
      const range = document.createRange()
      range.selectNodeContents(p)
      return range.getBoundingClientRect().width
    })
    // Without fonts text has no width.
    expect(width).toBeGreaterThan(50)
    expect(complaints).toEqual([])
  })

  it('reports every error of the page', async () => {
    const page = await browser.newPage()
    const complaints = complaintsOf(page)
    await page.goto(
      `data:text/html,<script>console.error('a'); console.warn('b'); setTimeout(() => { throw new Error('c') })</script>`,
    )
    await expect.poll(() => complaints).toHaveLength(3)
  })

  it.runIf(existsSync(join(root, 'index.html')))('shows the built page without an error', async () => {
    const served = await serveBuild()
    try {
      const page = await browser.newPage()
      const complaints = complaintsOf(page)
      await page.goto(served.url, { waitUntil: 'networkidle' })
      await page.locator('h1').first().waitFor()
      expect(complaints).toEqual([])
    } finally {
      await served.close()
    }
  })
})
