import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proveFolder } from '../src/adapters/node/proof/proveFolder'
import { skeleton } from '../src/adapters/node/skeleton'
import { problemLine } from '../src/learning/problem'
import { MISTAKES } from './support/mistakes'

/** Mistakes that authors make, and the one sentence that each is told: its file, its line and column, the cause, the remedy. */

let root: string
let folder: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'mistakes-'))
  folder = join(root, '02-part', '08-my-lesson')
  mkdirSync(folder, { recursive: true })
  for (const name of ['course.yaml', 'facts.yaml', 'runs.yaml']) copyFileSync(`lessons/${name}`, join(root, name))
  mkdirSync(join(root, 'quiz'))
  writeFileSync(join(root, 'quiz', 'quiz.yaml'), 'questions:\n  - id: taken\n')
})
afterAll(() => rmSync(root, { recursive: true }))

const made = skeleton({ unit: 'Pushing with SMTP', name: '08-my-lesson' })

/** All that the check tells of the lesson after a change of one file, without the folder. */
function told(file: string, from: string, to: string | Buffer): string {
  for (const [name, text] of Object.entries(made)) {
    if (name === file) expect(text).toContain(from)
    const changed = typeof to === 'string' ? text.replace(from, () => to) : to
    writeFileSync(join(folder, name), name === file ? changed : text)
  }
  return proveFolder(folder)
    .map(problemLine)
    .map((line) => line.replace(/^\S*08-my-lesson\//, '').replace(/\S*\/(?=quiz\/quiz\.yaml)/, 'ROOT/'))
    .join('\n')
}

describe('an author is told', () => {
  it.each(MISTAKES)('%s', (_, file, from, to, expected) => {
    expect(told(file, from, to)).toBe(expected)
  })

  it('a file in another encoding', () => {
    const latin = Buffer.from((made['lesson.md'] ?? '').replace('lies ready', 'liegt für'), 'latin1')
    expect(told('lesson.md', '', latin)).toBe(
      'lesson.md:18:40: here begins something that is no text in UTF-8. Save the file in your editor with the encoding UTF-8.',
    )
  })

  it('a file that is larger than any lesson', () => {
    expect(told('lesson.md', '', Buffer.alloc(1_000_001, 'word '))).toBe(
      'lesson.md:1:1: the file has 1000001 octets, and a lesson has 1000000 at most. Divide it, or remove what does not belong to it.',
    )
  })

  it('nothing of line ends and marks that editors write', () => {
    for (const text of Object.values(made)) expect(text).not.toContain('\r')
    const windows = `\uFEFF${(made['lesson.md'] ?? '').replaceAll('\n', '\r\n')}`
    expect(told('lesson.md', '', Buffer.from(windows))).toBe('')
  })
})
