import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './support/browser'

/** The one file that may know the form of a header field, and the one that reads `FROM:` and `TO:` of SMTP's commands. */
const EXCEPT = ['mail/headerFields.ts', 'protocols/smtp/grammar/paths.ts']

const NAME =
  '(?:resent-)?(?:date|from|sender|reply-to|to|cc|bcc|message-id|in-reply-to|references|subject|comments|keywords)|' +
  'received|return-path|mime-version|content-[a-z-]+|delivered-to|auto-submitted|final-recipient|original-recipient|action|status'
const BLANKS = String.raw`(?:(?:\\s|\\t|\\h| |\[[^\]]*\])[*+?]*)*`
/** A name of a field and its colon, at the beginning of a pattern, a line or an alternative. */
const NAMED = new RegExp(String.raw`(?:^|\^|\||\(|\\n|\?:)(?:${NAME})\)*${BLANKS}:`, 'i')
/** Any name of a field and its colon, by the characters of the name. */
const ANY_NAME = /\[(?:!-9;-~|\^:[^\]]*)\][*+]/

const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:'"`/])\/\/[^\n]*/g
const PATTERN = /(?<=(?:[=(,:;!&|?{}[\n>]|\breturn)\s*)\/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/[a-z]*/g
const SEARCHED =
  /(?:\.(?:startsWith|includes|indexOf|lastIndexOf|split|search|match)|RegExp)\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g

/** Places in code that look for a header field in text by themselves. */
function breaches(code: string): readonly string[] {
  const bare = code.replace(COMMENT, '')
  const sought = [
    ...[...bare.matchAll(PATTERN)].map(([, pattern = '']) => pattern),
    ...[...bare.matchAll(SEARCHED)].map(([, , text = '']) => text),
  ]
  return sought.filter((pattern) => NAMED.test(pattern) || ANY_NAME.test(pattern))
}

describe('header fields have one reader', () => {
  it('and no other code looks for a name of a field in text', () => {
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      (file) => /(?<!\.test)\.tsx?$/.test(file) && !file.includes('testing/') && !EXCEPT.includes(file),
    )
    expect(files.length).toBeGreaterThan(300)
    const found = files.flatMap((file) =>
      breaches(readFileSync(join(root, 'src', file), 'utf8')).map((pattern) => `${file}: ${pattern}`),
    )
    expect(found).toEqual([])
  })

  it.each([
    String.raw`const has = /^Date:/im.test(message)`,
    String.raw`message.replace(/^Bcc:.*\r\n(?:[ \t].*\r\n)*/gim, '')`,
    String.raw`const header = /^return-path[ \t]*:/im.test(text)`,
    String.raw`const RECEIVED = /received[ \t]*:/iy`,
    String.raw`const id = /\nMessage-ID\s*: *<([^>]+)>/i.exec(text)`,
    String.raw`lines.filter((line) => /^(?:to|cc):/i.test(line))`,
    String.raw`const name = /^([^:\s]+)[ \t]*:/.exec(line)`,
    String.raw`return /^(?:\r?\n|[!-9;-~]+[ \t]*:)/.test(letter)`,
    String.raw`if (line.startsWith('Subject:')) found = line`,
    String.raw`const at = message.indexOf('\r\nContent-Type: ')`,
    String.raw`const pattern = new RegExp('^From:', 'im')`,
  ])('would catch %s', (code) => {
    expect(breaches(code)).toHaveLength(1)
  })

  it.each([
    "const head = [`From: <${address}>`, 'To: x']",
    String.raw`const MAIL = /^MAIL FROM:</i`,
    '// a line that begins with /^Date:/',
    String.raw`const time = /^(\d+):(\d+)/`,
    "text.startsWith('todo:')",
  ])('lets pass %s', (code) => {
    expect(breaches(code)).toEqual([])
  })
})
