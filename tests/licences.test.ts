import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { go, onAPage, page } from './support/openPage'

/** The licences of all that is shipped stand in the build, and are reachable in the page. */

onAPage()

/** All code of the page: everything but what needs Node. */
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(?:tsx?|css)$/.test(path) && !/\.test\.|adapters[\\/]node/.test(path))
  .map((path) => readFileSync(join('src', path), 'utf8'))
  .join('\n')

it('each package of the page is named with its licence, and so is the project', async () => {
  await go('#/reference')
  const link = page.getByRole('link', { name: 'Licences of all that this page is made of' })
  const text = await link.evaluate(async (each) => (await fetch((each as HTMLAnchorElement).href)).text())
  expect(text).toMatch(/^EHLO World\s+MIT License/)
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
  const used = Object.keys(dependencies).filter((name) => new RegExp(`['"]${name}(?:/[^'"]*)?['"]`).test(sources))
  expect(used.length).toBeGreaterThan(15)
  const unnamed = used.filter((name) => !text.includes(`## ${name} - ${dependencies[name]}`))
  expect(unnamed).toEqual([])
  // Code that comes with another package.
  expect(text).toContain('## scheduler - ')
  expect(text).toMatch(/^## dompurify - /m)
})
