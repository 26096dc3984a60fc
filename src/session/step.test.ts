import { describe, expect, it } from 'vitest'
import { assign, setup } from 'xstate'
import { octets } from '../base/octets'
import { seconds } from '../base/time'
import type { Action, Input, MachineAction, Output, Protocol, Session } from './session'
import { admits, hasTag, startSession, stateName, step } from './step'

/** A counter that asks its host for permission before each number: the smallest machine with every convention. */
const machine = setup({
  types: {
    context: {} as { readonly limit: number; readonly count: number },
    events: {} as
      | { type: 'opened' }
      | { type: 'closed' }
      | { type: 'COUNT'; by: number }
      | { type: 'HUSH' }
      | { type: 'granted' }
      | { type: 'stopWanted' },
    input: {} as { readonly limit: number },
  },
  delays: { patience: seconds(30) },
  guards: { belowLimit: ({ context }, params: { readonly by: number }) => context.count + params.by <= context.limit },
  actions: {
    say: (_, _params: { readonly text: string }) => {},
    askLeave: (_, _params: { readonly count: number }) => {},
    close: () => {},
    count: assign(({ context }, params: { readonly by: number }) => ({ count: context.count + params.by })),
  },
}).createMachine({
  id: 'counter',
  context: ({ input }) => ({ limit: input.limit, count: 0 }),
  initial: 'waiting',
  on: { closed: { target: '.done' }, stopWanted: { target: '.done', actions: 'close' } },
  states: {
    waiting: { on: { opened: { target: 'session', actions: { type: 'say', params: { text: 'hello' } } } } },
    session: {
      initial: 'listening',
      states: {
        listening: {
          tags: ['reads:line'],
          after: { patience: { target: '#counter.done', actions: { type: 'say', params: { text: 'too slow' } } } },
          on: {
            COUNT: [
              {
                guard: { type: 'belowLimit', params: ({ event }) => event },
                target: 'asking',
                actions: [
                  { type: 'count', params: ({ event }) => event },
                  { type: 'askLeave', params: ({ context }) => ({ count: context.count }) },
                ],
              },
              { actions: { type: 'say', params: { text: 'too many' } } },
            ],
          },
        },
        asking: {
          on: {
            granted: {
              target: 'listening',
              actions: { type: 'say', params: ({ context }) => ({ text: `${context.count}` }) },
            },
          },
        },
      },
    },
    done: { type: 'final' },
  },
})

const counter: Protocol = {
  key: 'counter.server',
  name: 'TEXT',
  role: 'server',
  machine,
  readers: {
    line: (inbox) => {
      const length = inbox.indexOf('\n') + 1
      if (length === 0) return 'needsMore'
      const line = inbox.slice(0, length - 1)
      const event = line === 'HUSH' ? { type: 'HUSH' } : { type: 'COUNT', by: Number(line) }
      return { event, length, means: { kind: 'line', name: line } }
    },
  },
  perform(action: MachineAction): readonly Action[] {
    if (action.type === 'close') return [{ type: 'close' }]
    const params = action.params as { text: string; count: number }
    if (action.type === 'askLeave') return [{ type: 'ask', question: { type: `leave${params.count}` } }]
    return [{ type: 'send', octets: octets(`${params.text}\n`), means: { kind: 'line', name: params.text } }]
  },
}

const peer = { name: 'a', address: '192.0.2.1', port: 1, localPort: 2 }
const received = (text: string): Input => ({ type: 'received', octets: octets(text) })
const granted: Input = { type: 'answered', answer: { type: 'granted' } }

/** Short forms of outputs. */
const told = (outputs: readonly Output[]): string[] =>
  outputs.map((output) => {
    switch (output.type) {
      case 'send':
        return `send ${output.octets.trimEnd()}`
      case 'ask':
        return `ask ${output.question.type}`
      case 'read':
        return `read ${output.octets.trimEnd()}`
      case 'entered':
        return `entered ${output.state}`
      case 'setTimer':
        return `setTimer ${output.after}`
      default:
        return output.type
    }
  })

/** Grants every question at once and returns all outputs. */
function play(inputs: readonly Input[], between: (session: Session) => Session = (session) => session): string[] {
  let [session, outputs] = startSession(counter, { limit: 10 })
  const all = told(outputs)
  const give = (input: Input): void => {
    ;[session, outputs] = step(counter, between(session), input)
    const mine = outputs
    all.push(...told(mine))
    for (const output of mine) if (output.type === 'ask') give(granted)
  }
  for (const input of inputs) give(input)
  return all
}

const opened = (): Session => step(counter, startSession(counter, { limit: 10 })[0], { type: 'opened', peer })[0]

