import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import twoTowns from '../../../../lessons/scenarios/two-towns.json'
import { bundledScenario } from '../../../world/bundledScenario'
import { addKnowledge } from '../../knowledge'
import { namesOf } from '../../run/names'
import { viewOf } from '../../run/runView'
import { sentMessage } from '../../testing/sentMessage'
import { type Asked, allFields } from '../fields'
import { wordsOf } from '../row'
import { askedRows } from '../sift'
import { accepts } from './accepts'
import { completionsAt } from './complete'
import { MOST_CHARACTERS, MOST_NESTED, parseFilter } from './parse'
import { tokensOf } from './tokens'

const scenario = bundledScenario(twoTowns)
const names = namesOf(scenario)
const rowsOf = (to: string): readonly Asked[] => [...askedRows(viewOf(sentMessage(scenario, to)), names)]
const delivered = rowsOf('bob@bird.example')
const refused = rowsOf('nobody@bird.example')

/** The wire text of the rows that a filter lets pass; an event by its kind. */
function passing(text: string, rows = delivered): readonly string[] {
  const { filter, fault } = parseFilter(text)
  expect(fault).toBeUndefined()
  return rows
    .filter((asked) => accepts(filter, asked))
    .map(({ row, view }) => wordsOf(row, view, names).wire || row.kind)
}

describe('a filter lets pass', () => {
  it.each([
    ['smtp.reply >= 500', ['550 5.1.1 <nobody@bird.example>: Recipient address rejected: User unknown']],
    [
      'smtp.reply == 550 and host == mx.bird',
      ['550 5.1.1 <nobody@bird.example>: Recipient address rejected: User unknown'],
    ],
    ['smtp.status == 5.1.1', ['550 5.1.1 <nobody@bird.example>: Recipient address rejected: User unknown']],
    ['smtp.reply >= 550', ['550 5.1.1 <nobody@bird.example>: Recipient address rejected: User unknown']],
    ['smtp.reply > 550', []],
    [
      'smtp.reply <= 550 and smtp.reply > 354',
      ['550 5.1.1 <nobody@bird.example>: Recipient address rejected: User unknown'],
    ],
    ['smtp.reply < 550 and outcome == refused', []],
    ['kind == bounced', ['bounced']],
  ])('of a letter that is refused: %s', (text, wire) => {
    expect(passing(text, refused)).toEqual(wire)
  })

  it.each([
    [
      'smtp.command == RCPT',
      ['RCPT TO:<bob@bird.example>', 'RCPT TO:<bob@bird.example>', 'RCPT TO:<bob@bird.example>'],
    ],
    ['smtp.command == rcpt and from == alice-laptop', ['RCPT TO:<bob@bird.example>']],
    ['SMTP.COMMAND eq "RCPT" AND from == 192.0.2.10', ['RCPT TO:<bob@bird.example>']],
    ['smtp.recipient contains BOB && time < 0.1', ['RCPT TO:<bob@bird.example>']],
    [
      'smtp.reply == 354 and (port == 587 or port == 9)',
      ['354 End data with <CR><LF>.<CRLF>'.replace('<CRLF>', '<CR><LF>')],
    ],
    ['dns.type == MX and kind == query and from == mx-out', ['MX? bird.example.']],
    ['dns.type = A and dns.name == mx.bird.example and from == "mx-out"', ['A? mx.bird.example.']],
    ['dns.rcode != NOERROR and dns', []],
    [
      'not (smtp or dns or pop3 or imap) and kind != written',
      ['queued', 'queued', 'relayed', 'queued', 'delivered', 'relayed'],
    ],
    ['! smtp and !dns and !pop3 and kind == delivered', ['delivered']],
    ['text contains "does not stand here"', []],
    ['imap.mailbox == INBOX and imap.command', ['a2 SELECT INBOX']],
  ])('of a letter that is delivered: %s', (text, wire) => {
    expect(passing(text)).toEqual(wire)
  })

  it('every event, if it is empty', () => {
    expect(passing('  ')).toHaveLength(delivered.length)
  })

  it('events of which no value is equal, by !=', () => {
    const both = delivered.filter(({ row }) => row.from === 'alice-laptop' || row.to === 'alice-laptop')
    expect(passing('host != alice-laptop')).toHaveLength(delivered.length - both.length)
  })

  it('each side of "or" after each side of "and"', () => {
    const either = passing('smtp.command == QUIT or dns.type == MX and kind == query')
    expect(new Set(either)).toEqual(new Set(['QUIT', 'MX? bird.example.']))
  })
})

