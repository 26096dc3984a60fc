import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './support/browser'

/** READMEs lead a stranger through the code: each file that they name exists. */

const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n')
const FILE = /`([\w./-]+\.(?:tsx?|css|mjs|json|yaml|md))`/g
/** Names in capital letters stand for any: `messages/LANGUAGE/TOPIC.ts`. */
const PLACEHOLDER = /\b[A-Z]{2,}\.ts$/

const namedIn = (text: string): readonly string[] => Array.from(text.matchAll(FILE), ([, name = '']) => name)
const exists = (name: string): boolean =>
  PLACEHOLDER.test(name) || files.some((file) => file === name || file.endsWith(`/${name.replace(/^(?:\.+\/)+/, '')}`))

describe('the files that a README names exist', () => {
  const readmes = files.filter((file) => /(?:^|\/)README\.md$/.test(file))

  it('as many as there are folders with one', () => expect(readmes.length).toBeGreaterThan(15))

  it.each(readmes)('in %s', (readme) => {
    expect(namedIn(readFileSync(join(root, readme), 'utf8')).filter((name) => !exists(name))).toEqual([])
  })

  it('and a name that is out of date is found', () => {
    expect(namedIn('See `view/noSuchFile.ts` and `view/faces.ts`.').filter((name) => !exists(name))).toEqual([
      'view/noSuchFile.ts',
    ])
  })
})
