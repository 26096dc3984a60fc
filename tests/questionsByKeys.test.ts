import { describe, expect, it } from 'vitest'
import { onAPage, open, PHONE, page, served } from './support/openPage'

/** A question of each kind, answered by keyboard only. */

onAPage()

const main = () => page.getByRole('main')
const verdict = () => main().getByRole('status').filter({ hasText: /\w/ })

async function ask(id: string): Promise<void> {
  await page.goto(`${served.url}#/quiz/${id}`)
  await main().getByRole('heading', { level: 1 }).waitFor()
}

/** Presses Tab until the focus is on such an element. */
async function tabTo(selector: string): Promise<void> {
  for (let times = 0; times < 60; times++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The focus never comes to ${selector}`)
}

const OPTION = 'main section input[type=radio], main section input[type=checkbox]'

/** Presses the digits of the options with these texts. */
async function choose(...texts: readonly RegExp[]): Promise<void> {
  await tabTo(OPTION)
  const labels = await main().locator('section div > label').allTextContents()
  for (const text of texts) {
    const at = labels.findIndex((label) => text.test(label))
    expect(at).toBeGreaterThanOrEqual(0)
    await page.keyboard.press(String(at + 1))
  }
}

async function says(text: RegExp | string): Promise<void> {
  await expect.poll(() => verdict().allTextContents()).toContainEqual(expect.stringMatching(text))
}

describe('by keyboard only', () => {
  it('one of several is chosen with how sure one is, and the moment is looked at', async () => {
    await ask('j-who-calls')
    await choose(/its own outgoing server/)
    await page.keyboard.press('c')
    await page.keyboard.press('Enter')
    await says(/Right\..*You were certain\..*It comes back in \d+ days/)
    await tabTo('main section button')
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Map', exact: true }).waitFor()
    await expect.poll(() => page.getByRole('timer').textContent()).not.toBe('00:00.000')
    await page.getByRole('link', { name: 'Back to the quiz' }).press('Enter')
    await says(/Right\./)
  })

  it('a stored letter stands open beside its question, header and all', async () => {
    await ask('tr-notice')
    await main().getByRole('heading', { name: 'Undeliverable: Apples for the school' }).waitFor()
    expect(await main().innerText()).toContain("Remote server returned '550 #5.4.1 kitchen@oak.example:")
    expect(await main().locator('dt', { hasText: 'Auto-Submitted' }).count()).toBe(1)
    await choose(/^gate\.oak\.example, and sending it again is of no use/)
    await page.keyboard.press('Enter')
    await says(/Right\./)
  })

  it('a wrong one is answered with its cause beneath it', async () => {
    await ask('j-who-calls')
    await choose(/phone/)
    await page.keyboard.press('g')
    await page.keyboard.press('Enter')
    await says(/Not right\..*You were guessing\..*It comes back tomorrow/)
    expect(await main().textContent()).toContain('Devices never call each other.')
  })

  it('nothing is judged before there is an answer', async () => {
    await ask('j-who-calls')
    await tabTo(OPTION)
    await page.keyboard.press('f')
    await page.keyboard.press('Enter')
    await says('Give an answer first.')
  })

  it('several of several are chosen', async () => {
    await ask('j-supplies')
    await choose(/sender/, /reader/, /subject/)
    await page.keyboard.press('Enter')
    await says(/Right\./)
  })

  it('a prediction is sealed, and then the run says what happens', async () => {
    await ask('j-phone-hears')
    expect(await main().textContent()).not.toContain('The server tells it at once')
    await choose(/EXPUNGE/)
    await page.keyboard.press('Enter')
    await says(/Right\..*EXPUNGE/)
  })

  it('a number is typed', async () => {
    await ask('j-connections')
    await tabTo('main section input')
    await page.keyboard.type('3')
    await page.keyboard.press('Enter')
    await says(/Right\./)
  })

  it.each([
    [
      'j-order',
      [
        /calls its own server/,
        /names the sender/,
        /says 250/,
        /takes the mail/,
        /the address/,
        /port 25/,
        /mailbox/,
        /phone/,
      ],
    ],
    ['j-handshake', [/: SYN,/, /SYN ACK/, /: ACK/, /220/, /EHLO/]],
  ])('the items of %s are put in order without dragging', async (id, wanted) => {
    await ask(id)
    await tabTo('main [data-row]')
    for (const [place, text] of wanted.entries()) {
      const rows = await main().locator('[data-row]').allTextContents()
      const at = rows.findIndex((row) => text.test(row))
      const now = await page.evaluate(() =>
        [...document.querySelectorAll('[data-row]')].indexOf(document.activeElement as Element),
      )
      for (let step = now; step < at; step++) await page.keyboard.press('ArrowDown')
      for (let step = now; step > at; step--) await page.keyboard.press('ArrowUp')
      await page.keyboard.press(String(place + 1))
      await expect
        .poll(() =>
          page.evaluate(() => [...document.querySelectorAll('[data-row]')].indexOf(document.activeElement as Element)),
        )
        .toBe(place)
    }
    await page.keyboard.press('Enter')
    await says(/Right\./)
  })

  it('a key that comes in the same frame as the one before is not taken back', async () => {
    await ask('j-handshake')
    await tabTo('main [data-row]')
    const { at, count } = await page.evaluate(async () => {
      const rows = () => [...document.querySelectorAll('[data-row]')]
      const press = (key: string) => {
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
        return new Promise<void>((resolve) => queueMicrotask(resolve))
      }
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      await frame()
      await press(String(rows().length))
      await press('ArrowUp')
      await frame()
      await frame()
      return { at: rows().indexOf(document.activeElement as Element), count: rows().length }
    })
    expect(at).toBe(count - 2)
  })

  it('a row is taken, moved by arrow keys and put down, and that is said', async () => {
    await ask('j-handshake')
    await tabTo('main [data-row]')
    const [first = ''] = await main().locator('[data-row]').allTextContents()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await expect.poll(() => main().locator('[data-row]').nth(1).textContent()).toContain(first.slice(1))
    expect(await main().locator('[aria-live=polite]').allTextContents()).toContainEqual(
      expect.stringMatching(/put down/),
    )
  })

  it('blanks are filled', async () => {
    await ask('j-a2')
    await tabTo('main section input[type=text]')
    for (const word of ['smtp', 'pop3', 'imap']) {
      await page.keyboard.type(word)
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('f')
    await page.keyboard.press('Enter')
    await says(/Right\..*You were fairly sure/)
  })

  it('a line is said to the server, and its answer stands beneath', async () => {
    await ask('j-hello')
    await tabTo('main section input[type=text]')
    await page.keyboard.type('EHLO anybody.example')
    await page.keyboard.press('Enter')
    await says(/Right\./)
    expect(await main().textContent()).toContain('250-mx.bird.example greets anybody.example')
  })

  it('a list is recalled, and each item gets its tick as it is typed', async () => {
    await ask('j-push-pull')
    await tabTo('main section textarea')
    await page.keyboard.type('smtp, pop')
    await expect.poll(() => main().getByRole('list', { name: 'Recognized' }).textContent()).toMatch(/SMTP.*POP3/)
    await page.keyboard.type(', imap')
    await page.keyboard.press('Control+Enter')
    await says(/3 of 3/)
  })

  it('a dialogue is mended and played again', async () => {
    await ask('j-forgotten')
    await tabTo('main section textarea')
    for (const key of ['Control+Home', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
    await page.keyboard.type('RCPT TO:<bob@bird.example>')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+Enter')
    await says(/Right\./)
    expect(await main().textContent()).toContain('250 2.0.0 Ok: queued')
  })

  it('a short text is compared with a model, part by part', async () => {
    await ask('j-short')
    await tabTo('main section textarea')
    await page.keyboard.type('She gives it to her server, that one to his, and he fetches it.')
    await page.keyboard.press('Control+Enter')
    await main().getByText('A good answer').waitFor()
    for (const digit of ['1', '3', '4']) await page.keyboard.press(digit)
    await page.keyboard.press('Enter')
    await says(/3 of 4, by your own count/)
  })

  it('the fields of a packet are filled', async () => {
    await ask('j-first-packet')
    await tabTo('main section input[type=text]')
    await page.keyboard.type('587')
    await page.keyboard.press('Tab')
    await page.keyboard.type('0')
    await page.keyboard.press('Enter')
    await says(/Right\./)
  })
})

const DAY = 86_400_000
const LESSON = 'the-journey/one-letter-three-steps'
/** A progress file with one miss and one known answer that are due, and one that comes later. */
function dueFile(): Buffer {
  const now = Date.now()
  const memory = (due: number) => ({ due, last: now - 2 * DAY, stability: 2, difficulty: 5, reps: 1, lapses: 0 })
  const answer = (right: boolean, sure: string) => ({ at: now - 2 * DAY, answer: ['phone'], right, sure })
  const progress = {
    version: 2,
    lessons: {
      [LESSON]: { step: 'look-back', seen: ['ready'], predictions: {}, hints: {}, solved: [], finished: true },
    },
    quiz: {
      'j-digits': { answers: [answer(true, 'fairly')], memory: memory(now - DAY) },
      'j-who-calls': { answers: [answer(false, 'certain')], memory: memory(now) },
      'j-a2': { answers: [answer(true, 'certain')], memory: memory(now + 2 * DAY) },
    },
  }
  return Buffer.from(JSON.stringify(progress))
}

async function withDue(): Promise<void> {
  await page.goto(`${served.url}#/learn`)
  await page
    .getByLabel('Progress file')
    .setInputFiles({ name: 'progress.json', mimeType: 'application/json', buffer: dueFile() })
  await page.getByRole('heading', { name: 'Two questions come back today' }).waitFor()
}

describe('the review', () => {
  it('begins with the surest mistake, in another form, and tells when each comes back', async () => {
    await withDue()
    const due = await page
      .getByRole('region', { name: /come back today/ })
      .getByRole('listitem')
      .allTextContents()
    expect(due[0]).toMatch(/Whom does her program call\?One letter, three stepsmissed on \w+day/)
    expect(due[1]).toMatch(/recalled once/)
    await page.getByRole('link', { name: /Ask me, \d minutes?/ }).press('Enter')
    await main().getByText('question 1 of 2').waitFor()
    await main().getByText('in another form').waitFor()
    expect(await main().getByRole('heading', { level: 1 }).textContent()).not.toContain('Whom does her program call?')
  })

  it('asks all that is due, and then shows how well one knows what one knows', async () => {
    await withDue()
    await page.goto(`${served.url}#/review/ask`)
    await main().getByText('question 1 of 2').waitFor()
    await page.getByRole('link', { name: 'Stop here' }).press('Enter')
    await page.getByRole('heading', { name: 'How well you know what you know' }).waitFor()
    const levels = main().getByRole('row')
    expect(await levels.allTextContents()).toEqual([
      'You saidYou were right',
      expect.stringMatching(/^guessing0 of 0/),
      expect.stringMatching(/^fairly sure1 of 1/),
      expect.stringMatching(/^certain1 of 2/),
    ])
  })

  it('has three fields for how sure one is, as high as a thumb, on a phone', async () => {
    await open(PHONE, { hasTouch: true, isMobile: true })
    await ask('j-who-calls')
    for (const word of ['guessing', 'fairly sure', 'certain']) {
      const box = await main().locator('fieldset label').filter({ hasText: word }).boundingBox()
      expect(box?.height).toBeGreaterThanOrEqual(48)
    }
    await main().locator('fieldset label').filter({ hasText: 'certain' }).tap()
    await main().locator('label').filter({ hasText: 'its own outgoing server' }).tap()
    await page.getByRole('button', { name: 'Seal it' }).tap()
    await says(/Right\..*You were certain/)
  })
})
