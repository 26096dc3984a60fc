import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from './support/accessible'
import { button, DESK, go, live, onAPage, open, PHONE, page, region } from './support/openPage'

/** The ladder, a side of a run in the lab. */

onAPage()

const ladder = (): Locator => region('Ladder')
const rows = (): Locator => ladder().getByRole('group', { name: 'Ladder', exact: true })
const table = (): Locator => ladder().getByRole('table', { name: 'The ladder as a table' })
const row = (text: RegExp): Locator => table().getByRole('row', { name: text })
const present = (): Promise<string | null> => page.getByRole('timer', { name: 'Virtual time' }).textContent()

async function sendMessage(): Promise<void> {
  await go('#/lab')
  await sendTo('bob@bird.example')
}

async function sendTo(address: string): Promise<void> {
  await button('Write a letter').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'To' }).fill(address)
  await dialog.getByRole('button', { name: 'Send the letter' }).click()
  await button('Pause').click()
}

async function openLadder(at = 460): Promise<void> {
  await sendMessage()
  await button('Ladder').click()
  await ladder().waitFor()
  await page.evaluate((moment) => {
    location.hash = `#/lab?moment=${moment}`
  }, at)
  await expect.poll(present).toContain('00.460')
}

describe('the ladder', () => {
  it('opens in the lab, with the groups of the run and the present between its rows', async () => {
    await openLadder()
    await button(/mx-out carries it over/).waitFor()
    expect(await button(/mx-out carries it over/).getAttribute('aria-expanded')).toBe('true')
    expect(await button(/mx-out asks the way/).getAttribute('aria-expanded')).toBe('false')
    await row(/^0\.434 mx-out mx\.bird EHLO mx-out\.paper\.example on its way$/).waitFor()
    await row(/^0\.464 mx\.bird mx-out 250-.* not yet$/).waitFor()
  })

  it('is a table for screen readers, with its whole length', async () => {
    await openLadder()
    expect(await table().getByRole('columnheader').allTextContents()).toEqual([
      'seconds',
      'from',
      'to',
      'what',
      'outcome',
    ])
    expect(Number(await table().getAttribute('aria-rowcount'))).toBeGreaterThan(60)
    await table().getByRole('rowgroup', { name: 'mx-out carries it over' }).waitFor()
  })

  it('a chosen row is the one that the inspector shows, and a double click goes there', async () => {
    await openLadder()
    await ladder().locator('[data-row]', { hasText: 'SIZE=493' }).click()
    await expect.poll(() => table().locator('[aria-current=true]').textContent()).toContain('SIZE=493')
    expect(await present()).toContain('00.460')
    await ladder().getByText('The answer before it has been heard.').waitFor()
    await ladder().locator('[data-row]', { hasText: 'SIZE=493' }).dblclick()
    await expect.poll(present).toContain('00.509')
    await button('Map').click()
    await page.getByRole('tab', { name: 'Inspector' }).click()
    await region('Inspector').getByText('MAIL').first().waitFor()
  })

  it('stands below the map too; what is said and how the letter fares is told on each side', async () => {
    await openLadder()
    await button('Both').click()
    await ladder().waitFor()
    const heights = await Promise.all([region('Map'), ladder()].map(async (part) => (await part.boundingBox())?.height))
    expect(heights.map(Number).every((height) => height >= 200)).toBe(true)
    await button('Ladder').click()
    expect(await region('Map').isVisible()).toBe(false)
    const before = await live().textContent()
    await button('Step forward').click()
    await expect.poll(() => live().textContent()).not.toBe(before)
    await button('Go to end').click()
    await region('Headline').getByText('Bob’s laptop has carried the letter home').waitFor()
    await region('Headline').getByRole('button', { name: 'Read it' }).click()
    await region('Map').waitFor()
    await region('Mailboxes').getByText('The plum tree').first().waitFor()
    // In a small window there is room for one of them.
    await button('Both').click()
    await page.setViewportSize(PHONE)
    await expect.poll(() => button('Both').count()).toBe(0)
    expect(await button('Ladder').getAttribute('aria-pressed')).toBe('true')
    expect(await region('Map').isVisible()).toBe(false)
  })

  it('is read and moved in by keyboard', async () => {
    await openLadder()
    await rows().focus()
    const current = (): Promise<string | null> => table().locator('[aria-current=true]').textContent()
    await page.keyboard.press('ArrowDown')
    await expect.poll(current).toContain('250-mx.bird.example')
    await page.keyboard.press('ArrowDown')
    await expect.poll(current).toContain('MAIL FROM')
    expect(await present()).toContain('00.460')
    await page.keyboard.press('Enter')
    await expect.poll(present).toContain('00.509')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => button(/mx-out carries it over/).getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => button(/mx-out carries it over/).getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('/')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Only lines that say')
    await page.keyboard.type('no such words')
    await ladder()
      .getByText(/^Nothing here says/)
      .waitFor()
    await button('Show all').click()
    await button(/mx-out carries it over/).waitFor()
  })

  it('a bracket under the timeline is the part in sight: it follows the scrolling, and the ladder follows it', async () => {
    await openLadder()
    const bracket = (): Locator => region('Time').getByText('in the ladder now').locator('..')
    const ends = async (): Promise<readonly [from: number, until: number]> => {
      const [part, track] = [await bracket().boundingBox(), await bracket().locator('..').boundingBox()]
      if (!part || !track) throw new Error('Broken expectation: the bracket is drawn')
      return [(part.x - track.x) / track.width, (part.x + part.width - track.x) / track.width]
    }
    const scroll = (): Promise<number> => rows().evaluate(({ scrollTop }) => scrollTop)
    await rows().evaluate((box) => {
      box.scrollTop = 0
    })
    await expect.poll(async () => (await ends())[0]).toBe(0)
    expect((await ends())[1]).toBeLessThan(0.8)
    await rows().evaluate((box) => {
      box.scrollTop = box.scrollHeight
    })
    await expect.poll(async () => (await ends())[1]).toBeCloseTo(1, 2)
    const [from] = await ends()
    expect(from).toBeGreaterThan(0.3)

    const held = await bracket().boundingBox()
    if (!held) throw new Error('Broken expectation: the bracket is drawn')
    const [x, y] = [held.x + held.width / 2, held.y + held.height - 6]
    const before = await scroll()
    const moment = await present()
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x - held.x + 200, y, { steps: 4 })
    await page.mouse.up()
    expect(await scroll()).toBeLessThan(before - 100)
    expect(await present()).toBe(moment)
    await button('Map').click()
    await bracket().waitFor({ state: 'detached' })
  })

  it('a wait is mended by its button and left out again by T', async () => {
    await openLadder()
    const mend = ladder().getByRole('button', { name: /^Show this time at its length: \+2\./ })
    await mend.click()
    const tear = ladder().getByRole('button', { name: /^Leave this time out again/ })
    await tear.waitFor()
    await tear.click()
    await mend.waitFor()
  })

  it('draws only the rows in sight of a long run', async () => {
    await sendMessage()
    await button('Go to end').click()
    await page.getByRole('combobox', { name: 'How far to run on' }).selectOption({ label: '1 day' })
    await button('Run on').click()
    await expect.poll(present, { timeout: 30_000 }).toMatch(/^1 d/)
    await button('Ladder').click()
    await button('Open all').click()
    await expect
      .poll(async () => Number(await table().getAttribute('aria-rowcount')), { timeout: 30_000 })
      .toBeGreaterThan(2000)
    const drawn = (): Promise<number> => ladder().locator('[data-row]').count()
    const atEnd = await drawn()
    expect(atEnd).toBeGreaterThan(10)
    expect(atEnd).toBeLessThan(120)
    await rows().evaluate((box) => {
      box.scrollTop = box.scrollHeight / 2
    })
    await expect.poll(drawn).toBeLessThan(120)
  })

  it.each([
    ['wide', DESK],
    ['narrow', { width: 820, height: 1180 }],
    ['on a phone', PHONE],
  ])('axe finds nothing, in either theme, %s', async (_, viewport) => {
    await open(viewport)
    await openLadder()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page)
    }
  })

  it('shows one group at a time on a phone', async () => {
    await open(PHONE, { hasTouch: true, isMobile: true })
    await openLadder()
    await ladder().getByText('3 of 6').waitFor()
    await button('The next conversation').click()
    await ladder().getByText('4 of 6').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
  })

  it('on a phone the words of a row keep clear of its time, hours after the start too', async () => {
    await open(PHONE, { hasTouch: true, isMobile: true })
    await sendMessage()
    await button('Go to end').click()
    await page.getByRole('combobox', { name: 'How far to run on' }).selectOption({ label: '1 day' })
    await button('Run on').click()
    await expect.poll(present, { timeout: 30_000 }).toMatch(/^1 d/)
    await button('Ladder').click()
    await ladder()
      .getByText(/\d:\d\d:\d\d\.\d{3}$/)
      .first()
      .waitFor()
    const met = await ladder()
      .locator('g[data-row]')
      .evaluateAll((all) =>
        all.flatMap((each) => {
          const boxes = [...each.querySelectorAll('text')].map((text) => ({
            text: text.textContent,
            box: text.getBoundingClientRect(),
          }))
          return boxes.flatMap((one, index) =>
            boxes
              .slice(index + 1)
              .filter(
                ({ box }) =>
                  one.box.left < box.right &&
                  box.left < one.box.right &&
                  one.box.top < box.bottom &&
                  box.top < one.box.bottom,
              )
              .map((other) => `${one.text} meets ${other.text}`),
          )
        }),
      )
    expect(met).toEqual([])
  })
})

