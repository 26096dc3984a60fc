import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import type { Input, Output, Session } from '../../session/session'
import { startSession, step } from '../../session/step'
import { textClient } from './client'

const peer = { name: 'mx.bird.example', address: '198.51.100.25', port: 25, localPort: 50_000 }
const typed = (text: string): Input => ({ type: 'wanted', intent: { type: 'type', octets: octets(text) } as never })

function play(...inputs: readonly Input[]): readonly [Session, readonly Output[]] {
  let [session, outputs] = startSession(textClient, {})
  for (const input of inputs) {
    const [next, more] = step(textClient, session, input)
    session = next
    outputs = [...outputs, ...more]
  }
  return [session, outputs]
}

describe('a person typing', () => {
  it('sends what is typed and reads line by line', () => {
    const [, outputs] = play(
      { type: 'opened', peer },
      { type: 'received', octets: octets('220 mx.bird') },
      { type: 'received', octets: octets('.example\r\n250-a\r\n250 b\r\n') },
      typed('ehlo me\r\n'),
    )
    expect(outputs.filter((output) => output.type === 'read' || output.type === 'send')).toEqual([
      { type: 'read', octets: '220 mx.bird.example\r\n', means: { kind: 'line', name: '220' } },
      { type: 'read', octets: '250-a\r\n', means: { kind: 'line', name: '250' } },
      { type: 'read', octets: '250 b\r\n', means: { kind: 'line', name: '250' } },
      { type: 'send', octets: 'ehlo me\r\n', means: { kind: 'line', name: 'EHLO' } },
    ])
  })

  it('keeps what is typed before the connection is there', () => {
    const [, outputs] = play(typed('NOOP\r\n'), { type: 'opened', peer })
    expect(outputs.filter((output) => output.type === 'send')).toHaveLength(1)
  })

  it('ends when either side hangs up', () => {
    const [session, outputs] = play({ type: 'opened', peer }, { type: 'wanted', intent: { type: 'hangUp' } })
    expect(session.machine).toMatchObject({ value: 'closed', status: 'done' })
    expect(outputs).toContainEqual({ type: 'close' })
    expect(play({ type: 'closed', why: 'refused' })[0].machine.status).toBe('done')
  })
})
