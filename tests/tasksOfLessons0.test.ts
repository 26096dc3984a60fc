import type { Locator } from 'playwright-core'
import { expect, it } from 'vitest'
import { DESK, go, onAPage, open, page, region } from './support/openPage'

/** The tasks of lessons 1 to 6, done by keyboard through roles and names, as a person would who reads the words alone. */

onAPage(() => open(DESK, { reducedMotion: 'reduce' }))

const lesson = (): Locator => region('Lesson')
const title = (): Locator => lesson().getByRole('heading', { level: 1 })
const said = (): Promise<string | null> => lesson().textContent()

/** Opens a lesson, and goes on to a step. */
async function atStep(path: string, wanted: string): Promise<void> {
  await go(`#/learn/${path}`)
  await title().waitFor()
  for (let steps = 0; steps < 30 && (await title().textContent()) !== wanted; steps++) {
    const before = await said()
    await lesson()
      .getByRole('button', { name: /^(?:Skip|Continue|Skip ahead|Continue without it)$/ })
      .last()
      .press('Enter')
    await expect.poll(said).not.toBe(before)
  }
  expect(await title().textContent()).toBe(wanted)
}

/** Types into what has the focus, and sends it. */
async function type(line: string): Promise<void> {
  await page.keyboard.type(line)
  await page.keyboard.press('Enter')
}

/** The focus comes to a field by itself. */
async function fieldHasFocus(name: RegExp): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')).toMatch(name)
}

/** A conversation with gaps: the learner calls, and says the lines that are missing. */
async function callAndSay(...lines: readonly string[]): Promise<void> {
  const dialogue = region('Dialogue')
  await dialogue.getByRole('button', { name: /^Call mx\.bird\.example.*, port 25$/ }).press('Enter')
  for (const line of lines) {
    await fieldHasFocus(/, a gap: say it$/)
    const before = await dialogue.textContent()
    await type(line)
    await expect.poll(() => dialogue.textContent()).not.toBe(before)
  }
}

/** A free dialogue: each line is sent when the server has answered the one before. */
async function sayByHand(...lines: readonly (readonly [line: string, answer: string])[]): Promise<void> {
  const answers = page.getByRole('region', { name: 'Dialogue editor' })
  for (const [line, answer] of lines) {
    await fieldHasFocus(/^Dialogue\./)
    await type(line)
    if (answer !== '') await expect.poll(() => answers.locator('[aria-live]').last().textContent()).toContain(answer)
  }
}

async function isSolvedWith(praise: string): Promise<void> {
  await expect.poll(said).toContain(praise)
  await lesson().getByRole('button', { name: 'Continue' }).waitFor()
}

const TOKEN = 'AGFsaWNlAHBhcGVyYm9hdA=='

it('lesson 1: a letter is lost in step two, and each wrong turn is answered with the way on', async () => {
  await atStep('the-journey/one-letter-three-steps', 'Make step two fail')
  // The world of the task is new: no letter of the lesson is on its way in it.
  expect(await region('Headline').textContent()).toContain('No letter has been sent yet.')
  await page.getByRole('button', { name: 'Connect' }).press('Enter')
  await expect.poll(said).toContain('mx-out waits for your next line.')
  await sayByHand(['EHLO alice-laptop', '250'], ['MAIL FROM:<alice@paper.example>', '530'])
  await expect.poll(said).toContain(`Say AUTH PLAIN ${TOKEN}`)
  await sayByHand(['AUTH PLAIN alice paperboat', '501'])
  await expect.poll(said).toContain('go in as one word')
  await sayByHand([`AUTH PLAIN ${TOKEN}`, '235'], ['MAIL FROM:<alice@paper.example>', '250'])
  await sayByHand(['RCPT TO:<bob@nowhere.example>', '250'], ['DATA', '354'])
  await expect.poll(said).toContain('A dot alone on a line ends it.')
  await sayByHand(['Subject: Hello', ''], ['.', '250'])
  await expect.poll(said).toContain('Something is under way.')
  await sayByHand(['QUIT', '221'])
  // A letter was taken: there is nothing to go back for.
  expect(await said()).not.toContain('This call is over.')
  await page.getByRole('button', { name: 'Go to end' }).press('Enter')
  await isSolvedWith('Taken, looked up, and not found')
})

