import { describe, expect, it } from 'vitest'
import { button, DESK, go, onAPage, open, PHONE, page, region } from './support/openPage'

/** While time goes on, the line that is being said is in sight. */

onAPage()

const TABLET = { width: 820, height: 1180 }
const ZOOMED = { width: 720, height: 450 }

interface Watched {
  /** How many newest lines have been looked at. */
  readonly lines: number
  /** Everything that was not in sight when a picture was drawn. */
  readonly missed: readonly string[]
}

/** Looks at every picture while the run plays: is the foot of the newest line inside of its list, and seen? */
const watch = (): Promise<void> =>
  page.evaluate(() => {
    const watched = { lines: new Set<string>(), missed: [] as string[] }
    Object.assign(window, { watched })
    const look = () => {
      requestAnimationFrame(look)
      const list = document.querySelector('[aria-label="Transcript"] [role="listbox"]')
      const line = list?.querySelector('[role="option"]:last-child')
      if (!list || !line || document.querySelector('.play')?.getAttribute('aria-label') !== 'Pause') return
      const name = `${document.querySelector('[aria-label="Connection"]')?.textContent?.length}: ${line.textContent}`
      const { bottom, left } = line.getBoundingClientRect()
      const edge = list.getBoundingClientRect()
      const over = document.elementFromPoint(left + 40, bottom - 3)
      watched.lines.add(name)
      if (bottom > edge.bottom + 1 || bottom > innerHeight || !list.contains(over)) watched.missed.push(name)
    }
    requestAnimationFrame(look)
  })

const seen = (): Promise<Watched> =>
  page.evaluate(() => {
    const { lines, missed } = Object(window).watched as { lines: Set<string>; missed: string[] }
    return { lines: lines.size, missed: [...new Set(missed)] }
  })

describe.each([
  ['on a phone', PHONE],
  ['on a tablet', TABLET],
  ['on a desk', DESK],
  ['at a zoom of 200 %', ZOOMED],
])('%s', (_, viewport) => {
  it('the newest line is in sight at every picture while the letter travels', async () => {
    await open(viewport)
    await go('')
    await button('Send the letter').click()
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('4')
    await region('Transcript').getByRole('listbox').waitFor()
    await watch()
    await expect.poll(async () => (await seen()).lines, { timeout: 40_000 }).toBeGreaterThan(22)
    expect(await seen()).toMatchObject({ missed: [] })
    expect(await page.evaluate(() => scrollY)).toBe(0)
  }, 60_000)
})
