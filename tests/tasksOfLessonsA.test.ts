import type { Locator } from 'playwright-core'
import { expect, it } from 'vitest'
import { atStep, goOn, heading, lesson } from './support/lessonSteps'
import { button, go, onAPage, open, page, region } from './support/openPage'

/**
 * The tasks of lessons 7 to 13, each done to its end by what a person presses and types. Those in another chair are in
 * `lessonChairs.test.ts`.
 */

onAPage(() => open(undefined, { reducedMotion: 'reduce' }))

const dialogue = (): Locator => page.getByRole('region', { name: /^Dialogue/ }).last()
async function praised(words: string): Promise<void> {
  await expect.poll(() => region('Your turn').textContent(), { timeout: 10_000 }).toContain(words)
}
const reached = (): Promise<number> =>
  lesson()
    .getByRole('list', { name: 'What will be checked' })
    .getByRole('listitem')
    .filter({ hasText: ', reached' })
    .count()

/** Types lines in the dialogue, each after the page has taken the one before. */
async function says(...lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const field = dialogue().getByRole('textbox')
    await field.focus()
    await page.keyboard.type(line)
    await page.keyboard.press('Enter')
    await expect.poll(async () => ((await field.count()) === 0 ? '' : await field.inputValue())).toBe('')
  }
}

/** Lines are typed in a plain field, without the large editor. */
async function inPlainInput(): Promise<void> {
  await dialogue().getByRole('switch', { name: 'Plain input' }).press('Space')
}

interface Letter {
  readonly to?: string
  readonly subject?: string
}

async function sends({ to, subject }: Letter = {}): Promise<void> {
  await lesson().getByRole('button', { name: 'Write a letter' }).first().press('Enter')
  const form = page.getByRole('dialog')
  if (to !== undefined) await form.getByRole('textbox', { name: 'To' }).fill(to)
  if (subject !== undefined) await form.getByRole('textbox', { name: 'Subject' }).fill(subject)
  await form.getByRole('button', { name: 'Send the letter' }).press('Enter')
  await button('Pause').waitFor()
  await button('Go to end').press('Enter')
}

it('a recall is sealed by Enter, and then the prediction by a digit and Enter', async () => {
  await go('#/learn/pushing-with-smtp/second-thoughts')
  const recall = lesson().getByRole('region', { name: 'Do you remember?' })
  await recall.getByRole('textbox').focus()
  await page.keyboard.type('250')
  await page.keyboard.press('Enter')
  await expect.poll(() => recall.textContent()).toContain('Not right.The answer: 354')
  await page.keyboard.press('2')
  await page.keyboard.press('Enter')
  await expect.poll(() => lesson().textContent()).toContain('You said 503. So it was.')
})

it('one line, two minds: a letter is taken back and another one sent, in one call', async () => {
  await atStep('pushing-with-smtp/second-thoughts', 'One line, two minds')
  await inPlainInput()
  await button('Connect').press('Enter')
  await says('EHLO laptop', 'MAIL FROM:<king@castle.example>')
  await expect.poll(() => region('Your turn').textContent()).toContain('mx.bird waits for your next line.')
  await says('RSET', 'MAIL FROM:<alice@paper.example>', 'RCPT TO:<bob@bird.example>', 'DATA')
  await says('Subject: Lunch', '', 'At noon.', '.', 'QUIT')
  await praised('Two minds, one line.')
})

it('three notes: each is read, and a mistake is told of the last letter alone', async () => {
  await atStep('pushing-with-smtp/when-the-answer-is-no', 'Your turn: three notes')
  await page.getByRole('tab', { name: 'Mailboxes' }).press('Enter')
  await page.getByRole('button', { name: 'Undelivered Mail' }).first().press('Enter')
  await expect.poll(() => region('Mailboxes').textContent()).toContain('550 5.1.1')
  await sends({ to: 'bobb@bird.example', subject: 'Plums' })
  await praised('Still nobody of that name.')
  await sends({ to: 'bob@brid.example', subject: 'Pears' })
  await praised('Still no such town')
  for (const subject of ['Plums', 'Pears', 'Picture']) await sends({ to: 'bob@bird.example', subject })
  await praised('Three codes, three causes, three cures.')
})

