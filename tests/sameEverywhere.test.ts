import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, type Served, serveDev } from './support/browser'
import { journeyDigest } from './support/digest'

describe('the journey in Node and in Chromium', () => {
  let browser: Browser
  let served: Served
  beforeAll(async () => {
    ;[browser, served] = await Promise.all([launchBrowser(), serveDev()])
  })
  afterAll(async () => {
    await browser.close()
    await served.close()
  })

  it('is identical, fact for fact, for every seed', async () => {
    const page = await browser.newPage()
    await page.goto(`${served.url}favicon.svg`)
    const seeds = [1, 2, 3, 25, 4_294_967_295]
    // As text: the test runner would rewrite the import of a function.
    const there = await page.evaluate(
      `import('${served.url}tests/support/digest.ts').then((m) => ${JSON.stringify(seeds)}.map((seed) => m.journeyDigest(seed)))`,
    )
    const here = seeds.map((seed) => journeyDigest(seed))
    expect(there).toEqual(here)
    expect(new Set(here.map((run) => run.digest)).size).toBe(seeds.length)
    expect(Math.min(...here.map((run) => run.facts))).toBeGreaterThan(500)
  })
})
