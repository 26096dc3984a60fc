import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { atStep, isSolved, lesson, skipTo } from './support/lessonStep'
import { button, DESK, onAPage, open, page, region } from './support/openPage'

/** The tasks of lessons 14 to 20, each done by keyboard in one way, through no more than the roles and names in the page. */

onAPage(() => open(DESK, { reducedMotion: 'reduce' }))

const IMAP = 'living-in-the-mailbox-with-imap'
const editor = (): Locator => region('Dialogue editor')
const hasFocus = (element: Locator): Promise<boolean> => element.evaluate((each) => each === document.activeElement)

/** Presses a button of the lesson. */
const press = (name: string | RegExp): Promise<void> => lesson().getByRole('button', { name }).press('Enter')

/** Lines that are typed in the free dialogue, each with what its answer says. */
async function say(lines: readonly (readonly [string, RegExp?])[]): Promise<void> {
  const plain = page.getByLabel('Plain input')
  if (!(await plain.isChecked())) await plain.press('Space')
  for (const [line, reply] of lines) {
    await page.getByRole('textbox', { name: 'Command' }).fill(line)
    await page.keyboard.press('Enter')
    if (reply) await expect.poll(() => editor().textContent()).toMatch(reply)
  }
}

const LETTER = [
  ['DATA', /354/],
  ['Subject: By hand'],
  [''],
  ['Every word.'],
  ['.', /queued as/],
] as const satisfies readonly (readonly [string, RegExp?])[]