describe('a filter that cannot be read says what is wrong and where', () => {
  it.each([
    ['smtp.repli >= 5', 'unknownField', [0, 10]],
    ['bob', 'unknownField', [0, 3]],
    ['toy.name == x', 'unknownField', [0, 8]],
    ['smtp.reply >=', 'noValue', [13, 13]],
    ['smtp.reply >= and dns', 'noValue', [14, 17]],
    ['smtp.reply 500', 'noOperator', [11, 14]],
    ['smtp.reply >= high', 'notNumber', [14, 18]],
    ['time == soon', 'notNumber', [8, 12]],
    ['host > mx', 'noOrder', [5, 6]],
    ['smtp dns', 'noOperator', [5, 8]],
    ['kind == query dns', 'notJoined', [14, 17]],
    ['(dns', 'unclosedParenthesis', [0, 1]],
    ['(dns host == a', 'noOperator', [5, 9]],
    ['dns)', 'strayParenthesis', [3, 4]],
    ['()', 'noField', [1, 2]],
    ['dns and', 'noField', [7, 7]],
    ['and dns', 'noField', [0, 3]],
    ['not', 'noField', [3, 3]],
    ['== 5', 'noField', [0, 2]],
    ['"bob"', 'noField', [0, 5]],
    ['text contains "bob', 'unclosedQuote', [14, 18]],
    ['dns & smtp', 'notJoined', [4, 5]],
    ['| dns', 'stray', [0, 1]],
    ['x'.repeat(MOST_CHARACTERS + 1), 'tooLong', [MOST_CHARACTERS, MOST_CHARACTERS + 1]],
    [`${'('.repeat(MOST_NESTED + 1)}dns`, 'tooDeep', [MOST_NESTED, MOST_NESTED + 1]],
    [`${'not '.repeat(MOST_NESTED + 1)}dns`, 'tooDeep', [MOST_NESTED * 4, MOST_NESTED * 4 + 3]],
  ])('%s', (text, is, place) => {
    const { fault } = parseFilter(text)
    expect(fault && [fault.is, [fault.start, fault.end]]).toEqual([is, place])
  })

  it('and which field is meant', () => {
    expect(parseFilter('smtp.repli').fault).toMatchObject({ like: 'smtp.reply' })
    expect(parseFilter('hots == mx.bird').fault).toMatchObject({ like: 'host' })
    expect(parseFilter('something.else').fault).not.toHaveProperty('like')
  })
})

describe('any text', () => {
  /** Text that is made of the pieces of the language, and any other. */
  const text = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          'smtp.reply',
          'host',
          '>=',
          '==',
          '!',
          '!=',
          '(',
          ')',
          'and',
          'or',
          'not',
          '"',
          "'",
          '\\',
          '500',
          ' ',
        ),
        {
          maxLength: 80,
        },
      )
      .map((pieces) => pieces.join(' ')),
  )

  it('is read or has a fault inside it, and is evaluated without an error', () => {
    fc.assert(
      fc.property(text, (given) => {
        const { filter, fault } = parseFilter(given)
        if (fault) {
          expect(fault.start).toBeGreaterThanOrEqual(0)
          expect(fault.end).toBeGreaterThanOrEqual(fault.start)
          expect(fault.end).toBeLessThanOrEqual(given.length)
        }
        for (const asked of delivered.slice(0, 20)) expect(typeof accepts(filter, asked)).toBe('boolean')
      }),
      { numRuns: 300 },
    )
  })

  it('is cut into words that stand in order and leave nothing out but space', () => {
    fc.assert(
      fc.property(text, (given) => {
        let end = 0
        for (const token of tokensOf(given)) {
          expect(given.slice(end, token.start).trim()).toBe('')
          expect(token.end).toBeGreaterThan(token.start)
          end = token.end
        }
        expect(given.slice(end).trim()).toBe('')
      }),
    )
  })

  it('of the greatest length is read in no time', () => {
    for (const unit of ['(', 'not ', 'dns or ', 'a', '"', '\\"', 'host==a and ', '((dns)) and ']) {
      const before = performance.now()
      for (let times = 0; times < 20; times++) parseFilter(unit.repeat(MOST_CHARACTERS).slice(0, MOST_CHARACTERS))
      expect(performance.now() - before).toBeLessThan(1000)
    }
  })
})

describe('completion', () => {
  const offered = (text: string, caret = text.length): readonly string[] =>
    completionsAt(text, caret, delivered).found.map((each) => each.text)

  it('offers fields, comparisons, values of the run and words that join', () => {
    expect(offered('smtp.r')).toContain('smtp.reply')
    expect(offered('smtp.r').every((word) => word.startsWith('smtp.r'))).toBe(true)
    expect(offered('smtp.reply ')).toEqual(expect.arrayContaining(['==', '>=', 'contains', 'and']))
    expect(offered('host ')).not.toContain('>=')
    expect(offered('smtp.reply == ')).toEqual(expect.arrayContaining(['250', '354']))
    expect(offered('dns.type == M')).toEqual(['MX'])
    expect(offered('outcome == ')).toContain('refused')
    expect(offered('(smtp.reply == 250 ')).toEqual(['and', 'or', ')'])
  })

  it('replaces the word under the caret, and puts a value of several words in quotation marks', () => {
    expect(completionsAt('smtp.rep == 250', 6, delivered)).toMatchObject({ start: 0, end: 8 })
    expect(offered('from == Alice')).toContain('"Alice’s laptop"')
  })

  it('offers nothing that cannot be read', () => {
    for (const { name } of allFields()) {
      expect(parseFilter(name).fault).toBeUndefined()
      for (const value of offered(`${name} == `)) expect(parseFilter(`${name} == ${value}`).fault).toBeUndefined()
    }
  })
})

describe('a protocol that is added from outside', () => {
  it('has the fields that it names', () => {
    const remove = addKnowledge('TOY', { catalogue: [], fields: { friend: ['name'] } })
    expect(parseFilter('toy.friend == bob').fault).toBeUndefined()
    expect(parseFilter('toy.name == bob').fault).toMatchObject({ is: 'unknownField' })
    remove()
    expect(parseFilter('toy').fault).toMatchObject({ is: 'unknownField' })
  })

  it('has the properties of its parsed lines, if it names none', () => {
    const remove = addKnowledge('TOY', { catalogue: [] })
    expect(parseFilter('toy.name == bob and toy.command').fault).toBeUndefined()
    remove()
  })
})
