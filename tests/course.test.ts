import AxeBuilder from '@axe-core/playwright'
import { beforeEach, describe, expect, it } from 'vitest'
import { DESK, go, onAPage, open, PHONE, page } from './support/openPage'

/** The course as a learner meets it: the first time, with questions due, with none, and with a file that is none. */

onAPage()

const DAY = 86_400_000

/** Two lessons finished; one question missed the day before yesterday, one recalled twice, one that comes back in some days. */
function progressFile(due: boolean): Buffer {
  const now = Date.now()
  const memory = (at: number) => ({ due: at, last: now - 2 * DAY, stability: 3, difficulty: 5, reps: 1, lapses: 0 })
  const answer = (right: boolean, ago: number) => ({ at: now - ago * DAY, answer: ['x'], right })
  const lesson = { step: 'look-back', seen: ['one'], predictions: {}, hints: {}, solved: [], finished: true }
  const soon = due ? now - 1000 : now + 3 * DAY
  return Buffer.from(
    JSON.stringify({
      version: 2,
      lessons: {
        'the-journey/one-letter-three-steps': lesson,
        'the-journey/who-does-what': lesson,
        'pushing-with-smtp/hello': { ...lesson, finished: false },
      },
      quiz: {
        'j-order': { answers: [answer(false, 2)], memory: memory(soon) },
        'j-a2': { answers: [answer(true, 5), answer(true, 2)], memory: memory(soon) },
        'j-who-calls': { answers: [answer(true, 2)], memory: memory(now + 4 * DAY) },
      },
    }),
  )
}

async function opened(file: Buffer): Promise<void> {
  await go('#/learn')
  await page.getByLabel('Progress file').setInputFiles({ name: 'p.json', mimeType: 'application/json', buffer: file })
}

const main = () => page.getByRole('main')
const stop = (title: RegExp) => main().getByRole('link', { name: title })

describe('on the first visit', () => {
  beforeEach(() => go('#/learn'))

  it('nothing comes back, the first stop is the next, and the one button leads there', async () => {
    await main().getByRole('heading', { level: 1, name: 'How an email service works' }).waitFor()
    expect(
      await main()
        .getByRole('region', { name: /comes? back/ })
        .count(),
    ).toBe(0)
    expect(await stop(/next/).allTextContents()).toEqual([
      expect.stringMatching(/^One letter, three stepsnext, \d+ minutes$/),
    ])
    await main().getByRole('link', { name: 'Begin the first lesson' }).press('Enter')
    await page.waitForURL(/one-letter-three-steps/)
  })

  it('every stop leads to its lesson and tells in words how long that takes', async () => {
    const stops = main().locator('section').getByRole('listitem').getByRole('listitem').getByRole('link')
    await stops.first().waitFor()
    const words = await stops.allTextContents()
    expect(words.length).toBeGreaterThanOrEqual(19)
    for (const each of words) expect(each).toMatch(/(?:next, )?\d+ minutes$/)
    for (const each of await stops.all()) expect(await each.getAttribute('href')).toMatch(/^#\/learn\/[^/]+\/[^/]+$/)
  })
})

describe('with questions due', () => {
  it('they stand first, with lesson and history, and the stops tell their days in words', async () => {
    await opened(progressFile(true))
    const today = main().getByRole('region', { name: 'Two questions come back today' })
    await today.waitFor()
    const listed = await today.getByRole('listitem').allTextContents()
    expect(listed[0]).toMatch(/One letter, three stepsmissed on \w+day$/)
    expect(listed[1]).toMatch(/One letter, three stepsrecalled twice$/)
    expect(await stop(/^One letter, three steps/).textContent()).toMatch(/2 due$/)
    expect(await stop(/^Who does what/).textContent()).toMatch(/done$/)
    expect(await stop(/^The post office/).textContent()).toMatch(/next, \d+ minutes$/)
    expect(await stop(/^Hello/).textContent()).toMatch(/begun$/)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
  })

  it('the key R asks, as the button says', async () => {
    await opened(progressFile(true))
    await main().getByText('or press R').waitFor()
    await page.keyboard.press('r')
    await main().getByText('question 1 of 2').waitFor()
  })

  it('they can wait until tomorrow, also after a reload, and be asked today after all', async () => {
    await opened(progressFile(true))
    await main().getByRole('button', { name: 'Tomorrow' }).press('Enter')
    const waits = main().getByRole('heading', { name: 'Two questions wait until tomorrow' })
    await waits.waitFor()
    expect(await waits.evaluate((title) => title === document.activeElement)).toBe(true)
    const days = main()
      .getByRole('region', { name: /wait until tomorrow/ })
      .getByRole('listitem')
    expect((await days.allTextContents()).slice(0, 2)).toEqual(['today 0', expect.stringMatching(/^2/)])
    await page.reload()
    await waits.waitFor()
    expect(await main().getByText('or press R').count()).toBe(0)
    await main().getByRole('button', { name: 'Ask me today after all' }).press('Enter')
    await main()
      .getByRole('link', { name: /^Ask me, \d minutes?$/ })
      .waitFor()
  })

  it('on a phone today comes before the course, and its list is opened on request', async () => {
    await open(PHONE, { hasTouch: true, isMobile: true })
    await opened(progressFile(true))
    const ask = main().getByRole('link', { name: /^Ask me, \d minutes?$/ })
    const box = await ask.boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(48)
    expect(box?.y).toBeLessThan((await main().getByRole('heading', { level: 1 }).boundingBox())?.y ?? 0)
    expect(
      await main()
        .getByText(/missed on/)
        .isVisible(),
    ).toBe(false)
    await main().getByText('Which they are').tap()
    await main()
      .getByText(/missed on/)
      .waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width)
  })
})

it('with nothing due, it says when the next ones come, and the button leads to the next lesson', async () => {
  await open(DESK)
  await opened(progressFile(false))
  await main()
    .getByRole('heading', { name: /^Nothing comes back today. Next on \w+day: 2.$/ })
    .waitFor()
  expect(await stop(/^One letter, three steps/).textContent()).toMatch(/again in 3 days$/)
  await page.keyboard.press('r')
  await main().getByRole('link', { name: 'Begin the next lesson' }).press('Enter')
  await page.waitForURL(/the-post-office-and-its-doors/)
})

describe('a progress file that cannot be read', () => {
  it.each([
    ['that is cut off', '{"version":2,"les', /cut off in the middle/],
    ['with a lesson that is none', '{"version":2,"lessons":{"hello":{"step":5}},"quiz":{}}', /look at lessons, hello/],
    ['of a newer version', '{"version":9}', /newer version/],
  ])('%s is refused with the reason, and nothing changes', async (_, text, reason) => {
    await opened(progressFile(true))
    await main().getByRole('heading', { name: 'Two questions come back today' }).waitFor()
    await page.getByLabel('Progress file').setInputFiles({
      name: 'other.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    })
    const said = main().getByRole('alert')
    await said.waitFor()
    expect(await said.textContent()).toMatch(reason)
    expect(await said.textContent()).toContain('What you have stays as it is')
    await page.reload()
    await main().getByRole('heading', { name: 'Two questions come back today' }).waitFor()
  })
})
