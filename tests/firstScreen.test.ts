import type { Locator } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { DESK, forgive, onAPage, open, PHONE, page, served, type Viewport } from './support/openPage'

/** The home page before the engine has come: the test holds the engine back as long as it wants. */

const ENGINE = /\/assets\/engine-/

onAPage(() => openMeasured(DESK))

async function openMeasured(viewport: Viewport): Promise<void> {
  await open(viewport)
  await page.addInitScript(() => {
    const store = window as unknown as { shift: number }
    store.shift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) store.shift += (entry as unknown as { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

const shift = (): Promise<number> => page.evaluate(() => (window as unknown as { shift: number }).shift)
const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
const map = (): Locator => page.getByRole('region', { name: 'Map', exact: true })
const figures = (): Locator => page.getByText(/lines will be said/)

/** Holds the engine back until the returned function is called. */
async function holdEngine(): Promise<() => void> {
  let letGo = (): void => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(ENGINE, async (route) => {
    await held
    await route.continue()
  })
  return letGo
}

describe('before the engine is loaded', () => {
  it('the stage at rest is drawn', async () => {
    const letGo = await holdEngine()
    const asked = page.waitForRequest(ENGINE)
    await page.goto(served.url)
    await button('Send the letter').waitFor()
    await asked
    await map()
      .getByRole('button', { name: /^Bob's exchanger/ })
      .waitFor()
    expect(await figures().isVisible()).toBe(false)
    letGo()
    await figures().waitFor()
    expect(await figures().textContent()).toMatch(/^\d\d+ lines will be said, about/)
  })

  it('a press is not lost, and pressed three times it is one letter', async () => {
    const letGo = await holdEngine()
    await page.goto(served.url)
    await button('Send the letter').click()
    await button('Send the letter').click()
    await map().click({ position: { x: 700, y: 300 } })
    await page.keyboard.press('Enter')
    await page.getByRole('status').filter({ hasText: 'It leaves in a moment.' }).waitFor()
    letGo()
    await button('Pause').click()
    await button('Go to end').click()
    await expect.poll(() => map().textContent()).toMatch(/\D1 letter\D/)
    await button('Undo').click()
    await button('Send the letter').waitFor()
  })

  it('the focus stays in its place when the engine is loaded', async () => {
    const letGo = await holdEngine()
    await page.goto(served.url)
    const host = map().getByRole('button', { name: /^Bob's exchanger/ })
    await host.focus()
    letGo()
    await figures().waitFor()
    expect(await host.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  it('the saved run is restored, whatever is chosen meanwhile', async () => {
    await page.goto(served.url)
    await button('Send the letter').click()
    await button('Pause').click()
    // Then nothing indicates in advance that a journey is under way.
    await page.evaluate(() => localStorage.clear())
    const letGo = await holdEngine()
    await page.reload()
    await map()
      .getByRole('button', { name: /^Bob's exchanger/ })
      .focus()
    await page.keyboard.press('Enter')
    letGo()
    await button('Reset').waitFor()
    expect(await button('Undo').isEnabled()).toBe(true)
  })

  it('a press reports that the engine cannot be loaded', async () => {
    await page.route(ENGINE, (route) => route.abort())
    await page.goto(served.url)
    await button('Send the letter').click()
    await button('Start over, keep my work').waitFor()
    await page.unroute(ENGINE)
    await button('Start over, keep my work').click()
    await button('Send the letter').click()
    await button('Pause').click()
    // The test itself aborted this request.
    forgive()
  })
})

describe.each([
  ['a desk', DESK],
  ['a phone', PHONE],
])('on %s nothing moves', (_, viewport) => {
  beforeEach(() => openMeasured(viewport))

  it('when the engine is loaded', async () => {
    const letGo = await holdEngine()
    await page.goto(served.url)
    await button('Send the letter').waitFor()
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
    letGo()
    await figures().waitFor()
    await page.waitForLoadState('networkidle')
    expect(await shift()).toBe(0)
  })

  it('when a journey under way is restored', async () => {
    await page.goto(served.url)
    await button('Send the letter').click()
    await button('Pause').click()
    await button('Go to end').click()
    const end = await page.getByRole('timer').textContent()
    await page.reload()
    await expect.poll(() => page.getByRole('timer').textContent()).toBe(end)
    await page.waitForLoadState('networkidle')
    expect(await shift()).toBe(0)
  })
})
