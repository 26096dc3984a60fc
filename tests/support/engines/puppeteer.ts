import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { findBrowser, flags } from '../browser'
import { type Engine, type Tab, WINDOW } from './engine'

/** Chromium by its own protocol, Firefox by WebDriver BiDi. */

const LOCAL = /^(?:https?:\/\/127\.0\.0\.1[:/]|data:|blob:)/

/** The Chromium of all browser tests. */
export async function launchChromium(): Promise<Engine> {
  const { executablePath, env } = await findBrowser()
  return engineOf(
    await puppeteer.launch({ browser: 'chrome', executablePath, args: [...flags], env: { ...process.env, ...env } }),
  )
}

export async function launchFirefox(executablePath: string): Promise<Engine> {
  return engineOf(await puppeteer.launch({ browser: 'firefox', executablePath }))
}

function engineOf(browser: Browser): Engine {
  return {
    head: '',
    open: async () => {
      const context = await browser.createBrowserContext()
      const page = await context.newPage()
      await page.setViewport(WINDOW)
      return tabOf(page, () => context.close())
    },
    close: () => browser.close(),
  }
}

function tabOf(page: Page, close: () => Promise<void>): Tab {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'warn' || message.type() === 'error') complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) =>
    complaints.push(`exception: ${error instanceof Error ? error.message : String(error)}`),
  )
  page.on('request', (request) => {
    if (!LOCAL.test(request.url())) complaints.push(`request elsewhere: ${request.url()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`request failed: ${response.url()} ${response.status()}`)
  })
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // A request that was cut off when the page was left.
    if (!/ABORTED/.test(why)) complaints.push(`request failed: ${request.url()} ${why}`)
  })
  return {
    goTo: async (url) => {
      await page.goto(url)
    },
    reload: async () => {
      await page.reload()
    },
    run: <Argument, Result>(work: (argument: Argument) => Result, argument: Argument) =>
      page.evaluate(`(${work.toString()})(${JSON.stringify(argument)})`) as Promise<Result>,
    click: (x, y) => page.mouse.click(x, y),
    type: (text) => page.keyboard.type(text),
    complaints: () => Promise.resolve(complaints),
    close,
  }
}
