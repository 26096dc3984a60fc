import type { Locator, Page } from 'playwright-core'

/**
 * Makes a page's buttons, links and choices be pressed by the mouse wherever a test presses their keys. The browser refuses a click
 * on what is hidden, covered or out of reach, so a course that is done by keys is proven for the mouse too.
 */
export function pressByMouse(page: Page): void {
  const prototype = Object.getPrototypeOf(page.locator('body')) as Locator & { byMouse?: true }
  if (prototype.byMouse) return
  prototype.byMouse = true
  const press = prototype.press
  prototype.press = async function (this: Locator, key, options) {
    const isClicked = await this.evaluate(
      (element, key) =>
        key === 'Enter'
          ? element.matches('button, a, summary, [role=tab]')
          : key === 'Space' && element.matches('button, summary, [type=radio], [type=checkbox], [role=switch]'),
      key,
    )
    // A key on a button that is disabled does nothing, and a click would wait for it.
    if (!isClicked || (await this.isDisabled())) return press.call(this, key, options)
    const label = this.locator('xpath=ancestor::label')
    await ((await label.count()) === 1 ? label : this).click(options)
  }
}
