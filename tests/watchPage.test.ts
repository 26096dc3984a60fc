import type { ServerResponse } from 'node:http'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectAccessibleEverywhere } from './support/accessible'
import { complaintsOf, launchBrowser, type Served, serveBuild, servePlainly } from './support/browser'
import { asEvents, done, messageSent, openStream, runTold, type Told, timeTold } from './support/watchedWorld'

/** The page that watches a served world. This test plays the stream that the page listens to. */

let browser: Browser
let built: Served
let served: Served
let context: BrowserContext
let page: Page
let complaints: readonly string[]
let watchers: ServerResponse[] = []
/** The first messages for a new page. */
let greeting: (response: ServerResponse) => void

const tell = (...all: readonly Told[]): void => {
  for (const watcher of watchers) watcher.write(asEvents(all))
}

beforeAll(async () => {
  ;[browser, built] = await Promise.all([launchBrowser(), serveBuild()])
  served = await servePlainly('/', (request, response) => {
    response.setHeader('Server-Timing', 'ehlo-watch')
    if (request.url !== '/watch/events') return false
    openStream(response, [])
    watchers.push(response)
    response.on('close', () => {
      watchers = watchers.filter((one) => one !== response)
    })
    greeting(response)
    return true
  })
}, 240_000)
afterAll(async () => {
  await browser.close()
  await served.close()
  await built.close()
})
beforeEach(async () => {
  greeting = (response) => response.write(asEvents([runTold(5000)]))
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  page = await context.newPage()
  complaints = complaintsOf(page)
  page.setDefaultTimeout(15_000)
})
afterEach(async () => {
  expect(complaints).toEqual([])
  await context.close()
})

const region = (name: string): Locator => page.getByRole('region', { name, exact: true })
const status = (): Locator => page.locator('main').getByRole('status').first()
const back = (): Locator => page.getByRole('button', { name: 'Back to live' })
const seconds = async (): Promise<number> => {
  const [minutes = 0, rest = 0] = ((await page.getByRole('timer').textContent()) ?? '').split(':').map(Number)
  return minutes * 60 + rest
}

/** Refuses new pages until the returned function is called. */
function sendAway(): () => void {
  greeting = (response) => response.end()
  return () => {
    greeting = (response) => response.write(asEvents([runTold(9000)]))
  }
}

async function watch(): Promise<void> {
  await page.goto(`${served.url}#/watch`)
  await expect.poll(() => status().textContent()).toBe('Live')
}

describe('a served world that is watched', () => {
  it('is linked from every page, but only if it is served', async () => {
    await page.goto(served.url)
    await page.getByRole('link', { name: 'Watch' }).click()
    await back().waitFor()
    await page.goto(built.url)
    await page.getByRole('link', { name: 'Lab' }).waitFor()
    expect(await page.getByRole('link', { name: 'Watch' }).count()).toBe(0)
  })

  it('shows what a real program says, on the map, in the transcript and in the mailbox', async () => {
    await watch()
    await region('Map')
      .getByRole('button', { name: /^your programs/ })
      .waitFor()
    tell(...messageSent(5200, 'from a program'))
    tell(timeTold(6000))
    await expect.poll(() => region('Transcript').textContent()).toContain('RCPT TO:<bob@example.test>')
    await expect.poll(() => region('Transcript').textContent()).toMatch(/250 2\.0\.0 .*queued as/)
    await expect.poll(() => region('Mailboxes').textContent()).toContain('from a program')
    expect(await region('Transcript').textContent()).toContain('a real program')
    // Nothing can be done here: actions happen in the served world only.
    expect(await page.getByRole('button', { name: /Look for mail now|Undo|Stop this host/ }).count()).toBe(0)
  })

  it('follows the time of the served world', async () => {
    await watch()
    tell(timeTold(60_000))
    await expect.poll(seconds).toBeGreaterThanOrEqual(59)
    tell(timeTold(90_000))
    await expect.poll(seconds).toBeGreaterThanOrEqual(89)
  })

  it('can be viewed in the past while it goes on, and followed again', async () => {
    await watch()
    tell(...messageSent(5200, 'the first'))
    tell(timeTold(6000))
    await expect.poll(() => region('Mailboxes').textContent()).toContain('the first')
    expect(await back().isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Step back' }).click()
    await page.getByRole('button', { name: 'Go to start' }).click()
    await expect.poll(() => status().textContent()).toMatch(/look back/)
    expect(await region('Mailboxes').textContent()).not.toContain('the first')
    tell(...messageSent(7000, 'the second'))
    tell(timeTold(9000))
    await page.getByRole('button', { name: 'Step forward' }).click()
    expect(await seconds()).toBeLessThan(6)
    await back().click()
    await expect.poll(() => region('Mailboxes').textContent()).toContain('the second')
    expect(await status().textContent()).toBe('Live')
    expect(await region('Mailboxes').textContent()).toContain('the first')
  })

  it('played from the past at reading speed catches up with the present by itself', async () => {
    await watch()
    tell(done(5200, { type: 'connected', to: '192.0.2.25', port: 25 }))
    tell(timeTold(6000))
    await expect.poll(() => region('Transcript').textContent()).toContain('220')
    await page.getByRole('button', { name: 'Step back' }).click()
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('4×')
    await page.getByRole('button', { name: 'Play' }).click()
    await expect.poll(() => status().textContent()).toBe('Live')
  })

  it('says when the connection is lost, and continues when it is back', async () => {
    await watch()
    tell(...messageSent(5200, 'before'))
    tell(timeTold(6000))
    await expect.poll(() => region('Mailboxes').textContent()).toContain('before')
    const comeBack = sendAway()
    for (const watcher of watchers) watcher.end()
    await expect.poll(() => status().textContent()).toMatch(/connection to the served world is lost/)
    // Earlier lines stay visible.
    expect(await region('Mailboxes').textContent()).toContain('before')
    comeBack()
    await expect.poll(() => status().textContent()).toBe('Live')
  })

  it('says when it has ended, stops, and continues when it is served again', async () => {
    await watch()
    tell(...messageSent(5200, 'before'))
    tell(timeTold(6000))
    await expect.poll(() => region('Mailboxes').textContent()).toContain('before')
    const comeBack = sendAway()
    for (const watcher of watchers) watcher.end(asEvents([{ name: 'ended', data: {} }]))
    await expect.poll(() => status().textContent()).toMatch(/^The served world has ended/)
    await page.getByRole('button', { name: 'Play' }).waitFor()
    expect(await region('Mailboxes').textContent()).toContain('before')
    comeBack()
    await expect.poll(() => status().textContent()).toBe('Live')
    await page.getByRole('button', { name: 'Pause' }).waitFor()
  })

  it('is accessible: axe finds nothing in either theme, wide or narrow', async () => {
    await watch()
    tell(...messageSent(5200, 'from a program'))
    tell(timeTold(6000))
    await expect.poll(() => region('Mailboxes').textContent()).toContain('from a program')
    await expectAccessibleEverywhere(page)
  })

  it('says in a sentence that it cannot be sent from the beginning', async () => {
    greeting = (response) => {
      response.write(asEvents([runTold(5000, false)]))
      response.end()
    }
    await page.goto(`${served.url}#/watch`)
    await expect.poll(() => status().textContent()).toMatch(/cannot follow/)
  })

  it('reports events that it cannot read', async () => {
    greeting = (response) => response.write('event: run\ndata: {"scena\n\n')
    await page.goto(`${served.url}#/watch`)
    await expect.poll(() => status().textContent()).toMatch(/cannot be read/)
  })
})