describe('a refused answer in the ladder', () => {
  it('stays chosen and in sight when the filter by which it was found is taken away', async () => {
    await go('#/lab')
    await sendTo('nobody@bird.example')
    await button('Go to end').click()
    await button('Ladder').click()
    await ladder().waitFor()
    const field = ladder().getByRole('searchbox')
    await field.fill('550')
    await ladder().locator('[data-row]', { hasText: '550' }).first().click()
    await expect.poll(() => table().locator('[aria-current=true]').textContent()).toContain('550')
    await field.fill('')
    await expect.poll(async () => Number(await table().getAttribute('aria-rowcount'))).toBeGreaterThan(60)
    await expect.poll(() => table().locator('[aria-current=true]').textContent()).toContain('550')
    const row = ladder().locator('[data-row][data-chosen]').first()
    const [inner, outer] = [await row.boundingBox(), await rows().boundingBox()]
    expect(inner?.y ?? 0).toBeGreaterThan(outer?.y ?? 0)
    expect(inner?.y ?? 0).toBeLessThan((outer?.y ?? 0) + (outer?.height ?? 0))
  })

  it('is marked and coloured as on the map, while it travels too', async () => {
    await go('#/lab')
    await sendTo('nobody@bird.example')
    await button('Both').click()
    await ladder().waitFor()
    const refusal = ladder().locator('[data-verdict=refused]', { hasText: '550' })
    const caption = region('Map').locator('.caption.refused')
    await page.evaluate(() => {
      location.hash = '#/lab?moment=590'
    })
    await caption.waitFor()
    await refusal.locator('[data-outcome=refused]').waitFor()
    expect(await refusal.first().getAttribute('data-state')).toBe('flying')
    const colour = (element: Element): string => getComputedStyle(element).stroke
    const cross = await refusal.locator('[data-outcome=refused] path').first().evaluate(colour)
    expect(await refusal.locator('[data-stroke]').first().evaluate(colour)).toBe(cross)
  })
})

