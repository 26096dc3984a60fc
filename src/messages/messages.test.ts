import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, expectTypeOf, it, vi } from 'vitest'
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

describe('a language with some of the messages', () => {
  const ENGLISH = {
    ready: 'Ready.',
    told: '{host} tells: {gloss}',
    letters: '{count, plural, one {# letter} other {# letters}}',
  } as const

  /** A fresh page that speaks French with these messages; `main` has the languages that it was told. */
  async function frenchPage(messages: Messages) {
    vi.resetModules()
    const { languageOf, piecesOf, speak, topic: fresh, translated } = await import('./topic')
    const main: string[] = []
    const text = fresh('test', ENGLISH)
    speak(
      'fr',
      async () => messages,
      (tag) => main.push(tag),
    )
    await translated()
    return { languageOf, piecesOf, text, main }
  }

  it('is that of its texts, and the page stays in English (WCAG 2.2, 3.1.1 and 3.1.2)', async () => {
    const { languageOf, piecesOf, text, main } = await frenchPage({ ready: 'Prêt.' })
    expect(main).toEqual(['en'])
    const gloss = text('ready')
    expect(languageOf(gloss)).toBe('fr')
    const told = text('told', { host: 'mx', gloss })
    expect(languageOf(told)).toBeUndefined()
    expect(piecesOf(`${told}`)).toEqual([
      { text: 'mx tells: ', lang: undefined },
      { text: 'Prêt.', lang: 'fr' },
      { text: '', lang: undefined },
    ])
  })

  it('says the others by the rules of English', async () => {
    const { text } = await frenchPage({ ready: 'Prêt.' })
    // In French, none is one: "0 lettre".
    expect(text('letters', { count: 0 })).toBe('0 letters')
  })

  it('is that of the page when most texts are in it, and English is marked', async () => {
    const { languageOf, text, main } = await frenchPage({ ready: 'Prêt.', told: '{host} dit : {gloss}' })
    expect(main).toEqual(['fr'])
    expect(languageOf(text('ready'))).toBeUndefined()
    expect(languageOf(text('letters', { count: 2 }))).toBe('en')
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
