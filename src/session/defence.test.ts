import { describe, expect, it } from 'vitest'
import { endsConnection, isHttp, pauseAfter, USUAL_POLICY } from './defence'

describe('HTTP', () => {
  it.each([
    'GET / HTTP/1.1',
    'POST /letters?x=1 HTTP/1.0',
    'OPTIONS * HTTP/1.1',
    'CONNECT mx.bird.example:25 HTTP/1.1',
    'Host: 127.0.0.1:25',
    'content-type: text/plain',
    'Sec-Fetch-Mode: no-cors',
    'Accept-Language: de',
  ])('is %s', (line) => {
    expect(isHttp(line)).toBe(true)
  })

  it.each([
    'EHLO host.example',
    'MAIL FROM:<get@post.example>',
    'a1 GET / HTTP',
    'STAT',
    'Subject: Lunch?',
    'HELP POST',
    '',
  ])('is not %j', (line) => {
    expect(isHttp(line)).toBe(false)
  })
})

it('answers the first mistakes at once, and each further one a second later, up to ten seconds', () => {
  const { free } = USUAL_POLICY
  const pauses = [1, free, free + 1, free + 2, free + 10, free + 90].map((count) => pauseAfter(USUAL_POLICY, count))
  expect(pauses).toEqual([0, 0, 1_000, 2_000, 10_000, 10_000])
})

it('bears as many mistakes as the policy says, and ends the connection at the next', () => {
  const strict = { free: 1, limit: 3, pauses: [] }
  expect([1, 2, 3, 4].map((count) => endsConnection(strict, count))).toEqual([false, false, false, true])
  expect([1, 2, 3].map((count) => pauseAfter(strict, count))).toEqual([0, 0, 0])
})
