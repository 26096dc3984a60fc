import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { button, live, onAPage, page, served } from './support/openPage'

/** The lesson and the quiz as a learner goes through them, by keyboard. */

onAPage()

/** Choices of quiz items that have no answer yet. */
const unanswered = (): Locator => page.getByRole('row').locator('input[type=radio][aria-disabled=false]')
const lesson = (): Locator => page.getByRole('region', { name: 'Lesson', exact: true })

/** Chooses a radio button as the keyboard does. */
async function choose(radio: Locator): Promise<void> {
  await radio.focus()
  await page.keyboard.press('Space')
}

async function press(name: string): Promise<void> {
  await button(name).focus()
  await page.keyboard.press('Enter')
}

async function predict(option: RegExp): Promise<void> {
  await choose(lesson().getByRole('radio', { name: option }))
  await press('Run and see')
  await skipAhead()
  await button('Continue').waitFor()
  await press('Continue')
}

/** Goes at once to the moment to which the stage plays. */
const skipAhead = (): Promise<void> => press('Skip ahead')

describe('the first lesson', () => {
  it('asks its first question in full, above the button that answers it', async () => {
    await page.goto(`${served.url}#/learn/the-journey/one-letter-three-steps`)
    await button('Run and see').waitFor()
    const foot = (await button('Run and see').boundingBox())?.y ?? 0
    const options = await lesson().getByRole('radiogroup').boundingBox()
    expect((options?.y ?? foot) + (options?.height ?? 0)).toBeLessThan(foot)
    // The run's next event has words before the answer is given.
    await choose(lesson().getByRole('radio', { name: /outgoing server/ }))
    await press('Run and see')
    await button('Continue').waitFor()
    await expect
      .poll(() => page.getByRole('region', { name: 'Transcript', exact: true }).textContent())
      .toContain('Alice’s laptop and mx-out are connected')
  })

  it('plays from one moment to the next, or goes there at once', async () => {
    await page.goto(`${served.url}#/learn/the-journey/one-letter-three-steps`)
    await choose(lesson().getByRole('radio', { name: /outgoing server/ }))
    await press('Run and see')
    // The call is drawn, in words too, before anything is said.
    await expect
      .poll(() => live().textContent())
      .toMatch(/^Alice’s laptop asks mx-out: “May I speak with mx-out, port 587\?”/)
    await skipAhead()
    await expect.poll(() => button('Skip ahead').count()).toBe(0)
    await expect.poll(() => live().textContent()).toBe('Alice’s laptop and mx-out are connected, on port 587.')
    await press('Continue')
    // The next words are said one after the other, while the lesson waits for nothing.
    await expect.poll(() => live().textContent()).toContain('Good day, I am ready.')
    await button('Pause').waitFor()
    await skipAhead()
    await button('Play').waitFor()
    await expect.poll(() => live().textContent()).toContain('The letter, and a dot alone on a line to end it.')
  })

  it('is completed from its first prediction to its last quiz item, and progress is kept', async () => {
    await page.goto(`${served.url}#/learn`)
    await page
      .getByRole('link', { name: /One letter, three steps/ })
      .first()
      .press('Enter')
    await lesson().waitFor()

    await predict(/outgoing server of her own domain/)
    await press('Continue')
    await predict(/^MX/)
    await press('Continue')
    await predict(/^250/)
    await press('Continue')
    // A wrong prediction is answered too, and the lesson goes on.
    await predict(/^IMAP/)

    await expect.poll(() => lesson().textContent()).toContain('Make step two fail')
    // The hints come in three grades; the worked line is the last.
    for (const hint of ['Hint 1 of 3', 'Hint 2 of 3', 'Hint 3 of 3']) await press(hint)
    expect(await lesson().textContent()).toContain('bob@nowhere.example')

    // A mistake is answered with its own repair.
    await sendTo('nobody@bird.example')
    await expect.poll(() => lesson().textContent()).toContain('mx.bird.example that said no')
    expect(await button('Continue').count()).toBe(0)

    await sendTo('bob@nowhere.example')
    await expect.poll(() => lesson().textContent()).toContain('NXDOMAIN')
    await press('Continue')

    await expect.poll(() => lesson().textContent()).toContain('Which step was it?')
    while ((await unanswered().count()) > 0) await choose(unanswered().first())
    await expect
      .poll(() =>
        lesson()
          .getByRole('button', { name: /Show me/ })
          .count(),
      )
      .toBeGreaterThan(0)

    await page.reload()
    await expect.poll(() => lesson().textContent()).toContain('step 9 of 9')
    await page.goto(`${served.url}#/learn`)
    await expect.poll(() => page.getByRole('main').textContent()).toMatch(/done/i)
  })

  async function sendTo(address: string): Promise<void> {
    // Nothing moves any more, so the next thing that moves is the letter.
    await button('Go to end').press('Enter')
    await button('Play').waitFor()
    await press('Write a letter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'To' }).fill(address)
    await dialog.getByRole('button', { name: 'Send the letter' }).press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    // The sent letter begins to travel by itself.
    await button('Pause').waitFor()
    await button('Go to end').press('Enter')
  }
})

describe('the quiz', () => {
  it('asks the three questions, explains each answer in its place, and shows the moment', async () => {
    await page.goto(`${served.url}#/quiz`)
    const titles: string[] = []
    for (let question = 0; question < 3; question++) {
      await page.locator('h1').first().waitFor()
      titles.push((await page.locator('h1').first().textContent()) ?? '')
      let answered = 0
      for (; (await unanswered().count()) > 0 && answered < 20; answered++) await choose(unanswered().first())
      expect(answered).toBeGreaterThan(4)
      // Every answer has its verdict and its cause.
      await expect
        .poll(() =>
          page
            .getByRole('button', { name: /Show me/ })
            .or(page.getByRole('link', { name: /Show me/ }))
            .count(),
        )
        .toBeGreaterThan(3)
      if (question === 0) {
        await page
          .getByRole('button', { name: /Show me/ })
          .or(page.getByRole('link', { name: /Show me/ }))
          .first()
          .press('Enter')
        await page.getByRole('region', { name: 'Map', exact: true }).waitFor()
        await expect.poll(() => page.getByRole('timer').textContent()).not.toBe('00:00.000')
        await page
          .getByRole('link', { name: /Back to the quiz/ })
          .or(button(/Back to the quiz/))
          .press('Enter')
        await page.locator('h1').first().waitFor()
      }
      const next = page.getByRole('button', { name: /^Next/ }).or(page.getByRole('link', { name: /^Next/ }))
      if (question < 2) await next.first().press('Enter')
      if (question < 2) await expect.poll(() => page.locator('h1').first().textContent()).not.toBe(titles[question])
    }
    expect(new Set(titles).size).toBe(3)
    await page.reload()
    await expect
      .poll(() =>
        page
          .getByRole('button', { name: /Show me/ })
          .or(page.getByRole('link', { name: /Show me/ }))
          .count(),
      )
      .toBeGreaterThan(3)
  })
})
