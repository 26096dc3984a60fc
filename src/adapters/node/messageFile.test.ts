import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readMessage } from './messageFile'

const folder = mkdtempSync(join(tmpdir(), 'letters-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function read(...lines: readonly string[]): ReturnType<typeof readMessage> {
  const path = join(folder, 'letter.eml')
  writeFileSync(path, lines.join('\n'))
  return readMessage(path)
}

const head = ['From: alice@paper.example', 'To: bob@bird.example']

describe('a letter from a file', () => {
  it.each([
    ['as it is mostly written', ['Bcc: eve@owl.example']],
    ['with a blank before the colon', ['Bcc : eve@owl.example']],
    ['with a tab before the colon, in capitals', ['BCC\t: eve@owl.example']],
    ['folded', ['Bcc:', ' eve@owl.example']],
    ['folded inside the address', ['Bcc: eve', ' @owl.example']],
    ['twice', ['Bcc: eve@owl.example', 'bcc : dan@owl.example']],
  ])('is sent to the addresses of its Bcc field, without that field: %s', async (_, bcc) => {
    const { message, forwardPaths } = await read(...head, ...bcc, 'Subject: x', '', 'Bcc: in the text', '')
    expect(message).toBe(`${head.join('\r\n')}\r\nSubject: x\r\n\r\nBcc: in the text\r\n`)
    expect(forwardPaths).toContain('eve@owl.example')
  })

  it('is refused with the first line that is no header field', async () => {
    await expect(read(...head, 'Subject: a', ' b', 'Dear Bob', '', 'x')).rejects.toThrow('in line 5 ("Dear Bob")')
  })
})
