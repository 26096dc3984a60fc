import { MADE_UP } from '../messages/languages'
import { type Messages, speak, translated } from '../messages/topic'

/**
 * The message files of all languages but English, which is bundled with the code that uses it. There is one file per topic,
 * loaded when it is needed.
 */
const files = import.meta.glob<Messages>(['../messages/*/*.ts', '!../messages/en/*.ts'], { import: 'default' })
const LANGUAGES: ReadonlySet<string> = new Set(['en', ...Object.keys(files).map((file) => file.split('/')[2] ?? '')])

/** The key of a person's choice in the storage. */
const KEY = 'language'

/** The language that the address asks for, that was chosen here before, or that the browser prefers; English if there is none. */
function wanted(): string {
  const asked = new URLSearchParams(location.search).get('locale')
  if (asked === MADE_UP) return asked
  const tags = [asked, chosenBefore(), ...navigator.languages].flatMap((one) => (one === null ? [] : lookedUp(one)))
  return tags.find((one) => LANGUAGES.has(one)) ?? 'en'
}

/** A tag, then the same with less and less at its end: `de-AT`, `de` (Lookup, RFC 4647 section 3.4). */
function lookedUp(tag: string): readonly string[] {
  const parts = tag.split('-')
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('-'))
}

function chosenBefore(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** Settles when the page's first texts are loaded. If their files cannot be loaded, the texts are in English. */
export async function startLanguage(): Promise<void> {
  const tag = wanted()
  if (tag === 'en') return
  const tell = (main: string): void => {
    document.documentElement.lang = main
  }
  if (tag === MADE_UP) {
    const { madeUp } = await import('../messages/madeUp')
    speak(tag, async (_, english) => madeUp(english), tell)
  } else speak(tag, async (topic) => (await files[`../messages/${tag}/${topic}.ts`]?.()) ?? {}, tell)
  await translated()
}
