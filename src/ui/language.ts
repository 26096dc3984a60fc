import { MADE_UP } from '../messages/languages'
import { type Messages, speak, translated } from '../messages/topic'

/** The files of all languages but English, which comes with the code that uses it: one a topic, fetched when it is needed. */
const files = import.meta.glob<Messages>(['../messages/*/*.ts', '!../messages/en/*.ts'], { import: 'default' })
const LANGUAGES: ReadonlySet<string> = new Set(['en', ...Object.keys(files).map((file) => file.split('/')[2] ?? '')])

/** Where a person's choice is kept. */
const KEY = 'language'

/** The language that the address asks for, that was chosen here before, or that the browser prefers; English where there is none. */
function wanted(): string {
  const asked = new URLSearchParams(location.search).get('locale')
  if (asked === MADE_UP) return asked
  return [asked, chosenBefore(), ...navigator.languages].find((one) => one !== null && LANGUAGES.has(one)) ?? 'en'
}

function chosenBefore(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** Settles when the page can say its first texts. Without their files it says them in English. */
export async function startLanguage(): Promise<void> {
  const tag = wanted()
  if (tag === 'en') return
  document.documentElement.lang = tag
  if (tag === MADE_UP) {
    const { madeUp } = await import('../messages/madeUp')
    speak(tag, async (_, english) => madeUp(english))
  } else speak(tag, async (topic) => (await files[`../messages/${tag}/${topic}.ts`]?.()) ?? {})
  await translated()
}
