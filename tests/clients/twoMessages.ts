import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { type ServedWorld, serveWorld } from '../support/servedWorld'
import { asWritten, deliver } from './maildrop'
import { EVERYTHING, testMessage } from './testMessage'

/**
 * A served world for programs that read mail: two messages lie in Bob's INBOX, and there is a folder for the program's files.
 */

export const BOB = 'bob@example.test'
export const testMessages = [testMessage('first'), testMessage('second')]
/** The same messages with the line ends of files. */
export const asInFile = (text: string): string => text.replace(/\r\n/g, '\n')
export const inFiles = testMessages.map(asInFile)

export let world: ServedWorld
export let folder: string

/** A new world in place of the previous one. */
export async function serveAnew(): Promise<void> {
  await world.end()
  world = await serveWorld(...EVERYTHING)
}

/** Serves such a world to each test of this file. */
export function onTwoMessages(): void {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'letters-'))
    world = await serveWorld(...EVERYTHING)
    await deliver(world, BOB, testMessages)
  })
  afterEach(async () => {
    await world.end()
    rmSync(folder, { recursive: true })
  })
}

/** The written messages, without the fields that servers added before them. */
export const written = (messages: readonly string[]): readonly (string | undefined)[] =>
  messages.map((message) => asWritten(message, 'Subject'))

/** Writes a file for the program, and returns its path. */
export function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text, { mode: 0o600 })
  return path
}
