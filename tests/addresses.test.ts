import { describe, expect, it } from 'vitest'
import { button, go, onAPage, page, region } from './support/openPage'

/** Pages by their addresses: their titles, the links to them, and the page for an unknown address. */

onAPage()

describe('the title of the document', () => {
  it.each([
    ['', /^EHLO World: how an email travels$/],
    ['#/learn', /^Learn · EHLO World$/],
    ['#/learn/the-journey/one-letter-three-steps', /^One letter, three steps · EHLO World$/],
    ['#/lab', /^Two towns, lab · EHLO World$/],
    ['#/lab/x', /^No such world · EHLO World$/],
    ['#/quiz', /^Who does what\? · EHLO World$/],
    ['#/reference', /^Reference · EHLO World$/],
    ['#/reference/smtp/RCPT', /^RCPT in SMTP · EHLO World$/],
    ['#/nowhere', /^No such page · EHLO World$/],
  ])('names the page %s', async (hash, title) => {
    await go(hash)
    await expect.poll(() => page.title()).toMatch(title)
  })

  it('changes with the page', async () => {
    await go('')
    await page.getByRole('link', { name: 'Lab' }).click()
    await expect.poll(() => page.title()).toBe('Two towns, lab · EHLO World')
    await page.goBack()
    await expect.poll(() => page.title()).toBe('EHLO World: how an email travels')
  })
})

describe('an address without a page', () => {
  it.each([
    ['#/reference/smtp/NOPE', 'There is no entry “NOPE” in SMTP.'],
    ['#/reference/foo', 'There is no protocol “foo” in this reference.'],
    ['#/quiz/nope', 'There is no such question.'],
    ['#/quiz/components/nope', 'There is no such question.'],
    ['#/lab/x', 'There is no such world.'],
    ['#/learn/the-journey/nope', 'There is no such lesson.'],
    ['#/nope', 'There is no such page.'],
  ])('%s says so', async (hash, words) => {
    await go(hash)
    await page.getByText(words).waitFor()
  })
})

describe('the slash key', () => {
  it.each(['', '#/lab', '#/learn', '#/quiz'])('leads to the search of the reference from %s', async (hash) => {
    await go(hash)
    await page.locator('h1').first().waitFor()
    await page.keyboard.press('/')
    const search = page.getByRole('searchbox')
    await search.waitFor()
    await expect.poll(() => search.evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.type('bounce')
    expect(await search.inputValue()).toBe('bounce')
  })

  it('types a slash in a text field', async () => {
    await go('#/lab')
    await button('Write a letter').click()
    const subject = page.getByRole('dialog').getByRole('textbox', { name: 'Subject' })
    await subject.fill('')
    await subject.press('/')
    expect(await subject.inputValue()).toBe('/')
    expect(page.url()).toMatch(/#\/lab$/)
  })
})

it('the dialog of keys closes when the page changes', async () => {
  await go('')
  await page.getByRole('link', { name: 'Lab' }).click()
  await button('Connect').waitFor()
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keys' })
  await keys.waitFor()
  await keys.getByRole('region', { name: 'On the ladder' }).getByText('Show a wait in full, or fold it').waitFor()
  await page.goBack()
  await button('Send the letter').waitFor()
  await keys.waitFor({ state: 'hidden' })
  expect(await keys.isVisible()).toBe(false)
})

it('the panel that was chosen is shown after a reload', async () => {
  await go('#/lab')
  await page.getByRole('tab', { name: 'Mailboxes' }).click()
  await region('Mailboxes').waitFor()
  await page.reload()
  await region('Mailboxes').waitFor()
  expect(await page.getByRole('tab', { name: 'Mailboxes' }).getAttribute('aria-selected')).toBe('true')
})

it('the simplifications of a scene are listed at its map', async () => {
  // The page before stays in sight until the next one is drawn.
  const pages = [
    ['', () => page.getByRole('main')],
    ['#/lab', () => page.getByRole('tab', { name: 'Mailboxes' })],
    ['#/learn/the-journey/one-letter-three-steps', () => region('Lesson')],
  ] as const
  for (const [hash, shown] of pages) {
    await go(hash)
    await shown().waitFor()
    await button('What is simplified here').click()
    const dialog = page.getByRole('dialog', { name: 'What is simplified here' })
    const words = await dialog.textContent()
    expect(words).toContain('Passwords cross the wire as they are')
    expect(words).toContain('In reality: A mail program opens TLS before its password')
    const standard = dialog.getByRole('link', { name: 'RFC 8314 section 3', exact: true })
    expect(await standard.getAttribute('href')).toBe('https://www.rfc-editor.org/rfc/rfc8314#section-3')
    expect(words?.includes('In this lesson')).toBe(hash.startsWith('#/learn'))
    await dialog.getByRole('button', { name: 'Close' }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
})
