import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { expectAccessibleEverywhere } from './support/accessible'
import { serveDemo } from './support/browser'
import { atStep as atStepOf, heading, lesson } from './support/lessonSteps'
import { button, onAPage, open, PHONE, page, region } from './support/openPage'

/** Tasks of a lesson with one of everything, `tests/demo`: goals, hints, a dialogue with gaps, an example, and the way back. */

onAPage(() => open(undefined, { reducedMotion: 'reduce' }), serveDemo)

const dialogue = (): Locator => region('Dialogue')
const field = (): Locator => dialogue().getByRole('textbox')
const atStep = (title: string): Promise<void> => atStepOf('demo/every-kind', title)

async function inTheCall(): Promise<void> {
  await atStep('Fill the gaps')
  await dialogue().getByRole('button', { name: 'Call mx.bird.example, port 25' }).press('Enter')
  await expect.poll(() => dialogue().textContent()).toContain('EHLO alice-laptop')
}

async function say(line: string): Promise<void> {
  await field().fill(line)
  await field().press('Enter')
}

const goals = (): Promise<readonly string[]> =>
  lesson().getByRole('list', { name: 'What will be checked' }).getByRole('listitem').allTextContents()

describe('a dialogue with gaps', () => {
  it('is said by the page up to the first gap, and the world judges the lines of the learner', async () => {
    await inTheCall()
    expect(await goals()).toEqual([
      'the sender is named, not yet',
      'a reader is named after a yes, not yet',
      'Bob has a second letter, not yet',
    ])
    await say('MAIL FROM:<king@castle.example>')
    await expect.poll(goals).toContainEqual(expect.stringMatching(/^the sender is named, reached/))
    await say('RCPT TO:<bob@bird.example>')
    // The lines after the last gap are said by the page too.
    await expect.poll(() => dialogue().textContent()).toContain('221 2.0.0 Bye')
    await expect.poll(() => lesson().textContent()).toContain('Taken. The envelope was all that it needed.')
    await button('Continue').waitFor()
  })

  it('keeps a refused line with its cause, and gives more help after two refusals of the same kind', async () => {
    await inTheCall()
    await say('MAIL FROM:alice@paper.example')
    await expect.poll(() => dialogue().textContent()).toContain('501 5.5.4')
    expect(await dialogue().textContent()).toContain('I know the word, but not what comes after it.')
    // The author says nothing about this one, so the catalogue does.
    expect(await lesson().textContent()).toContain('I know the word, but not what comes after it.')
    expect(await field().inputValue()).toBe('')
    await say('MAIL FROM:alice@paper.example')
    await expect
      .poll(() => dialogue().getByRole('status').textContent())
      .toBe('Refused twice in the same way, so more is given now: every line stands there.')
    expect(await field().inputValue()).toBe('MAIL FROM:<alice@paper.example>')
    expect(await dialogue().getByRole('radio', { name: 'Whole' }).isChecked()).toBe(true)
  })

  it('says the author’s own words about a reply that the author has foreseen', async () => {
    await inTheCall()
    await say('MAIL FROM:<alice@paper.example>')
    await say('RCPT TO:<nobody@bird.example>')
    await expect.poll(() => lesson().textContent()).toContain('Nobody of that name lives there. Write to Bob.')
  })

  it('leads back to before the last line when the call is over', async () => {
    await inTheCall()
    await say('QUIT')
    await expect.poll(() => lesson().textContent()).toContain('This call is over.')
    await button('Back to the moment before QUIT').press('Enter')
    await expect.poll(() => field().count()).toBe(1)
    await say('MAIL FROM:<alice@paper.example>')
    await expect.poll(() => dialogue().textContent()).toContain('250 2.1.0 Ok')
  })

  it('is a whole terminal when nothing is to be given, and each grade can be chosen', async () => {
    await inTheCall()
    await dialogue().getByRole('radio', { name: 'Whole' }).press('Space')
    await expect.poll(() => field().inputValue()).toBe('MAIL FROM:<alice@paper.example>')
    await dialogue().getByRole('radio', { name: 'Blank' }).press('Space')
    await expect.poll(() => dialogue().getByRole('button', { name: 'Hang up' }).count()).toBeGreaterThan(0)
  })
})

describe('a task', () => {
  it('has hints that open one after the other, by a key too', async () => {
    await atStep('Fill the gaps')
    await heading().focus()
    await page.keyboard.press('h')
    await expect.poll(() => lesson().textContent()).toContain('Two lines make an envelope.')
    await page.keyboard.press('h')
    await expect.poll(() => lesson().textContent()).toContain('Each wants angle brackets.')
    await button('Open the line').press('Enter')
    await expect.poll(() => lesson().textContent()).toContain('Type MAIL FROM:<alice@paper.example>.')
  })

  it('shows a worked one, which is no work of the learner', async () => {
    await atStep('Fill the gaps')
    await button('Show a worked one').press('Enter')
    await expect.poll(() => lesson().textContent()).toContain('That was the worked one.')
    expect(await button('Skip').count()).toBe(1)
    await button('Begin the task anew').press('Enter')
    await expect.poll(goals).toContain('the sender is named, not yet')
  })

  it('opens the machine that it names, and counts', async () => {
    await atStep('Who may sleep?')
    await button('Open the machine').press('Enter')
    await expect.poll(() => region('Machine').getByRole('combobox').first().inputValue()).toBe('bob-phone')
    expect(await lesson().textContent()).toContain('The best known is 9.')
  })

  it('is accessible, with its dialogue', async () => {
    await inTheCall()
    await say('MAIL FROM:alice@paper.example')
    await expectAccessibleEverywhere(page)
  })

  it('is done by thumb: the dialogue is a tab, reached by the button of the task', async () => {
    await open(PHONE, { reducedMotion: 'reduce', hasTouch: true, isMobile: true })
    await atStep('Fill the gaps')
    await button('Go to the dialogue').tap()
    await dialogue()
      .getByRole('button', { name: /^Call mx\.bird/ })
      .tap()
    await expect.poll(() => field().count()).toBe(1)
    const box = await field().boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(44)
  })
})
