import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Axe over a page as it is drawn now: what it finds is a fault of the page. */
export async function expectAccessible(page: Page): Promise<void> {
  // The size of targets (WCAG 2.2, 2.5.8) is checked only on request.
  const { violations } = await new AxeBuilder({ page })
    .options({ rules: { 'target-size': { enabled: true } } })
    .analyze()
  expect(
    violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target, html }) => `${target.join(' ')} ${html}`).join(', ')}`,
    ),
  ).toEqual([])
}

const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 390, height: 844 }

/** The same page, wide in both themes and narrow in the dark one: axe finds nothing, and nothing is wider than the window. */
export async function expectAccessibleEverywhere(page: Page): Promise<void> {
  for (const [colorScheme, viewport] of [
    ['light', WIDE],
    ['dark', WIDE],
    ['dark', NARROW],
  ] as const) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width)
  }
}
