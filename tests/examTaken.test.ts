import type { Locator } from 'playwright-core'
import { expect, it } from 'vitest'
import { readScenario } from '../src/adapters/node/scenarios'
import { examWorld } from '../src/learning/examWorld'
import { button, DESK, go, onAPage, open, page, region } from './support/openPage'

/** The practical exam taken whole, by keyboard: each word is typed, in the page's own dialogues. */

onAPage(() => open(DESK, { reducedMotion: 'reduce' }))

const SEED = 7
const { scenario, key } = examWorld(readScenario('exam'), SEED)
const domainOf = (address: string): string => address.replace(/^.*@/, '')
const [sender, reader] = [domainOf(key.sender), domainOf(key.reader)]
const clerkOf = (domain: string): string => `${domain.replace('.example', '')}-clerk`
const addressOf = (host: string): string => scenario.hosts.find(({ name }) => name === host)?.address ?? ''

const exam = (): Locator => region('The practical exam')
const part = (title: string): Locator => exam().locator('details').filter({ hasText: title })
const dialogue = (): Locator => region('Dialogue editor')

async function sitAt(machine: string, server: string): Promise<void> {
  const another = button('New dialogue')
  if ((await another.count()) > 0) await another.press('Enter')
  await page.getByRole('combobox', { name: 'Server to connect to' }).selectOption({ label: server })
  await page.getByRole('combobox', { name: 'Machine to type at' }).selectOption(machine)
}

async function call(machine: string, host: string, port: number): Promise<void> {
  await sitAt(machine, 'another host or port')
  await page.getByRole('textbox', { name: 'Host' }).fill(host)
  await page.getByRole('textbox', { name: 'Port' }).fill(String(port))
  await button('Connect').press('Enter')
}

async function say(lines: readonly (readonly [string, RegExp?])[]): Promise<void> {
  for (const [line, reply] of lines) {
    await page.getByRole('textbox', { name: 'Command' }).fill(line)
    await page.keyboard.press('Enter')
    if (reply) await expect.poll(() => dialogue().textContent()).toMatch(reply)
  }
}

/** The words of SMTP for one letter. */
const letter = (more: readonly (readonly [string, RegExp?])[] = []) => [
  ['EHLO desk', /HELP/] as const,
  ...more,
  [`MAIL FROM:<${key.sender}>`, /250 2\.1\.0/] as const,
  [`RCPT TO:<${key.reader}>`, /250 2\.1\.5/] as const,
  ['DATA', /354/] as const,
  ['Subject: By hand'] as const,
  [''] as const,
  ['Every word.'] as const,
  ['.', /queued as/] as const,
  ['QUIT', /221/] as const,
]

async function dig(question: string, answer: RegExp): Promise<void> {
  await dialogue().getByRole('textbox', { name: 'Question' }).fill(question)
  await page.keyboard.press('Enter')
  await expect.poll(() => dialogue().textContent()).toMatch(answer)
}

it('a hundred points are reached by typing all of it', async () => {
  await page.addInitScript((seed) => {
    crypto.getRandomValues = (list) => {
      if (list instanceof Uint32Array) list[0] = seed
      return list
    }
  }, SEED)
  await go('#/learn/exam')
  await button('Begin the exam').press('Enter')
  await exam().waitFor()
  await page.getByLabel('Plain input').press('Space')

  await call('alice-laptop', `mx-out.${sender}`, 587)
  await say(letter([['AUTH PLAIN AGFsaWNlAHBhcGVyYm9hdA==', /235/]]))

  const [first, second] = key.exchangers
  await sitAt(clerkOf(sender), 'the DNS, as with dig')
  await button('Ask the DNS').press('Enter')
  await dig(`dig mx ${reader}`, new RegExp(second.host))
  await dig(`dig a ${first.host}`, new RegExp(first.address))
  await part('Ask the way').locator('summary').press('Enter')
  await part('Ask the way').getByLabel('Which machine is to be tried first?').fill(first.host)
  await part('Ask the way').getByLabel('What is the address of that machine?').fill(first.address)
  await part('Ask the way').getByLabel('Which machine is next').fill(second.host)
  await part('Ask the way').getByRole('radio', { name: 'certain' }).press('Space')

  await call(clerkOf(sender), second.host, 25)
  await say(letter())
  await call(clerkOf(reader), `store.${reader}`, 25)
  await say(letter())

  await call('bob-laptop', `store.${reader}`, 143)
  await say([
    ['a1 LOGIN bob birdsong', /a1 OK/],
    ['a2 SELECT INBOX', /a2 OK/],
    ['a3 FETCH 1 BODY.PEEK[TEXT]', new RegExp(`The word is ${key.secret}`)],
    ['a4 LOGOUT', /a4 OK/],
  ])
  await part('Read without a trace').locator('summary').press('Enter')
  await part('Read without a trace').getByRole('textbox').fill(key.secret)

  await call('bob-laptop', `store.${reader}`, 110)
  await say([
    ['USER bob', /\+OK/],
    ['PASS birdsong', /open/],
    ['RETR 2', /Every word\./],
    ['DELE 2', /marked/],
    ['QUIT', /removed/],
  ])

  // The wrong record is served by a machine that a question touches.
  await sitAt(clerkOf(sender), 'the DNS, as with dig')
  await button('Ask the DNS').press('Enter')
  await dig(`dig mx ${sender} @${addressOf(key.wrong.host)}`, new RegExp(`@${addressOf(key.wrong.host)}`))
  const room = region('Machine')
  await room.getByRole('combobox').first().selectOption(key.wrong.host)
  await room.getByRole('textbox', { name: `Zone ${key.wrong.apex}` }).fill(key.wrong.mended)
  await button('Apply').press('Enter')
  // The queue tries as often as it must, until nothing waits any more.
  const next = button('Next try')
  await expect
    .poll(async () => {
      if ((await next.count()) > 0) await next.press('Enter', { timeout: 2000 }).catch(() => undefined)
      return next.count()
    })
    .toBe(0)

  await button('Hand in').press('Enter')
  await button('Yes, hand in').press('Enter')
  await expect.poll(() => exam().textContent()).toContain('100 of 100')
  expect(await exam().textContent()).toContain('No server refused you a line.')
  expect(
    await exam()
      .getByRole('button', { name: /^Show me/ })
      .count(),
  ).toBe(10)
}, 240_000)