describe('step', () => {
  it('returns the outputs of an input in their order', () => {
    const [session, outputs] = startSession(counter, { limit: 10 })
    expect(told(outputs)).toEqual(['entered waiting'])
    expect(told(step(counter, session, { type: 'opened', peer })[1])).toEqual([
      'send hello',
      'setTimer 30000',
      'entered session.listening',
    ])
  })

  it('leaves the inbox alone while a question is out', () => {
    const [asking, outputs] = step(counter, opened(), received('1\n2\n3'))
    expect(told(outputs)).toEqual(['read 1', 'stopTimer', 'ask leave1', 'entered session.asking'])
    expect(asking.inbox).toBe('2\n3')
    const [again, more] = step(counter, asking, received('\n'))
    expect(more).toEqual([])
    expect(again.inbox).toBe('2\n3\n')
    const [next, after] = step(counter, again, granted)
    expect(told(after)).toEqual([
      'send 1',
      'setTimer 30000',
      'entered session.listening',
      'read 2',
      'stopTimer',
      'ask leave3',
      'entered session.asking',
    ])
    expect(next.inbox).toBe('3\n')
  })

  it('gives the same result for octets that come whole, by line or one by one', () => {
    const text = '1\n2\nHUSH\n9\n3\n'
    const whole = play([{ type: 'opened', peer }, received(text)])
    expect(whole).toContain('send too many')
    expect(play([{ type: 'opened', peer }, ...[...text.matchAll(/.*\n/g)].map((line) => received(line[0]))])).toEqual(
      whole,
    )
    expect(play([{ type: 'opened', peer }, ...[...text].map(received)])).toEqual(whole)
  })

  it('continues after JSON as if nothing had happened', () => {
    const inputs: Input[] = [
      { type: 'opened', peer },
      ...[...'1\n2\n9\n3\n'].map(received),
      { type: 'closed', why: 'finished' },
    ]
    expect(play(inputs, (session) => JSON.parse(JSON.stringify(session)))).toEqual(play(inputs))
  })

  it('leaves the given session unchanged', () => {
    const session = opened()
    const before = JSON.stringify(session)
    const first = step(counter, session, received('1\n'))
    expect(JSON.stringify(session)).toBe(before)
    expect(step(counter, session, received('1\n'))).toEqual(first)
  })

  it('turns a delayed transition into a timer that fires under its name', () => {
    const [session, outputs] = step(counter, startSession(counter, { limit: 10 })[0], { type: 'opened', peer })
    const timer = outputs.find((output) => output.type === 'setTimer')?.timer ?? ''
    const [stopped, more] = step(counter, session, received('1\n'))
    expect(more.find((output) => output.type === 'stopTimer')).toEqual({ type: 'stopTimer', timer })
    expect(step(counter, stopped, { type: 'expired', timer })[1]).toEqual([])
    const [late, last] = step(counter, session, { type: 'expired', timer })
    expect(told(last)).toEqual(['stopTimer', 'send too slow', 'entered done'])
    expect(late.machine.status).toBe('done')
  })

  it('discards plaintext once TLS has begun (RFC 3207 section 4.2)', () => {
    const asking = step(counter, opened(), received('1\n2\n3\n'))[0]
    const [secured, outputs] = step(counter, asking, { type: 'secured' })
    expect(outputs).toEqual([])
    expect(secured.inbox).toBe('')
    expect(told(step(counter, secured, granted)[1])).not.toContain('read 2')
  })

  it('takes no input after its end, and reads nothing more', () => {
    const [asking] = step(counter, opened(), received('1\n2\n'))
    const [ended, outputs] = step(counter, asking, { type: 'wanted', intent: { type: 'stopWanted' } })
    expect(told(outputs)).toEqual(['close', 'entered done'])
    expect(step(counter, ended, granted)).toEqual([ended, []])
  })

  it('ignores an event that the state does not handle', () => {
    const session = opened()
    const [same, outputs] = step(counter, session, granted)
    expect(outputs).toEqual([])
    expect(same.machine.value).toEqual(session.machine.value)
  })

  it('tells which events the machine would take', () => {
    const session = opened()
    expect(admits(counter, session, { type: 'COUNT', by: 1 } as never)).toBe(true)
    expect(admits(counter, session, { type: 'granted' })).toBe(false)
    expect(hasTag(counter, session, 'reads:line')).toBe(true)
    expect(hasTag(counter, step(counter, session, received('1\n'))[0], 'reads:line')).toBe(false)
  })

  it('throws at a reader that takes nothing, since it would never end', () => {
    const broken: Protocol = {
      ...counter,
      readers: { line: () => ({ event: { type: 'HUSH' }, length: 0, means: { kind: 'line', name: '' } }) },
    }
    expect(() => step(broken, opened(), received('x'))).toThrow('Broken expectation')
    expect(() => step({ ...counter, readers: {} }, opened(), received('x'))).toThrow('has a reader')
  })
})

describe('stateName', () => {
  it('joins the path to one word', () => {
    expect(stateName('closed')).toBe('closed')
    expect(stateName({ session: 'greeted' })).toBe('session.greeted')
    expect(stateName({ session: { transaction: 'open' } })).toBe('session.transaction.open')
    expect(stateName({ left: 'a', right: 'b' })).toBe('left.a+right.b')
  })
})
