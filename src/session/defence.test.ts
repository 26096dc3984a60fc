import { describe, expect, it } from 'vitest'
import { FREE_MISTAKES, isHttp, pauseAfter } from './defence'

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
  const pauses = [1, FREE_MISTAKES, FREE_MISTAKES + 1, FREE_MISTAKES + 2, FREE_MISTAKES + 10, FREE_MISTAKES + 90]
  expect(pauses.map(pauseAfter)).toEqual([0, 0, 1_000, 2_000, 10_000, 10_000])
})
