import { describe, expect, it } from 'vitest'
import { complaintAbout } from './door'

describe('a door that is typed', () => {
  it.each([
    ['', 25, 'Give a host'],
    ['mx bird', 25, 'Give a host'],
    ['nowhere.example', 99_999, 'from 1 to 65535'],
    ['nowhere.example', 0, 'from 1 to 65535'],
    ['nowhere.example', 2.5, 'from 1 to 65535'],
    ['nowhere.example', Number.NaN, 'from 1 to 65535'],
  ])('%j port %d: %s', (host, port, words) => {
    expect(complaintAbout(host, port)).toContain(words)
  })

  it('is knocked at, whether or not anybody is there', () => {
    expect(complaintAbout('nowhere.example', 65_535)).toBeUndefined()
    expect(complaintAbout('192.0.2.1', 25)).toBeUndefined()
  })
})
