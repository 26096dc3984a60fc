import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { type ServedWorld, serveWorld } from '../support/servedWorld'
import { EVERYTHING, letter } from './letter'
import { asWritten, deliver } from './maildrop'

/** A served world for programs that read mail: two letters lie in Bob's INBOX, and a folder is there for the program's files. */

export const BOB = 'bob@example.test'
export const letters = [letter('first'), letter('second')]
/** The same letters with the line ends of files. */
export const asInFile = (text: string): string => text.replace(/\r\n/g, '\n')
export const inFiles = letters.map(asInFile)

export let world: ServedWorld
export let folder: string

/** A world of its own in place of the one before. */
export async function serveAnew(): Promise<void> {
  await world.end()
  world = await serveWorld(...EVERYTHING)
}

/** Serves such a world to each test of this file. */
export function onTwoLetters(): void {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'letters-'))
    world = await serveWorld(...EVERYTHING)
    await deliver(world, BOB, letters)
  })
  afterEach(async () => {
    await world.end()
    rmSync(folder, { recursive: true })
  })
}

/** What was written of these messages, without the fields that servers put before it. */
export const written = (messages: readonly string[]): readonly (string | undefined)[] =>
  messages.map((message) => asWritten(message, 'Subject'))

/** Writes a file that the program is to read, and gives its path. */
export function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text, { mode: 0o600 })
  return path
}
