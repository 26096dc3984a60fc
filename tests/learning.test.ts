import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { button, DESK, live, onAPage, open, PHONE, page, region, served } from './support/openPage'

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
  await press('See the answer')
  await button('Continue').waitFor()
}

/** Goes to the next step, and at once to its moment. */
async function next(): Promise<void> {
  await press('Continue')
  await press('Skip ahead')
}

const heading = (): Locator => lesson().getByRole('heading', { level: 1 })
/** The buttons at the foot of the lesson. */
const choices = (): Promise<readonly string[]> =>
  lesson()
    .getByRole('button', {
      name: /^(?:Run and see|See the answer|Skip|Skip ahead|Play on|Continue|Back|Write a letter)$/,
    })
    .allTextContents()
const setSpeed = (speed: string): Promise<unknown> => page.getByRole('combobox', { name: 'Speed' }).selectOption(speed)

describe('the first lesson', () => {
  it('keeps the way on in sight on a tablet, however long the step', async () => {
    await open({ width: 820, height: 1180 })
    await page.goto(`${served.url}#/learn/the-journey/one-letter-three-steps`)
    await button('Run and see').waitFor()
    const time = (await region('Time').boundingBox())?.y ?? 0
    const foot = await button('Run and see').boundingBox()
    expect((foot?.y ?? time) + (foot?.height ?? 0)).toBeLessThan(time)
  })

  it('shows what is sealed until the answer has come, and then the verdict first and in sight', async () => {
    await page.goto(`${served.url}#/learn/the-journey/one-letter-three-steps`)
    await button('Run and see').waitFor()
    await choose(lesson().getByRole('radio', { name: /outgoing server/ }))
    await choose(lesson().getByRole('radio', { name: 'fairly sure' }))
    await press('Run and see')
    await lesson().getByText('Running …').waitFor()
    const sealed = region('Your sealed answers in this lesson')
    expect(await sealed.getByRole('listitem').textContent()).toMatch(/^1A letter lies ready.*fairly sure$/)
    expect(await sealed.getByRole('img', { name: 'sealed' }).count()).toBe(1)
    await press('See the answer')
    const verdict = lesson().getByText(/^You said/)
    await verdict.waitFor()
    expect(await sealed.count()).toBe(0)
    expect(
      await verdict.evaluate(
        (each) => each === document.activeElement || each.parentElement === document.activeElement,
      ),
    ).toBe(true)
    const [said, options] = [await verdict.boundingBox(), await lesson().getByRole('radiogroup').boundingBox()]
    expect(said?.y).toBeLessThan(options?.y ?? 0)
    // The causes of the other answers are opened on request.
    const whyNot = lesson().getByText('Why not?')
    expect(await whyNot.count()).toBeGreaterThan(0)
    await page.getByRole('tab', { name: 'Sealed' }).press('Enter')
    await sealed.getByRole('img', { name: 'right', exact: true }).waitFor()
  })

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
    await press('See the answer')
    await expect.poll(() => button('See the answer').count()).toBe(0)
    await expect.poll(() => live().textContent()).toBe('Alice’s laptop and mx-out are connected, on port 587.')
    await press('Continue')
    // The next words are said one after the other, while the lesson waits for nothing.
    await expect.poll(() => live().textContent()).toContain('Good day, I am ready.')
    await button('Pause').waitFor()
    await press('Skip ahead')
    await button('Play').waitFor()
    await expect.poll(() => live().textContent()).toContain('The letter, and a dot alone on a line to end it.')
  })

  it('gives the answer to each of its questions at once when it is asked for', async () => {
    await page.goto(`${served.url}#/learn/the-journey/one-letter-three-steps`)
    await button('Run and see').waitFor()
    // An answer that had to be waited for would take half a minute.
    await setSpeed('0.25')
    const answers: string[] = []
    for (const question of [/mx-out/, /^MX/, /^250/, /^POP3/]) {
      while (!(await button('Run and see').isVisible())) await next()
      await choose(lesson().getByRole('radio', { name: question }))
      await press('Run and see')
      await button('Pause').waitFor()
      expect(await choices()).toEqual(answers.length === 0 ? ['See the answer'] : ['See the answer', 'Back'])
      await button('See the answer').press('Enter')
      await button('Continue').waitFor({ timeout: 2000 })
      await button('Play').waitFor({ timeout: 2000 })
      expect(await button('See the answer').count()).toBe(0)
      // The focus is on the verdict, which stands in sight.
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/^You said/)
      answers.push((await live().textContent()) ?? '')
    }
    expect(answers).toEqual([
      'Alice’s laptop and mx-out are connected, on port 587.',
      expect.stringMatching(/^mx-out asks resolver: “Who takes mail for bird\.example\?”/),
      expect.stringMatching(/^mx\.bird answers mx-out: “Yes, Bob lives here\.” 250/),
      'Bob’s laptop has carried the letter home: POP3 took it off the server.',
    ])
  })

  it('says that an answer is to be chosen first', async () => {
    await page.goto(`${served.url}#/learn/the-journey/one-letter-three-steps`)
    await press('Run and see')
    await expect.poll(() => lesson().getByRole('status').allTextContents()).toContain('Choose an answer first.')
    expect(await button('Play').count()).toBe(1)
  })

  /** At the end of the first step. */
  async function answered(): Promise<void> {
    await page.goto(`${served.url}#/learn/the-journey/one-letter-three-steps`)
    await predict(/outgoing server/)
  }

  it('says nothing about a moment before the map shows it', async () => {
    await answered()
    const headlines: string[] = []
    for (const [number, title, said] of [
      [2, 'Step one: handed over', 'The laptop says who it is'],
      [3, 'Step two: whose door?', 'The server said 250'],
      [4, 'The way is known', 'What comes home is an answer'],
      [5, 'First the envelope', 'The letter itself still waits'],
      [6, 'Step three: pulled, and it stays', 'The letter lies in Bob’s mailbox'],
      [7, 'Step three, another way', 'collects from the very same mailbox'],
    ] as const) {
      if (await button('Run and see').isVisible()) await press('Skip')
      else await press('Continue')
      await button('Pause').waitFor()
      expect(await heading().textContent()).toBe(`On the way to step ${number}`)
      const text = (await lesson().innerText()).replaceAll("'", '’')
      expect(text).not.toContain(said)
      expect(await choices()).toEqual(['Back', 'Skip ahead'])
      await press('Skip ahead')
      await expect.poll(() => heading().textContent()).toBe(title)
      await expect.poll(async () => (await lesson().innerText()).replaceAll("'", '’')).toContain(said)
      await button('Play').waitFor()
      expect(await button('Skip ahead').count()).toBe(0)
      await expect.poll(() => heading().evaluate((title) => title === document.activeElement)).toBe(true)
      headlines.push((await page.getByRole('region', { name: 'Headline', exact: true }).textContent()) ?? '')
    }
    expect(headlines[4]).toContain('The letter travels from store to Bob’s phone.')
  })

  it('stops at the moment of its step by itself, and says so to whoever listens', async () => {
    await answered()
    await next()
    await press('Continue')
    await setSpeed('4')
    await expect.poll(() => heading().textContent()).toBe('Step two: whose door?')
    await button('Play').waitFor()
    expect(await live().textContent()).toBe('The letter waits in the queue of mx-out.')
    // The focus is where it was, so the step is said.
    expect(await heading().evaluate((title) => title === document.activeElement)).toBe(true)
    await expect.poll(() => lesson().getByRole('status').allTextContents()).toContain('Step 3: Step two: whose door?')
  })

  it('goes on from where it was left in the middle of a way', async () => {
    await answered()
    await next()
    await press('Continue')
    await button('Pause').press('Enter')
    await expect.poll(() => heading().textContent()).toBe('Stopped on the way to step 3')
    expect(await choices()).toEqual(['Back', 'Skip ahead', 'Play on'])
    await page.reload()
    await expect.poll(() => heading().textContent()).toBe('Stopped on the way to step 3')
    await setSpeed('4')
    // Whatever makes it play, it stops there.
    await button('Play').press('Enter')
    await expect.poll(() => heading().textContent()).toBe('Step two: whose door?')
    await button('Play').waitFor()
    expect(await live().textContent()).toBe('The letter waits in the queue of mx-out.')
    await page.reload()
    await expect.poll(() => heading().textContent()).toBe('Step two: whose door?')
  })

  it('keeps the text of a step while one steps back, and says that the map shows an earlier moment', async () => {
    await answered()
    await next()
    await button('Step back').press('Enter')
    await expect.poll(() => lesson().innerText()).toContain('The map shows an earlier moment.')
    expect(await heading().textContent()).toBe('Step one: handed over')
    await press('Show this step’s moment')
    await expect.poll(() => live().textContent()).toContain('The letter, and a dot alone on a line to end it.')
    expect(await button('Show this step’s moment').count()).toBe(0)
  })

  it('goes at once to a step that is chosen by its mark', async () => {
    await answered()
    await next()
    await next()
    await press('Back')
    await press('Back')
    await lesson()
      .getByRole('button', { name: /^Step 3:/ })
      .press('Enter')
    await expect.poll(() => heading().textContent()).toBe('Step two: whose door?')
    await button('Play').waitFor()
    expect(await live().textContent()).toBe('The letter waits in the queue of mx-out.')
  })

  it('has the way on in sight on a phone', async () => {
    await open(PHONE, { hasTouch: true, isMobile: true })
    await answered()
    await button('Continue').tap()
    const skip = await button('Skip ahead').boundingBox()
    const bar = await page.getByRole('region', { name: 'Time', exact: true }).boundingBox()
    expect((skip?.y ?? 844) + (skip?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0)
  })

  it('is at each moment at once if motion is to be reduced', async () => {
    await open(DESK, { reducedMotion: 'reduce' })
    await page.goto(`${served.url}#/learn/the-journey/one-letter-three-steps`)
    await choose(lesson().getByRole('radio', { name: /outgoing server/ }))
    await press('Run and see')
    await press('Continue')
    await expect.poll(() => heading().textContent()).toBe('Step one: handed over')
    expect(await choices()).toEqual(['Back', 'Continue'])
  })

  it('is completed from its first prediction to its last quiz item, and progress is kept', async () => {
    await page.goto(`${served.url}#/learn`)
    await page
      .getByRole('link', { name: /One letter, three steps/ })
      .first()
      .press('Enter')
    await lesson().waitFor()

    await predict(/outgoing server of her own domain/)
    await next()
    await next()
    await predict(/^MX/)
    await next()
    await next()
    await predict(/^250/)
    await next()
    await next()
    // A wrong prediction is answered too, and the lesson goes on.
    await predict(/^IMAP/)
    await press('Continue')
    // The phone is told at the instant at which the letter goes.
    await expect.poll(() => lesson().textContent()).toContain('Two lines, one instant')
    await expect.poll(() => live().textContent()).toContain('* 1 EXPUNGE')
    await press('Continue')

    await expect.poll(() => lesson().textContent()).toContain('Make step two fail')
    // First the task, then the invitation to break what works.
    await expect.poll(() => lesson().innerText()).toMatch(/Your turn.*Try to break it/s)
    // The hints come in three grades; the worked line is the last.
    for (const hint of ['Open the nudge', 'Open the pointer', 'Open the line']) await press(hint)
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
    await expect.poll(() => lesson().textContent()).toContain('step 10 of 10')
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
