import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import scenario from '../lessons/scenarios/example-test.json'
import { complaintsOf, launchBrowser, type Served, serveDev } from './support/browser'
import { asEvents, messageSent, openStream, runTold, type Told, timeTold } from './support/watchedWorld'

/**
 * The page from `npm start`, with `ehlo serve --watch` and without a build: there React reports mistakes about which the built
 * page is silent.
 */
describe('the page that was not built', () => {
  let browser: Browser
  let served: Served
  /** The facts of the served world before the page came. Its time goes on, thirty times a second. */
  let told: readonly Told[] = []
  const watchers = new Set<ServerResponse>()
  let now = 20_000
  const clock = setInterval(() => {
    now += 33
    for (const watcher of watchers) watcher.write(asEvents([timeTold(now)]))
  }, 33)
  beforeAll(async () => {
    const answer = (request: IncomingMessage, response: ServerResponse): boolean => {
      if (request.url !== '/watch/events') return false
      openStream(response, [runTold(now), ...told, timeTold(now)])
      watchers.add(response)
      response.on('close', () => watchers.delete(response))
      return true
    }
    ;[browser, served] = await Promise.all([launchBrowser(), serveDev(answer)])
  }, 240_000)
  afterAll(async () => {
    clearInterval(clock)
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
  ] as const)('%s shows its content without an error', async (place, role, name) => {
    const page = await browser.newPage()
    const complaints = complaintsOf(page)
    told = []
    await page.goto(served.url + place)
    await page.getByRole(role, { name }).first().waitFor()
    expect(complaints).toEqual([])
    await page.close()
  })

  it('#/watch opens after a long run too', async () => {
    const page = await browser.newPage()
    const complaints = complaintsOf(page)
    told = Array.from({ length: 60 }, (_, n) => messageSent(100 + 200 * n, `letter ${n}`, `t${n}`)).flat()
    await page.goto(`${served.url}#/watch`)
    await expect
      .poll(() => page.getByRole('region', { name: 'Mailboxes' }).textContent(), { timeout: 20_000 })
      .toContain('letter 59')
    expect(complaints).toEqual([])
    await page.close()
  })
})
