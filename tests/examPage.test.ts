import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from './support/accessible'
import { button, DESK, go, onAPage, open, PHONE, page, region } from './support/openPage'

/** The practical exam in the page: begun, taken, left and handed in. */

onAPage(() => open(DESK, { reducedMotion: 'reduce' }))

const column = (): Locator => region('The practical exam')
const part = (title: string): Locator => column().locator('details').filter({ hasText: title })
/** The machines that are on the map for everybody: also for the keyboard and for who listens. */
const seen = (): Promise<readonly string[]> =>
  page
    .locator('.map .host')
    .evaluateAll((hosts) =>
      hosts.flatMap((host) =>
        getComputedStyle(host).visibility === 'hidden' ? [] : [host.getAttribute('data-host') ?? ''],
      ),
    )

async function begin(): Promise<{ readonly sender: string; readonly reader: string }> {
  await go('#/learn/exam')
  await button('Begin the exam').press('Enter')
  await column().waitFor()
  const told = (await column().textContent()) ?? ''
  const [, sender = ''] = /alice@([a-z]+\.example)/.exec(told) ?? []
  const [, reader = ''] = /bob@([a-z]+\.example)/.exec(told) ?? []
  return { sender, reader }
}

async function leave(...titles: readonly string[]): Promise<void> {
  for (const title of titles) {
    await part(title).locator('summary').press('Enter')
    await part(title).getByRole('button', { name: 'Leave this part to the machines' }).press('Enter')
    await part(title).getByRole('button', { name: 'Yes, leave it' }).press('Enter')
    await expect.poll(() => part(title).textContent()).toContain('Done by the machines')
  }
}

async function handIn(): Promise<void> {
  await button('Hand in').press('Enter')
  await button('Yes, hand in').press('Enter')
  await column().getByText('of 100').waitFor()
}

const said = async (): Promise<string> => (await column().textContent()) ?? ''

