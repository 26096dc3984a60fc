import { expect, it } from 'vitest'
import { button, forgive, go, onAPage, page } from './support/openPage'

/**
 * The built page's Content Security Policy stops what it does not need. That it stops nothing else is held by all other tests in a
 * browser: a violation is an error on the console.
 */

onAPage()

/** The directive by which something is stopped, or `nothing`. */
const stoppedBy = (deed: string): Promise<string> =>
  page.evaluate(`new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective), { once: true })
    setTimeout(() => resolve('nothing'), 2000)
    Promise.resolve().then(() => { ${deed} }).catch(() => {})
  })`)

it.each([
  [
    'a script in the markup',
    "const s = document.createElement('script'); s.text = 'window.isIn = 1'; document.body.append(s)",
    /^(?:require-trusted-types-for|script-src-elem)$/,
  ],
  [
    'a handler in the markup',
    "document.body.setAttribute('onclick', 'window.isIn = 1'); document.body.click()",
    /^(?:require-trusted-types-for|script-src-attr)$/,
  ],
  ['text that becomes markup', "document.body.innerHTML = '<b>letter</b>'", /^require-trusted-types-for$/],
  [
    'another policy of trusted types',
    "trustedTypes.createPolicy('mine', { createHTML: (text) => text })",
    /^trusted-types$/,
  ],
  ['a script of another origin', "import('https://127.0.0.1:1/x.js').catch(() => {})", /^script-src-elem$/],
  ['a request to another origin', "fetch('http://127.0.0.1:1/?letter').catch(() => {})", /^connect-src$/],
  [
    'a picture of another origin',
    "document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.1:1/x.png' }))",
    /^img-src$/,
  ],
  [
    'a style sheet of another origin',
    "document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'http://127.0.0.1:1/x.css' }))",
    /^style-src-elem$/,
  ],
  ['a frame', "document.body.append(Object.assign(document.createElement('iframe'), { src: './' }))", /^frame-src$/],
  [
    'a form that is sent',
    "const f = document.createElement('form'); f.action = 'http://127.0.0.1:1/'; document.body.append(f); f.submit()",
    /^form-action$/,
  ],
  [
    'another base for addresses',
    "document.head.append(Object.assign(document.createElement('base'), { href: 'http://127.0.0.1:1/' }))",
    /^base-uri$/,
  ],
  [
    'a worker of another address',
    "new Worker(URL.createObjectURL(new Blob(['1'])))",
    /^(?:require-trusted-types-for|worker-src)$/,
  ],
])('%s is stopped', async (_, deed, directive) => {
  await go('#/learn')
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await stoppedBy(deed)).toMatch(directive)
  expect(await page.evaluate('window.isIn')).toBeUndefined()
  // Being stopped is told on the console, as it should be.
  forgive()
})

it('the code editor may have its worker', async () => {
  await go('#/lab')
  await button('Connect').click()
  await page.locator('.monaco-editor').first().waitFor()
  // It begins one when it first wants words from a long text.
  await page.evaluate('void window.MonacoEnvironment.getWorker()')
  await expect
    .poll(() => page.workers().map((worker) => new URL(worker.url()).pathname))
    .toEqual([expect.stringMatching(/^\/assets\/editor\.worker-[\w-]+\.js$/)])
})
