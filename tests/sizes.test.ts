import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { button, DESK, go, onAPage, open, PHONE, page, region, type Viewport } from './support/openPage'

/** Pages have the size of their window, and can be used in small ones. */

onAPage()

const TABLET = { width: 820, height: 1180 }
/** A window of 1440 by 900 at a zoom of 200 %. */
const ZOOMED = { width: 720, height: 450 }
const SIDEWAYS = { width: 844, height: 390 }
const LESSON = '#/learn/the-journey/one-letter-three-steps'

async function sendFromLab(): Promise<void> {
  await button('Write a letter').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send the letter' }).click()
}

const show = (panel: string): Promise<void> => page.getByRole('tab', { name: panel }).click()

describe('the document', () => {
  const STAGES: readonly [name: string, hash: string, prepare: () => Promise<void>][] = [
    ['home', '', () => button('Send the letter').click()],
    ['lab', '#/lab', sendFromLab],
    ['lesson', LESSON, async () => {}],
    ['moment of the quiz', '#/quiz/components/component-laptop', async () => {}],
  ]

  it.each(STAGES)('ends where the page ends, after a whole run: %s', async (_, hash, prepare) => {
    for (const viewport of [DESK, TABLET, PHONE]) {
      await open(viewport)
      await go(hash)
      await prepare()
      await page.getByRole('button', { name: /^(?:Pause|Play)$/ }).waitFor()
      await button('Go to end').click()
      if (hash !== '') await show('Transcript')
      await expect.poll(() => region('Transcript').textContent()).toMatch(/POP3|IMAP/)
      const { document: whole, app } = await heights()
      expect({ viewport, document: whole }).toEqual({ viewport, document: Math.max(app, viewport.height) })
      if (hash !== '' && viewport !== PHONE) expect({ viewport, app }).toEqual({ viewport, app: viewport.height })
    }
  })
})

const heights = (): Promise<{ readonly document: number; readonly app: number }> =>
  page.evaluate(() => ({
    document: document.documentElement.scrollHeight,
    app: Math.round(document.querySelector('.app')?.getBoundingClientRect().height ?? 0),
  }))

/** How many pixels of an element's height are in the window and can be seen: nothing lies over their middle. */
function heightInSight(locator: Locator): Promise<number> {
  return locator.evaluate((element) => {
    const { left, right } = element.getBoundingClientRect()
    let { top, bottom } = element.getBoundingClientRect()
    for (let box = element.parentElement; box; box = box.parentElement) {
      if (getComputedStyle(box).overflowY === 'visible') continue
      const edge = box.getBoundingClientRect()
      top = Math.max(top, edge.top)
      bottom = Math.min(bottom, edge.bottom)
    }
    top = Math.max(top, 0)
    bottom = Math.min(bottom, innerHeight)
    const at = (y: number) => document.elementFromPoint((left + right) / 2, y)
    const isSeen = (y: number) => element.contains(at(y)) || at(y)?.contains(element) === true
    while (top < bottom && !isSeen(bottom - 1)) bottom--
    while (top < bottom && !isSeen(top)) top++
    return Math.round(bottom - top)
  })
}

const isWhole = async (locator: Locator): Promise<boolean> => {
  const box = await locator.boundingBox()
  return box !== null && (await heightInSight(locator)) >= Math.floor(box.height) - 1
}

describe.each<[string, NonNullable<Viewport>, boolean]>([
  ['at a zoom of 200 %', ZOOMED, false],
  ['on a phone held sideways', SIDEWAYS, true],
])('%s', (_, viewport, touch) => {
  const openHere = () => open(viewport, { hasTouch: touch, isMobile: touch })

  it('a dialogue is typed with the last lines in sight', async () => {
    await openHere()
    await go('#/lab')
    await show('Dialogue')
    if (!touch) await page.getByRole('switch', { name: 'Plain input' }).check()
    await button('Connect').click()
    const command = page.getByRole('textbox', { name: 'Command', exact: true })
    await command.fill('EHLO me')
    await command.press('Enter')
    const said = page.getByRole('group', { name: 'Dialogue so far' })
    await expect.poll(() => said.textContent()).toContain('250 ')
    expect(await isWhole(command)).toBe(true)
    expect(await isWhole(button('Send the line'))).toBe(true)
    // Three lines of the dialogue at least.
    expect(await heightInSight(said)).toBeGreaterThan(66)
    expect(await isWhole(page.getByRole('slider', { name: 'Timeline' }))).toBe(true)
  })

  it('a lesson is read and continued beside its map', async () => {
    await openHere()
    await go(LESSON)
    const lesson = page.locator('.panel-content', { has: region('Lesson') })
    await lesson.waitFor()
    expect(await heightInSight(lesson)).toBeGreaterThan(150)
    expect(await isWhole(button('Run and see'))).toBe(true)
    expect(await heightInSight(region('Map'))).toBeGreaterThan(150)
    expect(await isWhole(button('Play'))).toBe(true)
  })

  it('the ready letter is sent without scrolling, and its journey is then in sight', async () => {
    await openHere()
    await go('')
    const send = button('Send the letter')
    await send.waitFor()
    expect(await isWhole(send)).toBe(true)
    await send.click()
    await button('Pause').click()
    await button('Go to end').click()
    expect(await page.evaluate(() => scrollY)).toBe(0)
    expect(await heightInSight(region('Map'))).toBeGreaterThan(150)
    expect(await heightInSight(region('Transcript'))).toBeGreaterThan(150)
    expect(await isWhole(button('Play'))).toBe(true)
    const clock = await page.getByRole('timer').boundingBox()
    expect((clock?.x ?? 0) + (clock?.width ?? 0)).toBeLessThanOrEqual(viewport.width)
    expect(await isWhole(button('Next event'))).toBe(true)
  })
})

it('at a zoom of 200 % the code editor shows several lines', async () => {
  await open(ZOOMED)
  await go('#/lab')
  await show('Dialogue')
  await button('Connect').click()
  const editor = page.locator('.monaco-editor').first()
  await editor.waitFor()
  await expect.poll(() => heightInSight(editor)).toBeGreaterThan(88)
})
