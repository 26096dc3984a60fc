import { describe, expect, it } from 'vitest'
import { button, go, onAPage, open, PHONE, page, region, sendFromLab } from './support/openPage'

/** The page on a small touch screen. */

onAPage(() => open(PHONE, { hasTouch: true, isMobile: true }))

describe('on a phone', () => {
  it.each([
    '',
    '#/learn',
    '#/lab',
    '#/lab/example-test',
    '#/quiz',
    '#/reference',
    '#/learn/the-journey/one-letter-three-steps',
  ])('%s is no wider than the screen, and its buttons can be touched', async (hash) => {
    await go(hash)
    await page.locator('h1').first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('main button')].flatMap((element) => {
        const { width, height } = element.getBoundingClientRect()
        const shown = width > 0 && height > 0 && getComputedStyle(element).visibility === 'visible'
        return shown && height < 44 ? [`${element.textContent?.trim() || element.ariaLabel}: ${width}x${height}`] : []
      }),
    )
    expect(small).toEqual([])
  })

  it('has the choice of the dialogue and its state in one row, so that the dialogue keeps its place', async () => {
    await go('')
    await button('Send the letter').click()
    await button('Pause').click()
    const transcript = page.getByRole('region', { name: 'Transcript', exact: true })
    const choice = transcript.getByRole('combobox', { name: 'Connection' })
    const beside = await transcript.getByText(/^(?:connecting|open)$/).boundingBox()
    const box = await choice.boundingBox()
    expect(beside?.y).toBeGreaterThan(box?.y ?? Number.POSITIVE_INFINITY)
    expect(beside?.y).toBeLessThan((box?.y ?? 0) + (box?.height ?? 0))
  })

  it('has what the focus is on in sight, between the tabs and the time', async () => {
    await go('#/lab')
    await page.getByRole('tab', { name: 'Machine' }).click()
    await page
      .getByRole('region', { name: 'Machine' })
      .getByRole('combobox')
      .first()
      .selectOption('mx-out.paper.example')
    await page.getByRole('region', { name: 'Machine' }).getByRole('combobox').first().focus()
    const focused: string[] = []
    const covered: string[] = []
    for (let n = 0; n < 30; n++) {
      await page.keyboard.press('Tab')
      const { name, isCovered } = await page.evaluate(() => {
        const element = document.activeElement
        const inPanel = element?.closest('.panel-content') ? element : undefined
        const { left, right, top, bottom } = inPanel?.getBoundingClientRect() ?? new DOMRect()
        const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
        return { name: inPanel?.textContent || inPanel?.id, isCovered: inPanel !== undefined && !inPanel.contains(hit) }
      })
      if (name !== undefined) focused.push(name)
      if (isCovered) covered.push(name ?? '')
    }
    expect(focused.length).toBeGreaterThan(15)
    expect(covered).toEqual([])
  })

  it('has the title of the lesson as its heading while another tab than the lesson is shown', async () => {
    await go('#/learn/pushing-with-smtp/the-letter')
    const headings = (): Promise<string[]> => page.getByRole('heading', { level: 1 }).allTextContents()
    await expect.poll(headings).toEqual(['Half a yes'])
    await page.getByRole('tab', { name: 'Transcript' }).click()
    await expect.poll(headings).toEqual(['The letter'])
    await page.getByRole('tab', { name: 'Lesson' }).click()
    await expect.poll(headings).toEqual(['Half a yes'])
  })

  it('sends the ready letter and uses the plain input by itself', async () => {
    await go('')
    await button('Send the letter').click()
    await button('Pause').click()
    await button('Go to end').click()
    await go('#/lab')
    await page.getByRole('tab', { name: 'Dialogue' }).click()
    await button('Connect').click()
    await page.getByRole('textbox', { name: 'Command', exact: true }).waitFor()
  })

  it('keeps the controls of the timeline apart, each with its name', async () => {
    await go('')
    await button('Send the letter').click()
    await button('Pause').click()
    await button('Go to end').click()
    const boxes = await Promise.all(
      [page.locator('.track-thumb'), page.getByRole('timer'), button('Next event'), button('Undo')].map((one) =>
        one.boundingBox(),
      ),
    )
    const placed = boxes.flatMap((box) => box ?? [])
    expect(placed).toHaveLength(boxes.length)
    // The timeline has several rows there: two things are apart if one ends above or beside where the other begins.
    for (const [n, box] of placed.entries())
      for (const other of placed.slice(n + 1)) {
        const aside = box.x + box.width - 1 <= other.x || other.x + other.width - 1 <= box.x
        const above = box.y + box.height - 1 <= other.y || other.y + other.height - 1 <= box.y
        expect(aside || above, JSON.stringify([box, other])).toBe(true)
      }
  })

  it('has the button that sends in sight, however long the form', async () => {
    await go('#/lab')
    await button('Write a letter').click()
    const send = page.getByRole('dialog').getByRole('button', { name: 'Send the letter' })
    const box = await send.boundingBox()
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(PHONE.height)
    expect(
      await send.evaluate((element) => {
        const { left, bottom } = element.getBoundingClientRect()
        return document.elementFromPoint(left + 20, bottom - 4) === element
      }),
    ).toBe(true)
  })

  it('shows the verdict on what one remembers below the map', async () => {
    await go('#/learn/finding-the-way/whose-post-office')
    const asked = region('Do you remember?')
    await asked.getByText('neither', { exact: true }).tap()
    await asked.getByRole('button', { name: 'Seal it' }).tap()
    const tabs = page.getByRole('tablist', { name: 'Panels' })
    const place = async (): Promise<number> => {
      const [verdict, above] = [await asked.getByText('Not right.').boundingBox(), await tabs.boundingBox()]
      return (verdict?.y ?? 0) - ((above?.y ?? 0) + (above?.height ?? 0))
    }
    await expect.poll(place).toBeGreaterThanOrEqual(0)
  })

  it('leaves no strip of the page’s head above the stage when stepping scrolls', async () => {
    await go('#/lab')
    await button('Write a letter').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send the letter' }).click()
    await button('Pause').click()
    const stageTop = (): Promise<number> =>
      page.evaluate(() => Math.round(document.querySelector('.workbench')?.getBoundingClientRect().top ?? -1))
    const [whole] = [await stageTop()]
    expect(whole).toBeGreaterThan(100)
    const seen = new Set<number>()
    for (let n = 0; n < 12; n++) {
      await button('Step forward').click()
      seen.add(await stageTop())
    }
    expect([...seen].filter((top) => top !== whole && top > 0)).toEqual([])
    expect(seen.has(0)).toBe(true)
  })

  it('brings a line of an earlier dialogue into sight, where it is chosen by a touch', async () => {
    await sendFromLab('nobody@bird.example')
    await button('Go to end').click()
    const transcript = region('Transcript')
    await transcript
      .getByRole('combobox', { name: 'Connection' })
      .selectOption({ label: 'SMTP mx-out to mx.bird, port 25' })
    const refusal = transcript.getByRole('option', { name: /550 5\.1\.1/ })
    await refusal.tap()
    expect(await refusal.getAttribute('aria-selected')).toBe('true')
  })

  it.each(['home', 'lab'])('shows the letter itself first when it is to be read, in %s', async (where) => {
    await go(where === 'home' ? '' : '#/lab')
    if (where === 'lab') await button('Write a letter').click()
    await (where === 'lab' ? page.getByRole('dialog') : page)
      .getByRole('button', { name: 'Send the letter' })
      .first()
      .click()
    await button('Pause').click()
    await button('Go to end').click()
    await button('Read it').click()
    const [subject, tools] = [
      region('Mailboxes').getByRole('heading', { name: 'Lunch?' }),
      region('Mailboxes').getByRole('button', { name: 'Delete' }),
    ]
    await subject.waitFor()
    const [letter, time] = [await subject.boundingBox(), await region('Time').boundingBox()]
    // Its heading, who wrote it to whom, and the first line of its text.
    expect((letter?.y ?? 0) + 130).toBeLessThan(time?.y ?? 0)
    expect((await tools.boundingBox())?.y ?? 0).toBeGreaterThan((letter?.y ?? 0) + 130)
  })

  it('says below the map that nothing has been said, and mentions a letter only if one is ready', async () => {
    await go('#/lab')
    await expect.poll(() => page.locator('.subtitle').textContent()).toBe('Nothing has been said yet.')
    await go('')
    await expect.poll(() => page.locator('.subtitle').textContent()).toBe('The letter lies ready.')
  })

  it('describes below the map a change of the world', async () => {
    await go('#/lab')
    await page.getByRole('tab', { name: 'Machine' }).click()
    await button('Stop this host').click()
    await expect.poll(() => page.locator('.subtitle').textContent()).toMatch(/has lost its power/)
  })

  it('shows that there are more panels than fit, whichever is open', async () => {
    await go('#/lab')
    for (const name of ['Inspector', 'State', 'Mailboxes']) {
      await page.getByRole('tab', { name }).click()
      const ends = await page.getByRole('tablist').evaluate((bar) => {
        const { left, right } = bar.getBoundingClientRect()
        const shown = [...bar.children].map((tab) => tab.getBoundingClientRect())
        // Cut at either end, or all there.
        return shown.map((tab) => tab.left < right - 8 && tab.right > left + 8)
      })
      const last = ends.lastIndexOf(true)
      const chosen = ['Dialogue', 'Transcript', 'Inspector', 'State', 'Mailboxes', 'Machine'].indexOf(name)
      expect(last).toBeGreaterThan(chosen)
      expect(ends.indexOf(true)).toBeLessThan(chosen)
    }
  })
})
