import type { GetICUArgs } from '@schummar/icu-type-parser'
import format, { type FormatOptions, type FormatValues } from 'icu-minify/format'
import { ready, type Source } from './ready'

/** The messages of one topic in one language: ICU MessageFormat by key. */
export type Messages = Readonly<Record<string, Source>>

/** A translation has the keys of the English file, each with its own message. */
export type Translation<English> = { readonly [Key in keyof English]: string }

interface Kinds {
  ICUArgument: string | number
  ICUNumberArgument: number
  ICUDateArgument: Date
}

/** The arguments that stand in a message: `{count, plural, ...}` asks for `{ count: number }`. */
type ArgumentsOf<Message> = Message extends string ? GetICUArgs<Message, Kinds> : never

/** The tags in a message: of `press <key>Enter</key>` it is `key`. */
type TagOf<Message> = Message extends `${string}</${infer Tag}>${infer Rest}` ? Tag | TagOf<Rest> : never

/** By tag: makes an element from the parts inside the tag. */
type Tags<Message, Part> = Readonly<Record<TagOf<Message>, (inside: readonly (string | Part)[]) => Part>>

/** No second argument for a message that has none. */
type Given<Values> = [keyof Values] extends [never] ? [] : [values: Readonly<Values>]

/** A message with tags is no plain text: it is asked for by `parts`. */
type PlainKey<M> = { [Key in keyof M & string]: [TagOf<M[Key]>] extends [never] ? Key : never }[keyof M & string]

/** The texts of one topic, in the language that is spoken. */
export interface Topic<M> {
  <Key extends PlainKey<M>>(key: Key, ...given: Given<ArgumentsOf<M[Key]>>): string
  /** A message with tags, in parts: text, and what the tags became. */
  parts<Key extends keyof M & string, Part>(
    key: Key,
    values: Readonly<ArgumentsOf<M[Key]>> & Tags<M[Key], Part>,
  ): readonly (string | Part)[]
  /** The text of a key that is made of data, such as a reply code; undefined if there is none. `values` has the arguments of all such texts. */
  found(key: string, values?: Readonly<Record<string, string | number>>): string | undefined
}

/** Finds the messages of a topic in a language; a key that is missing there is said in English. */
export type Loader = (topic: string, english: Messages) => Promise<Messages>

/** Formats are costly to make, and asked for with every frame. */
const numbers = kept((locale) => new Intl.NumberFormat(locale))
const plurals = kept((locale) => new Intl.PluralRules(locale))
const FORMATTERS: FormatOptions = {
  formatters: {
    getNumberFormat: (locale) => numbers(String(locale)),
    getPluralRules: (locale) => plurals(String(locale)),
    // No message has a date: what is shown is virtual time.
    getDateTimeFormat: (...asked) => new Intl.DateTimeFormat(...asked),
  },
}

let language = 'en'
let loader: Loader | undefined
const waiting: (() => Promise<void>)[] = []

/** The language of most messages that are there. */
let main = 'en'
let tellMain: ((tag: string) => void) | undefined
const messagesThere = { all: 0, translated: 0 }

/**
 * Says from here on everything in another language: topics that are there by now and those to come wait for `translated`.
 *
 * @param tell is told the language of most messages whenever more are there: the page's own (WCAG 2.2, 3.1.1)
 */
export function speak(tag: string, load: Loader, tell?: (main: string) => void): void {
  language = tag
  loader = load
  tellMain = tell
}

/** Settles when the topics that have been imported are there in the language that is spoken. */
export async function translated(): Promise<void> {
  // Until it is known which language is spoken they go on waiting.
  if (!loader) return
  await Promise.all(waiting.splice(0).map((load) => load()))
  main = 2 * messagesThere.translated > messagesThere.all ? language : 'en'
  tellMain?.(main)
}

interface Said {
  readonly language: string
  /** The texts that it contains. */
  readonly inside: readonly string[]
}

/** The latest texts, if there may be more than one language. */
const latest = new Map<string, Said>()
const LATEST_AT_MOST = 1000

function note(text: string, said: Said): void {
  if (latest.size >= LATEST_AT_MOST) latest.clear()
  latest.set(text, said)
}

/** The language of a text that was made just now, unless it is the page's (WCAG 2.2, 3.1.2). */
export function languageOf(text: string): string | undefined {
  const tag = latest.get(text)?.language
  return tag === main ? undefined : tag
}

/** A text that was made just now, cut where its language changes. */
export function piecesOf(text: string): readonly { readonly text: string; readonly lang: string | undefined }[] {
  const said = latest.get(text)
  const lang = languageOf(text)
  const other = said?.inside.find((part) => languageOf(part) !== lang)
  if (other === undefined) return [{ text, lang }]
  const at = text.indexOf(other)
  const end = at + other.length
  return [{ text: text.slice(0, at), lang }, ...piecesOf(other), { text: text.slice(end), lang }]
}

/** A module, once its texts are there too. */
export async function withTexts<Module>(loading: Promise<Module>): Promise<Module> {
  const module = await loading
  await translated()
  return module
}

/**
 * The texts of a topic.
 *
 * @param name the name of its file in each language's folder
 * @param english the messages of src/messages/en, which are all there
 */
export function topic<const M extends Messages>(name: string, english: M): Topic<M> {
  let messages: Messages = english
  let translation: Messages = {}
  waiting.push(async () => {
    if (!loader) return
    translation = await loader(name, english)
    messages = { ...english, ...translation }
    messagesThere.all += Object.keys(messages).length
    messagesThere.translated += Object.keys(translation).length
  })
  const languageFor = (key: string): string => (Object.hasOwn(translation, key) ? language : 'en')
  const formatted = <Part>(key: string, values: FormatValues<Part> | undefined) =>
    format<Part>(ready(messages[key] ?? ''), languageFor(key), values, FORMATTERS)
  const text = (key: string, ...given: readonly FormatValues<string>[]): string => {
    const whole = formatted(key, given[0])
    const said = Array.isArray(whole) ? whole.join('') : whole
    if (loader) {
      const values = Object.values(given[0] ?? {})
      const inside = values.flatMap((value) => (typeof value === 'string' && latest.has(value) ? [value] : []))
      note(said, { language: languageFor(key), inside })
    }
    return said
  }
  const parts = <Part>(key: string, values: FormatValues<Part>): readonly (string | Part)[] => {
    const whole = formatted(key, values)
    return Array.isArray(whole) ? whole : [whole]
  }
  const found = (key: string, values?: FormatValues<string>): string | undefined =>
    Object.hasOwn(messages, key) ? text(key, ...(values ? [values] : [])) : undefined
  return Object.assign(text, { parts, found }) as Topic<M>
}

function kept<Made>(make: (locale: string) => Made): (locale: string) => Made {
  const known = new Map<string, Made>()
  return (locale) => {
    const made = known.get(locale) ?? make(locale)
    known.set(locale, made)
    return made
  }
}
