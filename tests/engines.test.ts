import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Served, servePlainly } from './support/browser'
import type { Engine, Tab } from './support/engines/engine'
import { enginesToTry } from './support/engines/find'
import { press, reads, textOf, until } from './support/engines/person'

/** A person's first steps, in the engines of today's browsers, with the console open. */

const LESSON = '#/learn/the-journey/one-letter-three-steps'

interface Place {
  readonly address: string
  /** The text that shows that this page is there, and no other. */
  readonly shows: readonly [selector: string, text: RegExp]
  /** The link to this page, from every page or from some; elsewhere the address is typed. */
  readonly link: readonly [selector: string, name: string]
  readonly linkedFrom?: readonly string[]
}

const PLACES: Readonly<Record<string, Place>> = {
  home: { address: '#/', shows: ['main .home-send', /Send the letter/], link: ['header a', '^EHLO World'] },
  learn: { address: '#/learn', shows: ['main h1', /How an email service works/], link: ['header a', '^Learn$'] },
  lesson: {
    address: LESSON,
    shows: ['main section[aria-label=Lesson]', /step 1 of 10/],
    link: [`main a[href="${LESSON}"]`, 'One letter, three steps'],
    linkedFrom: ['learn'],
  },
  lab: { address: '#/lab', shows: ['main h1', /Two towns/], link: ['header a', '^Lab$'] },
  quiz: { address: '#/quiz', shows: ['main', /question 1 of 3/], link: ['header a', '^Quiz$'] },
  reference: { address: '#/reference', shows: ['main h1', /^Reference$/], link: ['header a', '^Reference$'] },
}

/** A walk that takes each ordered pair of these once. */
function walkOver(all: readonly string[]): readonly string[] {
  const left = new Map(all.map((from) => [from, all.filter((to) => to !== from)]))
  const way = all.slice(0, 1)
  const walk: string[] = []
  for (let at = way.at(-1); at !== undefined; at = way.at(-1)) {
    const next = left.get(at)?.pop()
    if (next !== undefined) way.push(next)
    else walk.unshift(...way.splice(-1))
  }
  return walk
}

const engines = await enginesToTry()
let plain: Served
beforeAll(async () => {
  plain = await servePlainly('/')
})
afterAll(() => plain.close())