describe('the exam', () => {
  it('goes on at its title once it has begun, since the button that was pressed is gone', async () => {
    await begin()
    const title = column().getByRole('heading', { level: 1 })
    await expect.poll(() => title.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  it('shows a part from its beginning when it is opened on a phone, though the longer one above it closes', async () => {
    await begin()
    await page.setViewportSize(PHONE)
    const summary = part('Hand it over').locator('summary')
    await summary.press('Enter')
    const isOnTop = (): Promise<boolean> =>
      summary.evaluate((element) => {
        const { x, y, width, height } = element.getBoundingClientRect()
        return element.contains(document.elementFromPoint(x + width / 2, y + height / 2))
      })
    await expect.poll(isOnTop).toBe(true)
  })

  it('begins in fog: only the machines at which one sits are there, until others are touched', async () => {
    const { sender } = await begin()
    const seats = await seen()
    expect(seats.map((host) => host.replace(/^(?:[a-z]+)-clerk$/, 'clerk')).toSorted()).toEqual(
      ['alice-laptop', 'bob-laptop', 'bob-phone', 'clerk', 'clerk'].toSorted(),
    )
    // Nothing tells by itself what happens in the fog.
    expect(await page.getByRole('region', { name: 'Map', exact: true }).textContent()).not.toMatch(/try again|220|250/)
    // The door has to be known, and what was said before one came is nowhere to be read.
    const servers = page.getByRole('combobox', { name: 'Server' })
    expect(await servers.locator('option').allTextContents()).toHaveLength(2)
    await page.getByRole('textbox', { name: 'Host' }).fill(`mx-out.${sender}`)
    await page.getByRole('textbox', { name: 'Port' }).fill('587')
    await button('Connect').press('Enter')
    await expect.poll(seen).toEqual(expect.arrayContaining([`mx-out.${sender}`]))
    expect(await seen()).toHaveLength(seats.length + 1)
    expect(await page.locator('body').textContent()).not.toContain('The word is')
  })

  it('goes on after a reload where it was left, and not back before its beginning', async () => {
    await begin()
    await leave('Hand it over', 'Ask the way')
    await part('Read without a trace').locator('summary').press('Enter')
    await part('Read without a trace').getByRole('textbox').fill('acorn')
    await part('Read without a trace').getByRole('radio', { name: 'certain' }).press('Space')
    const touched = await seen()
    expect(touched.length).toBeGreaterThan(6)
    await page.reload()
    await column().waitFor()
    await expect.poll(async () => (await seen()).toSorted()).toEqual(touched.toSorted())
    await part('Read without a trace').locator('summary').press('Enter')
    expect(await part('Read without a trace').getByRole('textbox').inputValue()).toBe('acorn')
    expect(await part('Read without a trace').getByRole('radio', { name: 'certain' }).isChecked()).toBe(true)
    const time = (): Promise<string | null> => page.getByRole('timer').textContent()
    await button('Go to start').press('Enter')
    await expect.poll(time).not.toBe('00:00.000')
    await expect.poll(async () => (await seen()).length).toBe(5)
  })

  it('counts what was reached and nothing that the machines did, shows each moment, and a worked way', async () => {
    const { reader } = await begin()
    await leave('Hand it over', 'Ask the way', 'Carry it on')
    // One part by hand, with a detour.
    await page.getByRole('textbox', { name: 'Host' }).fill(`store.${reader}`)
    await button('Connect').press('Enter')
    await leave('Deliver it', 'Collect and clear', 'Mend the way back')
    await handIn()
    expect(await said()).toMatch(/0 of 100/)
    // The focus is on the title, and the result is read with it.
    const described = (): Promise<string> =>
      page.evaluate(() => {
        const ids = document.activeElement?.matches('h1')
          ? document.activeElement.getAttribute('aria-describedby')
          : null
        return (ids ?? '')
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent ?? '')
          .join(' ')
      })
    await expect.poll(described).toMatch(/^0 of 100 Not passed yet/)
    expect(await said()).toContain('Not passed yet')
    expect(await column().getByText('The machines did this part.').count()).toBe(6)
    await expectAccessible(page)
    await button('Watch it done').press('Enter')
    await expect
      .poll(() =>
        column()
          .getByRole('button', { name: /^Show me/ })
          .count(),
      )
      .toBe(10)
    const time = (): Promise<string | null> => page.getByRole('timer').textContent()
    const before = await time()
    await column()
      .getByRole('button', { name: /^Show me/ })
      .nth(4)
      .press('Enter')
    await expect.poll(time).not.toBe(before)
    // The way back to the exam offers another world, and the result stays.
    await column().getByRole('link', { name: 'Take it again', exact: true }).press('Enter')
    await button('Take it again, in another world').waitFor()
    expect(await page.getByRole('main').textContent()).toContain('0 of 100, not passed')
  })

  it('fits a phone, each page of it', async () => {
    await page.setViewportSize(PHONE)
    const width = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth)
    await go('#/learn/exam')
    await button('Begin the exam').waitFor()
    expect(await width()).toBeLessThanOrEqual(PHONE.width)
    await expectAccessible(page)
    await button('Begin the exam').click()
    await column().waitFor()
    expect(await width()).toBeLessThanOrEqual(PHONE.width)
    // Each machine at which one sits has its name: those in the fog take no space from it.
    const names = await page
      .locator('.map .host')
      .evaluateAll((hosts) =>
        hosts.flatMap((host) => (getComputedStyle(host).visibility === 'hidden' ? [] : [host.textContent])),
      )
    expect(names).toHaveLength(5)
    expect(names.filter((name) => !/clerk|Alice|Bob/.test(name ?? ''))).toEqual([])
    await part('Ask the way').locator('summary').click()
    await expectAccessible(page)
    // The button at the foot stands above the time, which has a row more while a letter waits.
    const top = (await region('Time').boundingBox())?.y ?? 0
    const foot = await button('Hand in').boundingBox()
    expect((foot?.y ?? top) + (foot?.height ?? 0)).toBeLessThanOrEqual(top)
    await handIn()
    expect(await width()).toBeLessThanOrEqual(PHONE.width)
    await expectAccessible(page)
  })

  it('has no result before one was handed in, and says so', async () => {
    await go('#/learn/exam/result')
    await page.getByRole('heading', { name: 'There is no result yet.' }).waitFor()
    await page.getByRole('link', { name: 'To the exam' }).click()
    await button('Begin the exam').waitFor()
  })
})
