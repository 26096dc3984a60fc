import { describe, expect, it } from 'vitest'
import { button, go, onAPage, open, PHONE, page, region } from './support/openPage'

onAPage()

/** A person in the chair of Bob's exchanger, by keyboard alone. */

const answerField = () => page.getByRole('textbox', { name: 'Your answer' })
const rows = () => page.getByRole('list', { name: 'What was said' }).getByRole('listitem')
const lastRow = () => rows().last()
const press = (...keys: readonly string[]) =>
  keys.reduce(async (before, key) => {
    await before
    await page.keyboard.press(key)
  }, Promise.resolve())

async function sitDown(): Promise<void> {
  await go('#/lab/server')
  await expect.poll(() => answerField().evaluate((field) => field === document.activeElement)).toBe(true)
}

/** Types a whole answer, and waits for the line that follows. */
async function answers(text: string, next: string): Promise<void> {
  await page.keyboard.type(text)
  await press('Enter')
  await expect.poll(() => lastRow().textContent()).toContain(next)
}

describe('in the chair of the server', () => {
  it('answers a whole call by keyboard alone, and the letter arrives', async () => {
    await sitDown()
    await press('2', 'Enter')
    await expect.poll(() => lastRow().textContent()).toContain('EHLO mx-out.paper.example')
    await press('2', 'Enter')
    await expect.poll(() => lastRow().textContent()).toContain('MAIL FROM:<alice@paper.example>')
    await press('2', 'Enter')
    await expect.poll(() => lastRow().textContent()).toContain('RCPT TO:<nobody@bird.example>')
    await press('5')
    expect(await answerField().inputValue()).toBe('550 5.1.1 <nobody@bird.example>: No such user here')
    await press('ArrowDown')
    expect(await answerField().inputValue()).toBe('550 5.7.1 <nobody@bird.example>: Relay access denied')
    await press('ArrowUp', 'Enter')
    await expect.poll(() => lastRow().textContent()).toContain('RCPT TO:<bob@bird.example>')
    await answers('250 welcome, Bob', 'DATA')
    await press('3', 'Enter')
    await expect.poll(() => lastRow().textContent()).toContain('the letter')
    await press('2', 'Enter')
    await expect.poll(() => lastRow().textContent()).toContain('QUIT')
    const said = await rows().allTextContents()
    expect(said[3]).toMatch(/nobody@bird\.example.*550 5\.1\.1.*as the machine says it/)
    expect(said[4]).toMatch(/250 welcome, Bob.*as the machine says it/)
    await press('2', 'Enter')
    // The next call is on the line already.
    await expect.poll(() => page.getByText('call 2 of 3').count()).toBe(1)
  })

  it('is told what follows from an answer that the machine would not give, and takes it back', async () => {
    await sitDown()
    await answers('220 hello', 'EHLO')
    await answers('250 hello', 'MAIL FROM')
    await answers('250 ok', 'nobody@bird.example')
    await answers('250 ok', 'bob@bird.example')
    expect(await rows().nth(3).textContent()).toMatch(
      /the machine says 550 5\.1\.1.*you have to write to alice@paper\.example/,
    )
    await press('Control+z')
    await expect.poll(() => lastRow().textContent()).toContain('nobody@bird.example')
    expect(await rows().count()).toBe(4)
    await answers('550 nobody of that name', 'bob@bird.example')
    expect(await rows().nth(3).textContent()).toContain('as the machine says it')
  })

  it('says something that is no reply, and the caller does what a real one does', async () => {
    await sitDown()
    await answers('220 hello', 'EHLO')
    await answers('250 hello', 'MAIL FROM')
    await page.keyboard.type('hello')
    await expect.poll(() => page.getByText('begins with a number of three digits').count()).toBe(1)
    await press('Enter')
    await expect.poll(() => lastRow().textContent()).toContain('QUIT')
    expect(await rows().nth(2).textContent()).toContain('That is no answer')
  })

  it('says nothing, and skips to the end of the caller’s patience', async () => {
    await sitDown()
    await button('Say nothing').press('Enter')
    await button('Skip').press('Enter')
    await expect.poll(() => page.getByText(/will try again|tries again|next try/i).count()).toBeGreaterThan(0)
  })

  it('lets the machine answer a line, and asks for a hint', async () => {
    await sitDown()
    await button('line').click()
    await expect.poll(() => region('Your turn').textContent()).toContain('220 mx.bird.example ESMTP')
    await button('Let the machine answer this one').click()
    await expect.poll(() => rows().first().textContent()).toContain('the machine has answered')
  })
})

it('on a phone, has the keys at the thumb and the book in a tab', async () => {
  await open(PHONE, { hasTouch: true, isMobile: true })
  await go('#/lab/server')
  const key = button('2 yes, it is done')
  await key.tap()
  const box = await key.boundingBox()
  expect(box?.height).toBeGreaterThanOrEqual(44)
  expect(box?.y).toBeGreaterThan(PHONE.height / 2)
  await button(/^Say it/).tap()
  await expect.poll(() => lastRow().textContent()).toContain('EHLO')
  await page.getByRole('tab', { name: 'Book' }).tap()
  expect(await region('Your book').textContent()).toContain('bird.example')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
})

it('is led to a chair from the lab', async () => {
  await go('#/lab')
  await page.getByRole('combobox', { name: 'World' }).selectOption({ label: 'Be the resolver' })
  await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('Be the resolver')
})

describe('in the chair of the resolver', () => {
  const server = (address: string) => page.getByRole('radio', { name: new RegExp(address.replaceAll('.', '\\.')) })
  const asks = async (address: string, next: RegExp): Promise<void> => {
    await server(address).press('Space')
    await page.keyboard.press('Enter')
    await expect.poll(() => lastRow().textContent()).toMatch(next)
  }

  it('asks down the tree and answers twice by keyboard alone, and the letter goes on', async () => {
    await go('#/lab/resolver')
    await expect.poll(() => region('Your turn').textContent()).toContain('who takes the mail of bird.example')
    await asks('198.51.100.1', /who knows more:example\. 172800 NS/)
    await asks('198.51.100.2', /who knows more:bird\.example\. 172800 NS/)
    await asks('198.51.100.4', /It knows:bird\.example\. 3600 MX 10 mx\.bird\.example\./)
    await page.getByRole('checkbox', { name: /MX 10/ }).press('Space')
    await page.keyboard.press('Enter')
    await expect.poll(() => region('Your turn').textContent()).toContain('the address of mx.bird.example')
    expect(await rows().allTextContents()).toContainEqual(expect.stringMatching(/You answer.*as the machine says it/))
    await asks('198.51.100.1', /costs more questions/)
    await asks('198.51.100.4', /A 203\.0\.113\.25/)
    await page.getByRole('checkbox', { name: / A 203/ }).press('Space')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByText('All questions are answered.').count()).toBe(1)
  })

  it('is told of a question that nothing leads to, and of an answer that is none; and takes them back', async () => {
    await go('#/lab/resolver')
    await asks('198.51.100.4', /Somebody has to tell you/)
    await button('Back one step').press('Enter')
    await expect.poll(() => rows().count()).toBe(1)
    await asks('198.51.100.1', /example\. 172800 NS/)
    await page.getByRole('checkbox', { name: /NS ns\.example/ }).press('Space')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByText('That is whom to ask, not the answer.').count()).toBe(1)
  })
})