describe.each(engines.map((engine) => [engine.name, engine] as const))('in %s', (name, { launch }) => {
  let engine: Engine
  let served: Served
  let tab: Tab
  beforeAll(async () => {
    engine = await launch()
    served = engine.head === '' ? plain : await servePlainly('/', undefined, engine.head)
  })
  afterAll(async () => {
    await engine.close()
    if (served !== plain) await served.close()
  })
  beforeEach(async () => {
    tab = await engine.open()
  })
  afterEach(() => tab.close())

  const goTo = (address: string): Promise<void> => tab.goTo(served.url + address)
  const back = (): Promise<void> => tab.run(() => history.back(), undefined)
  const forward = (): Promise<void> => tab.run(() => history.forward(), undefined)
  const silent = async (): Promise<void> => expect(await tab.complaints()).toEqual([])
  const clock = (): Promise<string> => textOf(tab, '[role=timer]')

  it('every error of the page is reported', async () => {
    await goTo('#/learn')
    await reads(tab, ...(PLACES['learn'] as Place).shows)
    await silent()
    await tab.run(() => {
      console.error('one error')
      console.warn('one warning')
      setTimeout(() => {
        throw new Error('one exception')
      })
      void Promise.reject(new Error('one rejection'))
      document.body.append(Object.assign(document.createElement('img'), { src: './no-such-picture.png' }))
    }, undefined)
    for (const part of ['one error', 'one warning', 'one exception', 'one rejection', 'no-such-picture'])
      await until(async () => expect((await tab.complaints()).join('\n')).toContain(part))
    expect(await tab.run(() => navigator.userAgent, undefined)).toMatch(
      { Chromium: /Chrome\//, Firefox: /Firefox\//, WebKit: /AppleWebKit\/(?!.*Chrome)/ }[name],
    )
  })

  it('a load that ends because its page is left is no error', async () => {
    const slow = createServer(({ url }, response) => {
      if (url === '/') response.setHeader('content-type', 'text/html').end(`<!doctype html>${engine.head}<body>`)
      else if (url === '/slow.css') slow.emit('waits')
      else response.end()
    }).listen(0, '127.0.0.1')
    const waits = once(slow, 'waits')
    await once(slow, 'listening')
    await tab.goTo(`http://127.0.0.1:${(slow.address() as AddressInfo).port}/`)
    await tab.run(() => {
      document.body.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: './slow.css' }))
    }, undefined)
    await waits
    await tab.reload()
    expect(await tab.run(() => document.querySelectorAll('link').length, undefined)).toBe(0)
    await silent()
    slow.closeAllConnections()
    slow.close()
  })

  it('the first minute: the letter is sent, travels, arrives, and is still there after a reload', async () => {
    await goTo('')
    await press(tab, 'button', '^Send the letter$')
    await until(async () => expect(await clock()).not.toMatch(/^0*:?00:00\.000$/))
    const before = await clock()
    await until(async () => expect(await clock()).not.toBe(before))
    await press(tab, 'button', '^Pause$')
    await press(tab, 'button', '^Go to end$')
    await reads(tab, '[aria-label=Transcript]', /POP3 Bob’s laptop to store/)
    const end = await clock()
    await tab.reload()
    await reads(tab, '[aria-label=Transcript]', /POP3 Bob’s laptop to store/)
    await until(async () => expect(await clock()).toBe(end))
    await silent()
  })

  it('each page is reached from each other, by link, Back, Forward and reload', async () => {
    const walk = walkOver(Object.keys(PLACES))
    expect(walk).toHaveLength(31)
    const sees = (name: string): Promise<void> => reads(tab, ...(PLACES[name] as Place).shows)
    await goTo((PLACES[walk[0] as string] as Place).address)
    for (const [n, to] of walk.slice(1).entries()) {
      const from = walk[n] as string
      const { address, link, linkedFrom } = PLACES[to] as Place
      await sees(from)
      if (linkedFrom?.includes(from) ?? true) await press(tab, ...link)
      else await tab.run((hash) => location.assign(hash), address)
      await sees(to)
      await back()
      await sees(from)
      await forward()
      await sees(to)
      await tab.reload()
      await sees(to)
      expect(await tab.complaints(), `from ${from} to ${to}`).toEqual([])
    }
  }, 600_000)

  it('a step of the lesson is predicted, seen and left', async () => {
    const lesson = 'section[aria-label=Lesson]'
    await goTo(LESSON)
    await press(tab, `${lesson} label`, 'outgoing server of her own domain')
    await press(tab, 'button', '^Run and see$')
    await reads(tab, lesson, /As you predicted/)
    await press(tab, 'button', '^Continue$')
    await reads(tab, lesson, /step 2 of 10/)
    await silent()
  })

  it('the quiz is answered, and left by each way out', async () => {
    await goTo('#/quiz')
    await press(tab, 'main tr[data-open] label')
    const here = async (): Promise<void> => {
      await reads(tab, 'main', /question 1 of 3/)
      await reads(tab, 'main table', /Show me/)
    }
    await here()
    await press(tab, 'main a', '^(Skip for now|Next question)$')
    await reads(tab, 'main', /question 2 of 3/)
    await press(tab, 'main a', '^Question before$')
    await here()
    await press(tab, 'main button', '^Show me')
    await until(async () => expect(await clock()).toMatch(/[1-9]/))
    await press(tab, 'main a', '^Back to the quiz$')
    await here()
    for (const { link, shows } of Object.values(PLACES).filter(({ address }) => address !== LESSON)) {
      if (link[1] === '^Quiz$') continue
      await press(tab, ...link)
      await reads(tab, ...shows)
      await back()
      await here()
    }
    await back()
    await silent()
  })

  it.each([
    ['the code editor', '.monaco-editor', undefined],
    ['a plain line', 'input[aria-label=Command]', 'Plain input'],
  ])('a letter is typed by hand in %s, and arrives', async (_, editor, choose) => {
    await goTo('#/lab')
    if (choose !== undefined) await press(tab, 'label', choose)
    await press(tab, 'button', '^Connect$')
    const says = (reply: RegExp): Promise<void> => reads(tab, '[aria-label="Dialogue editor"]', reply)
    await says(/220 mx\.bird\.example/)
    await press(tab, editor)
    for (const [lines, reply] of [
      ['EHLO alice-laptop', /PIPELINING/],
      ['MAIL FROM:<alice@paper.example>', /250 2\.1\.0/],
      ['RCPT TO:<bob@bird.example>', /250 2\.1\.5/],
      ['DATA', /354/],
      ['Subject: by hand\n\nHello Bob\n.', /queued as/],
      ['QUIT', /221/],
    ] as const) {
      await tab.type(`${lines}\n`)
      await says(reply)
    }
    await press(tab, 'button', '^Go to end$')
    await press(tab, '[role=tab]', '^Mailboxes$')
    await reads(tab, '[aria-label=Mailboxes]', /by hand/)
    await silent()
  })
})