it('let it come: room is made, and the letter comes with the next try', async () => {
  await atStep('pushing-with-smtp/when-the-answer-is-no', 'Your turn: let it come')
  // Bob is at his own machine, before the server's choice of reader.
  expect(await dialogue().getByRole('combobox', { name: 'Machine to type at' }).inputValue()).toBe('bob-laptop')
  expect(await dialogue().textContent()).not.toContain('A first letter by hand')
  await inPlainInput()
  await button('Call store.bird.example, port 110').press('Enter')
  await says('USER bob', 'PASS birdsong', 'DELE 1', 'QUIT')
  await praised('Nobody tells the exchanger')
  await region('Time').getByRole('button', { name: 'Next try' }).press('Enter')
  await button('Go to end').press('Enter')
  await praised('It kept its place for half an hour')
})

it('count Bob’s letters: a door that cannot tell, and one that can', async () => {
  await atStep('pushing-with-smtp/what-smtp-cannot-do', 'Count Bob’s letters')
  await inPlainInput()
  await button('Call store.bird.example, port 25').press('Enter')
  await says('USER bob')
  await praised('this door has no use for them')
  await dialogue().getByRole('button', { name: 'Hang up' }).press('Enter')
  await dialogue().getByRole('combobox', { name: 'Server to connect to' }).selectOption({
    label: 'store.bird.example 110, mailbox store, POP3',
  })
  // The chair stays where the task has put it.
  expect(await dialogue().getByRole('combobox', { name: 'Machine to type at' }).inputValue()).toBe('bob-laptop')
  await button('Connect').press('Enter')
  await expect.poll(() => region('Your turn').textContent()).not.toContain('this door has no use for them')
  await says('USER bob', 'PASS birdsong', 'STAT', 'TOP 3 0')
  await praised('Three letters, and SMTP could not tell you of one.')
})

it('walk down yourself: three questions to the DNS, each to the server that the answer before has named', async () => {
  await atStep('finding-the-way/whose-post-office', 'Walk down yourself')
  const question = dialogue().getByRole('textbox', { name: 'Question' })
  for (const [at, server] of ['198.51.100.1', '198.51.100.2', '198.51.100.3'].entries()) {
    await question.fill(`dig mx paper.example @${server}`)
    await question.press('Enter')
    await expect.poll(reached).toBe(at + 1)
    const [box, pane] = [await question.boundingBox(), await dialogue().boundingBox()]
    expect(box?.y).toBeGreaterThanOrEqual(pane?.y ?? 0)
  }
  await praised('Three questions, and you were sent on twice.')
})

it('past the exchanger, and no mail here: a zone is edited twice', async () => {
  await atStep('finding-the-way/preferences-fallbacks-no-mail', 'Your turn: past the exchanger')
  const zone = page.getByRole('textbox', { name: 'Zone bird.example.' })
  const serve = async (exchangers: string): Promise<void> => {
    const lines = (await zone.inputValue()).split('\n').filter((line) => !line.includes(' MX '))
    await zone.fill([...lines, exchangers, ''].join('\n'))
    await page.getByRole('button', { name: 'Apply' }).first().press('Enter')
  }
  await button('Open the zone').press('Enter')
  await expect.poll(() => zone.evaluate((field) => field === document.activeElement)).toBe(true)
  await serve('@ MX 10 mx\n@ MX 5 store')
  await sends()
  await praised('lowest first, and your line led it to the store')
  await goOn()
  expect(await heading().textContent()).toBe('Your turn: no mail here')
  await button('Open the zone').press('Enter')
  await serve('@ MX 0 .')
  await page.getByRole('combobox', { name: 'How far to run on' }).selectOption({ label: '1 hour' })
  await button('Run on').press('Enter')
  await sends()
  await praised('A refusal that needs no machine')
})

it('bring all three home: the gaps are filled, and the call ends by itself', async () => {
  await atStep('collecting-with-pop3/collect-and-carry-home', 'Bring all three home')
  await button('Call store.bird.example, port 110').press('Enter')
  await says('LIST', 'RETR 1', 'RETR 2', 'RETR 3')
  await praised('All three were read out to you')
})

it('exactly one: a wrong mark is rubbed out, and one letter is swept', async () => {
  await atStep('collecting-with-pop3/gone-from-the-server', 'Exactly one')
  await inPlainInput()
  await button('Connect').press('Enter')
  await says('USER bob', 'PASS birdsong', 'DELE 1')
  await praised('This is not the letter about pears.')
  await says('RSET', 'DELE 2', 'QUIT')
  await praised('One removed, two left.')
})
