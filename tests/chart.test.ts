import { describe, expect, it } from 'vitest'
import { expectAccessible } from './support/accessible'
import { button, go, onAPage, open, PHONE, page, region } from './support/openPage'

/** The state chart as its readers meet it: a dialogue typed by hand, looked at as a machine. */

onAPage()

const chart = () => region('State chart')
const picture = () => page.getByRole('application', { name: 'Chart, described by the lists' })
const list = (name: 'legal' | 'refused') => chart().locator(`[data-list="${name}"]`)
const state = () => picture().locator('[data-now]')

/** Connects to the exchanger and says these lines, then looks at the chart. */
async function typeAndLook(lines: readonly string[], phone = false): Promise<void> {
  await go('#/lab')
  // On a phone the plain input is the usual one.
  if (phone) await page.getByRole('tab', { name: 'Dialogue' }).click()
  else await page.getByRole('switch', { name: 'Plain input' }).click()
  await button('Connect').click()
  const dialogue = region('Dialogue editor')
  await expect.poll(() => dialogue.textContent()).toContain('220 mx.bird.example ESMTP')
  const command = page.getByRole('textbox', { name: 'Command', exact: true })
  for (const line of lines) {
    await command.fill(line)
    await command.press('Enter')
    await expect.poll(() => dialogue.textContent()).toMatch(replyTo(line))
  }
  await button('State').click()
  await chart().waitFor()
}

/** The server has answered a line: its reply stands after it. */
const replyTo = (line: string): RegExp => new RegExp(`${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\D*\\d{3}[ -]`)

const REFUSED = ['EHLO alice-laptop', 'MAIL FROM:<alice@paper.example>', 'RCPT TO:<nobody@bird.example>'] as const

describe('the state chart', () => {
  it('cuts no value in its lists, and its picture takes the height that is there', async () => {
    await typeAndLook([REFUSED[0], `${REFUSED[1]} SIZE=493`])
    const cut = await chart()
      .locator('code')
      .evaluateAll((lines) =>
        lines.filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1).map(String),
      )
    expect(cut).toEqual([])
    await chart().getByText('SIZE=493').waitFor()
    const [room, drawn] = [await picture().boundingBox(), await picture().locator('svg').first().boundingBox()]
    if (!room || !drawn) throw new Error('the picture is shown')
    // As much room above the drawing as beneath it, but for the legend.
    expect(Math.abs(drawn.y - room.y - (room.y + room.height - drawn.y - drawn.height))).toBeLessThan(60)
    expect(drawn.height).toBeGreaterThan(room.height / 2)
  })

  it('sleeps before the first connection', async () => {
    await go('#/lab')
    await button('State').click()
    await chart().getByText('Connect, and this wakes up.').waitFor()
    expect(await picture().locator('[data-asleep]').count()).toBe(1)
    expect(await state().count()).toBe(0)
  })

  it('shows where the session is, how it came there, and the condition that decided', async () => {
    await typeAndLook(REFUSED)
    await expect.poll(() => state().getAttribute('data-state')).toBe('ready.transaction.senderKnown')
    await chart().getByText('hasRecipients', { exact: true }).first().waitFor()
    await chart().getByText('For this letter it has taken no reader so far', { exact: false }).waitFor()
    await button('Whole machine').click()
    expect(await picture().locator('[data-last]').count()).toBe(1)
    expect(await picture().locator('[data-state]').count()).toBeGreaterThan(20)
    await expectAccessible(page)
  })

  it('is used by keys: along arrows, to the lists, the way, and a line that is sent', async () => {
    await typeAndLook(REFUSED)
    await picture().focus()
    await page.keyboard.press('ArrowRight')
    await picture().getByText('recipients known', { exact: true }).last().waitFor()
    await page.keyboard.press('Space')
    await chart().getByText('has not been here in this session', { exact: false }).waitFor()
    await page.keyboard.press('Home')
    await page.keyboard.press('r')
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
    expect(await focused()).toContain('MAIL')
    await page.keyboard.press('Tab')
    expect(await focused()).toContain('DATA')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await list('refused').getByText('RCPT TO:<bob@bird.example>').waitFor()

    await picture().focus()
    await page.keyboard.press('l')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await focused()).toContain('RCPT')
    await page.keyboard.press('Enter')
    const line = chart().getByRole('textbox', { name: 'Line to send' })
    expect(await line.inputValue()).toBe('RCPT TO:<bob@bird.example>')
    await page.keyboard.press('Enter')
    await expect.poll(() => state().getAttribute('data-state')).toBe('ready.transaction.recipientsKnown')
    await expect.poll(() => list('legal').textContent()).toContain('DATA')
  })

  it('is a line of states on a phone', async () => {
    await open(PHONE)
    await typeAndLook(['EHLO alice-laptop'], true)
    const now = chart().locator('li [aria-current="step"]')
    expect(await now.textContent()).toBe('greeted')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
    await button('Whole machine').click()
    await expect.poll(() => state().getAttribute('data-state')).toBe('ready.greeted')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
  })
})
