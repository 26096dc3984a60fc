import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ehlo } from '../../src/adapters/node/commandLine'
import { octets } from '../../src/base/octets'
import { countFields } from '../../src/mail/headerFields'
import { casesArePresent, folder, rowsOf } from './replay'

/** Whole journeys through a simulated world, by the command line. */
const reports = join(folder, 'reports')
const temporary = mkdtempSync(join(tmpdir(), 'journeys-'))
afterAll(() => rmSync(temporary, { recursive: true }))

async function run(scenario: string, message: string): Promise<{ transcript: string; complaint: string }> {
  const said = { transcript: '', complaint: '' }
  await ehlo(['run', scenario, '--send', message, '--transcript'], {
    out: (text) => {
      said.transcript += text
    },
    err: (text) => {
      said.complaint += text
    },
  })
  return said
}

/** The mail data that a host submits: the lines of a client between 354 and the line with a dot. */
function submitted(transcript: string, client: string): string {
  const dialogue = transcript.split('\n# ').find((text) => text.includes(`SMTP ${client}`)) ?? ''
  const lines = dialogue.split('\n').map((line) => /^ *[\d.]+ ([CS]): (.*)$/.exec(line)?.slice(1) ?? [])
  const begin = lines.findIndex(([speaker, text]) => speaker === 'S' && text?.startsWith('354'))
  const data = lines
    .slice(begin + 1)
    .flatMap(([speaker, text]) => (speaker === 'C' && text !== undefined ? [text] : []))
  return data.slice(0, data.indexOf('.')).join('\r\n')
}

/** A table whose folder is missing has no rows; the test of the cases over sockets reports that, and fails in CI. */
const rows = (script: string, name: string) => (casesArePresent ? rowsOf(script, name) : [])

const messages = rows('reports/letters/letters.sh', 'L').filter(([name]) =>
  existsSync(join(reports, 'letters', `${name}.eml`)),
)
describe.runIf(casesArePresent)('the fields that a mail program adds and removes', () => {
  it('has letters to send', () => expect(messages.length).toBeGreaterThan(0))

  it.each(messages)('%s: the field %s is there %s times', async (name, field = '', times) => {
    const { transcript } = await run('two-towns', join(reports, 'letters', `${name}.eml`))
    const message = submitted(transcript, 'alice-laptop')
    expect(countFields(octets(message), 'From')).toBe(1)
    expect(countFields(octets(message), field)).toBe(Number(times))
  })
})

const ways = rows('reports/world/mx.sh', 'L')
describe.runIf(casesArePresent)('the hosts that get a letter by DNS', () => {
  it('has domains to send to', () => expect(ways.length).toBeGreaterThan(0))

  it.each(ways)('to %s: %s', async (domain, wanted = '') => {
    const message = join(temporary, 'letter.eml')
    writeFileSync(message, `From: alice@example.test\nTo: friend@${domain}\nSubject: hello\n\nhi\n`)
    const { transcript, complaint } = await run(join(reports, 'world', 'mx.json'), message)
    if (wanted === 'exchanger') {
      expect(transcript).toContain('# SMTP mail.example.test -> mx.elsewhere.test port 25')
      expect(transcript).toContain(`C: RCPT TO:<friend@${domain}>`)
      expect(complaint).not.toContain('came back')
    } else expect(complaint).toContain(wanted)
  })
})
