import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import scenario from '../lessons/scenarios/example-test.json'
import { complaintsOf, launchBrowser, type Served, serveDev } from './support/browser'

/**
 * The page as `npm start` serves it, and `ehlo serve --watch` where nothing was built: React tells there of mistakes about
 * which the built page is silent.
 */
describe('the page that was not built', () => {
  let browser: Browser
  let served: Served
  beforeAll(async () => {
    ;[browser, served] = await Promise.all([launchBrowser(), serveDev()])
  }, 240_000)
  afterAll(async () => {
    await browser.close()
    await served.close()
  })

  it.each([
    ['#/', 'button', 'Send the letter'],
    ['#/learn', 'link', /One letter, three steps/],
    ['#/lab', 'tab', 'Machine'],
    ['#/quiz', 'heading', /./],
    ['#/reference/smtp/RCPT', 'searchbox', /./],
    ['#/watch', 'heading', scenario.title],
  ] as const)('%s shows what it is for, in silence', async (place, role, name) => {
    const page = await browser.newPage()
    const complaints = complaintsOf(page)
    // What a served world tells a page that comes.
    const run = JSON.stringify({ scenario, seed: 7, epoch: 0, now: 5000, complete: true })
    await page.route('**/watch/events', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body: `event: run\ndata: ${run}\n\n` }),
    )
    await page.goto(served.url + place)
    await page.getByRole(role, { name }).first().waitFor()
    expect(complaints).toEqual([])
    await page.close()
  })
})
