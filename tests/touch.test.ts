import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from './support/accessible'
import { button, DESK, go, onAPage, open, PHONE, page, region } from './support/openPage'

/** Things on the map are touched: a card says what they are, and what can be done with them. */

onAPage()

const host = (name: RegExp): Locator => region('Map').getByRole('button', { name })
const card = (): Locator => page.getByRole('dialog')
const focused = (): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? null)

describe('the card of a host', () => {
  it('opens at home before anything is said, by keyboard, and gives the focus back', async () => {
    await go('')
    await host(/^Bob's exchanger/).focus()
    await page.keyboard.press('Enter')
    await card().waitFor()
    await expect.poll(focused).toBe('Bob’s exchanger')
    expect(await card().textContent()).toMatch(/front door of its domain.*Nobody has spoken yet\./)
    expect(
      await card()
        .getByRole('button', { name: /Stop|room|Type/ })
        .count(),
    ).toBe(0)
    await expectAccessible(page)
    // Enter belongs to the card now, and does not send the letter.
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect.poll(() => card().count()).toBe(0)
    await expect.poll(focused).toMatch(/^Bob's exchanger/)
    expect(await button('Send the letter').isVisible()).toBe(true)
  })

  it('stops the host, and leads to its links, one of which is cut', async () => {
    await go('#/lab')
    await host(/^Bob's exchanger/).click()
    await button('Stop it').click()
    await host(/^Bob's exchanger.*stopped/).waitFor()
    await expect.poll(() => card().textContent()).toContain('It has no power')
    await button('Start it').click()
    await card().locator('summary').click()
    await card()
      .getByRole('button', { name: /^Link to/ })
      .first()
      .click()
    await button('Cut it').click()
    await expect.poll(() => card().textContent()).toContain('The link is cut')
    await expect.poll(() => page.locator('.map .cut').count()).toBeGreaterThan(0)
    await button('Mend it').click()
    await expect.poll(() => page.locator('.map .cut').count()).toBe(0)
    await button('Slow it down').click()
    await expect.poll(() => card().textContent()).toContain('2000 ms one way')
  })

  it('gives way to that of another host by one press, and closes by a second press on the same', async () => {
    await go('#/lab')
    const title = (): Promise<string | null> => card().getByRole('heading', { level: 2 }).textContent()
    await host(/^Bob's laptop/).click()
    await expect.poll(title).toBe('Bob’s laptop')
    await host(/^Bob's phone/).click()
    await expect.poll(title).toBe('Bob’s phone')
    await expect.poll(focused).toBe('Bob’s phone')
    await host(/^Bob's phone/).click()
    await expect.poll(() => card().count()).toBe(0)
  })

  it('lets a person sit down and type', async () => {
    await go('#/lab')
    await host(/^Bob's phone/).click()
    await button('Sit here').click()
    await expect.poll(focused).toBe('Server to connect to')
    expect(await page.getByRole('combobox', { name: 'Machine to type at' }).inputValue()).toBe('bob-phone')
  })

  it('is a sheet at the foot of a phone', async () => {
    await open(PHONE, { hasTouch: true })
    await go('#/lab')
    await host(/^Alice's laptop/).tap()
    await card().waitFor()
    const box = await card().boundingBox()
    expect(box).toMatchObject({ x: 0, width: PHONE.width })
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(PHONE.height)
    await expectAccessible(page)
  })
})

describe('the card of a link and of a line', () => {
  it('opens where the map is touched', async () => {
    await open(DESK)
    await go('')
    await button('Send the letter').click()
    await button('Pause').click()
    const traveller = page.locator('.map .traveller .shape').last()
    await traveller.click()
    await expect.poll(() => card().textContent()).toMatch(/From .*To /)
    await page.keyboard.press('Escape')
    await page.locator('.map .touch path').first().dispatchEvent('click', { clientX: 500, clientY: 300 })
    await expect.poll(() => card().textContent()).toMatch(/ms one way/)
  })
})

describe('the map by keys', () => {
  const place = async (locator: Locator): Promise<{ x: number; y: number }> => {
    const box = await locator.locator('.body').first().boundingBox()
    return { x: Math.round(box?.x ?? 0), y: Math.round(box?.y ?? 0) }
  }
  const far = async (a: Locator, b: Locator): Promise<{ x: number; y: number }> => {
    const [from, to] = [await place(a), await place(b)]
    return { x: Math.abs(to.x - from.x), y: Math.abs(to.y - from.y) }
  }

  it('is zoomed alike in both directions around the host with the focus, moved, and shown whole again', async () => {
    await go('#/lab')
    // The map can be read before it can be zoomed.
    await expect.poll(() => button('Zoom in').getAttribute('aria-disabled')).toBe('false')
    const [store, phone] = [host(/^.*store\.bird/), host(/^Bob's phone/)]
    await phone.focus()
    const [before, stood] = [await far(store, phone), await place(phone)]
    await page.keyboard.press('+')
    await expect.poll(async () => (await far(store, phone)).x).toBeGreaterThan(before.x * 1.4)
    const after = await far(store, phone)
    expect(after.y / before.y).toBeCloseTo(after.x / before.x, 0)
    const near = await place(phone)
    expect(Math.abs(near.x - stood.x)).toBeLessThan(60)
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(async () => (await place(phone)).x).toBeLessThan(near.x)
    await page.keyboard.press('0')
    await expect.poll(() => far(store, phone)).toEqual(before)
  })
})

it('zooming in by the button keeps the traveller in sight', async () => {
  await go('#/lab')
  await button('Write a letter').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send the letter' }).click()
  await button('Pause').click()
  await page.evaluate(() => {
    location.hash = '#/lab?moment=60'
  })
  const traveller = region('Map').locator('.traveller:not(.dim) .body')
  await traveller.waitFor()
  await expect.poll(() => button('Zoom in').getAttribute('aria-disabled')).toBe('false')
  for (let n = 0; n < 3; n++) await button('Zoom in').click()
  const [map, box] = [await region('Map').boundingBox(), await traveller.boundingBox()]
  if (!map || !box) throw new Error('Broken expectation: both are drawn')
  expect(box.x).toBeGreaterThan(map.x)
  expect(box.x + box.width).toBeLessThan(map.x + map.width)
  expect(box.y).toBeGreaterThan(map.y)
  expect(box.y + box.height).toBeLessThan(map.y + map.height)
})

describe('the parts of the stage', () => {
  const handle = (name: RegExp): Locator => page.getByRole('separator', { name })
  const height = async (): Promise<number> => (await region('Map').boundingBox())?.height ?? 0

  it('are resized by keyboard and mouse, folded, and the same after a reload', async () => {
    await go('#/lab')
    const rows = handle(/Map/)
    const before = await height()
    await rows.focus()
    await page.keyboard.press('ArrowUp')
    await expect.poll(height).toBeLessThan(before - 10)
    const [now, whole] = [await height(), Number(await rows.getAttribute('aria-valuenow'))]
    expect(whole).toBeGreaterThan(20)
    expect(whole).toBeLessThan(60)
    await page.reload()
    await expect.poll(height).toBeCloseTo(now, 0)
    const box = await handle(/Map/).boundingBox()
    if (!box) throw new Error('there is no handle')
    await page.mouse.move(box.x + 300, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + 300, box.y + 80)
    await page.mouse.up()
    await expect.poll(height).toBeGreaterThan(now + 50)
    await button('Fold: Map').click()
    await expect.poll(() => region('Map').isVisible()).toBe(false)
    await button('Unfold: Map').click()
    await expect.poll(height).toBeGreaterThan(now + 50)
    await button('Fold: Dialogue').click()
    await expect.poll(() => button('Connect').isVisible()).toBe(false)
    await handle(/Dialogue/).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => button('Connect').isVisible()).toBe(true)
    await expectAccessible(page)
  })

  it('at home begin without the octets, which open and stay open', async () => {
    await go('')
    await button('Send the letter').click()
    await region('Transcript').waitFor()
    expect(await region('Inspector').count()).toBe(0)
    await button(/^Look inside/).click()
    await region('Inspector').waitFor()
    await page.reload()
    await region('Inspector').waitFor()
  })
})
