import { createStore, useStore } from '../keeping/createStore'
import { readText, writeText } from '../keeping/database'

export type ThemeChoice = 'system' | 'light' | 'dark'

/** The name is also read by the script in index.html, which sets the theme before the first paint. */
const KEY = 'theme'
const dark = matchMedia('(prefers-color-scheme: dark)')

function read(): ThemeChoice {
  const saved = readText('local', KEY)
  return saved === 'light' || saved === 'dark' ? saved : 'system'
}

const shownFor = (choice: ThemeChoice): 'light' | 'dark' =>
  choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice

const chosen = createStore(read())
const shown = createStore(shownFor(chosen.get()))

function apply(): void {
  const theme = shownFor(chosen.get())
  document.documentElement.dataset.theme = theme
  shown.set(theme)
}

dark.addEventListener('change', apply)

export function setTheme(next: ThemeChoice): void {
  writeText('local', KEY, next === 'system' ? undefined : next)
  chosen.set(next)
  apply()
}

export const useTheme = (): ThemeChoice => useStore(chosen)

/** The present theme, for code that cannot read CSS variables. */
export const useShownTheme = (): 'light' | 'dark' => useStore(shown)