it('lesson 2: a letter arrives while three machines are stopped on the map', async () => {
  await atStep('the-journey/who-does-what', 'Who may sleep?')
  for (const name of [/^Bob's phone/, /^Bob's laptop/, /^paper\.example\./]) {
    await region('Map').getByRole('button', { name }).press('Enter')
    await page.getByRole('button', { name: 'Stop it' }).press('Enter')
    await page.keyboard.press('Escape')
  }
  expect(await said()).toContain('Not there yet.')
  await lesson().getByRole('button', { name: 'Write a letter' }).press('Enter')
  const form = page.getByRole('dialog', { name: 'Write a letter' })
  await form.getByRole('textbox', { name: 'To' }).fill('bob@bird.example')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Go to end' }).press('Enter')
  await isSolvedWith('Delivered, with so many in the dark.')
  expect(await said()).toContain('3 machines off; the best known is 10.')
})

it('lesson 3: a letter gets out by the members’ door, after the door for strangers has refused it', async () => {
  await atStep('pushing-with-smtp/the-post-office-and-its-doors', 'Get one letter out')
  await lesson().getByRole('button', { name: 'Sit down and type' }).press('Enter')
  const doors = page.getByRole('combobox', { name: 'Server to connect to' })
  const connectTo = async (door: RegExp): Promise<void> => {
    const names = await doors.getByRole('option').allTextContents()
    await doors.selectOption({ label: names.find((name) => door.test(name)) ?? '' })
    await page.getByRole('button', { name: 'Connect' }).press('Enter')
    await fieldHasFocus(/^Dialogue\./)
  }
  await connectTo(/^mx-out\.paper\.example 25,/)
  await sayByHand(
    ['EHLO laptop', '250'],
    ['MAIL FROM:<alice@paper.example>', '250'],
    ['RCPT TO:<bob@bird.example>', '550'],
  )
  await expect.poll(said).toContain('To send elsewhere, show who you are at 587.')
  await page.getByRole('button', { name: 'Hang up' }).press('Enter')
  await connectTo(/^mx-out\.paper\.example 587,/)
  // The refusal was told of the call before.
  await expect.poll(said).toContain('mx-out waits for your next line.')
  await sayByHand(['EHLO laptop', '250'], [`AUTH PLAIN ${TOKEN}`, '235'], ['MAIL FROM:<alice@paper.example>', '250'])
  await sayByHand(['RCPT TO:<bob@bird.example>', '250'], ['DATA', '354'], ['Subject: Out', ''], ['.', '250'])
  await isSolvedWith('Taken, and carried on in Alice’s name.')
})

it('lesson 4: the old hello stands on the stamp', async () => {
  await atStep('pushing-with-smtp/hello', 'By the old hello')
  await callAndSay('EHLO laptop')
  await expect.poll(said).toContain('It arrived, with ESMTP on its stamp')
  await callAndSay('HELO laptop')
  await isSolvedWith('with SMTP: forty years later it still works.')
})

it('lesson 5: the envelope and the letter name two senders', async () => {
  await atStep('pushing-with-smtp/the-envelope', 'Secretary to the King')
  await callAndSay('MAIL FROM alice@paper.example')
  await expect.poll(said).toContain('The sender’s address stands in angle brackets')
  for (const line of ['MAIL FROM:<alice@paper.example>', 'RCPT TO:<bob@bird.example>']) {
    await fieldHasFocus(/, a gap: say it$/)
    await type(line)
    await expect.poll(() => region('Dialogue').textContent()).toContain(line)
  }
  await fieldHasFocus(/^Line 6, a gap: say it$/)
  await expect.poll(said).toContain('A dot alone on a line ends it.')
  await type('From: The King <king@castle.example>')
  await isSolvedWith('A holiday, proclaimed by somebody who never said so')
})

it('lesson 6: a dot on a line of its own goes through', async () => {
  await atStep('pushing-with-smtp/the-letter', 'The whole list')
  // The way to begin is in sight, though the talk is longer than its panel.
  const isInSight = await region('Dialogue')
    .getByRole('button', { name: /^Call/ })
    .evaluate((button) => {
      const { x, y, width, height } = button.getBoundingClientRect()
      return button.contains(document.elementFromPoint(x + width / 2, y + height / 2))
    })
  expect(isInSight).toBe(true)
  await callAndSay('DATA', '..', '.')
  await isSolvedWith('A dot that ends nothing.')
})