describe('the task of the lesson', () => {
  it('"The mailbox stays" is done by the gaps of its dialogue', async () => {
    await atStep(`${IMAP}/the-mailbox-stays`, 'Read it secretly')
    const dialogue = region('Dialogue')
    await dialogue.getByRole('button', { name: /^Call store\.bird\.example/ }).press('Enter')
    // A word that is offered comes with its tag.
    await dialogue.getByRole('button', { name: 'SELECT', exact: true }).press('Enter')
    expect(await dialogue.getByRole('textbox').inputValue()).toBe('a2 SELECT ')
    await dialogue.getByRole('textbox').fill('')
    for (const line of ['a2 SELECT INBOX', 'a3 FETCH 2 BODY.PEEK[TEXT]']) {
      await expect.poll(() => hasFocus(dialogue.getByRole('textbox'))).toBe(true)
      await page.keyboard.type(line)
      await page.keyboard.press('Enter')
      await expect.poll(() => dialogue.textContent()).toContain(`${line.slice(0, 2)} OK`)
    }
    // The end of the dialogue is in sight, with the button on which the focus is by now.
    const again = dialogue.getByRole('button', { name: /^Call store\.bird\.example again/ })
    await expect.poll(async () => ((await again.boundingBox())?.y ?? 9999) < DESK.height - 80).toBe(true)
    await isSolved('You have read it, and nobody can tell.')
  })

  it('"Folders, flags, search" begins when the letters are there', async () => {
    await atStep(`${IMAP}/folders-flags-search`, 'Your turn: spring cleaning')
    await press(/^Call store/)
    await say([
      ['SELECT INBOX', /SELECT BAD/],
      ['a1 LOGIN bob birdsong', /a1 OK/],
      ['a2 SELECT INBOX', /\* 4 EXISTS/],
    ])
    await say([
      ['a3 CREATE Garden', /a3 OK/],
      ['a4 UID MOVE 1,2 Garden', /a4 OK/],
      ['a5 UID STORE 3 +FLAGS (\\Flagged)', /a5 OK/],
      ['a6 UID MOVE 3 Trash', /a6 OK/],
    ])
    await isSolved('Tidy, and not one octet of a letter has crossed the wire.')
  })

  it('"Two devices, one truth" is done on the phone, and the focus does not lead to the laptop', async () => {
    await atStep(`${IMAP}/two-devices-one-truth`, 'Your turn: silence is the goal')
    // The laptop idles in the dialogue beside the lesson: who typed there would have failed.
    expect(await hasFocus(lesson().getByRole('heading', { level: 1 }))).toBe(true)
    await press(/^Call store/)
    await say([
      ['b1 LOGIN bob birdsong', /b1 OK/],
      ['b2 SELECT INBOX', /b2 OK/],
      ['b3 STORE 1 +FLAGS (\\Flagged)', /b3 OK/],
      ['b4 FETCH 2 BODY[TEXT]', /b4 OK/],
      ['b5 STORE 3 +FLAGS (\\Deleted)', /b5 OK/],
      ['b6 EXPUNGE', /b6 OK/],
    ])
    await isSolved('The laptop never asked, and knows it all.')
  })

  it('"On the train" is done in the machine room, the mailboxes and a dialogue', async () => {
    await atStep(`${IMAP}/on-the-train`, 'Your turn: a conflict')
    await press('Open the machine')
    const room = region('Machine')
    expect(await hasFocus(room.getByRole('combobox', { name: 'Link to' }))).toBe(true)
    await room.getByRole('button', { name: 'Cut the link' }).press('Enter')
    const boxes = region('Mailboxes')
    for (const subject of ['Plums', 'Pears']) {
      await page.getByRole('tab', { name: 'Mailboxes' }).press('Enter')
      const back = boxes.getByRole('button', { name: 'Back to the mailboxes' })
      if ((await back.count()) > 0) await back.press('Enter')
      // The phone's own list is the last one.
      await boxes.getByRole('button', { name: subject }).last().press('Enter')
      await boxes.getByRole('button', { name: 'Mark as read' }).press('Enter')
    }
    const server = page.getByRole('combobox', { name: 'Server to connect to' })
    await server.selectOption({ label: 'store.bird.example 143, mailbox store, IMAP' })
    await button('Connect').press('Enter')
    await say([
      ['a1 LOGIN bob birdsong', /a1 OK/],
      ['a2 SELECT INBOX', /a2 OK/],
      ['a3 STORE 2 +FLAGS (\\Deleted)', /a3 OK/],
      ['a4 EXPUNGE', /a4 OK/],
    ])
    await page.getByRole('tab', { name: 'Machine' }).press('Enter')
    await room.getByRole('button', { name: 'Mend the link' }).press('Enter')
    await button('Go to end').press('Enter')
    await isSolved('One deed won, the other came too late')
  })

  it('"POP3 or IMAP, side by side" is done in the settings, which open unfolded', async () => {
    await atStep('choosing/pop3-or-imap', 'Your turn: for a person with two devices')
    await press('Open the settings')
    const room = region('Machine')
    const protocol = room.getByRole('combobox', { name: 'Protocol' })
    await protocol.selectOption('IMAP')
    await room.getByRole('textbox', { name: 'Port' }).fill('143')
    await room.getByRole('button', { name: 'Save the settings' }).press('Enter')
    await press('Write a letter')
    await page.getByRole('dialog').getByRole('button', { name: 'Send the letter' }).press('Enter')
    await button('Go to end').press('Enter')
    await page.getByRole('tab', { name: 'Mailboxes' }).press('Enter')
    const boxes = region('Mailboxes')
    await boxes.getByRole('button', { name: 'Look for mail now on Bob’s laptop' }).press('Enter')
    await button('Go to end').press('Enter')
    const own = boxes.getByRole('table', { name: 'on Bob’s laptop, fetched by IMAP' })
    await own.getByRole('button', { name: 'Lunch?' }).press('Enter')
    await boxes.getByRole('button', { name: 'Mark as read' }).press('Enter')
    await button('Go to end').press('Enter')
    await isSolved('One true copy, and everybody sees it.')
  })

  it('"Be every machine" is done on four chairs, and each begins anew where it began', async () => {
    await atStep('by-hand/be-every-machine', 'Chair one: Alice')
    await press(/^Call mx-out/)
    await say([
      ['EHLO laptop', /HELP/],
      ['AUTH PLAIN AGFsaWNlAHBhcGVyYm9hdA==', /235/],
      ['MAIL FROM:<alice@paper.example>', /250 2\.1\.0/],
      ['RCPT TO:<bob@bird.example>', /250 2\.1\.5/],
      ...LETTER,
    ])
    await isSolved('250: from here on it is the server’s duty.')

    // On the next chair nothing has been done yet.
    expect(await lesson().textContent()).not.toContain('Not there yet')
    await press('Ask the DNS')
    const question = editor().getByRole('textbox', { name: 'Question' })
    expect(await hasFocus(question)).toBe(true)
    for (const dig of ['dig mx bird.example', 'dig a mx.bird.example']) {
      await question.fill(dig)
      await page.keyboard.press('Enter')
    }
    await expect.poll(() => editor().textContent()).toContain('203.0.113.25')
    await button('New dialogue').press('Enter')
    const server = page.getByRole('combobox', { name: 'Server to connect to' })
    expect(await hasFocus(server)).toBe(true)
    await server.selectOption({ label: 'mx.bird.example 25, Bob’s exchanger, SMTP' })
    await button('Connect').press('Enter')
    const envelope = [
      ['EHLO clerk', /HELP/],
      ['MAIL FROM:<alice@paper.example>', /250 2\.1\.0/],
      ['RCPT TO:<bob@bird.example>', /250 2\.1\.5/],
    ] as const
    await say([...envelope, ...LETTER])
    await isSolved('You have been the routing.')

    await skipTo('Chair three: the clerk at bird')
    await press(/^Call store/)
    await say([...envelope, ...LETTER])
    await isSolved('It lies in Bob’s mailbox.')

    await press(/^Call store/)
    await say([
      ['USER bob', /\+OK/],
      ['PASS birdsong', /open/],
      ['DELE 1', /marked/],
      ['QUIT', /removed/],
    ])
    // The letter that the clerk has delivered is there again.
    await press('Begin the task anew')
    await press(/^Call store/)
    await say([
      ['USER bob', /\+OK/],
      ['PASS birdsong', /open/],
      ['RETR 1', /Every word\./],
    ])
    await isSolved('Alice to Bob, and every word of it was yours.')
  })

  it('"All of it at once" is done in one call', async () => {
    await atStep('by-hand/the-exam', 'Your turn: warm up')
    await press(/^Call mx\.bird/)
    await say([
      ['EHLO laptop', /HELP/],
      ['MAIL FROM:<king@castle.example>', /250 2\.1\.0/],
      ['RSET', /250 2\.0\.0/],
      ['MAIL FROM:<alice@paper.example>', /250 2\.1\.0/],
      ['RCPT TO:<bob@bird.example>', /250 2\.1\.5/],
      ...LETTER,
      ['QUIT', /221/],
    ])
    await button('Go to end').press('Enter')
    await isSolved('Seven words, and all of them yours.')
  })
})
