import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { madeUp } from './madeUp'
import { ready } from './ready'
import { type Messages, topic } from './topic'

const here = import.meta.dirname
const src = join(here, '..')

const english: Readonly<Record<string, { readonly default: Messages }>> = import.meta.glob('./en/*.ts', { eager: true })
const topics = Object.entries(english).map(([file, { default: messages }]) => {
  const name = file.replace(/^.*\/|\.ts$/g, '')
  return { name, messages, keys: Object.keys(messages) }
})

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|^messages[/\\]/.test(file))
  .map((file) => readFileSync(join(src, file), 'utf8'))

describe.each(topics)('$name', ({ name, messages, keys }) => {
  it('has valid messages, none of them empty', () => {
    expect(keys.length).toBeGreaterThan(0)
    for (const key of keys) expect(ready(messages[key] ?? '').length, key).toBeGreaterThan(0)
  })

  it('has no unused message', () => {
    const speakers = sources.filter((code) => code.includes(`${name}Text`))
    // A key stands in code as it is, or it is put together there: `kind.${kind}`.
    const quoted = new Set(speakers.flatMap((code) => [...code.matchAll(/'([\w. -]+)'/g)].map(([, key]) => key)))
    const made = speakers
      .flatMap((code) => [...code.matchAll(/`((?:[\w-]|\$\{\w+\})+(?:\.(?:[\w-]|\$\{[^}]+\})+)+)`/g)])
      .map(([, form = '']) => new RegExp(`^${form.replace(/\./g, '\\.').replace(/\$\{.*?\}/g, '.+')}$`))
    expect(keys.filter((key) => !quoted.has(key) && !made.some((form) => form.test(key)))).toEqual([])
  })
})

it('a language has only the files and the messages of English, and each message is valid', async () => {
  const others = import.meta.glob<{ readonly default: Messages }>(['./*/*.ts', '!./en/*.ts'])
  for (const [file, load] of Object.entries(others)) {
    const known = topics.find(({ name }) => file.endsWith(`/${name}.ts`))
    expect(known, file).toBeDefined()
    const messages = (await load()).default
    expect(known?.keys, file).toEqual(expect.arrayContaining(Object.keys(messages)))
    for (const [key, message] of Object.entries(messages)) expect(ready(message).length, key).toBeGreaterThan(0)
  }
})

describe('a topic', () => {
  const text = topic('test', {
    plain: 'Send the letter',
    named: '{host} takes it',
    counted: '{count, plural, one {# line} other {# lines}}',
    tagged: 'or press <key>{name}</key>',
  } as const)

  it('returns plain messages, arguments and plurals', () => {
    expect(text('plain')).toBe('Send the letter')
    expect(text('named', { host: 'mx' })).toBe('mx takes it')
    expect(text('counted', { count: 1 })).toBe('1 line')
    expect(text('counted', { count: 2000 })).toBe('2,000 lines')
  })

  it('finds a text by a key made from data, or returns undefined', () => {
    expect(text.found(`na${'med'}`, { host: 'mx' })).toBe('mx takes it')
    expect(['code.999', 'toString'].map((key) => text.found(key))).toEqual([undefined, undefined])
  })

  it('gives a message with tags in parts, in its order', () => {
    const key = (inside: readonly unknown[]) => ({ key: inside })
    expect(text.parts('tagged', { name: 'Enter', key })).toEqual(['or press ', { key: ['Enter'] }])
  })

  it('accepts only existing keys, with the arguments that they need', () => {
    expectTypeOf(text<'plain'>).parameters.toEqualTypeOf<['plain']>()
    expectTypeOf(text<'counted'>).parameters.toEqualTypeOf<['counted', values: Readonly<{ count: number }>]>()
    expectTypeOf(text<'named'>).parameters.toEqualTypeOf<['named', values: Readonly<{ host: string | number }>]>()
    // A message with tags is no plain text.
    expectTypeOf<Parameters<typeof text>[0]>().toEqualTypeOf<'plain' | 'named' | 'counted'>()
    expect(() => text('counted', JSON.parse('{}'))).toThrow('count')
  })
})

describe('the made-up language', () => {
  const said = madeUp({ a: 'Send the letter', b: '{n, plural, one {# line} other {# lines}} of <code>{host}</code>' })

  it('gives every letter an accent, and is 40 % longer', () => {
    const letters = JSON.stringify(said['a']).replace(/[^\p{L} ]/gu, '')
    expect(letters).not.toMatch(/[A-Za-z]/)
    expect(letters.length).toBeGreaterThanOrEqual('Send the letter'.length * 1.4 - 1)
  })

  it('keeps arguments, plurals and tags', () => {
    const b = JSON.stringify(said['b'])
    for (const kept of ['"n"', '"one"', '"other"', '["code",["host"]]']) expect(b).toContain(kept)
    expect(b).not.toMatch(/lines?"/)
  })
})
