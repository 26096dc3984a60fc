import { expect, test } from 'vitest'
import { readerIn, writingIn } from './address'

test.each([
  [writingIn({ name: 'two-towns' }), ''],
  [writingIn({ name: 'two-towns' }, 'a+b&c@bird.example'), 'a+b&c@bird.example'],
  ['#/lab?moment=100&write=bob@bird.example&x=1', 'bob@bird.example'],
  ['#/lab?moment=100', undefined],
  ['#/lab?rewrite=bob@bird.example', undefined],
])('the address %s names the reader %s', (hash, reader) => {
  expect(readerIn(hash)).toBe(reader)
})

test('an address that is written wrongly opens an empty letter', () => {
  expect(readerIn('#/lab?write=%E0%A4%A')).toBe('')
})