/** Pairs of texts that cover each other in what is drawn of the ladder, by what they say. */
const overprinted = (): Promise<readonly string[]> =>
  page.evaluate(() => {
    const shown = document.querySelector('[role=group][aria-label=Ladder]')?.getBoundingClientRect()
    const isIn = ({ top, bottom, width }: DOMRect): boolean =>
      shown !== undefined && width > 0 && bottom > shown.top && top < shown.bottom
    const textsOf = (selector: string) =>
      [...document.querySelectorAll(`section[aria-label=Ladder] ${selector}`)]
        .map((element) => {
          const range = document.createRange()
          range.selectNodeContents(element)
          // Of a title that is cut, only what is seen.
          const [text, seen] = [range.getBoundingClientRect(), element.getBoundingClientRect()]
          const right = Math.min(text.right, seen.right)
          return { says: element.textContent ?? '', box: new DOMRect(text.x, text.y, right - text.x, text.height) }
        })
        .filter(({ box }) => isIn(box))
    const titles = textsOf('button[aria-expanded] > span')
    const times = textsOf('span[translate=no][aria-hidden=true]')
    if (titles.length < 3 || times.length < 3) return ['there is nothing to compare']
    return titles.flatMap((title) =>
      times
        .filter(
          ({ box: { left, right, top, bottom } }) =>
            left < title.box.right && title.box.left < right && top < title.box.bottom && title.box.top < bottom,
        )
        .map((time) => `${title.says} / ${time.says}`),
    )
  })

describe('the ladder after five days', () => {
  it('has room in its margin for titles and long times, and for the word “stopped” in its head', async () => {
    await open({ width: 820, height: 1180 })
    await go('#/lab')
    await region('Map')
      .getByRole('button', { name: /^Bob's exchanger/ })
      .click()
    await button('Stop it').click()
    await page.keyboard.press('Escape')
    await sendTo('bob@bird.example')
    await button('Go to end').click({ force: true })
    const howFar = page.getByRole('combobox', { name: 'How far to run on' })
    await howFar.selectOption('this letter’s end')
    await button('To its end').click()
    await expect.poll(present, { timeout: 30_000 }).toMatch(/^[45] d/)
    await button('Ladder').click()
    await ladder().getByText('mx-out gives up the letter', { exact: false }).first().waitFor()
    expect(await overprinted()).toEqual([])
    const symbols = await ladder().locator('svg[role=group] > [role=button]').all()
    const word = ladder().locator('svg[role=group] text', { hasText: /^stopped$/ })
    const said = await word.boundingBox()
    for (const symbol of symbols) {
      if ((await symbol.textContent())?.includes('stopped')) continue
      const box = await symbol.locator('> g').first().boundingBox()
      if (!said || !box) continue
      expect(said.x + said.width <= box.x || box.x + box.width <= said.x || said.y >= box.y + box.height).toBe(true)
    }
    // At the width of a desk a title has its explanation as well.
    await page.setViewportSize(DESK)
    await expect.poll(overprinted).toEqual([])
  }, 90_000)
})
